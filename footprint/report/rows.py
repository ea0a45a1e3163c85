"""The long tables of a report: lines, datasets, sources, suppliers' documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from footprint.analysis.contributions import is_inside
from footprint.engine.screening import screening_name_zh
from footprint.engine.traits import dataset_technology
from footprint.gwp_sources import GWP_ADDRESSES
from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.inventory.model import EXCLUDING_BIOGENIC
from footprint.report.figures import amount, fixed, percent
from footprint.report.shown_names import ShownName
from footprint.report.table_rows import DocumentRow, LineRow, ReportedDataset, SourceRow
from footprint.report.text import printable_line
from footprint.values.bom import Bom
from footprint.values.result import Contribution, Footprint

#: How many ratings a pedigree has.
_PEDIGREE = 5


def line_rows(
    footprint: Footprint,
    bom: Bom,
    inventory: CompiledInventory,
    places: int,
    names: Mapping[tuple[int, str], ShownName],
) -> tuple[LineRow, ...]:
    """Every contribution in the order of the result, numbered from 1."""
    written = {(line.row, line.id): line for line in bom.lines}
    rows = []
    for number, item in enumerate(footprint.contributions, start=1):
        line = written[item.row, item.line]
        entry = _entry(item, inventory)
        rows.append(
            LineRow(
                number=number,
                row=item.row,
                line=printable_line(item.line),
                name=printable_line(item.name),
                shown=names[item.row, item.line],
                note=printable_line(line.note),
                stage=item.stage,
                location=line.location,
                dataset=printable_line(item.dataset),
                dataset_name=printable_line(item.dataset_name),
                dataset_name_zh=printable_line(
                    entry.name_zh if entry else screening_name_zh(item.dataset) or item.dataset_name
                ),
                amount=amount(item.quantity),
                unit=printable_line(item.unit),
                factor=amount(item.kg_co2e / item.quantity) if item.quantity else None,
                kg=fixed(item.kg_co2e, places),
                share=percent(item.share),
                inside=is_inside(item, footprint),
                matched_by=item.matched_by,
                data_type=item.data_type,
                source=entry.source if entry else "",
            )
        )
    return tuple(rows)


def _entry(item: Contribution, inventory: CompiledInventory) -> Entry | None:
    """The dataset of a contribution; a supplier's document and a substance have none."""
    if item.matched_by in {"supplier", "substance", "screening"}:
        return None
    return inventory.datasets.get(item.dataset)


def datasets_in_use(
    footprint: Footprint, lines: Sequence[LineRow], inventory: CompiledInventory
) -> tuple[ReportedDataset, ...]:
    """The datasets that lines use, in the order of their first use."""
    users: dict[str, list[int]] = {}
    for line, item in zip(lines, footprint.contributions, strict=True):
        if _entry(item, inventory) is not None:
            users.setdefault(item.dataset, []).append(line.number)
    gwp_set = footprint.gwp_set
    made = partial(_reported, inventory, gwp_set)
    found = inventory.excerpts(f"reported {gwp_set}", users, made)
    return tuple(replace(found[name], lines=tuple(numbers)) for name, numbers in users.items())


def _reported(
    inventory: CompiledInventory, gwp_set: str, name: str, document: Mapping[str, Any]
) -> ReportedDataset:
    """A dataset as every report shows it, without the lines that use it."""
    entry, exchanges = inventory.entry(name), document["exchanges"]
    factors = inventory.table(gwp_set)[list(EXCLUDING_BIOGENIC), entry.column]
    return ReportedDataset(
        id=name,
        name=printable_line(entry.name_en),
        name_zh=printable_line(entry.name_zh or entry.name_en),
        unit=entry.unit,
        location=entry.location,
        year=str(entry.year),
        boundary=entry.boundary,
        factor=amount(float(factors.sum())),
        technological=str(dataset_technology(entry.technological)),
        data_kinds=tuple(sorted({exchange["data_kind"] for exchange in exchanges})),
        figures=len(exchanges),
        pedigree=_worst(exchanges),
        source=entry.source,
        locator=printable_line(document["locator"]),
        lines=(),
    )


def _worst(exchanges: Sequence[dict[str, Any]]) -> str:
    """The worst rating of each kind among the figures that have ratings."""
    stated = [exchange["pedigree"] for exchange in exchanges if exchange["pedigree"]]
    if not stated:
        return ""
    return " ".join(str(max(ratings[at] for ratings in stated)) for at in range(_PEDIGREE))


def source_rows(footprint: Footprint, inventory: CompiledInventory) -> tuple[SourceRow, ...]:
    """Every source that the result rests on, as the result lists them, with its address."""
    return tuple(
        SourceRow(
            source.id,
            printable_line(source.citation),
            printable_line(source.licence),
            printable_line(_address(source.id, inventory)),
        )
        for source in footprint.sources
    )


def _address(source: str, inventory: CompiledInventory) -> str:
    if source in GWP_ADDRESSES:
        return GWP_ADDRESSES[source]
    return str(inventory.sources[source].get("url") or "")


def document_rows(footprint: Footprint) -> tuple[DocumentRow, ...]:
    """The suppliers' documents."""
    return tuple(
        DocumentRow(
            company=printable_line(one.company),
            file=printable_line(one.file),
            id=printable_line(one.id),
            kind=one.kind,
            valid_until=one.valid_until or "",
            primary_data_share=(
                None if one.primary_data_share is None else percent(one.primary_data_share / 100.0)
            ),
            hash=one.hash,
        )
        for one in footprint.provenance.documents
    )
