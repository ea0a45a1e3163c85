"""SimaPro CSV: processes with their parameters, linked by the names of their products.

Numbers may be formulas on parameters of the process, the project and the database; where only a
formula stands it is evaluated by `formula.py`. Allocation percentages stand beside the products.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from footprint.faults import InputRefused, Where
from footprint.importers.figures import figure_or_formula, optional_figure, year_of
from footprint.importers.flows import plain_cas
from footprint.importers.formula import Parameters
from footprint.importers.measures import FileUnits
from footprint.importers.members import Member, Members
from footprint.importers.neutral import Elementary, Input, Process, Product, Spread
from footprint.importers.report import Log
from footprint.importers.simapro_blocks import Block, Export, Line, read_export

_USED = ("Materials/fuels", "Electricity/heat", "Waste to treatment")
#: Section of a process, and the compartment that it stands for.
_NATURE = {
    "Resources": "resource",
    "Emissions to air": "air",
    "Emissions to water": "water",
    "Emissions to soil": "soil",
}
#: Sections that are no exchange with nature in the sense of a footprint; counted, not linked.
_OTHER = ("Final waste flows", "Non material emissions", "Social issues", "Economic issues")
_SUBSTANCES = ("Airborne emissions", "Raw materials", "Waterborne emissions", "Emissions to soil")
#: `{CH}| production` as ecoinvent names its products in SimaPro, `.../RNA U` as older libraries do.
_PLACES = (re.compile(r"\{([^{}]{2,60})\}"), re.compile(r"/([A-Z]{2}|RNA|RER|GLO)(?: [US])?$"))
_NO_PLACE = frozenset(("", "unspecified", "mixed data", "unknown"))
_LOGNORMAL = "lognormal"


def read(members: Members, log: Log, units: FileUnits) -> Iterator[Process]:
    """The processes of all .csv files. A file that cannot be read is a problem."""
    for member in members.files:
        if member.suffix not in {".csv", ".txt"}:
            continue
        try:
            export = read_export(member, log)
        except InputRefused as refused:
            log.take(refused)
            continue
        yield from _Reader(member, export, log, units).processes()


class _Reader:
    """One file: its units, substances and parameters, then its processes."""

    def __init__(self, member: Member, export: Export, log: Log, units: FileUnits) -> None:
        self.member = member
        self.export = export
        self.log = log
        self.cas: dict[str, str] = {}
        shared: dict[str, float | str] = {}
        for block in export.blocks:
            if block.name == "Units":
                self._units(block, units)
            elif block.name in _SUBSTANCES:
                self.cas |= {line.cell(0).strip(): plain_cas(line.cell(2)) for line in block.rows}
            elif block.name.casefold().endswith(("input parameters", "calculated parameters")):
                shared |= self._parameters(block.rows)
        self.shared = Parameters(shared)

    def processes(self) -> Iterator[Process]:
        for block in self.export.blocks:
            if block.name == "Process":
                yield self._process(block)

    def _units(self, block: Block, units: FileUnits) -> None:
        for line in block.rows:
            factor = optional_figure(self._plain(line.cell(2)))
            if factor:
                units.setdefault(line.cell(0).strip(), (factor, line.cell(3).strip()))

    def _parameters(self, rows: list[Line]) -> dict[str, float | str]:
        return {line.cell(0).strip(): self._plain(line.cell(1)) for line in rows if line.cell(0)}

    def _plain(self, text: str) -> str:
        return text.strip().replace(",", ".") if self.export.decimal == "," else text.strip()

    def _process(self, block: Block) -> Process:
        own = {
            **self._parameters(block.sections.get("Input parameters", [])),
            **self._parameters(block.sections.get("Calculated parameters", [])),
        }
        parameters = self.shared.below(own)
        native = block.first("Process identifier") or f"line {block.number}"
        products = tuple(self._products(block, native, parameters))
        name = products[0].name if products else block.first("Process name")
        inputs = [
            self._input(line, 1.0, parameters)
            for section in _USED
            for line in block.sections.get(section, [])
        ]
        avoided = block.sections.get("Avoided products", [])
        inputs += [self._input(line, -1.0, parameters) for line in avoided]
        elementary = [
            self._elementary(line, place, parameters)
            for section, place in _NATURE.items()
            for line in block.sections.get(section, [])
        ]
        for section in _OTHER:
            count = len(block.sections.get(section, []))
            self.log.of(self.member.name).other += count
            self.log.of(self.member.name).exchanges += count
        return Process(
            file=self.member.name,
            native=native,
            name=name,
            location=_location(name, block.first("Geography")),
            year=year_of(block.first("Time period")),
            aggregated=block.first("Type") == "System",
            products=products,
            inputs=tuple(inputs),
            elementary=tuple(elementary),
        )

    def _products(self, block: Block, native: str, parameters: Parameters) -> Iterator[Product]:
        for line in block.sections.get("Products", []):
            name = line.cell(0).strip()
            share = self._number(line, 3, parameters) / 100.0
            amount = self._number(line, 2, parameters)
            unit = line.cell(1).strip()
            yield Product(f"{native}/{name}", ((name,),), name, amount, unit, share=share)
        for section in ("Waste treatment", "Waste scenario"):
            for line in block.sections.get(section, []):
                name = line.cell(0).strip()
                amount = self._number(line, 2, parameters)
                yield Product(f"{native}/{name}", ((name,),), name, amount, line.cell(1).strip())

    def _input(self, line: Line, sign: float, parameters: Parameters) -> Input:
        name = line.cell(0).strip()
        amount = sign * self._number(line, 2, parameters)
        return Input(
            ((name,),), name, amount, line.cell(1).strip(), spread=self._spread(line, 3, sign)
        )

    def _elementary(self, line: Line, place: str, parameters: Parameters) -> Elementary:
        name = line.cell(0).strip()
        return Elementary(
            flow="",
            name=name,
            cas=self.cas.get(name, ""),
            compartment=(place, line.cell(1).strip()),
            amount=self._number(line, 3, parameters),
            unit=line.cell(2).strip(),
            incoming=place == "resource",
            spread=self._spread(line, 4, 1.0),
        )

    def _number(self, line: Line, position: int, parameters: Parameters) -> float:
        """The number or formula in a cell; NaN and a problem if it has no value."""
        text = self._plain(line.cell(position))
        where = Where(self.member.name, line.number, line.cell(0)[:80])
        number = optional_figure(text)
        return figure_or_formula(number, text, parameters, self.log, where)

    def _spread(self, line: Line, position: int, sign: float) -> Spread:
        kind = line.cell(position).strip().casefold()
        figures = [optional_figure(self._plain(line.cell(position + at))) for at in (1, 2, 3)]
        if kind == _LOGNORMAL and figures[0] and figures[0] > 1.0:
            return Spread(gsd2=figures[0])
        if kind in {"triangle", "uniform"}:
            low, high = (None if f is None else sign * f for f in figures[1:])
            return Spread(minimum=low, maximum=high) if sign > 0 else Spread(None, high, low)
        return Spread()


def _location(name: str, geography: str) -> str:
    for pattern in _PLACES:
        found = pattern.search(name)
        if found:
            return found[1]
    return "" if geography.casefold() in _NO_PLACE else geography
