"""Trees by a column that names the assembly of each part, by its id or by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from footprint.reading.levels import dotted_levels, level_of
from footprint.reading.model import Reading, ReadLine, Skipped


def set_parents(reading: Reading, product: str = "") -> None:
    """Parents by a column that names the id of the assembly, or its name where no id is named.

    One id may stand on several rows; the parts then belong to the first, and the tree of the bill
    of materials counts every use. What every line of the list lies under, without being a line
    itself, is the product. Several of these are several products: `product` says which to take.
    """
    key = _key(reading)
    known = {key(line) for line in reading.lines}
    lost = [line for line in reading.lines if _above(line) and _above(line) not in known]
    if lost:
        _tops(reading, lost, key, product)
    by_key: dict[str, ReadLine] = {}
    for line in reading.lines:
        by_key.setdefault(key(line), line)
    for line in reading.lines:
        found = by_key.get(_above(line)) if _above(line) else None
        if found is not None and found is not line:
            line.parent_row, found.assembly = found.row, True
    if key is _name:  # the lines of a bill of materials are linked by ids
        for line in reading.lines:
            line.texts["id"] = line.name


def parents_in_another_order(reading: Reading, levels: Mapping[int, str]) -> bool:
    """Whether lines stand level by level, not below their assemblies, and each names an assembly
    that stands once, one level higher; or the product."""
    ids = Counter(map(_id, reading.lines))
    if reading.documented or not all(map(_above, reading.lines)):
        return False
    depths = {_id(line): level_of(levels[line.row]) for line in reading.lines}
    stack: list[str] = []
    moved = False
    for line in reading.lines:
        depth, above = depths[_id(line)], _above(line)
        if depth is None or ids[above] > 1 or dotted_levels([levels[line.row]]):
            return False
        higher = depths.get(above)
        if (depth != 1) if higher is None else (higher != depth - 1):
            return False
        moved = moved or (higher is not None and above not in stack[: depth - 1])
        stack[depth - 1 :] = [_id(line)]
    return moved


def _above(line: ReadLine) -> str:
    return line.texts.get("parent", "")


def _id(line: ReadLine) -> str:
    return line.texts.get("id", "")


def _name(line: ReadLine) -> str:
    return line.name


def _key(reading: Reading) -> Callable[[ReadLine], str]:
    named = {_above(line) for line in reading.lines} - {""}
    if reading.documented or any(_id(line) in named for line in reading.lines):
        return _id
    return _name if any(line.name in named for line in reading.lines) else _id


def _tops(
    reading: Reading, lost: list[ReadLine], key: Callable[[ReadLine], str], product: str
) -> None:
    """Lines whose assembly is no line: it is the product, or a row is missing."""
    tops = tuple(dict.fromkeys(map(_above, lost)))
    whole = len(reading.lines) > 1 and all(map(_above, reading.lines))
    if not whole or (len(tops) > 1 and reading.documented):
        reading.ask("parent", "parent_unknown", [line.row for line in lost], blocking=True)
        return
    reading.products = (reading.products or tops) if len(tops) == 1 else tops
    if len(tops) > 1:
        if product not in tops:
            return  # asked with the other questions about the whole list
        _only(reading, key, product)
    for line in lost:
        line.texts["parent"] = ""
    reading.say("parent", "parent_is_product", None, product=product or tops[0])


def _only(reading: Reading, key: Callable[[ReadLine], str], product: str) -> None:
    """Keep what lies under one product; an assembly that several share stays with its parts."""
    inside = {product}
    size = 0
    while len(inside) > size:
        size = len(inside)
        inside |= {key(line) for line in reading.lines if _above(line) in inside}
    kept = [line for line in reading.lines if _above(line) in inside]
    rows = {line.row for line in kept}
    reading.skipped += [
        Skipped(line.row, "other_product", line.name)
        for line in reading.lines
        if line.row not in rows
    ]
    reading.lines[:] = kept
