"""What a table of results says as a whole: distributions, stages, hot spots, warnings."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from footprint.catalogue.cells import Floats
from footprint.catalogue.columns import WORST

TOTAL = "excluding_biogenic_uptake_kg_co2e"
#: Columns of results that add up to the total of a product, and outbound logistics beside it.
STAGES = (
    *("material", "production", "packaging", "inbound_transport", "waste", "direct_emission"),
    *("use", "end_of_life", "outbound_logistics"),
)
#: Columns of decisions begin so; the scheme follows.
DECISION = "decision_"
_SHARES = ("coverage_mass", "coverage_lines", "primary_data_share")
_RATINGS = ("technological", "geographical", "temporal")
_LEVELS = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
_BINS = 12
#: So many hot spots are named.
NAMED = 20


@dataclass(frozen=True, slots=True)
class FigureSpread:
    """Products by one figure: how they are distributed, and their mean. There is none of no
    products."""

    figure: str
    least: float
    p5: float
    p25: float
    median: float
    p75: float
    p95: float
    most: float
    mean: float


@dataclass(frozen=True, slots=True)
class Bin:
    """So many products from `low` up to `high` kg CO2e."""

    low: float
    high: float
    products: int


@dataclass(frozen=True, slots=True)
class CatalogueHotSpot:
    """A line that is among the worst of so many products, and what it adds to one of each of them,
    kg CO2e. Lines without an id are one where they have one name: `line` is then empty. `product`
    is the one to which it adds most."""

    line: str
    name: str
    product: str
    products: int
    kg_co2e: float


@dataclass(frozen=True, slots=True)
class CatalogueSummary:
    """A table of results as a whole. `stages_kg_co2e` are of one of each product; `completeness`,
    `warnings` and `refused` count products, the last two by code; `decisions` by scheme, for each
    tier and verdict."""

    products: int
    spreads: tuple[FigureSpread, ...]
    totals: tuple[Bin, ...]
    stages_kg_co2e: dict[str, float]
    hot_spots: tuple[CatalogueHotSpot, ...]
    completeness: dict[str, int]
    warnings: dict[str, int]
    refused: dict[str, int]
    decisions: dict[str, dict[str, int]]

    def document(self) -> dict[str, Any]:
        """Everything as plain values."""
        return asdict(self)


def catalogue_summary(results: pa.Table, refused: pa.Table | None = None) -> CatalogueSummary:
    """Summarise a table of results, and the table of what was refused beside it."""
    figures = (TOTAL, *_SHARES, *_RATINGS) if results.num_rows else ()
    return CatalogueSummary(
        products=results.num_rows,
        spreads=tuple(_spread(name, _floats(results, name)) for name in figures),
        totals=_bins(_floats(results, TOTAL)),
        stages_kg_co2e={name: float(_floats(results, name).sum()) for name in STAGES if figures},
        hot_spots=_hot_spots(results),
        completeness=_counts(results.column("completeness")),
        warnings=_counts(_codes(results.column("warnings"))),
        refused={} if refused is None else refused_products(refused),
        decisions={
            name.removeprefix(DECISION): _counts(_codes(results.column(name)))
            for name in results.column_names
            if name.startswith(DECISION)
        },
    )


def _floats(results: pa.Table, name: str) -> Floats:
    values: Floats = results.column(name).to_numpy()
    return values


def _spread(name: str, values: Floats) -> FigureSpread:
    least, p5, p25, median, p75, p95, most = np.quantile(values, _LEVELS, method="hazen").tolist()
    return FigureSpread(name, least, p5, p25, median, p75, p95, most, float(values.mean()))


def _bins(values: Floats) -> tuple[Bin, ...]:
    """Products by their total, in steps of equal ratio between the 1st and 99th percentile; what
    is below or above is in the first or the last."""
    above = values[values > 0.0]
    if not len(above):
        return ()
    low, high = np.quantile(above, [0.01, 0.99])
    edges = np.geomspace(low, max(high, low * 1.0001), _BINS + 1)
    edges[0], edges[-1] = min(edges[0], values.min()), max(edges[-1], values.max())
    counts, _ = np.histogram(values, edges)
    pairs = zip(edges[:-1].tolist(), edges[1:].tolist(), counts.tolist(), strict=True)
    return tuple(Bin(*pair) for pair in pairs)


def _hot_spots(results: pa.Table) -> tuple[CatalogueHotSpot, ...]:
    chunks = [_worst(results, at) for at in range(1, WORST + 1)]
    table = pa.concat_tables(chunks).drop_null()
    sums = [("kg", "sum"), ("kg", "count"), ("line", "min"), ("name", "min")]
    grouped = table.group_by("key").aggregate(sums)
    ordered = grouped.sort_by([("kg_sum", "descending"), ("key", "ascending")]).slice(0, NAMED)
    return tuple(
        CatalogueHotSpot(
            *(row["line_min"], row["name_min"], _most_of(table, row["key"])),
            *(row["kg_count"], row["kg_sum"]),
        )
        for row in ordered.to_pylist()
    )


def _worst(results: pa.Table, at: int) -> pa.Table:
    """The lines of one rank, under their ids, or their names: the same row of two files, or of two
    products, is not the same line."""
    line = results.column(f"worst_{at}").cast(pa.string())
    name = line  # results of earlier versions have no names
    if f"worst_{at}_name" in results.column_names:
        name = results.column(f"worst_{at}_name").cast(pa.string())
    unnamed = pc.starts_with(line, "row-")
    return pa.table(
        {
            "key": pc.if_else(unnamed, name, line),
            "line": pc.if_else(unnamed, "", line),
            "name": name,
            "product": results.column("product").cast(pa.string()),
            "kg": results.column(f"worst_{at}_kg_co2e"),
        }
    )


def _most_of(table: pa.Table, key: str) -> str:
    """The product to which a line adds most; the first by name of equal ones."""
    same = table.filter(pc.equal(table.column("key"), key))
    order = [("kg", "descending"), ("product", "ascending")]
    return str(same.sort_by(order).column("product")[0].as_py())


def _codes(warnings: pa.ChunkedArray) -> pa.ChunkedArray:
    found = pc.list_flatten(pc.split_pattern(warnings, " "))
    return found.filter(pc.not_equal(found, ""))


def _counts(column: pa.ChunkedArray) -> dict[str, int]:
    counted = pc.value_counts(column)
    pairs = zip(
        counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True
    )
    return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def refused_products(table: pa.Table) -> dict[str, int]:
    """How many products of a table of refusals have each code, most first."""
    once = table.group_by(["product", "code"]).aggregate([])
    return _counts(once.column("code"))
