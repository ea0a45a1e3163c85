"""A result by the user's own rows at every level of assembly, and by stage.

Every list adds up to the total (excluding biogenic CO2); what a cut-off hides is summed in a row of
its own. Outbound logistics stand outside a cradle-to-gate total (PACT v3, 3.3.2.1) and are marked.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from footprint.analysis import faults
from footprint.analysis.left_out import left_out_by_stage
from footprint.bom.tree import amounts, outer_first, uses_of
from footprint.values.bom import Bom
from footprint.values.line import STAGES, Line, Stage
from footprint.values.result import Contribution, Footprint

#: Rows that a tree may have, as many as a worksheet holds. Shared assemblies inside shared
#: assemblies grow as powers of two.
MAX_ROWS = 1_000_000
#: What a contribution and its line have in common: row and id. Lines of site data have no row.
Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class RowShare:
    """One row of the tree: what it adds by itself (`own`), and with all that it contains.

    A row of the user has its number in `row`; the row that sums up what the cut-off hides has None,
    and `hidden` counts its rows. `share` is a share of the total, and so is a cut-off.
    """

    depth: int
    row: int | None
    line: str
    name: str
    stage: str
    own_kg_co2e: float
    kg_co2e: float
    share: float
    inside: bool = True
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class StageShare:
    """What the lines of one life-cycle stage add, in kg CO2e per declared unit, and of how many
    lines of it something is left out. Without `items` nothing of it counts."""

    stage: str
    kg_co2e: float
    share: float
    items: int
    inside: bool
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Subtotals:
    """The graph of rows: subtotals, and the part of each assembly that a row (a use of it) takes.

    All lists are by position in the bill of materials. `inner` holds the positions of the lines
    that an assembly contains, by the assembly's id.
    """

    lines: tuple[Line, ...]
    own: list[float]
    whole: list[float]
    part: list[float]
    inner: dict[str, list[int]]


def is_inside(item: Contribution, footprint: Footprint) -> bool:
    """Whether a contribution is part of the total, and not outbound logistics beside it."""
    return counts_in(item.stage, footprint)


def counts_in(stage: str, footprint: Footprint) -> bool:
    """Whether lines of a stage are part of the total, and not outbound logistics beside it."""
    return footprint.boundary != "cradle-to-gate" or stage != "distribution"


def check_cut_off(cut_off: float) -> None:
    """Refuse (ANA-001) what is not a share from 0 to below 1."""
    if not 0.0 <= cut_off < 1.0:
        raise faults.BAD_CUT_OFF.refuse(f"the cut-off is {cut_off:g}", hint="Such as 1 % or 0.01.")


def subtotals(footprint: Footprint, bom: Bom) -> Subtotals:
    """Subtotals of every row, in kg CO2e per declared unit, without outbound logistics."""
    stages: dict[Key, Stage] = {(one.row, one.line): one.stage for one in footprint.derived_stages}
    lines = tuple(
        replace(line, stage=stage) if (stage := stages.get((line.row, line.id))) else line
        for line in bom.lines
    )
    inside = (item for item in footprint.contributions if is_inside(item, footprint))
    return _subtotals(lines, inside)


def _subtotals(lines: tuple[Line, ...], items: Iterator[Contribution]) -> Subtotals:
    by_row: dict[Key, list[float]] = {}
    for item in items:
        by_row.setdefault((item.row, item.line), []).append(item.kg_co2e)
    own = [math.fsum(by_row.get((line.row, line.id), ())) for line in lines]
    inner: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if line.parent:
            inner.setdefault(line.parent, []).append(at)
    part = _parts(lines, inner)
    whole = list(own)
    uses: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if line.id in inner:
            uses.setdefault(line.id, []).append(at)
    for name in reversed(outer_first(uses_of(lines))):
        contained = math.fsum(whole[child] for child in inner[name])
        for at in uses[name]:
            whole[at] = own[at] + contained * part[at]
    return Subtotals(lines, own, whole, part, inner)


def _parts(lines: Sequence[Line], inner: dict[str, list[int]]) -> list[float]:
    """Per row, the part of its assembly's whole amount that this use takes; 1 for single uses."""
    gross = amounts(lines, with_losses=True)
    uses: dict[str, list[float]] = {}
    for line, amount in zip(lines, gross, strict=True):
        if line.id in inner:
            uses.setdefault(line.id, []).append(amount)
    sums = {name: math.fsum(values) for name, values in uses.items()}
    return [
        amount / sums[line.id] if len(uses.get(line.id, ())) > 1 and sums[line.id] else 1.0
        for line, amount in zip(lines, gross, strict=True)
    ]


def by_line(footprint: Footprint, bom: Bom, cut_off: float = 0.0) -> tuple[RowShare, ...]:
    """The rows as a tree in the order of the file, largest first below one assembly.

    `cut_off` is a share of the total: smaller rows are summed in one row per assembly. A shared
    assembly stands under each of its uses with the part that the use takes. Outbound logistics
    follow at the end, outside the total. Raises `InputRefused` (ANA-001, ANA-002).
    """
    check_cut_off(cut_off)
    sums = subtotals(footprint, bom)
    rows = list(_tree(sums, footprint.total, cut_off))
    outside = [item for item in footprint.contributions if not is_inside(item, footprint)]
    for item in outside:
        values = (item.kg_co2e, item.kg_co2e, item.share)
        rows.append(RowShare(0, item.row, item.line, item.name, item.stage, *values, inside=False))
    return tuple(rows)


def _tree(sums: Subtotals, total: float, cut_off: float) -> Iterator[RowShare]:
    """Walk the tree with a stack: an assembly may lie thousands of levels deep."""
    limit = cut_off * abs(total)
    top = [at for at, line in enumerate(sums.lines) if not line.parent and _counts(sums, at)]
    stack = _ranked(sums, top, 1.0, 0, limit, total)
    count = 0
    while stack:
        row, at, factor = stack.pop()
        count += 1
        if count > MAX_ROWS:
            hint = "Give a cut-off, such as 1 %."
            raise faults.TOO_MANY_ROWS.refuse(f"more than {MAX_ROWS:,} rows", hint=hint)
        yield row
        if at is not None and sums.lines[at].id in sums.inner:
            below = [child for child in sums.inner[sums.lines[at].id] if _counts(sums, child)]
            part = factor * sums.part[at]
            stack += _ranked(sums, below, part, row.depth + 1, limit, total)


def _counts(sums: Subtotals, at: int) -> bool:
    """Outbound lines have no place in the tree of the total."""
    return sums.lines[at].stage != "distribution" or sums.whole[at] != 0.0


def _ranked(
    sums: Subtotals, rows: Sequence[int], factor: float, depth: int, limit: float, total: float
) -> list[tuple[RowShare, int | None, float]]:
    """Rows below one assembly, smallest first (for a stack), with one row for the hidden ones."""

    def shown(at: int) -> RowShare:
        line, whole = sums.lines[at], sums.whole[at] * factor
        values = (sums.own[at] * factor, whole, whole / total if total else 0.0)
        return RowShare(depth, line.row, line.id, line.name, line.stage, *values)

    hidden = [at for at in rows if limit and abs(sums.whole[at] * factor) < limit]
    gone = set(hidden)
    kept = [at for at in rows if at not in gone]
    kept.sort(key=lambda at: (-abs(sums.whole[at]), sums.lines[at].row), reverse=True)
    ranked: list[tuple[RowShare, int | None, float]] = []
    if hidden:
        rest = math.fsum(sums.whole[at] * factor for at in hidden)
        share = rest / total if total else 0.0
        row = RowShare(depth, None, "", "", "", rest, rest, share, hidden=len(hidden))
        ranked.append((row, None, factor))
    return ranked + [(shown(at), at, factor) for at in kept]


def by_stage(footprint: Footprint, bom: Bom) -> tuple[StageShare, ...]:
    """The total by life-cycle stage, and outbound logistics beside it; a stage of which all is left
    out too."""
    found: dict[str, list[Contribution]] = {}
    for item in footprint.contributions:
        found.setdefault(item.stage, []).append(item)
    total, left = footprint.total, left_out_by_stage(footprint, bom)
    rows = []
    for stage in STAGES:
        if stage in found or stage in left:
            items = found.get(stage, [])
            burden = math.fsum(item.kg_co2e for item in items)
            share = burden / total if total else 0.0
            inside = counts_in(stage, footprint)
            rows.append(StageShare(stage, burden, share, len(items), inside, left.get(stage, 0)))
    return tuple(rows)
