"""A result as a Sankey diagram: nodes and links from emitting datasets through rows to the product.

Small nodes are merged into one "other" node per kind; merging keeps the balance, so at every node
direct emissions and what flows in equal what flows out. Negative links are credits. What goes round
in a loop of datasets is taken out, or more would flow through them than the product has.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

from footprint.analysis.contributions import Subtotals, check_cut_off, subtotals
from footprint.analysis.supply import inside, names_dataset
from footprint.analysis.upstream import Solved, solve, supplies
from footprint.inventory.compiled import CompiledInventory
from footprint.values.bom import Bom
from footprint.values.result import Footprint

PRODUCT = "product"
OTHER_ROWS = "other-rows"
OTHER_DATASETS = "other-datasets"


@dataclass(frozen=True, slots=True)
class SankeyNode:
    """A node: `direct_kg_co2e` arises here, `kg_co2e` leaves it (or is the product's total)."""

    id: str
    kind: str
    name_en: str
    name_zh: str
    direct_kg_co2e: float
    kg_co2e: float


@dataclass(frozen=True, slots=True)
class SankeyLink:
    """kg CO2e per declared unit that flows from one node to the next."""

    source: str
    target: str
    kg_co2e: float


@dataclass(frozen=True, slots=True)
class Sankey:
    """Nodes and links, largest first; `cut_off` is the share below which nodes were merged."""

    total_kg_co2e: float
    cut_off: float
    nodes: tuple[SankeyNode, ...]
    links: tuple[SankeyLink, ...]


def sankey(
    footprint: Footprint, bom: Bom, inventory: CompiledInventory, cut_off: float = 0.01
) -> Sankey:
    """The flows behind a result, with every node below `cut_off` of the total merged.

    Raises `InputRefused` (ANA-001) for a cut-off outside 0 to 1.
    """
    check_cut_off(cut_off)
    sums = subtotals(footprint, bom)
    solved = solve(footprint, inventory)
    merged = _Merge(cut_off * abs(footprint.total), sums, solved)
    flows: dict[tuple[str, str], list[float]] = {}
    for source, target, burden in _flows(footprint, inventory, sums, solved):
        ends = merged.name(source), merged.name(target)
        if ends[0] != ends[1] and burden:
            flows.setdefault(ends, []).append(burden)
    direct: dict[str, list[float]] = {}
    for node, burden in _direct(footprint, inventory, solved):
        direct.setdefault(merged.name(node), []).append(burden)
    added = {ends: math.fsum(values) for ends, values in flows.items()}
    links = [SankeyLink(*ends, burden) for ends, burden in _without_circles(added).items()]
    links.sort(key=lambda link: (-abs(link.kg_co2e), link.source, link.target))
    nodes = _nodes(bom, inventory, links, direct, footprint)
    return Sankey(footprint.total, cut_off, nodes, tuple(links))


def _without_circles(flows: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """The flows without what only goes round: along every circle of positive flows the smallest of
    them is taken off each, which leaves the balance at every node as it is."""
    left = {ends: flows[ends] for ends in sorted(flows) if flows[ends] > 0.0}
    while circle := _circle(left):
        smallest = min(left[ends] for ends in circle)
        for ends in circle:
            left[ends] -= smallest
            if left[ends] <= 0.0:
                del left[ends]
    return left | {ends: burden for ends, burden in flows.items() if burden < 0.0}


def _circle(flows: dict[tuple[str, str], float]) -> list[tuple[str, str]]:
    """The links of a circle; empty if there is none. Walks on until it comes back or ends."""
    after: dict[str, list[str]] = {}
    for source, target in flows:
        after.setdefault(source, []).append(target)
    done: set[str] = set()
    for start in after:
        path = [start]
        while path:
            onward = [node for node in after.get(path[-1], ()) if node not in done]
            if not onward:
                done.add(path.pop())
            elif onward[0] in path:
                path = [*path[path.index(onward[0]) :], onward[0]]
                return list(itertools.pairwise(path))
            else:
                path.append(onward[0])
    return []


def row_node(row: int, line: str) -> str:
    """The node of a row: its number, and its id for lines of site data, which have no number."""
    return f"row:{row}:{line}"


class _Merge:
    """Which nodes are too small to stand alone. Rows are small by their whole, datasets by what
    passes through them."""

    def __init__(self, limit: float, sums: Subtotals, solved: Solved) -> None:
        through = solved.supply * solved.intensity
        self.small = {
            f"dataset:{name}": OTHER_DATASETS
            for name, value in zip(solved.background.names, through.tolist(), strict=True)
            if abs(value) < limit
        }
        self.small |= {
            row_node(line.row, line.id): OTHER_ROWS
            for line, value in zip(sums.lines, sums.whole, strict=True)
            if abs(value) < limit
        }

    def name(self, node: str) -> str:
        """The node itself, or the one it was merged into."""
        return self.small.get(node, node)


def _flows(
    footprint: Footprint, inventory: CompiledInventory, sums: Subtotals, solved: Solved
) -> Iterator[tuple[str, str, float]]:
    for supply in supplies(solved):
        yield f"dataset:{supply.supplier}", f"dataset:{supply.consumer}", supply.kg_co2e
    for item in inside(footprint):
        if names_dataset(item, inventory):
            yield f"dataset:{item.dataset}", row_node(item.row, item.line), item.kg_co2e
    for at, line in enumerate(sums.lines):
        if not line.parent:
            yield row_node(line.row, line.id), PRODUCT, sums.whole[at]
        for child in sums.inner.get(line.id, ()):
            part = sums.lines[child]
            burden = sums.whole[child] * sums.part[at]
            yield row_node(part.row, part.id), row_node(line.row, line.id), burden


def _direct(
    footprint: Footprint, inventory: CompiledInventory, solved: Solved
) -> Iterator[tuple[str, float]]:
    direct = (solved.supply * solved.own).tolist()
    for name, burden in zip(solved.background.names, direct, strict=True):
        if burden:
            yield f"dataset:{name}", burden
    for item in inside(footprint):
        if not names_dataset(item, inventory):
            yield row_node(item.row, item.line), item.kg_co2e


def _nodes(
    bom: Bom,
    inventory: CompiledInventory,
    links: list[SankeyLink],
    direct: dict[str, list[float]],
    footprint: Footprint,
) -> tuple[SankeyNode, ...]:
    outflow: dict[str, list[float]] = {}
    for link in links:
        outflow.setdefault(link.source, []).append(link.kg_co2e)
        outflow.setdefault(link.target, [])
    names = _names(bom, inventory, footprint)
    nodes = []
    for name, values in outflow.items():
        kind = name.split(":")[0] if ":" in name else name
        whole = footprint.total if name == PRODUCT else math.fsum(values)
        nodes.append(SankeyNode(name, kind, *names[name], math.fsum(direct.get(name, ())), whole))
    return tuple(sorted(nodes, key=lambda node: (-abs(node.kg_co2e), node.id)))


def _names(
    bom: Bom, inventory: CompiledInventory, footprint: Footprint
) -> dict[str, tuple[str, str]]:
    product = footprint.product
    names = {PRODUCT: (product.name, product.name_zh or product.name)}
    names[OTHER_ROWS] = ("Other rows", "其他行")
    names[OTHER_DATASETS] = ("Other datasets", "其他数据集")
    names |= {row_node(line.row, line.id): (line.name, line.name) for line in bom.lines}
    names |= {
        f"dataset:{name}": (entry.name_en, entry.name_zh)
        for name, entry in inventory.datasets.items()
    }
    return names
