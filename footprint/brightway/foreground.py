"""Own processes of a product: loops, parameters and all, calculated by bw2calc over the background.

A compiled inventory of its own comes out, kept in the cache under the hash of what it rests on, and
stands beside the others: lines name its processes like any dataset.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from footprint import units
from footprint.brightway import faults
from footprint.brightway.processes_file import ProcessEntry, ProcessesFile, parse_processes
from footprint.brightway.run import run_engine_module
from footprint.canonical import bytes_hash, content_hash
from footprint.faults import InputRefused, Problem, Where
from footprint.importers.formula import FormulaError, Parameters, formula_value
from footprint.inventory.compile import write_manifest
from footprint.inventory.compiled import CompiledInventory, Substance, load_compiled
from footprint.inventory.model import GWP_SETS, Dataset, Exchange, Flow, Inventory, SourceRecord
from footprint.inventory.own import OwnProcesses
from footprint.inventory.union import unite, united_inventories

#: Part of the name of what is kept: raise it when the compiled form changes.
FORM = "1"
SOURCE = "product-processes"
#: bw2calc leaves rounding of the whole system in the supply of what is not asked for.
_ROUNDING = 1e-9


def with_processes(
    inventory: CompiledInventory, data: bytes, file: str, cache: Path
) -> CompiledInventory:
    """The inventory with the processes of a file beside it; `cache` keeps what bw2calc gave.

    Raises `InputRefused`: BRW-001 to BRW-004, INV-014 if an id is taken.
    """
    own = _ForegroundResolver(inventory, parse_processes(data, file), file).inventory(data)
    basis = [FORM, inventory.hash, bytes_hash(data), file]
    folder = cache / "foregrounds" / content_hash(basis).removeprefix("sha256:")[:32]
    if not (folder / "manifest.json").is_file():
        _compile(own, inventory, folder, file)
    loaded = load_compiled(folder)
    values = {field.name: getattr(loaded, field.name) for field in fields(loaded)}
    return unite([*united_inventories(inventory), OwnProcesses(**values)])


def _compile(own: Inventory, background: CompiledInventory, folder: Path, file: str) -> None:
    """Let bw2calc calculate every process, and write a compiled folder, complete or absent."""
    names = sorted(own.datasets)
    column = {name: entry.column for name, entry in background.datasets.items()}
    column |= {name: len(column) + at for at, name in enumerate(names)}
    activities = [
        activity([(e.kind, e.input, e.amount) for e in own.datasets[name].exchanges], column)
        for name in names
    ]
    emitted = {name: background.substances[name] for name in own.flows}
    answer = ask(united_inventories(background), activities, emitted, GWP_SETS, range(len(names)))
    if "singular" in answer or answer["smallest_supply"] < -_ROUNDING:
        message = "a loop of these processes uses as much of a product as it makes, or more"
        raise faults.NO_SOLUTION.refuse(message, Where(file), "Check amounts and units.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="own-", dir=folder.parent) as scratch:
        made = Path(scratch) / "inventory"
        made.mkdir()
        for gwp_set in GWP_SETS:
            table = np.ascontiguousarray(np.array(answer["scores"][gwp_set], dtype=np.float64).T)
            np.save(made / f"intensities-{gwp_set}.npy", table, allow_pickle=False)
        record = {"method": "bw2calc.LCA: lci and lcia of each", "versions": answer["versions"]}
        write_manifest(own, made, record)
        if not folder.exists():
            made.rename(folder)


def activity(
    exchanges: Iterable[tuple[str, str, float]], column: Mapping[str, int]
) -> dict[str, Any]:
    """An activity of a request, from exchanges (kind, input, amount per unit)."""
    inputs, emissions = [], []
    for kind, name, amount in exchanges:
        if kind == "biosphere":
            emissions.append([name, amount])
        else:
            inputs.append([column[name], amount])
    return {"inputs": inputs, "emissions": emissions}


def ask(
    backgrounds: Sequence[CompiledInventory],
    activities: Sequence[dict[str, Any]],
    emitted: dict[str, Substance],
    gwp_sets: Sequence[str],
    demand: Sequence[int],
) -> dict[str, Any]:
    """The answer of bw2calc's process (`lca_process`) for activities over closed inventories."""
    factors: dict[str, dict[str, dict[str, float]]] = {name: {} for name in gwp_sets}
    for name, substance in emitted.items():
        for gwp_set in gwp_sets:
            value = substance.gwp[gwp_set]
            if value is None:
                continue
            for category in (substance.category, *(["aircraft"] if substance.aircraft else [])):
                factors[gwp_set].setdefault(category, {})[name] = value
    request = {
        "backgrounds": [str(part.folder.absolute()) for part in backgrounds],
        "activities": list(activities),
        "factors": factors,
        "gwp_sets": list(gwp_sets),
        "demand": list(demand),
    }
    return run_engine_module("lca_process", request)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a problem is: the process, and which of its entries."""

    file: str
    process: str
    entry: str

    def where(self) -> Where:
        return Where(self.file, column=f"{self.process}: {self.entry}")


class _ForegroundResolver:
    """Names to ids, formulas to numbers, units to those of the inputs; all problems at once."""

    def __init__(self, background: CompiledInventory, read: ProcessesFile, file: str) -> None:
        self.background = background
        self.read = read
        self.file = file
        self.parameters = Parameters(read.parameters)
        self.unit = {name: entry.unit for name, entry in background.datasets.items()}
        self.problems: list[Problem] = []

    def inventory(self, data: bytes) -> Inventory:
        """The processes as an inventory of their own."""
        for name in self.read.parameters:
            self._number(name, _Place(self.file, "parameters", name))
        for entry in self.read.processes:
            place = _Place(self.file, entry.id, "makes")
            if entry.id in self.background.datasets:
                message = f"the inventory has a dataset {entry.id!r}"
                self._add(faults.BAD_PROCESSES.at(place.where(), message, "Choose another id."))
            self.unit[entry.id] = self._unit(entry.makes.unit, place)
        datasets = {entry.id: self._dataset(entry) for entry in self.read.processes}
        if self.problems:
            raise InputRefused(self.problems)
        used = {e.input for d in datasets.values() for e in d.exchanges if e.kind == "biosphere"}
        flows = {name: _flow(self.background.substances[name]) for name in sorted(used)}
        gwp = {
            gwp_set: {
                name: value
                for name in flows
                if (value := self.background.substances[name].gwp[gwp_set]) is not None
            }
            for gwp_set in GWP_SETS
        }
        return Inventory({SOURCE: _source(self.file, data)}, flows, gwp, datasets)

    def _dataset(self, entry: ProcessEntry) -> Dataset:
        place = _Place(self.file, entry.id, "makes")
        made = self._number(entry.makes.amount, place)
        if made <= 0.0:
            self._add(faults.BAD_PROCESSES.at(place.where(), f"{made:g} is not above zero"))
            made = 1.0
        exchanges = [self._input(entry, item, made) for item in entry.inputs]
        exchanges += [self._emission(entry, item, made) for item in entry.emissions]
        return Dataset(
            id=entry.id,
            name_en=entry.name,
            name_zh=entry.name_zh or entry.name,
            unit=self.unit[entry.id],
            location=entry.location,
            year=entry.year,
            kind="unit_process",
            activity="transformation",
            boundary=entry.boundary,
            source=SOURCE,
            locator=entry.id,
            mass_kg_per_unit=entry.mass_kg_per_unit,
            technological=entry.technological,
            comment=entry.note,
            exchanges=tuple(exchange for exchange in exchanges if exchange is not None),
        )

    def _input(self, entry: ProcessEntry, item: Any, made: float) -> Exchange | None:
        place = _Place(self.file, entry.id, f"input {item.dataset}")
        if item.dataset not in self.unit:
            message = f"no dataset and no own process has the id {item.dataset!r}"
            self._add(faults.UNKNOWN_NAME.at(place.where(), message, "See: footprint data list"))
            return None
        return self._exchange(
            "technosphere", item.dataset, item, made, self.unit[item.dataset], place
        )

    def _emission(self, entry: ProcessEntry, item: Any, made: float) -> Exchange | None:
        place = _Place(self.file, entry.id, f"emission {item.gas}")
        gas = self.background.substance(item.gas)
        if gas is None:
            message = f"{item.gas!r} is no known gas, or several"
            hint = "Write its id, such as co2-fossil or ch4-fossil."
            self._add(faults.UNKNOWN_NAME.at(place.where(), message, hint))
            return None
        return self._exchange("biosphere", gas.id, item, made, "kg", place)

    def _exchange(
        self, kind: str, name: str, item: Any, made: float, unit: str, place: _Place
    ) -> Exchange | None:
        amount = self._number(item.amount, place)
        if amount < 0.0:
            message = f"{amount:g} is below zero; nothing is credited here"
            self._add(faults.BAD_PROCESSES.at(place.where(), message))
        given = self._unit(item.unit, place)
        if given != unit and not units.convertible(given, unit):
            message = f"{item.unit!r} does not convert to {unit!r}"
            self._add(faults.UNKNOWN_NAME.at(place.where(), message))
            return None
        scale = (1.0 if given == unit else units.factor(given, unit)) / made
        bounds = [
            None if bound is None else self._number(bound, place) * scale
            for bound in (item.minimum, item.maximum)
        ]
        low, high = bounds
        if low is not None and high is not None and not low <= amount * scale <= high:
            message = f"{amount:g} does not lie between its minimum and maximum"
            self._add(faults.BAD_PROCESSES.at(place.where(), message))
        return Exchange(
            kind=kind,
            input=name,
            amount=amount * scale,
            source=SOURCE,
            locator=place.process,
            published_amount=amount,
            published_unit=item.unit,
            gsd2=item.gsd2,
            minimum=bounds[0],
            maximum=bounds[1],
            data_kind="measured",
            comment=item.note,
        )

    def _number(self, value: float | str, place: _Place) -> float:
        if isinstance(value, float):
            return value
        try:
            return formula_value(value, self.parameters)
        except FormulaError as error:
            self._add(faults.UNKNOWN_NAME.at(place.where(), f"{value!r}: {error}"))
            return 1.0

    def _unit(self, text: str, place: _Place) -> str:
        try:
            return units.normal_unit(text)
        except ValueError as error:
            self._add(faults.UNKNOWN_NAME.at(place.where(), str(error)))
            return text

    def _add(self, problem: Problem) -> None:
        self.problems.append(problem)


def _flow(substance: Substance) -> Flow:
    name_en, name_zh, formula = substance.names
    return Flow(
        substance.id,
        name_en,
        name_zh,
        substance.category,
        formula=formula,
        aircraft=substance.aircraft,
    )


def _source(file: str, data: bytes) -> SourceRecord:
    return SourceRecord(
        id=SOURCE,
        producer="The maker of the product",
        citation=f"Own processes of the product ({file})",
        title="Own processes of the product",
        edition="",
        year=0,
        url="",
        licence="the maker's own",
        redistributable="conditional",
        attribution="",
        accessed="",
        verification="transcription",
        taken_from=file,
        files={file: bytes_hash(data).removeprefix("sha256:")},
        condition="the maker's own",
    )
