"""From a cell of the uploaded file to kg CO2e: everything that stands between, line by line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from footprint.bom.tree import amounts
from footprint.engine.screening import screening_name_zh
from footprint.inventory.compiled import CompiledInventory
from footprint.reading.grid import text_of
from footprint.reading.header import FoundTable
from footprint.values.bom import Bom
from footprint.values.line import Line


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure as its publisher prints it, and where: page, table, row."""

    amount: float
    unit: str
    of: str
    locator: str
    source: str


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One dataset, document or substance that a line's amount is multiplied with. `factor` is kg
    CO2e per `unit`, None for an amount of zero; `figures` are what the dataset is made of."""

    dataset: str
    name: str
    name_zh: str
    stage: str
    matched_by: str
    quantity: float
    unit: str
    factor: float | None
    kg_co2e: float
    location: str = ""
    year: int = 0
    publisher: str = ""
    licence: str = ""
    url: str = ""
    locator: str = ""
    figures: tuple[PublishedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class LineChain:
    """A line from the file to its kg CO2e. `cells` are those of its row as uploaded, by heading;
    `amount` is what one declared unit needs of it with losses, in the line's unit."""

    number: int
    row: int
    name: str
    cells: tuple[tuple[str, str], ...]
    quantity: float
    unit: str
    loss: float
    amount: float
    links: tuple[ChainLink, ...]

    @property
    def kg_co2e(self) -> float:
        """What the line adds to the result."""
        return sum(link.kg_co2e for link in self.links)


def line_shares(bom: Bom, footprint: Mapping[str, Any]) -> dict[int, float]:
    """The share of each line, by its number from 1 in the order of the file, in the result of a
    footprint document."""
    places = {(line.row, line.id): at for at, line in enumerate(bom.lines, start=1)}
    shares = dict.fromkeys(places.values(), 0.0)
    for item in footprint["contributions"]:
        shares[places[item["row"], item["line"]]] += item["share"]
    return shares


def line_chains(
    numbers: Collection[int],
    bom: Bom,
    table: FoundTable,
    footprint: Mapping[str, Any],
    inventory: CompiledInventory,
) -> tuple[LineChain, ...]:
    """The chains of the lines of these numbers, in the order of the file: of the lines of `bom`
    as they were read from `table`."""
    if not numbers:
        return ()
    wanted = {(line.row, line.id) for at, line in enumerate(bom.lines, start=1) if at in numbers}
    used = {
        item["dataset"]
        for item in footprint["contributions"]
        if (item["row"], item["line"]) in wanted
    }
    published = inventory.excerpts("published", used, _excerpt)
    cells = _cells(table, {row for row, _ in wanted})
    gross = amounts(bom.lines, with_losses=True)
    by_line: dict[tuple[int, str], list[Mapping[str, Any]]] = {}
    for item in footprint["contributions"]:
        by_line.setdefault((item["row"], item["line"]), []).append(item)
    return tuple(
        LineChain(
            number,
            line.row,
            line.name,
            cells.get(line.row, ()),
            line.quantity,
            line.unit,
            line.loss,
            gross[number - 1],
            _links(line, by_line, published, inventory),
        )
        for number, line in enumerate(bom.lines, start=1)
        if number in numbers
    )


class _Published(NamedTuple):
    """Where a dataset stands, and the figures that it is made of."""

    locator: str
    figures: tuple[PublishedFigure, ...]


def _excerpt(_name: str, document: Mapping[str, Any]) -> _Published:
    return _Published(
        str(document["locator"]),
        tuple(
            PublishedFigure(
                one["published_amount"],
                one["published_unit"],
                one["input"],
                one["locator"],
                one["source"],
            )
            for one in document["exchanges"]
        ),
    )


def _links(
    line: Line,
    by_line: Mapping[tuple[int, str], Sequence[Mapping[str, Any]]],
    published: Mapping[str, _Published],
    inventory: CompiledInventory,
) -> tuple[ChainLink, ...]:
    return tuple(_link(item, published, inventory) for item in by_line.get((line.row, line.id), ()))


def _link(
    item: Mapping[str, Any], published: Mapping[str, _Published], inventory: CompiledInventory
) -> ChainLink:
    quantity, kg = item["quantity"], item["kg_co2e"]
    plain = ChainLink(
        item["dataset"],
        item["dataset_name"],
        screening_name_zh(item["dataset"]) or item["dataset_name"],
        item["stage"],
        item["matched_by"],
        quantity,
        item["unit"],
        kg / quantity if quantity else None,
        kg,
    )
    # A supplier's document, a gas and an estimate by material have no dataset of their own.
    if item["matched_by"] in {"supplier", "substance", "screening"}:
        return plain
    entry, document = inventory.datasets.get(item["dataset"]), published.get(item["dataset"])
    if entry is None or document is None:
        return plain
    source = inventory.sources[entry.source]
    return ChainLink(
        plain.dataset,
        entry.name_en,
        entry.name_zh or entry.name_en,
        plain.stage,
        plain.matched_by,
        plain.quantity,
        plain.unit,
        plain.factor,
        plain.kg_co2e,
        entry.location,
        entry.year,
        str(source["citation"]),
        str(source["licence"]),
        str(source.get("url") or ""),
        document.locator,
        document.figures,
    )


def _cells(table: FoundTable, rows: Collection[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """The cells of these rows of the uploaded table, by heading."""
    headings = [one.text for one in table.headings]
    return {
        row: tuple(
            (headings[at] if at < len(headings) else "", text_of(cell))
            for at, cell in enumerate(table.sheet.rows[row - 1])
            if text_of(cell)
        )
        for row in table.body
        if row in rows and row <= len(table.sheet.rows)
    }
