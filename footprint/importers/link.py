"""Link inputs to the datasets that make them, in the unit of the dataset.

Linking is exact: the first key of an input that any product has must belong to one product only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from footprint.faults import Fault, Where
from footprint.importers import faults
from footprint.importers.allocate import Single
from footprint.importers.measures import Measures, in_unit
from footprint.importers.neutral import Input, Key
from footprint.importers.report import Counts, Coverage, Log


@dataclass(frozen=True, slots=True)
class Node:
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
class Link:
    """An input that was linked: supplier's id and amount in its unit, per unit of the user.

    `scale` turns amounts of the file into such amounts; it is what bounds are scaled by.
    """

    supplier: str
    amount: float
    scale: float
    written: Input


@dataclass(slots=True)
class Links:
    """The links of all datasets, what was cut off of each, and the coverage of their inputs."""

    links: dict[str, list[Link]] = field(default_factory=dict)
    cut_off: dict[str, list[str]] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=lambda: Coverage(1.0, None, None))


def link(nodes: Sequence[Node], measures: Measures, log: Log, *, cut_off: bool) -> Links:
    """Link the inputs of all datasets.

    An input with no supplier, with several, or in a unit that does not convert is a problem
    (IMP-012, IMP-013, IMP-014, IMP-019), or with `cut_off` is left out and counted.
    """
    return _Linker(nodes, measures, log, cut_off).run()


class _Linker:
    def __init__(self, nodes: Sequence[Node], measures: Measures, log: Log, cut_off: bool) -> None:
        self.nodes = nodes
        self.measures = measures
        self.log = log
        self.cut = cut_off
        self.found = Links()
        self.index: dict[Key, list[Node]] = {}
        for node in nodes:
            for key in dict.fromkeys(node.single.product.keys):
                self.index.setdefault(key, []).append(node)
        self.weights = {"kg": [0.0, 0.0], "MJ": [0.0, 0.0]}
        self.total = Counts()

    def run(self) -> Links:
        for node in self.nodes:
            counts = Counts()
            own = self.found.links.setdefault(node.id, [])
            for given in node.single.process.inputs:
                made = self._input(node, given, counts)
                if made is not None:
                    own.append(made)
            self.log.of(node.single.process.file).add(counts)
            self.total.add(counts)
        inputs = self.total.linked + self.total.unlinked + self.total.cut_off
        self.found.coverage = Coverage(
            inputs=self.total.linked / inputs if inputs else 1.0,
            mass=_share(self.weights["kg"]),
            energy=_share(self.weights["MJ"]),
        )
        return self.found

    def _input(self, node: Node, given: Input, counts: Counts) -> Link | None:
        scale = node.single.part(given) / node.factor
        if given.amount == 0.0 or scale == 0.0:
            counts.zero += 1
            return None
        process = node.single.process
        where = Where(process.file, column=f"{process.name[:80]}: {given.name[:80]}")
        factor, unit = self.measures.unit(given.unit, where) if given.unit else (1.0, "")
        self._weigh(0, given.amount * scale * factor, unit)
        suppliers = next((self.index[key] for key in given.keys if key in self.index), [])
        one = in_unit(factor, unit, suppliers[0].unit) if len(suppliers) == 1 else None
        starving = suppliers == [node] and given.amount * scale * (one or 0.0) > 1.0 - 1e-9
        if one is None or starving:
            self._unlinked(node, given, _why_not(given, suppliers, one), counts, where)
            return None
        supplier = suppliers[0]
        counts.linked += 1
        counts.converted += given.unit != supplier.single.product.unit
        self._weigh(1, given.amount * scale * factor, unit)
        scale *= one * supplier.sign
        return Link(supplier.id, given.amount * scale, scale, given)

    def _unlinked(
        self, node: Node, given: Input, reason: tuple[Fault, str], counts: Counts, where: Where
    ) -> None:
        fault, message = reason
        if self.cut:
            counts.cut_off += 1
            self.found.cut_off.setdefault(node.id, []).append(given.name)
            self.log.note(faults.CUT_OFF, where, f"{message}; cut off")
            return
        counts.unlinked += 1
        hint = "Import the supplier with it, or give --cut-off-unlinked."
        self.log.refuse(fault, where, message, hint)

    def _weigh(self, position: int, amount: float, unit: str) -> None:
        for target, sums in self.weights.items():
            converted = in_unit(amount, unit, target)
            if converted is not None:
                sums[position] += abs(converted)


def _why_not(given: Input, suppliers: Sequence[Node], one: float | None) -> tuple[Fault, str]:
    name = f"{given.name[:80]!r}"
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
