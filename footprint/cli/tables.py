"""Results as plain text tables, aligned also where Chinese characters are two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import typer

from footprint.cli.output import Format, bilingual, print_json, say

if TYPE_CHECKING:
    from footprint.brightway.second_opinion import SecondOpinion


def width(text: str) -> int:
    """Columns that a text takes in a terminal: wide characters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def cut(text: str, columns: int) -> str:
    """The text, shortened with an ellipsis to fit into so many columns."""
    if width(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width(kept + char) > columns - 1:
            break
        kept += char
    return kept + "…"


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = (), most: int = 40) -> str:
    """Rows as aligned columns; those in `right` are aligned right. The first row is the header."""
    cells = [[cut(cell, most) for cell in row] for row in rows]
    widths = [max(width(row[at]) for row in cells) for at in range(len(cells[0]))]
    lines = []
    for row in cells:
        parts = [
            " " * (widths[at] - width(cell)) + cell
            if at in right
            else cell + " " * (widths[at] - width(cell))
            for at, cell in enumerate(row)
        ]
        lines.append("  ".join(parts).rstrip())
    lines.insert(1, "  ".join("-" * columns for columns in widths))
    return "\n".join(lines)


def number(value: float) -> str:
    """Three significant digits for reading; the JSON holds the unrounded value."""
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def opinion_table(found: SecondOpinion) -> str:
    """Ours and Brightway's, line by line, and the product as one LCA."""
    rows = [("line", "dataset", "ours", "Brightway", "difference")]
    for line in found.lines:
        theirs, gap = line.brightway_kg_co2e, line.difference
        said = ("(supplier's)", "-") if theirs is None else (number(theirs), f"{gap:.1e}")
        rows.append((line.name, line.dataset, number(line.kg_co2e), *said))
    whole = number(found.kg_co2e), number(found.brightway_kg_co2e), f"{found.difference:.1e}"
    rows.append(("product", "", *whole))
    head = (
        f"Second opinion: bw2calc {found.versions['bw2calc']}, one LCA a line and one for the "
        f"product; equal within {found.tolerance:g}."
    )
    return f"{head}\n{table(rows, right=(2, 3, 4), most=34)}"


def print_rows(
    rows: list[dict[str, Any]],
    form: Format,
    name: str,
    most: int = 60,
    headings: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Print rows of the same members: as JSON under `name`, or as a table of their values, under
    their names or `headings`."""
    if form is Format.JSON:
        print_json({name: rows})
        return
    if not rows:
        say(bilingual("Nothing yet.", "尚无内容。"))
        return
    cells = [tuple(str(value) for value in row.values()) for row in rows]
    heads = tuple(headings.get(one, one) for one in rows[0])
    typer.echo(table([heads, *cells], right=(), most=most))
