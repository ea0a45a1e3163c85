"""Read `lci_data/` into an `Inventory`: validate every row, convert units, expand markets.

All problems of all files are collected and reported together (`InputRefused`).
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from footprint.faults import InputRefused, Problem, Where
from footprint.inventory import faults
from footprint.inventory.expand import exchange_of, market_dataset
from footprint.inventory.market_rows import MarketRow, TechnologyRow
from footprint.inventory.model import (
    GWP_SETS,
    REPORTS,
    SPLIT,
    Dataset,
    Exchange,
    Flow,
    Inventory,
    SourceRecord,
    with_readings,
)
from footprint.inventory.part_models import PART, rate_parts, sized_part, with_spread
from footprint.inventory.schema import (
    DatasetRow,
    ExchangeRow,
    FlowRow,
    GwpRow,
    SeriesRow,
    SizeRow,
    SourceFile,
)
from footprint.inventory.shipped import shipped

RowT = TypeVar("RowT", bound=BaseModel)
Rows = list[tuple[Where, RowT]]


def read_inventory(root: Traversable | None = None) -> Inventory:
    """The inventory in `root` (default: the shipped one). Raises `InputRefused` (INV codes)."""
    return _Reader(root or shipped()).read()


def read_flows(
    root: Traversable | None = None,
) -> tuple[dict[str, Flow], dict[str, dict[str, float]]]:
    """The elementary flows, and the GWP sets by name and flow, in kg CO2e per kg.

    Raises `InputRefused` (INV codes).
    """
    reader = _Reader(root or shipped())
    flows = reader._flows()
    gwp = reader._gwp(flows)
    if reader.problems:
        raise InputRefused(reader.problems)
    return flows, gwp


class _Reader:
    """One pass over the folders; `problems` grows, and is raised whole at the end."""

    def __init__(self, root: Traversable) -> None:
        self.problems: list[Problem] = []
        folders = sorted((f for f in root.iterdir() if f.is_dir()), key=lambda f: f.name)
        self.folders = [f for f in folders if not f.name.startswith(("_", "."))]

    def read(self) -> Inventory:
        sources = self._sources()
        flows = self._flows()
        gwp = self._gwp(flows)
        datasets = self._datasets(flows, sources)
        self._check_gwp(datasets, flows, gwp)
        if self.problems:
            raise InputRefused(self.problems)
        return Inventory(sources, flows, gwp, datasets)

    def _sources(self) -> dict[str, SourceRecord]:
        records: dict[str, SourceRecord] = {}
        for folder in self.folders:
            where = Where(f"{folder.name}/source.yaml")
            sidecar = folder / "source.yaml"
            if not sidecar.is_file():
                self._add(faults.UNKNOWN_SOURCE.at(where, "the folder has no source.yaml"))
                continue
            try:
                row = SourceFile.model_validate(yaml.safe_load(sidecar.read_bytes()))
            except (ValidationError, yaml.YAMLError) as error:
                self._add(faults.BAD_ROW.at(where, _first_line(error)))
                continue
            if row.id != folder.name:
                self._add(faults.BAD_ROW.at(where, f"id {row.id!r} is not the folder's name"))
            for file in folder.iterdir():
                self._check_hash(folder.name, file, row.files)
            records[row.id] = SourceRecord(**row.model_dump())
        return records

    def _check_hash(self, folder: str, file: Traversable, sealed: dict[str, str]) -> None:
        if not file.name.endswith(".csv"):
            return
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        if sealed.get(file.name) != digest:
            where = Where(f"{folder}/{file.name}")
            hint = "If the change is meant: python -m footprint.inventory.seal"
            self._add(faults.WRONG_HASH.at(where, f"SHA-256 is {digest}", hint))

    def _flows(self) -> dict[str, Flow]:
        flows = {}
        for where, row in self._rows("flows.csv", FlowRow):
            if row.id in flows:
                self._add(faults.DUPLICATE.at(where, f"flow {row.id!r} stands twice"))
            flows[row.id] = Flow(
                row.id,
                row.name_en,
                row.name_zh,
                str(row.category),
                formula=row.formula,
                cas=row.cas,
                aircraft=row.aircraft,
            )
        return flows | {flow.id: flow for flow in _unsplit_flows()}

    def _gwp(self, flows: dict[str, Flow]) -> dict[str, dict[str, float]]:
        gwp: dict[str, dict[str, float]] = {name: {} for name in GWP_SETS}
        for where, row in self._rows("gwp.csv", GwpRow):
            values = gwp[str(row.set)]
            if row.flow not in flows:
                self._add(faults.UNKNOWN_INPUT.at(where, f"no flow {row.flow!r} in flows.csv"))
            if row.flow in values:
                self._add(faults.DUPLICATE.at(where, f"{row.flow!r} stands twice in {row.set}"))
            values[row.flow] = row.value
        gwp = with_readings(gwp)
        for values in gwp.values():
            values |= {flow.id: 1.0 for flow in _unsplit_flows()}
        return gwp

    def _datasets(
        self, flows: dict[str, Flow], sources: dict[str, SourceRecord]
    ) -> dict[str, Dataset]:
        heads = self._heads()
        technologies: dict[str, dict[str, str]] = {}
        for _, row in self._rows("electricity_technologies.csv", TechnologyRow):
            technologies.setdefault(row.set, {})[str(row.technology)] = row.dataset
        market_exchanges: dict[str, list[Exchange]] = {}
        for where, market in self._rows("electricity_markets.csv", MarketRow):
            try:
                head, exchanges = market_dataset(market, technologies)
            except ValueError as error:
                self._add(faults.BAD_SHARES.at(where, str(error)))
                continue
            if head.id in heads:
                self._add(faults.DUPLICATE.at(where, f"dataset {head.id!r} stands twice"))
            heads[head.id] = (where, head, 1.0)
            market_exchanges[head.id] = exchanges
        exchanges_of = {name: list(rows) for name, rows in market_exchanges.items()}
        for where, exchange_row in self._rows("exchanges.csv", ExchangeRow):
            exchange = self._exchange(where, exchange_row, heads, flows)
            if exchange is not None:
                exchanges_of.setdefault(exchange_row.dataset, []).append(exchange)
        self._add_sizes(heads, exchanges_of)
        return rate_parts(self._join(heads, exchanges_of, sources))

    def _add_sizes(
        self,
        heads: dict[str, tuple[Where, Dataset, float]],
        exchanges_of: dict[str, list[Exchange]],
    ) -> None:
        """Add one dataset for each size of each series of parts."""
        sizes: dict[str, list[tuple[Where, SizeRow]]] = {}
        for where, size in self._rows("part_sizes.csv", SizeRow):
            sizes.setdefault(size.sizes, []).append((where, size))
        for where, series in self._rows("part_series.csv", SeriesRow):
            if series.dataset not in heads or series.sizes not in sizes:
                message = f"no dataset {series.dataset!r}, or no sizes {series.sizes!r}"
                self._add(faults.UNKNOWN_DATASET.at(where, message))
                continue
            for at, size in sizes[series.sizes]:
                try:
                    head, exchange = sized_part(series, size, heads[series.dataset][1])
                except ValueError as error:
                    self._add(faults.BAD_UNIT.at(at, str(error)))
                    continue
                if head.id in heads:
                    self._add(faults.DUPLICATE.at(at, f"dataset {head.id!r} stands twice"))
                heads[head.id] = (at, head, 1.0)
                exchanges_of[head.id] = [exchange]

    def _heads(self) -> dict[str, tuple[Where, Dataset, float]]:
        heads: dict[str, tuple[Where, Dataset, float]] = {}
        for where, row in self._rows("datasets.csv", DatasetRow):
            if row.id in heads:
                self._add(faults.DUPLICATE.at(where, f"dataset {row.id!r} stands twice"))
            values = row.model_dump(exclude={"ref_amount"})
            heads[row.id] = (where, Dataset(**values), row.ref_amount)
        return heads

    def _exchange(
        self,
        where: Where,
        row: ExchangeRow,
        heads: dict[str, tuple[Where, Dataset, float]],
        flows: dict[str, Flow],
    ) -> Exchange | None:
        if row.dataset not in heads:
            self._add(faults.UNKNOWN_DATASET.at(where, f"no dataset {row.dataset!r}"))
            return None
        known = heads if row.type == "technosphere" else flows
        if row.input not in known:
            self._add(faults.UNKNOWN_INPUT.at(where, f"no {row.type} input {row.input!r}"))
            return None
        unit = heads[row.input][1].unit if row.type == "technosphere" else "kg"
        try:
            return exchange_of(row, unit, heads[row.dataset][2])
        except ValueError as error:
            self._add(faults.BAD_UNIT.at(where, str(error)))
            return None

    def _join(
        self,
        heads: dict[str, tuple[Where, Dataset, float]],
        exchanges_of: dict[str, list[Exchange]],
        sources: dict[str, SourceRecord],
    ) -> dict[str, Dataset]:
        datasets = {}
        for name, (where, head, _) in sorted(heads.items()):
            exchanges = tuple(exchanges_of.get(name, ()))
            if not exchanges:
                self._add(faults.BAD_ROW.at(where, f"dataset {name!r} has no exchanges"))
            for source in {head.source, *(exchange.source for exchange in exchanges)}:
                if source not in sources:
                    message = f"{name!r} cites source {source!r}, which has no folder"
                    self._add(faults.UNKNOWN_SOURCE.at(where, message))
            for exchange in exchanges:
                if exchange.kind == "technosphere" and exchange.input not in heads:
                    message = f"{name!r} needs {exchange.input!r}, which does not exist"
                    self._add(faults.UNKNOWN_INPUT.at(where, message))
            datasets[name] = _with_exchanges(head, exchanges)
        return datasets

    def _check_gwp(
        self,
        datasets: dict[str, Dataset],
        flows: dict[str, Flow],
        gwp: dict[str, dict[str, float]],
    ) -> None:
        used = {e.input for d in datasets.values() for e in d.exchanges if e.kind == "biosphere"}
        for set_name, values in gwp.items():
            for flow in sorted(used & flows.keys() - values.keys()):
                message = f"flow {flow!r} is emitted but has no value in {set_name}"
                self._add(faults.NO_GWP.at(Where("gwp.csv"), message))

    def _rows(self, filename: str, model: type[RowT]) -> Iterator[tuple[Where, RowT]]:
        for folder in self.folders:
            file = folder / filename
            if not file.is_file():
                continue
            reader = csv.DictReader(io.StringIO(file.read_text("utf-8")))
            for record in reader:
                where = Where(f"{folder.name}/{filename}", reader.line_num)
                values = {k: v for k, v in record.items() if v != "" or k in model.model_fields}
                given = {k: v for k, v in values.items() if v != ""}
                try:
                    yield where, model.model_validate(given)
                except ValidationError as error:
                    self._add(faults.BAD_ROW.at(where, _first_line(error)))

    def _add(self, problem: Problem) -> None:
        self.problems.append(problem)


def _with_exchanges(head: Dataset, exchanges: tuple[Exchange, ...]) -> Dataset:
    from dataclasses import replace

    dataset = replace(head, exchanges=exchanges)
    return with_spread(dataset) if dataset.kind == PART else dataset


def _unsplit_flows() -> Iterator[Flow]:
    """Pseudo-flows for CO2e that was published without its gases, per GWP set and part."""
    for set_name in (*REPORTS, "unstated"):
        for part in SPLIT:
            suffix = "" if part == "fossil" else f":{part}"
            name = f"co2e:{set_name}{suffix}"
            yield Flow(
                name,
                f"CO2e, gases not published, {set_name}, {part.replace('_', ' ')}",
                f"二氧化碳当量（未公布气体明细，{set_name}）",
                part,
                unsplit=set_name,
            )


def _first_line(error: Exception) -> str:
    """A validation error in one line: the columns and what is wrong with them."""
    if isinstance(error, ValidationError):
        return "; ".join(
            f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}"
            for item in error.errors()
        )
    return " ".join(str(error).split())
