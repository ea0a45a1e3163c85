"""What a list of parts says, as values: columns, lines, what was skipped, assumed and not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from footprint.reading.numbers import Mark

if TYPE_CHECKING:
    from footprint.reading.header import FoundTable


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its number from 1, its heading, what it means, and the unit in the heading."""

    index: int
    header: str
    means: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader says aloud (`assumed`) or asks.

    `about` is the subject (`unit`, `quantity`, `unit_mass`, `variant` ...), `kind` chooses the
    sentence, `rows` are the rows it concerns (None: the whole file), `values` fill the sentence.
    A question that is `blocking` leaves a number open that the calculation needs.
    """

    about: str
    kind: str
    rows: tuple[int, ...] | None = None
    values: tuple[tuple[str, str], ...] = ()
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no line of the product, and why."""

    row: int
    reason: str
    text: str = ""


@dataclass(slots=True)
class ReadLine:
    """A line as the file has it: `quantity` of `unit` per one of its assembly (`parent_row`), and
    per `Reading.base`. None is "not known". Masses are in kg; `mass_kg` is that of the whole line
    in the whole product, net of losses. `texts` holds the other cells by meaning.
    """

    row: int
    name: str
    quantity: float | None
    unit: str | None
    texts: dict[str, str] = field(default_factory=dict)
    level: int | None = None
    parent_row: int | None = None
    assembly: bool = False
    loss: float | None = None
    unit_mass_kg: float | None = None
    mass_kg: float | None = None
    mass_range_kg: tuple[float, float] | None = None
    mass_basis: str = ""
    mass_formula: str = ""
    variants: dict[str, float] | None = None
    uncertain: bool = False
    unit_text: str = ""
    pieces_per_unit: float = 1.0
    section: str = ""

    @property
    def specification(self) -> str:
        """What the line says of itself in several columns, put together: a dataset is looked for by
        it, and a choice holds for lines that say the same."""
        said = (self.texts.get(key, "") for key in ("spec", "description", "footprint", "finish"))
        return " ".join(dict.fromkeys(text for text in said if text))

    @property
    def match(self) -> str:
        """The text on which a dataset is looked for."""
        order = ("material", "spec", "description", "footprint", "finish", "category")
        parts = [self.name, *(self.texts.get(key, "") for key in order)]
        return " ".join(dict.fromkeys(part for part in parts if part))


@dataclass(slots=True)
class Reading:
    """A whole list of parts as it is understood."""

    file: str
    sheet: str | None
    header_row: int
    columns: tuple[Column, ...]
    lines: list[ReadLine]
    skipped: list[Skipped]
    facts: dict[str, str]
    #: The table as it stands in the file, before stairs and second tables were put in one order.
    uploaded: FoundTable
    base: tuple[float, str] | None = None
    assumed: list[Remark] = field(default_factory=list)
    asks: list[Remark] = field(default_factory=list)
    total_mass_kg: float | None = None
    fingerprint: str = ""
    container: str = ""
    decimal: str = ""
    lone_point: bool = False
    documented: bool = False
    fact_rows: dict[str, int] = field(default_factory=dict)
    variants: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    #: (row, meaning) -> the cell as a person sees it.
    cell: Callable[[int, str], str] | None = None

    @property
    def mark(self) -> Mark | None:
        """The decimal mark of the file's numbers, if it shows one."""
        return "." if self.decimal == "." else "," if self.decimal == "," else None

    def ask(
        self, about: str, kind: str, rows: Any = None, *, blocking: bool = False, **values: object
    ) -> None:
        """Add a question."""
        self.asks.append(_remark(about, kind, rows, blocking, values))

    def say(self, about: str, kind: str, rows: Any = None, **values: object) -> None:
        """Add an assumption that is said aloud."""
        self.assumed.append(_remark(about, kind, rows, False, values))


def _remark(about: str, kind: str, rows: Any, blocking: bool, values: dict[str, object]) -> Remark:
    numbers = None if rows is None else tuple(rows)
    return Remark(
        about, kind, numbers, tuple((key, str(value)) for key, value in values.items()), blocking
    )
