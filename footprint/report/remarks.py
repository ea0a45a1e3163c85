"""What a result leaves out and where it may mislead, found from the result itself."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from footprint.analysis.contributions import is_inside
from footprint.engine import faults
from footprint.engine.completeness import counted_mass
from footprint.report.figures import amount, counted_percent, percent, whole_percent
from footprint.report.model import ReportedRemark
from footprint.report.text import printable_line
from footprint.values.result import Footprint

#: Why something is no part of the total, where it is not for want of a dataset, by the column that
#: the warning names.
_LEFT_OUT = {"quantity": "below_zero", "transport": "transport_without_mass"}


def cut_offs(footprint: Footprint) -> tuple[ReportedRemark, ...]:
    """What was left out by rule, by statement of the maker, or for want of data."""
    return tuple(_cut_offs(footprint))


def _cut_offs(footprint: Footprint) -> Iterator[ReportedRemark]:
    gaps = Counter(
        _LEFT_OUT.get(problem.where.column or "", "gaps")
        for problem in footprint.warnings
        if problem.code == faults.GAP.code
    )
    yield ReportedRemark("no_threshold" if gaps else "no_threshold_all")
    for name in ("gaps", *_LEFT_OUT.values()):
        if gaps[name]:
            yield ReportedRemark(name, (("count", str(gaps[name])),))
    product = footprint.product
    cut = _count(footprint, faults.CUT_OFF_DATASET.code)
    if cut:
        values = ("lines", str(cut)), ("share", whole_percent(footprint.coverage.lines).text)
        yield ReportedRemark("imported_cut_offs", values)
    if product.exempted_emissions_percent is None:
        yield ReportedRemark("exempted_unstated")
    else:
        share = whole_percent(product.exempted_emissions_percent / 100.0).text
        reason = printable_line(product.exempted_emissions_description)
        yield ReportedRemark("exempted", (("share", share), ("reason", reason or "–")))
    yield ReportedRemark("dataset_boundaries")


def limitations(footprint: Footprint) -> tuple[ReportedRemark, ...]:
    """Where the result ends and what weakens it; the most important first."""
    return tuple(_limitations(footprint))


def _limitations(footprint: Footprint) -> Iterator[ReportedRemark]:
    coverage = footprint.coverage
    mass = counted_mass(footprint)
    lines = ("lines", counted_percent(coverage.lines).text)
    if mass.counted is None or mass.by_data is None:
        yield ReportedRemark("partial_lines", (lines,))
    elif mass.by_data < 1.0 or coverage.lines < 1.0:
        shares = (
            ("mass", counted_percent(mass.counted).text),
            ("data", counted_percent(mass.by_data).text),
        )
        yield ReportedRemark("partial_coverage", (*shares, lines))
    yield from _lacking(footprint)
    if footprint.boundary == "cradle-to-gate":
        yield ReportedRemark("ends_at_gate")
    yield ReportedRemark("climate_only")
    yield ReportedRemark("not_verified")
    if not footprint.quality.primary_data_share:
        yield ReportedRemark("no_primary_data")
    yield from _weak_lines(footprint)
    if len(footprint.gwp_sets_used) > 1:
        yield ReportedRemark("mixed_gwp", (("sets", ", ".join(footprint.gwp_sets_used[1:])),))
    if footprint.uncertainty is None:
        yield ReportedRemark("no_interval")
    if footprint.product.period_end is None:
        yield ReportedRemark("no_period")
    if _count(footprint, faults.NO_PROCESS.code):
        yield ReportedRemark("no_process")
    if _count(footprint, faults.MASS_BALANCE.code):
        yield ReportedRemark("mass_balance")
    yield ReportedRemark("unstated_parts")
    yield ReportedRemark("no_offsets")


def _lacking(footprint: Footprint) -> Iterator[ReportedRemark]:
    """What makes a total only the least that it can be, and what rests on screening figures."""
    whole = footprint.completeness
    if whole.screening_lines:
        values = (
            ("count", str(whole.screening_lines)),
            ("share", percent(whole.screening_mass_share).text),
            ("low", amount(whole.screening_low_kg_co2e).text),
            ("high", amount(whole.screening_high_kg_co2e).text),
        )
        yield ReportedRemark("screening", values)
    if whole.unknown_mass_share is None:
        yield ReportedRemark("unknown_untold")
    elif whole.unknown_mass_share:
        yield ReportedRemark("unknown_mass", (("share", percent(whole.unknown_mass_share).text),))
    for name in ("part_steps", "making_of_parts", "supplier_coverage"):
        if name in whole.lacks:
            yield ReportedRemark(name)


def _weak_lines(footprint: Footprint) -> Iterator[ReportedRemark]:
    """Lines whose dataset stands for another place, or was found by its name, and lines whose stage
    was assumed."""
    counted = [item for item in footprint.contributions if is_inside(item, footprint)]
    whole = math.fsum(abs(item.kg_co2e) for item in counted)
    for name, code in (
        ("other_country", faults.OTHER_COUNTRY.code),
        ("matched_by_name", faults.MATCHED_BY_NAME.code),
    ):
        # Lines of site data stand in no row of the list; a warning names them in its column.
        lines = {
            problem.where.row or problem.where.column
            for problem in footprint.warnings
            if problem.code == code
        }
        if lines:
            weak = [item for item in counted if item.row in lines or item.line in lines]
            own = [item for item in weak if item.matched_by != "transport-mode"]
            burden = math.fsum(abs(item.kg_co2e) for item in own)
            share = percent(burden / whole).text if whole else "–"
            yield ReportedRemark(name, (("count", str(len(lines))), ("share", share)))
    if footprint.derived_stages:
        yield ReportedRemark("derived_stages", (("count", str(len(footprint.derived_stages))),))


def _count(footprint: Footprint, code: str) -> int:
    return Counter(problem.code for problem in footprint.warnings)[code]
