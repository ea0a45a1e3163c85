"""A report from a result, its bill of materials and the inventory it was calculated with."""

from __future__ import annotations

from datetime import date

from footprint.inventory.compiled import CompiledInventory
from footprint.method.checks import method_checks
from footprint.report.facts import (
    hot_spots,
    interval_of,
    reported_origin,
    reported_parts,
    reported_product,
    reported_quality,
    site_of,
    stage_rows,
)
from footprint.report.faults import NO_PRODUCT
from footprint.report.figures import fixed, headline, percent, table_places
from footprint.report.model import ElectricityFacts, FootprintReport, Notice
from footprint.report.remarks import cut_offs, limitations
from footprint.report.rows import datasets_in_use, document_rows, line_rows, source_rows
from footprint.report.shown_names import shown_names
from footprint.report.table_rows import CheckRow
from footprint.report.text import printable_line
from footprint.values.bom import Bom
from footprint.values.result import Electricity, Footprint


def footprint_report(
    footprint: Footprint,
    bom: Bom,
    inventory: CompiledInventory,
    dated: date,
    *,
    places: int | None = None,
    whole: bool = True,
) -> FootprintReport:
    """The view model of the report on `footprint`, which `bom` and `inventory` gave.

    `dated` is the report's date. The same arguments give the same value. `places`: decimal places
    of the tables, left out as many as a report has; without `whole` it is what pictures need: the
    checks and the datasets, whose documents take a hundred times as long to read, are left out.
    Raises InputRefused (RPT-003) for the full report of what is no product.
    """
    if whole and footprint.subject is not None:
        raise NO_PRODUCT.refuse(
            f"the footprint is of an {footprint.subject.kind}",
            hint="Take it as text or JSON, or issue a certificate: those say what is counted.",
        )
    places = table_places(footprint.total) if places is None else places
    names = shown_names(footprint.contributions, bom, inventory)
    lines = line_rows(footprint, bom, inventory, places, names)
    recycled = footprint.recycled_content
    return FootprintReport(
        date=dated.isoformat(),
        subject=reported_product(footprint),
        headline=headline(footprint),
        boundary=footprint.boundary,
        gwp_set=footprint.gwp_set,
        gwp_sets_used=footprint.gwp_sets_used,
        parts=reported_parts(footprint, places),
        stages=stage_rows(footprint, bom, places),
        hot_spots=hot_spots(footprint, places, names),
        lines=lines,
        datasets=datasets_in_use(footprint, lines, inventory) if whole else (),
        sources=source_rows(footprint, inventory),
        documents=document_rows(footprint),
        quality=reported_quality(footprint),
        electricity=_electricity(footprint.electricity, places),
        recycled=(percent(recycled.share), percent(recycled.stated)) if recycled else None,
        site=site_of(footprint.allocation),
        interval=interval_of(footprint.uncertainty, bom, names),
        cut_offs=cut_offs(footprint),
        limitations=limitations(footprint),
        checks=_checks(footprint) if whole else (),
        notices=_notices(footprint),
        origin=reported_origin(footprint, bom),
    )


def _electricity(found: Electricity | None, places: int) -> ElectricityFacts | None:
    if found is None:
        return None
    location = fixed(found.location_based_kg_co2e, places)
    return ElectricityFacts(location, fixed(found.market_based_kg_co2e, places), found.basis)


def _checks(footprint: Footprint) -> tuple[CheckRow, ...]:
    return tuple(
        CheckRow(
            check.id,
            check.outcome,
            printable_line(check.says),
            printable_line(check.says_zh),
            check.source,
            check.confidence,
        )
        for check in method_checks(footprint)
    )


def _notices(footprint: Footprint) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            one.code,
            printable_line(one.message),
            printable_line(one.hint),
            one.where._replace(
                file=printable_line(one.where.file),
                column=one.where.column and printable_line(one.where.column),
            ),
        )
        for one in footprint.warnings
    )
