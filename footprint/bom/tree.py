"""The tree of assemblies: who contains whom, and how much of each line the product needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from footprint.bom import faults
from footprint.bom.model import Line
from footprint.faults import Problem, Where


def assemblies(lines: Sequence[Line]) -> dict[str, Line]:
    """The lines that contain others, by id."""
    parents = {line.parent for line in lines if line.parent}
    return {line.id: line for line in lines if line.id in parents}


def check_tree(lines: Sequence[Line], filename: str) -> Iterator[Problem]:
    """Yield what is wrong: unknown parents, ambiguous ids, cycles (BOM-014 to BOM-017)."""
    counts = Counter(line.id for line in lines)
    known = {line.id: line for line in lines}
    parents = {line.parent for line in lines if line.parent}
    for line in lines:
        if line.parent and line.parent not in known:
            where = Where(filename, line.row, "parent")
            yield faults.UNKNOWN_PARENT.at(where, f"no line has the id {line.parent!r}")
        if line.id in parents and counts[line.id] > 1:
            message = f"id {line.id!r} stands on {counts[line.id]} lines and has lines of its own"
            yield faults.DUPLICATE_ID.at(Where(filename, line.row, "id"), message)
        if line.id in parents and line.dataset:
            message = f"{line.id!r} has lines of its own, so it cannot have a dataset too"
            yield faults.BAD_LEVEL.at(Where(filename, line.row, "dataset"), message)
    if all(counts[name] == 1 for name in parents if name in counts):
        yield from _cycles(lines, known, filename)


def _cycles(lines: Sequence[Line], known: dict[str, Line], filename: str) -> Iterator[Problem]:
    """Walk up from every line; whoever meets itself is in a cycle. Each line is walked once."""
    done: set[str] = set()
    for line in lines:
        path: dict[str, None] = {}
        current: Line | None = line
        while current is not None and current.id not in done:
            if current.id in path:
                members = list(path)[list(path).index(current.id) :]
                chain = " -> ".join([*members, current.id])
                where = Where(filename, current.row, "parent")
                yield faults.CYCLE.at(where, f"assemblies contain each other: {chain}")
                break
            path[current.id] = None
            current = known.get(current.parent)
        done.update(path)


def amounts(lines: Sequence[Line], *, with_losses: bool) -> list[float]:
    """Per line, how many of its unit one product needs (gross) or contains (net of all losses).

    gross = quantity / (1 - loss), net = quantity; each times the amount of the assembly that
    contains the line. The tree must be sound (`check_tree`).
    """
    containers = assemblies(lines)
    known: dict[str, float] = {}

    def own(line: Line) -> float:
        return line.quantity / (1.0 - line.loss) if with_losses else line.quantity

    def amount_of(name: str) -> float:
        chain = []
        while name and name not in known:
            chain.append(containers[name])
            name = containers[name].parent
        product = known.get(name, 1.0)
        for line in reversed(chain):
            product *= own(line)
            known[line.id] = product
        return product

    return [own(line) * amount_of(line.parent) for line in lines]
