"""Link inputs to the datasets that make them, in the unit of the dataset.

Linking is exact: the first key of an input that any product has must belong to one product only.
What the user's supplier file says of a flow counts before that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from footprint.faults import Fault, Where
from footprint.importers import faults
from footprint.importers.allocate import Single
from footprint.importers.mapping import CUT_OFF, SupplierRow, Suppliers, bridged
from footprint.importers.measures import Measures, in_unit
from footprint.importers.neutral import Input, Key
from footprint.importers.report import Counts, LinkCoverage, Log, OpenInput


@dataclass(frozen=True, slots=True)
class InputNode:
    """A dataset to be: its id, the process it comes from, and the unit of its product.

    `factor` is how many of `unit` one unit of the file is.
    """

    id: str
    single: Single
    unit: str
    factor: float

    @property
    def sign(self) -> float:
        """-1 for the treatment of a waste, whose users have negative inputs."""
        return math.copysign(1.0, self.single.product.amount)


@dataclass(frozen=True, slots=True)
class InputLink:
    """An input that was linked: supplier's id and amount in its unit, per unit of the user.

    `scale` turns amounts of the file into such amounts; it is what uncertainties are scaled by.
    """

    supplier: str
    amount: float
    scale: float
    written: Input


@dataclass(slots=True)
class InputLinks:
    """The links of all datasets, what was cut off of each, and the coverage of their inputs; `open`
    lists what has no supplier or several, by flow and place."""

    links: dict[str, list[InputLink]] = field(default_factory=dict)
    cut_off: dict[str, list[str]] = field(default_factory=dict)
    open: list[OpenInput] = field(default_factory=list)
    coverage: LinkCoverage = field(default_factory=lambda: LinkCoverage(1.0, None, None))


def link(
    nodes: Sequence[InputNode], measures: Measures, log: Log, suppliers: Suppliers, *, cut_off: bool
) -> InputLinks:
    """Link the inputs of all datasets.

    An input with no supplier, with several, or in a unit that does not convert is a problem
    (IMP-012, IMP-013, IMP-014, IMP-019), or with `cut_off` is left out and counted. A row of the
    supplier file that names no dataset of the import is a problem (IMP-029).
    """
    return _Linker(nodes, measures, log, suppliers, cut_off).run()


class _Linker:
    def __init__(
        self,
        nodes: Sequence[InputNode],
        measures: Measures,
        log: Log,
        suppliers: Suppliers,
        cut_off: bool,
    ) -> None:
        self.nodes = nodes
        self.measures = measures
        self.log = log
        self.suppliers = suppliers
        self.cut = cut_off
        self.found = InputLinks()
        self.open: dict[tuple[str, ...], OpenInput] = {}
        self.by_id = {node.id: node for node in nodes}
        self.index: dict[Key, list[InputNode]] = {}
        for node in nodes:
            for key in dict.fromkeys(node.single.product.keys):
                self.index.setdefault(key, []).append(node)
        self.weights = {"kg": [0.0, 0.0], "MJ": [0.0, 0.0]}
        self.total = Counts()

    def run(self) -> InputLinks:
        self._check_rows()
        for node in self.nodes:
            counts = Counts()
            own = self.found.links.setdefault(node.id, [])
            for given in node.single.process.inputs:
                made = self._input(node, given, counts)
                if made is not None:
                    own.append(made)
            self.log.of(node.single.process.file).add(counts)
            self.total.add(counts)
        missing = self.total.unlinked + self.total.cut_off + self.total.ambiguous
        inputs = self.total.linked + missing + sum(c.unread for c in self.log.counts.values())
        self.found.coverage = LinkCoverage(
            inputs=self.total.linked / inputs if inputs else 1.0,
            mass=_share(self.weights["kg"]),
            energy=_share(self.weights["MJ"]),
        )
        self._check_used()
        self.found.open = [self.open[key] for key in sorted(self.open)]
        return self.found

    def _check_used(self) -> None:
        for rows in self.suppliers.rows.values():
            for row in rows:
                if row.dataset and row.row not in self.suppliers.used:
                    where = Where(self.suppliers.file, row.row, "flow")
                    message = f"no input is called {row.flow[:80]!r} at {row.place or 'any place'}"
                    self.log.note(faults.NOT_UNDERSTOOD, where, message)

    def _check_rows(self) -> None:
        for rows in self.suppliers.rows.values():
            for row in rows:
                if row.dataset and row.dataset != CUT_OFF and row.dataset not in self.by_id:
                    where = Where(self.suppliers.file, row.row, "dataset")
                    message = f"{row.dataset[:80]!r} is no dataset of this import"
                    hint = "The candidates stand in the template; an id begins with the --name."
                    self.log.refuse(faults.BAD_MAPPING, where, message, hint)

    def _input(self, node: InputNode, given: Input, counts: Counts) -> InputLink | None:
        scale = node.single.part(given) / node.factor
        if given.amount == 0.0 or scale == 0.0:
            counts.zero += 1
            return None
        process = node.single.process
        where = Where(process.file, column=f"{process.name[:80]}: {given.name[:80]}")
        factor, unit = self.measures.unit(given.unit, where) if given.unit else (1.0, "")
        self._weigh(0, given.amount * scale * factor, unit)
        suppliers = next((self.index[key] for key in given.keys if key in self.index), [])
        row = self.suppliers.of(given.name, process.location)
        if row is not None and row.dataset == CUT_OFF:
            self._left_out(node, given, counts, where, "is cut off by the supplier file")
            return None
        if row is not None and row.dataset in self.by_id:
            suppliers = [self.by_id[row.dataset]]
            self.log.note(faults.MAPPED, where, f"{given.name[:80]!r} comes from {row.dataset}")
        one = self._unit_of(given, factor, unit, suppliers, row, where)
        starving = suppliers == [node] and given.amount * scale * (one or 0.0) > 1.0 - 1e-9
        if one is None or starving:
            self._unlinked(node, given, suppliers, one, counts, where)
            return None
        supplier = suppliers[0]
        counts.linked += 1
        counts.converted += given.unit != supplier.single.product.unit
        self._weigh(1, given.amount * scale * factor, unit)
        scale *= one * (1.0 if given.waste else supplier.sign)
        return InputLink(supplier.id, given.amount * scale, scale, given)

    def _unit_of(
        self,
        given: Input,
        factor: float,
        unit: str,
        suppliers: Sequence[InputNode],
        row: SupplierRow | None,
        where: Where,
    ) -> float | None:
        """One unit of the input in that of its only supplier; None if there is no such number."""
        if len(suppliers) != 1:
            return None
        target = suppliers[0].unit
        if given.unit:
            return (
                in_unit(factor, unit, target) if row is None else bridged(factor, unit, target, row)
            )
        if suppliers[0].single.product.unit:
            message = f"{given.name[:80]!r} has no unit: {target}, that of its supplier"
            self.log.note(faults.UNIT_ASSUMED, where, message)
        return suppliers[0].factor

    def _unlinked(
        self,
        node: InputNode,
        given: Input,
        suppliers: Sequence[InputNode],
        one: float | None,
        counts: Counts,
        where: Where,
    ) -> None:
        fault, message = _why_not(given, suppliers, one)
        self._list(node, given, fault, suppliers)
        if not self.cut:
            counts.unlinked += 1
            hint = "Import the supplier with it, name it with --suppliers, or --cut-off-unlinked."
            self.log.refuse(fault, where, message, hint)
            return
        if fault is faults.AMBIGUOUS_SUPPLIER:
            counts.ambiguous += 1
            self.found.cut_off.setdefault(node.id, []).append(given.name)
            hint = "A choice, not a cut-off: make it with --suppliers."
            self.log.note(faults.CUT_OFF, where, f"{message}; left out for want of a choice", hint)
            return
        self._left_out(node, given, counts, where, message.removeprefix(f"{given.name[:80]!r} "))

    def _left_out(
        self, node: InputNode, given: Input, counts: Counts, where: Where, reason: str
    ) -> None:
        counts.cut_off += 1
        self.found.cut_off.setdefault(node.id, []).append(given.name)
        self.log.note(faults.CUT_OFF, where, f"{given.name[:80]!r} {reason}; cut off")

    def _list(
        self, node: InputNode, given: Input, fault: Fault, suppliers: Sequence[InputNode]
    ) -> None:
        place = node.single.process.location
        key = (given.name, place, given.unit, fault.code)
        known = self.open.get(key)
        if known is not None:
            self.open[key] = replace(known, uses=known.uses + 1)
            return
        candidates = tuple(sorted(node.id for node in suppliers))
        self.open[key] = OpenInput(given.name, place, given.unit, fault.code, candidates)

    def _weigh(self, position: int, amount: float, unit: str) -> None:
        for target, sums in self.weights.items():
            converted = in_unit(amount, unit, target)
            if converted is not None:
                sums[position] += abs(converted)


def _why_not(given: Input, suppliers: Sequence[InputNode], one: float | None) -> tuple[Fault, str]:
    name = f"{given.name[:80]!r}"
    if given.unclear:
        return faults.WASTE_SPLIT, f"{name} {given.unclear}"
    if len(suppliers) > 1:
        names = ", ".join(s.single.process.name[:60] for s in suppliers[:5])
        return faults.AMBIGUOUS_SUPPLIER, f"{name} has {len(suppliers)} suppliers: {names}"
    if suppliers and one is not None:
        return faults.SELF_CONSUMING, f"{name} is made with at least as much of itself"
    if suppliers:
        made = suppliers[0].single.product.unit
        return faults.BAD_UNIT, f"{name} is used in {given.unit!r} and made in {made!r}"
    if not given.keys:
        return faults.MISSING_FLOW, f"{name} refers to a flow that the file leaves out"
    return faults.UNLINKED, f"{name} has no supplier in this import"


def _share(sums: Sequence[float]) -> float | None:
    return min(1.0, sums[1] / sums[0]) if sums[0] > 0.0 else None
