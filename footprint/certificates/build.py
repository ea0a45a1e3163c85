"""Build the view of a certificate from the two published documents and the facts of issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from rfc8785 import CanonicalizationError

from footprint.canonical_fast import fast_hash
from footprint.certificates.claim_intake import claim_from
from footprint.certificates.conditions import reasons_of
from footprint.certificates.display import plain, shown
from footprint.certificates.faults import DOCUMENT_BROKEN, ISSUANCE_BROKEN, NOT_PASSED
from footprint.certificates.intake import CONTENT_HASH, Intake
from footprint.certificates.keys import did_web
from footprint.certificates.limits import limits_of
from footprint.certificates.number import parse_number
from footprint.certificates.statuslist import LENGTH
from footprint.certificates.view import (
    CertificateView,
    Issuance,
    Market,
    Part,
    SourceLine,
)
from footprint.faults import Problem, Where
from footprint.values.line import STAGES
from footprint.values.result import Split

#: Members of a footprint document that a certificate shows. All others may tell of single lines.
_PUBLIC = (
    "type",
    "schema",
    "product",
    "declared_unit",
    "boundary",
    "gwp_set",
    "gwp_sets_used",
    "totals",
    "split",
    "stages",
    "coverage",
    "quality",
    "sources",
    "subject",
)


def build_view(
    footprint: Mapping[str, Any],
    decision: Mapping[str, Any],
    issuance: Issuance,
    *,
    footprint_hash: str = "",
    decision_hash: str = "",
) -> CertificateView:
    """The view of a certificate on a passed decision.

    `footprint` and `decision` are the published JSON documents. The certified value keeps all its
    digits; of the footprint only `public_part` is hashed. The two hashes are those of the
    documents, where the caller has them already. Raises InputRefused with everything that
    stands in the way: CER-001 (the verdict is not pass), CER-002 (a document lacks a field),
    CER-003 and CER-004 (texts that cannot be printed), CER-005 (facts of issue that contradict
    each other), CER-006 and CER-007 (number), CER-008 (address).
    """
    if decision.get("verdict") != "pass":
        raise NOT_PASSED.refuse(
            f"The verdict of {decision.get('scheme')}, {decision.get('tier')}, is "
            f"{decision.get('verdict')}; only a passed decision can be certified.",
            hint="`footprint decide` lists what is missing.",
        )
    intake = Intake()
    values = {
        **_issue_fields(issuance, intake),
        **_decision_fields(decision, intake, issuance),
        "limits": limits_of(intake.of("decision", decision), issuance),
        **_product_fields(footprint, intake),
        **_result_fields(footprint, issuance, intake),
    }
    intake.done()
    return CertificateView(
        **values,
        footprint_hash=footprint_hash or document_hash("footprint", public_part(footprint)),
        decision_hash=decision_hash or document_hash("decision", decision),
    )


def public_part(footprint: Mapping[str, Any]) -> dict[str, Any]:
    """What a certificate shows of a footprint document, and may publish the hash of.

    A hash over the lines would let anyone who knows all of them but one try out the last. The
    lines are bound by the salted commitment instead.
    """
    kept = {name: footprint[name] for name in _PUBLIC if name in footprint}
    provenance = footprint.get("provenance")
    if isinstance(provenance, Mapping):
        kept["provenance"] = {name: provenance.get(name) for name in ("engine", "inventory")}
    return kept


def document_hash(file: str, document: Mapping[str, Any]) -> str:
    """The content hash of a document. Raises InputRefused (CER-002) when it has no canonical form;
    `file` is its name in the message."""
    try:
        return fast_hash(document)
    except CanonicalizationError as error:
        raise DOCUMENT_BROKEN.refuse(
            f"The document has no canonical form: {error}.", Where(file)
        ) from error


def _issue_fields(issuance: Issuance, intake: Intake) -> dict[str, Any]:
    number = parse_number(issuance.number)
    intake.problems.extend(_contradictions(issuance))
    return {
        "number": number,
        "verify_url": f"{issuance.base_url}/verify/{number}",
        "base_url": issuance.base_url,
        "issuer_name": intake.clean(issuance.issuer_name, "issuer_name"),
        "issuer_name_zh": intake.clean(issuance.issuer_name_zh, "issuer_name_zh"),
        "issuer_did": issuance.issuer_did,
        "issued_at": utc_text(issuance.issued_at),
        "valid_from": issuance.valid_from.isoformat(),
        "valid_until": issuance.valid_until.isoformat(),
        "self_declared": issuance.self_declared,
        "draft": issuance.draft,
        "verifier": intake.clean(issuance.verifier, "verifier"),
        "verifier_statement": intake.clean(issuance.verifier_statement, "verifier_statement"),
        "stated_verifier": intake.clean(issuance.stated_verifier, "stated_verifier"),
        "status_list": issuance.status_list,
        "status_index": issuance.status_index,
        "renderer": issuance.renderer,
    }


def _contradictions(issuance: Issuance) -> list[Problem]:
    wrong: list[str] = []
    if issuance.base_url.endswith("/"):
        wrong.append("base_url must not end with a slash")
    elif issuance.issuer_did != did_web(issuance.base_url):
        wrong.append(f"issuer_did must be {did_web(issuance.base_url)}, as base_url says")
    if not issuance.issuer_name.strip():
        wrong.append("issuer_name is empty")
    if issuance.issued_at.tzinfo is None:
        wrong.append("issued_at has no time zone")
    if issuance.valid_until < issuance.valid_from:
        wrong.append("valid_until is before valid_from")
    if issuance.self_declared == bool(issuance.verifier.strip()):
        wrong.append("a certificate is either self-declared or names its verifier")
    if issuance.stated_verifier.strip() and not issuance.self_declared:
        wrong.append("a verifier that is only stated stands on a self-declaration")
    if not CONTENT_HASH.fullmatch(issuance.bom_commitment):
        wrong.append("bom_commitment is missing; calculate the footprint again")
    if issuance.status_list < 1 or not 0 <= issuance.status_index < LENGTH:
        wrong.append(f"status_list starts at 1, status_index is 0 to {LENGTH - 1}")
    return [ISSUANCE_BROKEN.at(Where("issuance"), f"{text}.") for text in wrong]


def _decision_fields(
    decision: Mapping[str, Any], intake: Intake, issuance: Issuance
) -> dict[str, Any]:
    read = intake.of("decision", decision)
    return {
        "scheme": read.text("scheme"),
        "scheme_name": read.text("scheme_name"),
        "scheme_name_zh": read.text("scheme_name_zh", optional=True),
        "scheme_short_name": read.text("scheme_short_name", optional=True),
        "scheme_short_name_zh": read.text("scheme_short_name_zh", optional=True),
        "tier": read.text("tier"),
        "claim": claim_from(read.mapping("claim")) if "claim" in read.names() else None,
        "decided_on": read.text("as_of"),
        "rules_hash": read.content_hash("rules_hash"),
        "confirm_first": read.texts("confirm_first"),
        **_ending(read, issuance),
        "reasons": reasons_of(read.mapping("trace")),
        "markets": tuple(
            Market(
                market=node.text("market"),
                audience=node.text("audience"),
                verdict=node.text("verdict"),
                says=node.text("says"),
                says_zh=node.text("says_zh", optional=True),
                permitted_wording=node.texts("permitted_wording"),
                confidence=node.text("confidence", optional=True),
            )
            for node in read.mappings("markets")
        ),
    }


def _ending(read: Intake, issuance: Issuance) -> dict[str, Any]:
    """What ends on the last day of the term, where the term ends with it."""
    if "ends" not in read.names():
        return {}
    ends = read.mapping("ends")
    if ends.text("day") != issuance.valid_until.isoformat():
        return {}
    return {"term_ends_with": ends.text("says"), "term_ends_with_zh": ends.text("says_zh")}


def _product_fields(footprint: Mapping[str, Any], intake: Intake) -> dict[str, Any]:
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
        "product_description": product.text("description", optional=True),
        "product_country": product.text("country", optional=True),
        "product_mass_kg": product.number_text("mass_kg", optional=True),
        "company": product.text("company", optional=True),
        "company_zh": product.text("company_zh", optional=True),
        "company_ids": product.texts("company_ids"),
        "period_start": product.text("period_start", optional=True),
        "period_end": product.text("period_end", optional=True),
        "declared_amount": _tidy(unit.number_text("amount")),
        "declared_unit": unit.text("unit"),
    }


def _result_fields(
    footprint: Mapping[str, Any], issuance: Issuance, intake: Intake
) -> dict[str, Any]:
    read = intake.of("footprint", footprint)
    totals, coverage = read.mapping("totals"), read.mapping("coverage")
    quality, provenance = read.mapping("quality"), read.mapping("provenance")
    total = totals.number("excluding_biogenic_uptake_kg_co2e")
    rounded = shown(total)
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
        "coverage_mass": coverage.number_text("mass"),
        "coverage_lines": coverage.number_text("lines"),
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


def _stages_or_groups(read: Intake) -> dict[str, Any]:
    """The stages of a product; the scopes or activities of another subject (categories of scope 3
    are part of it), and its boundary in words."""
    if "subject" not in read.names():
        return {"stages": _parts(read, "stages", STAGES)}
    subject = read.mapping("subject")
    groups = [node for node in subject.mappings("groups") if "." not in node.text("group")]
    return {
        "stages": tuple(Part(one.text("group"), one.number_text("kg_co2e")) for one in groups),
        "subject_boundary": subject.text("boundary"),
    }


def _engine(version: str, manifest: str) -> str:
    """The engine as it is shown: its version, and the hash of its files where that is known."""
    return f"{version}, {manifest}" if manifest else version


def _parts(read: Intake, name: str, order: tuple[str, ...]) -> tuple[Part, ...]:
    """The parts in the order of the life cycle; a document's own order is that of its letters."""
    node = read.mapping(name)
    known = [key for key in order if key in node.names()]
    others = [key for key in node.names() if key not in order]
    return tuple(Part(key, node.number_text(key)) for key in (*known, *others))


def _rounded(read: Intake, name: str) -> str:
    """A rating or share to two decimals: it is a judgement, and the document holds the rest."""
    return _tidy(f"{read.number(name).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}")


def _tidy(number: str) -> str:
    """`1.0` as people write it: `1`."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def utc_text(moment: datetime) -> str:
    """`moment` as an RFC 3339 time in UTC, in whole seconds: 2026-11-20T08:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
