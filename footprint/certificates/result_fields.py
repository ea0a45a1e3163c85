"""The fields of a certificate that come from the published footprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from footprint.certificates.display import plain, rounded_amount
from footprint.certificates.faults import DOCUMENT_BROKEN
from footprint.certificates.intake import Intake
from footprint.certificates.view import FootprintPart, Issuance, SourceLine
from footprint.faults import Where
from footprint.values.line import STAGES
from footprint.values.result import Split


def product_fields(footprint: Mapping[str, Any], intake: Intake) -> dict[str, Any]:
    """What the certificate says of the product."""
    read = intake.of("footprint", footprint)
    product, unit = read.mapping("product"), read.mapping("declared_unit")
    amount = unit.number("amount")
    if amount <= 0:
        intake.problems.append(
            DOCUMENT_BROKEN.at(
                Where("footprint"), f"declared_unit.amount is {amount}, not above 0."
            )
        )
    return {
        "product_name": product.text("name"),
        "product_name_zh": product.text("name_zh", optional=True),
        "product_ids": product.texts("product_ids"),
        "product_category": product.text("category", optional=True),
        "product_classifications": product.texts("classifications", optional=True),
        "product_description": product.text("description", optional=True),
        "product_country": product.text("country", optional=True),
        "product_mass_kg": product.number_text("mass_kg", optional=True),
        "company": product.text("company", optional=True),
        "company_zh": product.text("company_zh", optional=True),
        "company_ids": product.texts("company_ids"),
        "period_start": product.text("period_start", optional=True),
        "period_end": product.text("period_end", optional=True),
        "declared_amount": tidy(unit.number_text("amount")),
        "declared_unit": unit.text("unit"),
    }


def result_fields(
    footprint: Mapping[str, Any], issuance: Issuance, intake: Intake
) -> dict[str, Any]:
    """What the certificate says of the result, rounded once."""
    read = intake.of("footprint", footprint)
    totals, coverage = read.mapping("totals"), read.mapping("coverage")
    quality, provenance = read.mapping("quality"), read.mapping("provenance")
    total = totals.number("excluding_biogenic_uptake_kg_co2e")
    rounded = rounded_amount(total)
    return {
        "boundary": read.text("boundary"),
        "gwp_set": read.text("gwp_set"),
        "gwp_sets_used": read.texts("gwp_sets_used"),
        "total_kg_co2e": plain(total),
        "total_including_biogenic_uptake_kg_co2e": totals.number_text(
            "including_biogenic_uptake_kg_co2e"
        ),
        "shown_amount": rounded.amount,
        "shown_unit": rounded.unit,
        **_stages_or_groups(read),
        "split": _parts(read, "split", tuple(field.name for field in fields(Split))),
        "coverage_mass": plain(_covered_mass(read, coverage)),
        "coverage_lines": coverage.number_text("lines"),
        "lacks": _lacks(read),
        "primary_data_share": _rounded(quality, "primary_data_share"),
        "quality_technological": _rounded(quality, "technological"),
        "quality_geographical": _rounded(quality, "geographical"),
        "quality_temporal": _rounded(quality, "temporal"),
        "sources": tuple(
            SourceLine(citation=node.text("citation"), licence=node.text("licence"))
            for node in read.mappings("sources")
        ),
        "engine": _engine(provenance.text("engine"), issuance.engine_manifest),
        "inventory_hash": provenance.content_hash("inventory"),
        "bom_commitment": issuance.bom_commitment,
    }


def _covered_mass(read: Intake, coverage: Intake) -> Decimal:
    """The share of the product's mass that data cover; of a product that weighs more than its lines
    only the part that is listed, to 0.1 % downwards."""
    covered = coverage.number("mass")
    if not read.has("completeness"):
        return covered
    whole = read.mapping("completeness")
    if not whole.has("unlisted_mass_share"):
        return covered
    listed = covered * (1 - whole.number("unlisted_mass_share"))
    return max(listed, Decimal(0)).quantize(Decimal("0.001"), ROUND_DOWN)


def _lacks(read: Intake) -> tuple[str, ...]:
    """What makes the total the least that it can be; documents of before do not say."""
    whole = read.mapping("completeness") if read.has("completeness") else None
    return whole.texts("lacks") if whole and whole.has("lacks") else ()


def _stages_or_groups(read: Intake) -> dict[str, Any]:
    """The stages of a product; the scopes or activities of another subject (categories of scope 3
    are part of it), and its boundary in words."""
    if not read.has("subject"):
        return {"stages": _parts(read, "stages", STAGES)}
    subject = read.mapping("subject")
    groups = [node for node in subject.mappings("groups") if "." not in node.text("group")]
    return {
        "stages": tuple(
            FootprintPart(one.text("group"), one.number_text("kg_co2e")) for one in groups
        ),
        "subject_boundary": subject.text("boundary"),
    }


def _engine(version: str, manifest: str) -> str:
    """The engine as it is shown: its version, and the hash of its files where that is known."""
    return f"{version}, {manifest}" if manifest else version


def _parts(read: Intake, name: str, order: tuple[str, ...]) -> tuple[FootprintPart, ...]:
    """The parts in the order of the life cycle; a document's own order is that of its letters."""
    node = read.mapping(name)
    names = node.names()
    known = [key for key in order if key in names]
    others = [key for key in names if key not in order]
    return tuple(FootprintPart(key, node.number_text(key)) for key in (*known, *others))


def _rounded(read: Intake, name: str) -> str:
    """A rating or share to two decimals: it is a judgement, and the document holds the rest."""
    return tidy(f"{read.number(name).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}")


def tidy(number: str) -> str:
    """`1.0` as people write it: `1`."""
    return number.rstrip("0").rstrip(".") if "." in number else number
