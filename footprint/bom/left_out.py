"""Rows of a table that are no lines of the product: by somebody's choice, or below zero."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from footprint.bom import faults
from footprint.bom.choices import FOLDER_FILE, not_parts, read_choices, with_choices
from footprint.faults import Problem, Where
from footprint.values.line import Line

if TYPE_CHECKING:
    from footprint.reading.model import Reading


def uncounted_rows(reading: Reading) -> Iterator[Problem]:
    """The rows that may belong to the product, and that nothing stands for."""
    for one in reading.skipped:
        if one.reason == "negative":
            message = f"{one.text!r} has a quantity below zero"
            hint = "Subtract it from the line that it comes from, or correct the sign."
            where = Where(reading.file, one.row, "quantity")
            yield faults.NEGATIVE.at(where, message, hint)


def chosen_lines(
    lines: list[Line], matches: bytes, filename: str
) -> tuple[list[Line], list[Problem]]:
    """The lines with what was chosen for them, and what is said of those that are no parts.
    Raises `InputRefused` (BOM-033, BOM-002)."""
    choices = read_choices(matches, FOLDER_FILE)
    said = [
        faults.SKIPPED.at(
            Where(filename, line.row),
            f"{line.name!r} is no part of the product, chosen by {choice.said}",
        )
        for line, choice in not_parts(lines, choices)
    ]
    kept = with_choices(lines, choices)
    if not kept:
        message = "every line was chosen to be no part of the product"
        raise faults.EMPTY.refuse(message, Where(filename))
    return kept, said
