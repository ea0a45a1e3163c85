"""The graph of assemblies: who contains whom, and how much of each line the product needs.

An assembly is known by its id. Its children are listed once; it may stand on several rows, one for
each use, with its own quantity, loss and transport there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from footprint.bom import faults
from footprint.faults import Problem, Where
from footprint.values.line import Line


def assemblies(lines: Sequence[Line]) -> dict[str, Line]:
    """The lines that contain others, by id; of an assembly with several uses the last one."""
    parents = {line.parent for line in lines if line.parent}
    return {line.id: line for line in lines if line.id in parents}


def uses_of(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """The rows on which each assembly is used, by its id, in the order of the file."""
    parents = dict.fromkeys(line.parent for line in lines if line.parent)
    uses: dict[str, list[Line]] = {}
    if parents:
        for line in lines:
            if line.id in parents:
                uses.setdefault(line.id, []).append(line)
    return uses | {name: [] for name in parents if name not in uses}


def check_tree(lines: Sequence[Line], filename: str) -> Iterator[Problem]:
    """Yield what is wrong: unknown parents, uses that disagree, cycles (BOM-014 to BOM-017)."""
    uses = uses_of(lines)
    for line in lines:
        if line.parent and not uses[line.parent]:
            where = Where(filename, line.row, "parent")
            yield faults.UNKNOWN_PARENT.at(where, f"no line has the id {line.parent!r}")
        if line.id not in uses:
            continue
        for column in ("dataset", "supplier_pcf", "recycled_content", "contract"):
            if getattr(line, column):
                message = f"{line.id!r} has lines of its own, so it cannot have a {column} too"
                yield faults.BAD_LEVEL.at(Where(filename, line.row, column), message)
        if line.uncertainty is not None:
            message = f"{line.id!r} has lines of its own, so it cannot have an uncertainty too"
            hint = "State it on the lines that it contains."
            yield faults.BAD_LEVEL.at(Where(filename, line.row, "uncertainty"), message, hint)
        yield from _disagreements(line, uses[line.id][0], filename)
    yield from _cycles(uses, filename)


def _disagreements(use: Line, first: Line, filename: str) -> Iterator[Problem]:
    pairs = (
        ("name", use.name, first.name),
        ("unit", use.unit, first.unit),
        ("unit_mass", use.unit_mass_kg, first.unit_mass_kg),
    )
    for column, value, other in pairs:
        if value != other:
            message = f"{use.id!r} has the {column} {value!r} here and {other!r} in row {first.row}"
            hint = "One assembly, one name and unit; give another assembly an id of its own."
            yield faults.DUPLICATE_ID.at(Where(filename, use.row, column), message, hint)


def _cycles(uses: dict[str, list[Line]], filename: str) -> Iterator[Problem]:
    """Walk from every assembly to those that contain it; whoever meets itself is in a cycle."""
    done: set[str] = set()
    for start, rows in uses.items():
        path = {} if start in done else {start: iter(rows)}
        while path:
            name = next(reversed(path))
            use = next(path[name], None)
            if use is None:
                del path[name]
                done.add(name)
            elif use.parent in path:
                chain = [*list(path)[list(path).index(use.parent) :], use.parent]
                row = next(one.row for one in uses[chain[0]] if one.parent == chain[1])
                where = Where(filename, row, "parent")
                message = f"assemblies contain each other: {' -> '.join(chain)}"
                yield faults.CYCLE.at(where, message)
            elif use.parent in uses and use.parent not in done:
                path[use.parent] = iter(uses[use.parent])


def outer_first(uses: dict[str, list[Line]]) -> list[str]:
    """Assemblies ordered so that each comes after all that contain it. No cycles (`check_tree`)."""
    done: dict[str, None] = {}
    for start, rows in uses.items():
        path = {} if start in done else {start: iter(rows)}
        while path:
            name = next(reversed(path))
            use = next(path[name], None)
            if use is None:
                del path[name]
                done[name] = None
            elif use.parent in uses and use.parent not in done:
                path[use.parent] = iter(uses[use.parent])
    return list(done)


def amounts(
    lines: Sequence[Line], *, with_losses: bool, uses: dict[str, list[Line]] | None = None
) -> list[float]:
    """Per row, how many of its unit one product needs (gross) or contains (net of all losses).

    gross = quantity / (1 - loss), net = quantity; each times the amount of the assembly that
    contains the line, which is the sum over all uses of that assembly. The graph must be sound
    (`check_tree`). `uses` are those of `uses_of`, if they are known.
    """
    if uses is None:
        uses = uses_of(lines)
    if not uses:  # most tables have no assemblies
        if with_losses:
            return [line.quantity / (1.0 - line.loss) for line in lines]
        return [line.quantity for line in lines]
    totals = {"": 1.0}

    def amount(line: Line) -> float:
        own = line.quantity / (1.0 - line.loss) if with_losses else line.quantity
        return own * totals[line.parent]

    for name in outer_first(uses):
        totals[name] = math.fsum(amount(use) for use in uses[name])
    return [amount(line) for line in lines]


def with_unique_assemblies(lines: Sequence[Line], parents: Sequence[int | None]) -> list[Line]:
    """Lines of a table by levels, whose `parents` are positions, linked by ids.

    Such a table lists the parts of an assembly under each of its uses. An id that stands on several
    rows, one of which contains others, is therefore made unique (`A`, `A@2`, ...): taken for
    uses of one assembly, its parts would be counted for all of them under each.
    """
    containing = {lines[at].id for at in parents if at is not None}
    taken = {line.id for line in lines}
    counts: dict[str, int] = {}
    ids = []
    for line in lines:
        name = line.id
        if name in counts:
            while name in taken:
                counts[line.id] += 1
                name = f"{line.id}@{counts[line.id]}"
            taken.add(name)
        elif name in containing:
            counts[name] = 1
        ids.append(name)
    return [
        replace(line, id=name, parent="" if at is None else ids[at])
        for line, name, at in zip(lines, ids, parents, strict=True)
    ]
