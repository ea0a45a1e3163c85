"""What can be wrong with an input, and how it is said.

A `Fault` is a kind of mistake with a stable code; a `Problem` is one occurrence of it, with the
place and a hint; `InputRefused` carries every problem found, so that a user mends a file once
and not ten times.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Where(NamedTuple):
    """A place in an input: file, 1-based row as a spreadsheet counts, column by its header."""

    file: str = ""
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


class Problem(NamedTuple):
    """One thing that is wrong: what, where, and what to do about it.

    (A tuple is made in a third of the time of a frozen dataclass; a result has one a line.)
    """

    code: str
    message: str
    where: Where = Where()
    hint: str = ""

    def __str__(self) -> str:
        place = f" at {self.where}" if str(self.where) else ""
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{self.code}{place}: {self.message}{hint}"

    def as_json(self) -> dict[str, object]:
        """The problem as the service and `--format json` print it."""
        return {
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "file": self.where.file,
            "row": self.where.row,
            "column": self.where.column,
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of problem. The code is stable; `title` is what the error list in the docs says."""

    code: str
    title: str

    def at(self, where: Where, message: str, hint: str = "") -> Problem:
        return Problem(self.code, message, where, hint)

    def refuse(self, message: str, where: Where | None = None, hint: str = "") -> InputRefused:
        """An exception that carries this one problem; the caller raises it."""
        return InputRefused([self.at(where or Where(), message, hint)])


class Contradiction(ValueError):
    """A value cannot be built: what it would say contradicts itself.

    Whoever reads strangers' input says so with a code before; this is the last guard, for all.
    """


class InputRefused(Exception):
    """The input was read to its end and refused; `problems` says everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        if not self.problems:
            raise ValueError("InputRefused needs at least one problem")
        super().__init__("\n".join(str(problem) for problem in self.problems))


#: The one kind that the base itself knows (`footprint/extras.py`).
NOT_INSTALLED = Fault("EXT-001", "A library that this command needs is not installed.")
