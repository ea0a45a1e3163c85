"""What a result leaves out and where it may mislead, found from the result itself."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from footprint.analysis.contributions import is_inside
from footprint.engine import faults
from footprint.engine.completeness import counted_mass
from footprint.report.figures import amount, percent, whole_percent
from footprint.report.model import Remark
from footprint.report.text import clean
from footprint.values.result import Footprint


def cut_offs(footprint: Footprint) -> tuple[Remark, ...]:
    """What was left out by rule, by statement of the maker, or for want of data."""
    return tuple(_cut_offs(footprint))


def _cut_offs(footprint: Footprint) -> Iterator[Remark]:
    yield Remark("no_threshold")
    product, gaps = footprint.product, _count(footprint, faults.GAP.code)
    if gaps:
        yield Remark("gaps", (("count", str(gaps)),))
    cut = _count(footprint, faults.CUT_OFF_DATASET.code)
    if cut:
        values = ("lines", str(cut)), ("share", whole_percent(footprint.coverage.lines).text)
        yield Remark("imported_cut_offs", values)
    if product.exempted_emissions_percent is None:
        yield Remark("exempted_unstated")
    else:
        share = whole_percent(product.exempted_emissions_percent / 100.0).text
        reason = clean(product.exempted_emissions_description)
        yield Remark("exempted", (("share", share), ("reason", reason or "–")))
    yield Remark("dataset_boundaries")


def limitations(footprint: Footprint) -> tuple[Remark, ...]:
    """Where the result ends and what weakens it; the most important first."""
    return tuple(_limitations(footprint))


def _limitations(footprint: Footprint) -> Iterator[Remark]:
    coverage = footprint.coverage
    mass = counted_mass(coverage, footprint.completeness)
    lines = ("lines", whole_percent(coverage.lines).text)
    if mass is None:
        yield Remark("partial_lines", (lines,))
    elif mass < 1.0 or coverage.lines < 1.0:
        yield Remark("partial_coverage", (("mass", whole_percent(mass).text), lines))
    yield from _lacking(footprint)
    if footprint.boundary == "cradle-to-gate":
        yield Remark("ends_at_gate")
    yield Remark("climate_only")
    yield Remark("not_verified")
    if not footprint.quality.primary_data_share:
        yield Remark("no_primary_data")
    yield from _weak_lines(footprint)
    if len(footprint.gwp_sets_used) > 1:
        yield Remark("mixed_gwp", (("sets", ", ".join(footprint.gwp_sets_used[1:])),))
    if footprint.uncertainty is None:
        yield Remark("no_interval")
    if footprint.product.period_end is None:
        yield Remark("no_period")
    if _count(footprint, faults.NO_PROCESS.code):
        yield Remark("no_process")
    if _count(footprint, faults.MASS_BALANCE.code):
        yield Remark("mass_balance")
    yield Remark("unstated_parts")
    yield Remark("no_offsets")


def _lacking(footprint: Footprint) -> Iterator[Remark]:
    """What makes a total only the least that it can be, and what rests on screening figures."""
    whole = footprint.completeness
    if whole.screening_lines:
        values = (
            ("count", str(whole.screening_lines)),
            ("share", percent(whole.screening_mass_share).text),
            ("low", amount(whole.screening_low_kg_co2e).text),
            ("high", amount(whole.screening_high_kg_co2e).text),
        )
        yield Remark("screening", values)
    if whole.unknown_mass_share is None:
        yield Remark("unknown_untold")
    elif whole.unknown_mass_share:
        yield Remark("unknown_mass", (("share", percent(whole.unknown_mass_share).text),))
    for name in ("part_steps", "making_of_parts"):
        if name in whole.lacks:
            yield Remark(name)


def _weak_lines(footprint: Footprint) -> Iterator[Remark]:
    """Lines whose dataset stands for another place, or was found by its name, and lines whose stage
    was assumed."""
    counted = [item for item in footprint.contributions if is_inside(item, footprint)]
    whole = math.fsum(abs(item.kg_co2e) for item in counted)
    for name, code in (
        ("other_country", faults.OTHER_COUNTRY.code),
        ("matched_by_name", faults.MATCHED_BY_NAME.code),
    ):
        # Lines of site data have no row; a warning names them in its column.
        lines = {
            problem.where.row or problem.where.column
            for problem in footprint.warnings
            if problem.code == code
        }
        if lines:
            weak = [item for item in counted if (item.row or item.line) in lines]
            own = [item for item in weak if item.matched_by != "transport-mode"]
            burden = math.fsum(abs(item.kg_co2e) for item in own)
            share = percent(burden / whole).text if whole else "–"
            yield Remark(name, (("count", str(len(lines))), ("share", share)))
    if footprint.derived_stages:
        yield Remark("derived_stages", (("count", str(len(footprint.derived_stages))),))


def _count(footprint: Footprint, code: str) -> int:
    return Counter(problem.code for problem in footprint.warnings)[code]
