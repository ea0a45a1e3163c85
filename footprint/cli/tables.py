"""Results as plain text tables, aligned also where Chinese characters are two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from footprint.cli.uncertainty_commands import uncertainty_lines
from footprint.engine.completeness import counted_mass
from footprint.inventory.model import GWP_RULES
from footprint.values.result import Footprint

if TYPE_CHECKING:
    from footprint.brightway.second_opinion import SecondOpinion

#: Contributions shown; the JSON has all of them.
SHOWN = 25
#: What is said of a dataset that the line did not name.
_FOUND = {
    "name": " (by name)",
    "material": " (material only)",
    "part": " (part model)",
    "pick": " (chosen)",
    "screening": " (screening)",
}


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


def _word(footprint: Footprint) -> str:
    """What a total never stands without: whether it is complete."""
    return "at least " if footprint.completeness.word == "at least" else "complete: "


def _completeness(footprint: Footprint) -> list[str]:
    """What the total lacks, and what of it rests on screening figures or is unknown."""
    whole = footprint.completeness
    lines = []
    if whole.screening_result:
        lines.append("SCREENING RESULT: no certificate can rest on it.")
    if whole.lacks:
        lines.append(f"The total is at least this; it lacks: {', '.join(whole.lacks)}.")
    if whole.screening_lines:
        low, high = number(whole.screening_low_kg_co2e), number(whole.screening_high_kg_co2e)
        lines.append(
            f"Screening figures: {whole.screening_lines} lines, {whole.screening_mass_share:.1%} "
            f"of the mass, {number(whole.screening_kg_co2e)} kg CO2e ({low} to {high})."
        )
    unknown = whole.unknown_mass_share
    if unknown is None:
        lines.append("Unknown: lines without any figure, and nobody knows their mass.")
    elif unknown:
        lines.append(f"Unknown: {unknown:.1%} of the mass has no figure at all.")
    return lines


def _counted_mass(footprint: Footprint) -> str:
    share = counted_mass(footprint.coverage, footprint.completeness)
    return "an unknown share of the mass" if share is None else f"{share:.1%} of the mass"


def footprint_table(footprint: Footprint) -> str:
    """A footprint as people read it: the total, its parts, the lines that matter, the quality."""
    product, split = footprint.product, footprint.split
    names = [name for name in (product.name, product.name_zh) if name]
    total, interval = number(footprint.total), []
    if footprint.uncertainty is not None:
        total, *interval = uncertainty_lines(footprint.total, footprint.uncertainty)
    lines = [
        " / ".join(names),
        f"{_word(footprint)}{total} kg CO2e per {footprint.declared_unit}   "
        f"({footprint.boundary}, {footprint.gwp_set} GWP100, without biogenic CO2)",
        *interval,
        "",
    ]
    parts = [("part", "kg CO2e")] + [
        (name.replace("_", " "), number(value)) for name, value in split.as_dict().items() if value
    ]
    lines += [table(parts, right=(1,)), ""]
    ranked = sorted(footprint.contributions, key=lambda c: -abs(c.kg_co2e))
    rows = [("row", "line", "stage", "amount", "dataset", "kg CO2e", "share")]
    rows += [
        (
            str(item.row),
            item.name,
            item.stage.replace("_", " "),
            f"{number(item.quantity)} {item.unit}",
            item.dataset + _FOUND.get(item.matched_by, ""),
            number(item.kg_co2e),
            f"{item.share:.1%}",
        )
        for item in ranked[:SHOWN]
    ]
    lines.append(table(rows, right=(0, 3, 5, 6)))
    if len(ranked) > SHOWN:
        rest = sum(item.kg_co2e for item in ranked[SHOWN:])
        lines.append(f"... and {len(ranked) - SHOWN} more, {number(rest)} kg CO2e together")
    quality = footprint.quality
    lines += [
        "",
        *_completeness(footprint),
        f"Coverage: {_counted_mass(footprint)}, {footprint.coverage.lines:.1%} of the lines.",
        f"Data quality (1 best, 5 worst): technology {quality.technological:.1f}, "
        f"geography {quality.geographical:.1f}, time {quality.temporal:.1f}; "
        f"primary data {quality.primary_data_share:.0f} %.",
        *_electricity(footprint),
        f"{footprint.gwp_set}: {GWP_RULES[footprint.gwp_set][0]}.",
        f"Inventory {footprint.provenance.inventory}",
        f"Lines read {footprint.provenance.bom}",
    ]
    return "\n".join(lines)


def _electricity(footprint: Footprint) -> list[str]:
    both = footprint.electricity
    if both is None:
        return []
    return [
        f"Electricity: {number(both.location_based_kg_co2e)} kg CO2e location-based, "
        f"{number(both.market_based_kg_co2e)} market-based; the result is {both.basis}-based."
    ]
