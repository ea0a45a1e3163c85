"""The items that burdens come from: a dataset times an amount, or a substance times a mass.

A line gives one item for itself (two if part of it is recycled, one per supply if it is electricity
under contract) and one per transport leg. Resolving all of them is the only pass over the bill of
materials; what follows is arithmetic on arrays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import replace

from footprint.bom.choices import BY_CLASS
from footprint.bom.tree import amounts, uses_of
from footprint.engine import faults
from footprint.engine.item import WEIGHED, Basis, Item, Items, StagedLine
from footprint.engine.known import KnownLines
from footprint.engine.masses import assembly_masses
from footprint.engine.parts import contract_parts, recycled_parts
from footprint.engine.plain import plain_lines
from footprint.engine.resolve import Unresolved, mass_per_unit
from footprint.engine.supplier import supplier_mass, supplier_notes, supplier_units
from footprint.faults import Problem
from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.inventory.model import DEFAULT_GWP_SET
from footprint.values.bom import Bom
from footprint.values.line import Line, Stage

__all__ = ["Basis", "Item", "Items", "resolve_items"]


def resolve_items(
    bom: Bom,
    inventory: CompiledInventory,
    electricity: Basis = "location",
    screening: str = "",
    gwp_set: str = DEFAULT_GWP_SET,
) -> Items:
    """Resolve every line of the bill of materials. Never raises; see `Items.unresolved`.

    `screening` is the GWP set of screening figures for lines that have a mass and a class of
    material but no dataset; "" for none. Where somebody chose a class for a line, its figure is
    that of `gwp_set`.
    """
    return _Resolver(bom, inventory, electricity, screening, gwp_set).resolve()


class _Resolver:
    """One pass over the lines."""

    def __init__(
        self,
        bom: Bom,
        inventory: CompiledInventory,
        electricity: Basis,
        screening: str,
        gwp_set: str,
    ) -> None:
        self.bom = bom
        self.screening = screening
        self.gwp_set = gwp_set
        self.inventory = inventory
        self.electricity = electricity
        self.found = Items()
        self.suppliers = {one.file: one for one in bom.suppliers}
        self.known = KnownLines(bom, inventory)
        self.carried: dict[str, str] = {}

    def resolve(self) -> Items:
        uses = uses_of(self.bom.lines)
        lines = [self._staged(line, uses) if line.stage_open else line for line in self.bom.lines]
        self.found.bom_lines = lines
        gross = amounts(lines, with_losses=True, uses=uses)
        net = amounts(lines, with_losses=False, uses=uses)
        masses = None if uses else plain_lines(lines, gross, net, self.known, self.found)
        if masses is None:
            masses = [
                None if line.id in uses else self._leaf(line, amount, net_amount)
                for line, amount, net_amount in zip(lines, gross, net, strict=True)
            ]
        if uses:
            masses = assembly_masses(lines, uses, masses)
        for line, amount, mass in zip(lines, gross, masses, strict=True):
            if line.transport:
                self._legs(line, amount, mass)
        self.found.uncounted = self.bom.uncounted
        self.found.lines += len(self.bom.uncounted)
        return self.found

    def _staged(self, line: Line, uses: Collection[str]) -> Line:
        """The line at the stage that what it is tells, where the file says none."""
        if line.id in uses:
            return line
        entry = None
        if not line.supplier_pcf:
            with suppress(Unresolved):
                entry = self.known.of(line).entry
        told = self.known.stage(line, entry)
        if told is None:
            return line
        self.found.staged.append(StagedLine(line, told.stage, told.by))
        return replace(line, stage=told.stage)

    def _leaf(self, line: Line, gross: float, net: float) -> float | None:
        """Resolve a line of its own; returns the mass of one of its unit in kg, if known."""
        found = self.found
        found.lines += 1
        mass: float | None = None
        items: list[Item] = []
        screened: Item | None = None
        covered = 1.0
        try:
            if line.stage == "direct_emission":
                mass = mass_per_unit(line, None)
                items = [self._emission(line, gross, mass)]
            elif line.supplier_pcf:
                items = [self._supplied(line, gross)]
                mass = supplier_mass(line, self.suppliers[line.supplier_pcf])
                covered = self.suppliers[line.supplier_pcf].coverage
            else:
                items, mass = self._datasets(line, gross)
            found.items += items
            known = min(
                (i.origin.completeness for i in items if isinstance(i.origin, Entry)), default=1.0
            )
            found.lines_covered += known
            covered = min(covered, known)
            if line.transport:
                first = items[0]
                self.carried[line.id] = first.name if first.own is None else first.own
        except Unresolved as unresolved:
            mass = mass_per_unit(line, None)
            screened = self._screened(line, gross, mass)
            if screened is None:
                self._unresolved(line, unresolved.problem)
            else:
                found.items.append(screened)
        if line.stage in WEIGHED:
            self._weigh(line, net, mass, covered if items else 0.0)
            if not items and screened is None:
                self._gap(line, net, mass)
            elif screened is not None or any(
                isinstance(i.origin, Entry) and i.origin.screening for i in items
            ):
                found.mass_screened_kg += net * (mass or 0.0)
        return mass

    def _screened(self, line: Line, gross: float, mass: float | None) -> Item | None:
        """The screening figure of a line's mass, if it is asked for or chosen and there is one."""
        chosen = line.dataset.startswith(BY_CLASS)
        asked = bool(self.screening) and not line.dataset
        if not (chosen or asked) or mass is None or line.stage not in WEIGHED:
            return None
        from footprint.engine.screening import (  # noqa: PLC0415  # seldom asked for
            chosen_screening,
            screening_of,
        )

        if chosen:
            figure = chosen_screening(line.dataset, self.inventory, self.gwp_set)
        else:
            country = self.bom.product.country
            figure = screening_of(line, country, self.inventory, self.screening)
        if figure is None:
            return None
        return Item(
            line,
            line.stage,
            gross * mass,
            "kg",
            figure,
            "screening",
            reason=figure.reason,
        )

    def _gap(self, line: Line, net: float, mass: float | None) -> None:
        """Count a line without any figure: its mass is that of the unknown."""
        if mass is None:
            self.found.unweighed_gaps.append(line)
        else:
            self.found.mass_gap_kg += net * mass

    def _datasets(self, line: Line, gross: float) -> tuple[list[Item], float | None]:
        """The items of a line that datasets stand for, and the mass of one of its unit."""
        if line.contract:
            return self._contracted(line, gross)
        if line.recycled_content:
            parts = recycled_parts(line, self.inventory, self.bom.file)
            items = [self._item(part, gross * share) for part, share in parts]
            own = line.dataset or items[-1].name
            return [one._replace(own=own) for one in items], mass_per_unit(line, items[0].entry)
        item = self._item(line, gross)
        return [item], mass_per_unit(line, item.entry)

    def _contracted(self, line: Line, gross: float) -> tuple[list[Item], float | None]:
        def on(basis: Basis, parts: Iterable[tuple[Line, float]]) -> list[Item]:
            items = [self._item(part, gross * share) for part, share in parts]
            return [item._replace(line=line, basis=basis, own=own) for item in items]

        own = self.known.of(line).entry.id
        location = on("location", [(line, 1.0)])
        market = on("market", contract_parts(line, self.inventory, self.bom.file))
        chosen, other = location, market
        if self.electricity == "market":
            chosen, other = market, location
        self.found.other_basis += other
        return chosen, mass_per_unit(line, location[0].entry)

    def _item(self, line: Line, amount: float) -> Item:
        """`amount` of the line's unit as units of its dataset. Raises `Unresolved`."""
        known = self.known.of(line)
        return Item(
            line,
            line.stage,
            amount * known.per_line_unit,
            known.entry.unit,
            known.entry,
            known.matched_by,
            known.score,
            known.reason,
            known.traits,
        )

    def _weigh(self, line: Line, net: float, mass: float | None, covered: float) -> None:
        """Count the line's mass, net of losses: what of it ends up in the product's box."""
        found = self.found
        if mass is None:
            found.mass_unknown.append(line)
            return
        weight = net * mass
        found.mass_kg += weight
        found.mass_covered_kg += weight * covered
        if line.stage == "packaging":
            found.packaging_net_kg += weight
            return
        found.material_net_kg += weight
        if line.recycled_content is not None:
            found.recycled_stated_kg += weight
            found.recycled_kg += weight * line.recycled_content

    def _emission(self, line: Line, gross: float, mass: float | None) -> Item:
        where = self.bom.where(line, "name")
        substance = self.inventory.substance(line.dataset or line.name)
        if substance is None:
            message = f"{line.dataset or line.name!r} is no known substance, or several"
            hint = "Write the id of the gas in column dataset, such as co2-fossil or ch4-fossil."
            raise Unresolved(faults.UNKNOWN_SUBSTANCE.at(where, message, hint))
        if mass is None:
            message = f"{line.unit!r} is no mass; emissions are given in kg"
            raise Unresolved(faults.NOT_CONVERTIBLE.at(where, message))
        return Item(line, line.stage, gross * mass, "kg", substance, "substance")

    def _supplied(self, line: Line, gross: float) -> Item:
        pcf = self.suppliers[line.supplier_pcf]
        where = self.bom.where(line, "supplier_pcf")
        amount = gross * supplier_units(line, pcf, where)
        self.found.warnings += supplier_notes(line, pcf, self.bom.product, where)
        return Item(line, line.stage, amount, pcf.unit, pcf, "supplier")

    def _unresolved(self, line: Line, problem: Problem) -> None:
        if line.file:  # site data: a row of the table would be the wrong place
            problem = problem._replace(where=self.bom.where(line))
        self.found.unresolved.append(problem)

    def _legs(self, line: Line, gross: float, mass: float | None) -> None:
        if mass is None:
            message = f"{line.name!r} is transported, but its mass is unknown"
            hint = "Give the mass of one unit in column unit_mass."
            where = self.bom.where(line, "transport")
            self.found.unresolved.append(faults.NO_MASS.at(where, message, hint))
            return
        arriving = line.stage in {"material", "packaging", "production"}
        stage: Stage = "inbound_transport" if arriving else line.stage
        own = self.carried.get(line.id, line.dataset)
        for leg in line.transport:
            try:
                entry, traits = self.known.mode(leg.mode, line)
            except Unresolved as unresolved:
                self._unresolved(line, unresolved.problem)
                continue
            tonne_km = gross * mass / 1000.0 * leg.distance_km
            self.found.items.append(
                Item(
                    line,
                    stage,
                    tonne_km,
                    entry.unit,
                    entry,
                    "transport-mode",
                    own=own,
                    traits=traits,
                )
            )
