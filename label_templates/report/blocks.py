"""What a report is made of when it is laid out: sections of prose, facts, tables and pictures.

HTML and PDF lay out the same blocks, so that neither can say what the other does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from label_templates.drawing.shapes import Drawing

#: Characters that a cell of five may have on a phone.
_SHORT = 24


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value; `code` marks values that are compared character by character."""

    label: str
    value: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column: its heading, whether it holds numbers, and its share of the width."""

    label: str
    numbers: bool = False
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: a text and, in smaller letters below it, what belongs to it. A `brief` one is cut to
    one row on paper: its text stands whole elsewhere."""

    text: str
    small: str = ""
    strong: bool = False
    brief: bool = False


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """One piece of a section; `kind` says which of the others is filled.

    prose: `texts` as paragraphs; list: `texts` as points; facts: `facts`; table: `columns`,
    `rows`; picture: `drawing`, and for narrow screens `narrow`. `title` may stand above it. On
    paper two blocks that follow one another and are `half` stand side by side, and a list that is
    `fine` runs on in one paragraph, as small as a table.
    """

    kind: Literal["prose", "list", "facts", "table", "picture"]
    title: str = ""
    texts: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    columns: tuple[ReportColumn, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    drawing: Drawing | None = None
    narrow: Drawing | None = None
    half: bool = False
    fine: bool = False

    @property
    def slim(self) -> bool:
        """Whether the table stays a table on a phone; a wider one becomes a list of cards."""
        short = all(len(cell.text) <= _SHORT for row in self.rows for cell in row)
        return len(self.columns) <= 4 or (len(self.columns) == 5 and short)


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A numbered section. `wide`: its tables need a page of landscape format."""

    name: str
    number: int
    title: str
    blocks: tuple[ReportBlock, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Front:
    """The first page: what a purchaser reads."""

    title: str
    product: str
    product_other: str
    company: str
    dated: str
    amount: str
    of: str
    interval: str
    status: str
    warning: str
    facts: tuple[Fact, ...]
    top: ReportBlock
    chart: ReportBlock
    not_covered: ReportBlock


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A whole report in one language, ready to be laid out."""

    front: Front
    sections: tuple[ReportSection, ...]


def prose(*texts: str) -> ReportBlock:
    """Paragraphs."""
    return ReportBlock("prose", texts=texts)


def fine_print(title: str, texts: tuple[str, ...]) -> ReportBlock:
    """A list with a title, of which somebody looks up a point: on paper one small paragraph."""
    return ReportBlock("list", title=title, texts=texts, fine=True)


def points(texts: tuple[str, ...]) -> ReportBlock:
    """A list of points."""
    return ReportBlock("list", texts=texts)


def facts_block(*rows: Fact) -> ReportBlock:
    """Facts; those without a value are left out."""
    return ReportBlock("facts", facts=tuple(row for row in rows if row.value))


def picture(drawing: Drawing, narrow: Drawing | None = None) -> ReportBlock:
    """A picture."""
    return ReportBlock("picture", drawing=drawing, narrow=narrow)
