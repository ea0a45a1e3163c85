"""Levels and parents: `1.2.1`, `..2`, 0/1/2, indentation, or a column of parents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from footprint.late_pattern import late_pattern
from footprint.reading.model import Reading, ReadLine

_DOTS = late_pattern(r"^[.\s·+\-_>|*]*(?P<level>\d{1,2})[.\s]*$")
_LETTERED = late_pattern(r"(?P<letter>[A-Z])(?P<number>[1-9]\d?)?")
_SIGNS = late_pattern(r"^[.+\-*>·|]+$")


def level_of(text: str) -> int | None:
    """The depth that a cell of a level column writes: `2`, `..2`, `++`, or the dots of `1.2.1`."""
    stripped = text.strip()
    if re.fullmatch(r"\d+(?:\.\d+)+\.?", stripped):
        parts = stripped.rstrip(".").split(".")
        return len(parts) - 1 if parts[-1] == "0" and len(parts) == 2 else len(parts)
    match = _DOTS.match(stripped)
    if match and not stripped.startswith("-"):
        return int(match["level"])
    if stripped and _SIGNS.fullmatch(stripped):
        return len(stripped)
    return None


def are_lettered(texts: Sequence[str]) -> bool:
    """Whether positions are letters and what lies under them: `A, A1, A2, B, B1`."""
    above, last, under = "", 0, 0
    for text in texts:
        match = _LETTERED.fullmatch(text)
        if match is None:
            return False
        letter, number = match["letter"], int(match["number"] or 0)
        follows = letter == above and number == last + 1
        if not (follows or (number == 0 and letter > above)):
            return False
        above, last, under = letter, number, under + (number > 0)
    return under > 1


def _numbered(position: str) -> str:
    """`B2` as the item number 2.2."""
    number = str(ord(position[0]) - ord("A") + 1) if position else ""
    return f"{number}.{position[1:]}" if position[1:] else number


def dotted_levels(texts: list[str]) -> bool:
    """Whether the cells are item numbers (`1`, `1.1`, `2`), whose whole numbers are all level 1."""
    return any(re.fullmatch(r"\d+(?:\.\d+)+\.?", text.strip()) for text in texts)


def set_levels(reading: Reading, texts: dict[int, str]) -> None:
    """Parents by the cells of a level column (row -> text); what does not form a tree is asked."""
    cells = {row: text.strip().rstrip(".") for row, text in texts.items()}
    if are_lettered([text for text in cells.values() if text]):
        cells = {row: _numbered(text) for row, text in cells.items()}
        reading.say("level", "level_by_letters")
    place = _by_number() if dotted_levels(list(cells.values())) else _by_depth()
    doubtful: set[int] = set()
    ids = {line.texts.get("id", "") for line in reading.lines}
    for line in reading.lines:
        parent, sure = place(line, cells.get(line.row, ""))
        named = bool(line.texts.get("parent"))
        alike = named and not reading.documented and _says_the_same(line, parent, ids)
        if not sure or named != alike:
            doubtful.add(line.row)
        if parent is not None:
            line.parent_row, parent.assembly = parent.row, True
        if alike:
            line.texts["parent"] = ""  # the levels say it, for every use of an assembly
    if doubtful:
        reading.ask("level", "level_unclear", sorted(doubtful), blocking=True)


def _says_the_same(line: ReadLine, parent: ReadLine | None, ids: set[str]) -> bool:
    """Whether a column of parents names the assembly that the levels give: the line above, or the
    product, which is no line."""
    named = line.texts.get("parent", "")
    return named not in ids if parent is None else named in (parent.texts.get("id"), parent.name)


_Place = Callable[[ReadLine, str], tuple[ReadLine | None, bool]]


def _by_number() -> _Place:
    """Item numbers: the parent of `1.2.1` is the row `1.2`."""
    by_number: dict[str, ReadLine] = {}

    def place(line: ReadLine, text: str) -> tuple[ReadLine | None, bool]:
        if not text:
            return None, False
        number = text.removesuffix(".0") if text.count(".") == 1 else text
        line.level = level_of(text) if "." in number else 1
        unique = number not in by_number
        by_number[number] = line
        if "." not in number:
            return None, unique
        parent = by_number.get(number.rsplit(".", 1)[0])
        return parent, unique and parent is not None

    return place


def _by_depth() -> _Place:
    """Depths: the parent is the last row above that is less deep, and one less deep."""
    stack: list[ReadLine] = []

    def place(line: ReadLine, text: str) -> tuple[ReadLine | None, bool]:
        level = level_of(text) if text else None
        if level is None:
            return None, False
        line.level = level
        while stack and (stack[-1].level or 0) >= level:
            stack.pop()
        parent = stack[-1] if stack else None
        stack.append(line)
        return parent, parent is None or level == (parent.level or 0) + 1

    return place


def set_indents(reading: Reading, indents: dict[int, int]) -> bool:
    """Parents by the indentation of names; False where the names are not indented as a tree."""
    steps = sorted({indents.get(line.row, 0) for line in reading.lines})
    if len(steps) < 2 or not reading.lines or indents.get(reading.lines[0].row, 0) != steps[0]:
        return False
    set_levels(
        reading,
        {line.row: str(steps.index(indents.get(line.row, 0)) + 1) for line in reading.lines},
    )
    reading.say("level", "level_by_indent")
    return True


def whole_amounts(reading: Reading) -> dict[int, float | None]:
    """Row -> how many of the line's units the whole (all of `Reading.base`) holds."""
    by_row = {line.row: line for line in reading.lines}
    amounts: dict[int, float | None] = {}

    def amount(line: ReadLine, depth: int = 0) -> float | None:
        if line.row in amounts:
            return amounts[line.row]
        value = line.quantity
        parent = by_row.get(line.parent_row) if line.parent_row is not None else None
        if parent is not None and value is not None and depth < 60:
            above = amount(parent, depth + 1)
            value = None if above is None else value * above
        amounts[line.row] = value
        return value

    for line in reading.lines:
        amount(line)
    return amounts
