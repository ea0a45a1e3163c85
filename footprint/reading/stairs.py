"""Trees written as stairs: `Level 1 | Level 2 | Level 3`, each name in the column of its depth."""

from __future__ import annotations

from dataclasses import replace

from footprint.reading.grid import cell_at, text_of
from footprint.reading.header import STEP, FoundTable
from footprint.reading.heading_means import Heading
from footprint.reading.rows import total_word
from footprint.reading.vocabulary import fold, folded_words
from footprint.sheets.model import Value

#: What such columns are called otherwise, from the whole down to the part.
_RANKS = tuple(
    folded_words(words)
    for words in (
        "product|produkt|produit|prodotto|producto|produto|产品|製品|제품",
        "assembly|main assembly|baugruppe|hauptbaugruppe|ensemble|assieme|conjunto|zespol|总成|"
        "组件|組立|조립품",
        "sub assembly|subassembly|unterbaugruppe|sous ensemble|sottoassieme|subconjunto|podzespol|"
        "分总成|子组件|部件",
        "part|component|teil|bauteil|einzelteil|piece|parte|pieza|peca|czesc|零件|部品|부품",
    )
)
_CROSSES = frozenset("x×*•●○■√✓✔+123456789")


def without_stairs(table: FoundTable) -> FoundTable:
    """The table with the names in the first of such columns and their depths in the second; the
    table itself where it has no stairs, or where a row stands on two steps."""
    steps = [
        at
        for at, heading in enumerate(table.headings, start=1)
        if STEP.fullmatch(heading.text.strip())
    ]
    steps = steps or _named_steps(table)
    if len(steps) < 2 or steps != list(range(steps[0], steps[0] + len(steps))):
        return table
    rows = list(table.sheet.rows)
    marked = _are_marked(table, steps)
    for row in table.body:
        cells = rows[row - 1]
        on = [at for at in steps if text_of(cell_at(cells, at))]
        if len(on) > 1:
            return table
        if on and (marked or not text_of(cell_at(cells, on[0])).replace(".", "").isdigit()):
            changed: list[Value] = [*cells, *[None] * (steps[-1] - len(cells))]
            for at in steps:
                changed[at - 1] = None
            changed[steps[0] - 1] = cells[on[0] - 1]
            if total_word(text_of(cells[on[0] - 1])) != "all":
                changed[steps[1] - 1] = str(steps.index(on[0]) + 1)
            rows[row - 1] = tuple(changed)
        elif on:
            return table
    headings = list(table.headings)
    first, second = headings[steps[0] - 1], headings[steps[1] - 1]
    headings[steps[0] - 1] = Heading(first.text, (_first_means(table, steps, marked),), None, 1.0)
    headings[steps[1] - 1] = Heading(second.text, ("level",), None, 1.0)
    for at in steps[2:]:
        headings[at - 1] = Heading(headings[at - 1].text, ("other",), None, 1.0)
    return replace(table, sheet=replace(table.sheet, rows=rows), headings=tuple(headings))


def _named_steps(table: FoundTable) -> list[int]:
    """The columns `Assembly | Sub-assembly | Part` where each row stands on one of them."""
    ranks = [
        next((rank for rank, words in enumerate(_RANKS) if fold(heading.text) in words), -1)
        for heading in table.headings
    ]
    first = next((at for at, rank in enumerate(ranks) if rank >= 0), 0)
    steps = [first + 1]
    for at in range(first + 1, len(ranks)):
        if ranks[at] <= ranks[at - 1]:
            break
        steps.append(at + 1)
    if len(steps) < 2:
        return []
    rows = [table.sheet.rows[row - 1] for row in table.body]
    each = [[bool(text_of(cell_at(row, at))) for at in steps] for row in rows]
    apart = all(sum(on) <= 1 for on in each)
    return steps if apart and all(map(any, zip(*each, strict=True))) else []


def _first_means(table: FoundTable, steps: list[int], marked: bool) -> str:
    """What stands on the steps: crosses; codes where another column has the names; else names."""
    beside = {
        one.means[0] for at, one in enumerate(table.headings, 1) if one.means and at not in steps
    }
    if marked or {"name", "id"} <= beside:
        return "other"
    return "id" if "name" in beside else "name"


def _are_marked(table: FoundTable, steps: list[int]) -> bool:
    """Whether crosses or the numbers of the steps stand on them, and the names elsewhere."""
    cells = (table.sheet.rows[row - 1] for row in table.body)
    texts = {text for row in cells for at in steps if (text := text_of(cell_at(row, at)))}
    return bool(texts) and all(len(text) == 1 and text.casefold() in _CROSSES for text in texts)
