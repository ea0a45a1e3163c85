"""The short parts of a report: product, split, stages, hot spots, quality, site, interval."""

from __future__ import annotations

import math
from collections.abc import Mapping

from footprint.analysis.contributions import by_stage, is_inside
from footprint.canonical_fast import fast_hash
from footprint.documents.footprint import footprint_document
from footprint.engine import faults
from footprint.engine.completeness import counted_mass
from footprint.report.figure import Figure
from footprint.report.figures import (
    amount,
    counted_percent,
    fixed,
    percent,
    rating,
    whole_percent,
)
from footprint.report.model import IntervalFacts, Origin, QualityFacts, ReportedProduct, SiteFacts
from footprint.report.shown_names import ShownName
from footprint.report.table_rows import HotSpot, ReportedPart, StageRow
from footprint.report.text import printable_line
from footprint.scripts import is_read_in_english
from footprint.values.allocation import Allocation
from footprint.values.bom import Bom
from footprint.values.line import BEYOND_GATE, STAGES
from footprint.values.result import Contribution, Footprint
from footprint.values.uncertainty import Uncertainty

#: Parts of the split that add up to the total, and those that are counted in them.
_TERMS = ("fossil", "biogenic_non_co2", "land_use_change", "land_management")
_OF_WHICH = ("aircraft", "packaging")
_BESIDE = ("biogenic_uptake", "biogenic_emission", "outbound_logistics")
#: How many causes of the interval's width are named.
_CAUSES = 5


def reported_product(footprint: Footprint) -> ReportedProduct:
    """The product facts as they are printed."""
    product = footprint.product
    start, end = product.period_start, product.period_end
    return ReportedProduct(
        name=printable_line(product.name),
        name_zh=printable_line(product.name_zh),
        company=printable_line(product.company),
        company_zh=printable_line(product.company_zh),
        product_ids=tuple(map(printable_line, product.product_ids)),
        company_ids=tuple(map(printable_line, product.company_ids)),
        category=printable_line(product.category),
        description=printable_line(product.description),
        country=printable_line(product.country),
        mass_kg=None if product.mass_kg is None else amount(product.mass_kg),
        period_start=start.isoformat() if start else "",
        period_end=end.isoformat() if end else "",
        amount=f"{footprint.declared_unit.amount:g}",
        unit=footprint.declared_unit.unit,
    )


def reported_parts(footprint: Footprint, places: int) -> tuple[ReportedPart, ...]:
    """Terms of the total, the total, what is part of it, and what stands beside it."""
    split, total = footprint.split, footprint.total
    values = split.as_dict()

    def share(value: float) -> Figure | None:
        return percent(value / total) if total else None

    terms = [
        ReportedPart(name, fixed(values[name], places), share(values[name]), "term")
        for name in _TERMS
    ]
    total_row = ReportedPart("excluding_biogenic_uptake", fixed(total, places), share(total), "sum")
    within = [
        ReportedPart(name, fixed(values[name], places), share(values[name]), "of-which")
        for name in _OF_WHICH
    ]
    beside = [ReportedPart(name, fixed(values[name], places), None, "beside") for name in _BESIDE]
    including = fixed(split.including_biogenic_uptake, places)
    last = ReportedPart("including_biogenic_uptake", including, None, "beside")
    return (*terms, total_row, *within, *beside, last)


def stage_rows(footprint: Footprint, bom: Bom, places: int) -> tuple[StageRow, ...]:
    """All life-cycle stages in their order, those without a line too."""
    found = {row.stage: row for row in by_stage(footprint, bom)}
    grave = footprint.boundary != "cradle-to-gate"
    rows = []
    for stage in STAGES:
        row = found.get(stage)
        if row is None or not row.items:
            inside = grave or stage not in BEYOND_GATE
            left_out = 0 if row is None else row.left_out
            rows.append(StageRow(stage, Figure(0.0, "–"), None, 0, inside, left_out))
        else:
            share, kg = percent(row.share) if footprint.total else None, fixed(row.kg_co2e, places)
            rows.append(StageRow(stage, kg, share, row.items, row.inside, row.left_out))
    return tuple(rows)


def hot_spots(
    footprint: Footprint, places: int, names: Mapping[tuple[int, str], ShownName]
) -> tuple[HotSpot, ...]:
    """The rows of the bill of materials inside the total, largest first, transport included."""
    found: dict[tuple[int, str], list[Contribution]] = {}
    for item in footprint.contributions:
        if is_inside(item, footprint):
            found.setdefault((item.row, item.line), []).append(item)
    total = footprint.total
    spots = []
    for (row, line), items in found.items():
        burden = math.fsum(item.kg_co2e for item in items)
        spots.append(
            HotSpot(
                row=row,
                line=printable_line(line),
                name=printable_line(items[0].name),
                shown=names[row, line],
                kg=fixed(burden, places),
                share=percent(burden / total if total else 0.0),
                stages=tuple(dict.fromkeys(item.stage for item in items)),
            )
        )
    return tuple(sorted(spots, key=lambda spot: (-abs(spot.kg.value), spot.row, spot.line)))


def reported_quality(footprint: Footprint) -> QualityFacts:
    """Quality and coverage."""
    quality, coverage, whole = footprint.quality, footprint.coverage, footprint.completeness
    mass, unknown = counted_mass(footprint), whole.unknown_mass_share
    return QualityFacts(
        primary_data_share=percent(quality.primary_data_share / 100.0),
        technological=rating(quality.technological),
        geographical=rating(quality.geographical),
        temporal=rating(quality.temporal),
        counted_mass=None if mass.counted is None else counted_percent(mass.counted),
        data_mass=None if mass.by_data is None else counted_percent(mass.by_data),
        data_lines=counted_percent(coverage.lines),
        complete=coverage.mass >= 1.0 and coverage.lines >= 1.0,
        whole=whole.word == "complete",
        screening=whole.screening_result,
        screened=percent(whole.screening_mass_share),
        unknown=None if unknown is None else percent(unknown),
        unlisted=percent(whole.unlisted_mass_share),
        gaps=_lines_left_out(footprint),
    )


def _lines_left_out(footprint: Footprint) -> int:
    """Of how many lines something is left out; one may lack its dataset and the mass to carry."""
    places = (one.where for one in footprint.warnings if one.code == faults.GAP.code)
    return len({place if place.row is None else place[:2] for place in places})


def site_of(found: Allocation | None) -> SiteFacts | None:
    """How site data were shared out, if there are any."""
    if found is None:
        return None
    return SiteFacts(
        method=found.method,
        reason=printable_line(found.reason),
        year=found.year,
        product=printable_line(found.product),
        share=percent(found.share),
        outputs=found.outputs,
        metered=tuple(map(printable_line, found.metered)),
        price_ratio=None if found.price_ratio is None else amount(found.price_ratio),
        file=printable_line(found.file),
        hash=found.hash,
    )


def interval_of(
    found: Uncertainty | None, bom: Bom, names: Mapping[tuple[int, str], ShownName]
) -> IntervalFacts | None:
    """How the interval was drawn, if it was. A cause is told by the id and name of its line."""
    if found is None:
        return None
    at = ((line.id, line.name, (line.row, line.id)) for line in bom.lines)
    called: dict[tuple[str, str], ShownName] = {}
    for name, own, key in at:
        if key in names and called.setdefault((name, own), names[key]) != names[key]:
            # Their shares were added up: what they have in common is what the list calls them.
            called[name, own] = ShownName(own if is_read_in_english(own) else name, own, name, name)
    return IntervalFacts(
        level=whole_percent(found.level),
        draws=found.draws,
        seed=found.seed,
        settled=found.convergence.settled,
        unstated=percent(found.unstated_share),
        causes=tuple(
            (called[share.name, share.label], percent(share.share))
            for share in found.by_line[:_CAUSES]
        ),
    )


def reported_origin(footprint: Footprint, bom: Bom) -> Origin:
    """Versions and hashes; `document` is the hash of the result's canonical JSON."""
    made = footprint.provenance
    document = fast_hash(footprint_document(footprint))
    return Origin(made.engine, made.inventory, made.bom, document, printable_line(bom.file))
