"""The items that burdens come from: a dataset times an amount, or a substance times a mass.

A line gives one item for itself and one per transport leg. Resolving all of them is the only pass
over the bill of materials; what follows is arithmetic on arrays.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from footprint.bom.model import Bom, Line, Stage
from footprint.bom.tree import amounts, assemblies
from footprint.engine import faults
from footprint.engine.resolve import (
    Match,
    MatchedBy,
    Unresolved,
    dataset_of,
    mass_per_unit,
    transport_dataset,
)
from footprint.faults import Problem, Where
from footprint.inventory.compiled import CompiledInventory, Entry, Substance


@dataclass(frozen=True, slots=True)
class Item:
    """`amount` units of a dataset (or kg of a substance) per declared unit of the product."""

    line: Line
    stage: Stage
    amount: float
    unit: str
    entry: Entry | None
    substance: Substance | None
    matched_by: MatchedBy

    @property
    def name(self) -> str:
        """The id of the dataset or substance."""
        if self.entry is not None:
            return self.entry.id
        return self.substance.id if self.substance else ""


@dataclass(slots=True)
class Items:
    """Everything that was resolved, what could not be, and the masses for coverage."""

    items: list[Item] = field(default_factory=list)
    unresolved: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    lines: int = 0
    lines_covered: int = 0
    mass_kg: float = 0.0
    mass_covered_kg: float = 0.0
    material_net_kg: float = 0.0
    mass_unknown: list[Line] = field(default_factory=list)


def resolve_items(bom: Bom, inventory: CompiledInventory) -> Items:
    """Resolve every line of the bill of materials. Never raises; see `Items.unresolved`."""
    return _Resolver(bom, inventory).resolve()


class _Resolver:
    """One pass over the lines. Matches are remembered: 100,000 lines name few datasets."""

    def __init__(self, bom: Bom, inventory: CompiledInventory) -> None:
        self.bom = bom
        self.inventory = inventory
        self.found = Items()
        self.containers = assemblies(bom.lines)
        self.unit_masses: dict[int, float | None] = {}
        self.matches: dict[tuple[str, str, str, str, float | None], Match] = {}

    def resolve(self) -> Items:
        gross = amounts(self.bom.lines, with_losses=True)
        net = amounts(self.bom.lines, with_losses=False)
        for line, amount, net_amount in zip(self.bom.lines, gross, net, strict=True):
            if line.id not in self.containers:
                self._leaf(line, amount, net_amount)
        self._assembly_masses()
        for line, amount in zip(self.bom.lines, gross, strict=True):
            if line.transport:
                self._legs(line, amount)
        return self.found

    def _leaf(self, line: Line, gross: float, net: float) -> None:
        self.found.lines += 1
        if line.stage == "direct_emission":
            self._emission(line, gross)
            return
        match = self._match(line)
        self._weigh(line, net, match)
        if match is None:
            return
        self.found.lines_covered += 1
        self.found.items.append(
            Item(
                line,
                line.stage,
                gross * match.per_line_unit,
                match.entry.unit,
                match.entry,
                None,
                match.matched_by,
            )
        )

    def _match(self, line: Line) -> Match | None:
        key = (line.dataset, line.name, line.unit, line.location, line.unit_mass_kg)
        if key not in self.matches:
            country = self.bom.product.country
            try:
                self.matches[key] = dataset_of(line, self.inventory, country, self.bom.file)
            except Unresolved as unresolved:
                self.found.unresolved.append(unresolved.problem)
                return None
        return self.matches[key]

    def _weigh(self, line: Line, net: float, match: Match | None) -> None:
        """Count the line's mass, net of losses: what of it ends up in the product's box."""
        entry = match.entry if match else None
        self.unit_masses[line.row] = mass = mass_per_unit(line, entry)
        if line.stage not in {"material", "packaging"}:
            return
        if mass is None:
            self.found.mass_unknown.append(line)
            return
        self.found.mass_kg += net * mass
        if line.stage == "material":
            self.found.material_net_kg += net * mass
        if match is not None:
            self.found.mass_covered_kg += net * mass

    def _emission(self, line: Line, gross: float) -> None:
        where = Where(self.bom.file, line.row, "name")
        substance = self.inventory.substance(line.dataset or line.name)
        mass = mass_per_unit(line, None)
        if substance is None:
            message = f"{line.dataset or line.name!r} is no known substance, or several"
            hint = "Write the id of the gas in column dataset, such as co2-fossil or ch4-fossil."
            self.found.unresolved.append(faults.UNKNOWN_SUBSTANCE.at(where, message, hint))
        elif mass is None:
            message = f"{line.unit!r} is no mass; emissions are given in kg"
            self.found.unresolved.append(faults.NOT_CONVERTIBLE.at(where, message))
        else:
            self.found.lines_covered += 1
            self.found.items.append(
                Item(line, line.stage, gross * mass, "kg", None, substance, "substance")
            )

    def _assembly_masses(self) -> None:
        """Mass of one unit of each assembly: given, or the sum of its material lines, net."""
        children: dict[str, list[Line]] = {}
        for line in self.bom.lines:
            if line.parent:
                children.setdefault(line.parent, []).append(line)
        for name in _inner_first(self.containers):
            parts = [c for c in children[name] if c.stage in {"material", "packaging"}]
            masses = [self.unit_masses.get(part.row) for part in parts]
            given = self.containers[name].unit_mass_kg
            if given is None and None not in masses:
                pairs = zip(parts, masses, strict=True)
                given = sum(part.quantity * (mass or 0.0) for part, mass in pairs)
            self.unit_masses[self.containers[name].row] = given

    def _legs(self, line: Line, gross: float) -> None:
        mass = self.unit_masses.get(line.row)
        if mass is None:
            message = f"{line.name!r} is transported, but its mass is unknown"
            hint = "Give the mass of one unit in column unit_mass."
            where = Where(self.bom.file, line.row, "transport")
            self.found.unresolved.append(faults.NO_MASS.at(where, message, hint))
            return
        for leg in line.transport:
            try:
                entry = transport_dataset(leg.mode, self.inventory, line, self.bom.file)
            except Unresolved as unresolved:
                self.found.unresolved.append(unresolved.problem)
                continue
            arriving = line.stage in {"material", "packaging", "production"}
            stage: Stage = "inbound_transport" if arriving else line.stage
            tonne_km = gross * mass / 1000.0 * leg.distance_km
            self.found.items.append(
                Item(line, stage, tonne_km, entry.unit, entry, None, "transport-mode")
            )


def _inner_first(containers: dict[str, Line]) -> list[str]:
    """Assemblies ordered so that each comes after the assemblies that it contains."""
    depths: dict[str, int] = {}
    for start in containers:
        chain = [start]
        while chain[-1] not in depths and containers[chain[-1]].parent in containers:
            chain.append(containers[chain[-1]].parent)
        depth = depths.get(chain[-1], 0)
        for offset, name in enumerate(reversed(chain)):
            depths[name] = depth + offset
    return sorted(containers, key=lambda name: -depths[name])
