"""SimaPro CSV: processes with their parameters, linked by the names of their products.

Numbers may be formulas on parameters of the process, the project and the database; where only a
formula stands it is evaluated by `formula.py`. Allocation percentages stand beside the products.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from footprint.faults import InputRefused, Where
from footprint.importers import faults, spreads
from footprint.importers.figures import Once, figure_or_formula, optional_figure, year_of
from footprint.importers.formula import Parameters
from footprint.importers.gas_names import plain_cas
from footprint.importers.measures import FileUnits
from footprint.importers.member import ImportMember
from footprint.importers.members import Members
from footprint.importers.neutral import Elementary, Input, Process, ProcessProduct, Spread
from footprint.importers.report import Log
from footprint.importers.simapro_blocks import SimaProBlock, SimaProExport, SimaProRow, read_export
from footprint.importers.simapro_parts import (
    DISTRIBUTIONS,
    grouped_blocks,
    split_waste,
    unknown_block,
    unknown_sections,
)
from footprint.late_pattern import late_pattern

_USED = ("Materials/fuels", "Electricity/heat")
_WASTES = ("Waste to treatment",)
#: Sections of a product stage. A scenario stands for what happens to an amount of waste.
_STAGE = (
    *("Materials/assemblies", "Processes", "Assembly", "Subassemblies", "Additional life cycles"),
    *("Disposal scenario", "Waste/disposal scenario", "Waste scenario", "Disassembly", "Reuse"),
)
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
_PLACES = (late_pattern(r"\{([^{}]{2,60})\}"), late_pattern(r"/([A-Z]{2}|RNA|RER|GLO)(?: [US])?$"))
_NO_PLACE = frozenset(("", "unspecified", "mixed data", "unknown"))


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
        yield from _SimaProReader(member, export, log, units).processes()


class _SimaProReader:
    """One file: its units, substances and parameters, then its processes."""

    def __init__(
        self, member: ImportMember, export: SimaProExport, log: Log, units: FileUnits
    ) -> None:
        self.member = member
        self.export = export
        self.log = log
        self.cas: dict[str, str] = {}
        database: list[SimaProRow] = []
        project: list[SimaProRow] = []
        for block in export.blocks:
            if block.name == "Units":
                self._units(block, units)
            elif block.name in _SUBSTANCES:
                self.cas |= {line.cell(0).strip(): plain_cas(line.cell(2)) for line in block.rows}
            elif block.name.casefold().endswith(("input parameters", "calculated parameters")):
                inner = block.name.casefold().startswith("project")
                (project if inner else database).extend(block.rows)
        outer = Parameters(self._parameters(database))
        self.shared = outer.below(self._parameters(project))

    def processes(self) -> Iterator[Process]:
        for block in self.export.blocks:
            if block.name in {"Process", "Product stage"}:
                yield self._process(block, stage=block.name == "Product stage")
            else:
                unknown_block(block, self.member.name, self.log)

    def _units(self, block: SimaProBlock, units: FileUnits) -> None:
        for line in block.rows:
            factor = optional_figure(self._plain(line.cell(2)))
            if factor:
                units.setdefault(line.cell(0).strip(), (factor, line.cell(3).strip()))

    def _parameters(self, rows: list[SimaProRow]) -> dict[str, float | str]:
        given = [(line, line.cell(0).strip()) for line in rows if line.cell(0)]
        once = Once(self.log)
        for line, name in given:
            where = Where(self.member.name, line.number, name[:80])
            once.check(name, self._sound(line.cell(1), where), where)
            if line.cell(2).strip().casefold() in DISTRIBUTIONS:
                where = Where(self.member.name, line.number, line.cell(0)[:80])
                message = f"the uncertainty of parameter {line.cell(0)[:60]!r} is not drawn"
                self.log.note(faults.UNCERTAINTY, where, message)
        return {name: self._plain(line.cell(1)) for line, name in given}

    def _sound(self, text: str, where: Where) -> str:
        """The text, decimal points for commas; a problem (IMP-015) if it may mean two numbers."""
        if wrong := grouped_blocks(text, self.export.decimal):
            hint = "Write it without a point, or correct the decimal separator of the file."
            self.log.refuse(faults.BAD_AMOUNT, where, wrong, hint)
        return self._plain(text)

    def _plain(self, text: str) -> str:
        return text.strip().replace(",", ".") if self.export.decimal == "," else text.strip()

    def _process(self, block: SimaProBlock, *, stage: bool) -> Process:
        own = {
            **self._parameters(block.sections.get("Input parameters", [])),
            **self._parameters(block.sections.get("Calculated parameters", [])),
        }
        parameters = self.shared.below(own)
        native = block.first("Process identifier") or f"line {block.number}"
        products = tuple(self._products(block, native, parameters, stage=stage))
        name = products[0].name if products else block.first("Process name")
        elementary = [
            self._elementary(line, place, parameters)
            for section, place in _NATURE.items()
            for line in block.sections.get(section, [])
        ]
        counts = self.log.of(self.member.name)
        for section in _OTHER:
            count = len(block.sections.get(section, []))
            counts.other += count
            counts.exchanges += count
        return Process(
            file=self.member.name,
            native=native,
            name=name,
            location=_location(name, block.first("Geography")),
            year=year_of(block.first("Time period")),
            aggregated=block.first("Type") == "System",
            products=products,
            inputs=tuple(self._inputs(block, products, parameters, stage=stage)),
            elementary=tuple(elementary),
            unread=unknown_sections(block, self.member.name, self.log),
        )

    def _products(
        self, block: SimaProBlock, native: str, parameters: Parameters, *, stage: bool
    ) -> Iterator[ProcessProduct]:
        for line in block.sections.get("Products", []):
            made = self._product(line, native, parameters)
            # A product stage is never allocated: its third column is a category.
            share = None if stage else self._number(line, 3, parameters) / 100.0
            yield replace(made, share=share)
        treated = () if stage else ("Waste treatment", "Waste scenario")
        for section in treated:
            for line in block.sections.get(section, []):
                yield self._product(line, native, parameters)

    def _product(self, line: SimaProRow, native: str, parameters: Parameters) -> ProcessProduct:
        name = line.cell(0).strip()
        unit, at = self._unit_and_place(line, 1)
        amount = self._number(line, at, parameters)
        return ProcessProduct(f"{native}/{name}", ((name,),), name, amount, unit)

    def _inputs(
        self,
        block: SimaProBlock,
        products: tuple[ProcessProduct, ...],
        parameters: Parameters,
        *,
        stage: bool,
    ) -> Iterator[Input]:
        for section in (*_USED, *_WASTES, *(_STAGE if stage else ())):
            for line in block.sections.get(section, []):
                given = self._input(line, 1.0, parameters)
                yield replace(given, waste=section in _WASTES)
        for line in block.sections.get("Avoided products", []):
            yield self._input(line, -1.0, parameters)
        if not stage and block.sections.get("Waste scenario") and products:
            waste_type = block.sections["Waste scenario"][0].cell(3)

            def number(line: SimaProRow) -> float:
                return self._number(line, 2, parameters)

            yield from split_waste(block, products[0], waste_type, number)

    def _input(self, line: SimaProRow, sign: float, parameters: Parameters) -> Input:
        name = line.cell(0).strip()
        unit, at = self._unit_and_place(line, 1)
        amount = self._number(line, at, parameters)
        spread = self._spread(line, 3, amount).scaled(sign)
        return Input(((name,),), name, sign * amount, unit, spread=spread)

    def _elementary(self, line: SimaProRow, place: str, parameters: Parameters) -> Elementary:
        name = line.cell(0).strip()
        unit, at = self._unit_and_place(line, 2)
        amount = self._number(line, at, parameters)
        return Elementary(
            flow="",
            name=name,
            cas=self.cas.get(name, ""),
            compartment=(place, line.cell(1).strip()),
            amount=amount,
            unit=unit,
            incoming=place == "resource",
            spread=self._spread(line, 4, amount),
        )

    def _unit_and_place(self, line: SimaProRow, at: int) -> tuple[str, int]:
        """The unit, and where the amount stands: behind it, or as some exports do, before it."""
        first, second = (self._plain(line.cell(position)) for position in (at, at + 1))
        if optional_figure(first) is not None and optional_figure(second) is None:
            return line.cell(at + 1).strip(), at
        return line.cell(at).strip(), at + 1

    def _number(self, line: SimaProRow, position: int, parameters: Parameters) -> float:
        """The number or formula in a cell; NaN and a problem if it has no value."""
        where = Where(self.member.name, line.number, line.cell(0)[:80])
        text = self._sound(line.cell(position), where)
        number = optional_figure(text)
        return figure_or_formula(number, text, parameters, self.log, where)

    def _spread(self, line: SimaProRow, position: int, amount: float) -> Spread:
        """The first column is the squared geometric standard deviation, or twice the standard
        deviation; the two behind it are the bounds. The amount is the mode of a triangle."""
        where = Where(self.member.name, line.number, line.cell(0)[:80])
        kind = line.cell(position).strip().casefold()
        deviation, low, high = (
            optional_figure(self._sound(line.cell(position + at), where)) for at in (1, 2, 3)
        )
        if kind == "lognormal":
            if deviation in {0.0, 1.0}:  # real exports write either where nothing is known
                return Spread()
            return spreads.lognormal(amount, deviation, self.log, where)
        if kind == "normal":
            return spreads.normal_spread(amount, deviation and deviation / 2.0, self.log, where)
        if kind in {"triangle", "triangular"}:
            bounds = (low, high)
            return spreads.with_mode("triangular", amount, bounds, None, self.log, where)
        if kind == "uniform":
            return spreads.uniform(amount, low, high, self.log, where)
        if kind in {"", "undefined"}:
            return spreads.undefined(amount, low, high)
        return spreads.other(kind, self.log, where)


def _location(name: str, geography: str) -> str:
    for pattern in _PLACES:
        found = pattern.search(name)
        if found:
            return found[1]
    return "" if geography.casefold() in _NO_PLACE else geography
