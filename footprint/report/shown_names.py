"""What a line of the bill of materials is called in a report in English and in one in Chinese.

A supplier writes his list in his own language; whoever buys from him reads another one. A name that
the file gives for that language counts first, then the line's own name where it can be read, then
that of what stands for the line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from footprint.engine.item import PREFIX
from footprint.inventory.compiled import CompiledInventory
from footprint.matching.materials import materials
from footprint.report.text import printable_line
from footprint.scripts import has_han, is_read_in_english
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.result import Contribution


@dataclass(frozen=True, slots=True)
class ShownName:
    """A line's name for readers of English and of Chinese, and what tells it from others of the
    same name: its id, or `row-7` where an id cannot be read or is that of both."""

    en: str
    zh: str
    mark_en: str
    mark_zh: str

    def of(self, language: Literal["en", "zh"]) -> str:
        """The name in a report of that language."""
        return self.en if language == "en" else self.zh

    def mark(self, language: Literal["en", "zh"]) -> str:
        """What tells the line from others of the same name."""
        return self.mark_en if language == "en" else self.mark_zh


def shown_name(line: Line, stand_in_en: str = "", stand_in_zh: str = "") -> ShownName:
    """The names of a line. `stand_in_en` and `stand_in_zh` are those of the dataset, gas, class of
    material or supplier's product that stands for it ("" = none, or nothing does).

    English: `name_en`; else the own name if it has Latin and Greek letters only; else the stand-in,
    under the same condition; else the id. So a Chinese character stands in an English name only
    where the file has it in `name_en`.
    Chinese: `name_zh`; else the own name if it has a Chinese character; else the stand-in, under
    the same condition; else the own name.
    """
    mark = line.id if is_read_in_english(line.id) else f"row-{line.row}"
    english = line.name_en or next(
        (one for one in (line.name, stand_in_en) if is_read_in_english(one)), mark
    )
    chinese = line.name_zh or next(
        (one for one in (line.name, stand_in_zh) if has_han(one)), line.name
    )
    return ShownName(*map(printable_line, (english, chinese, mark, line.id)))


def shown_names(
    contributions: Iterable[Contribution], bom: Bom, inventory: CompiledInventory
) -> dict[tuple[int, str], ShownName]:
    """The names of all lines that contribute, by row and id."""
    stands: dict[tuple[int, str], Contribution | None] = {}
    for item in contributions:
        # The lorry that brings a line is not what the line is.
        own = None if item.matched_by == "transport-mode" else item
        if stands.get((item.row, item.line)) is None:
            stands[item.row, item.line] = own
    found = {
        key: shown_name(line, *_stand_in(stands[key], bom, inventory))
        for line in bom.lines
        if (key := (line.row, line.id)) in stands
    }
    # Of one id too: their rows tell them apart.
    english = Counter((one.en, one.mark_en) for one in found.values())
    chinese = Counter((one.zh, one.mark_zh) for one in found.values())
    return {
        (row, name): replace(
            one,
            mark_en=f"row-{row}" if english[one.en, one.mark_en] > 1 else one.mark_en,
            mark_zh=f"row-{row}" if chinese[one.zh, one.mark_zh] > 1 else one.mark_zh,
        )
        for (row, name), one in found.items()
    }


def _stand_in(item: Contribution | None, bom: Bom, inventory: CompiledInventory) -> tuple[str, str]:
    """The English and Chinese name of what stands for a line, of which `item` is a contribution."""
    if item is None:
        return "", ""
    name = item.quantity_of[2]
    if item.matched_by == "supplier":
        product = next((one.product for one in bom.suppliers if one.id == item.dataset), "")
        return product, product
    if item.matched_by == "substance":
        names = inventory.substances[name].names
        return names[0], names[1]
    if item.matched_by == "screening":
        known = materials().classes[name.removeprefix(PREFIX)]
        return known.name_en, known.name_zh
    entry = inventory.datasets.get(name)
    return (entry.name_en, entry.name_zh) if entry else ("", "")


def names_apart(names: Sequence[ShownName], language: Literal["en", "zh"]) -> tuple[str, ...]:
    """The names in a language, with the mark behind each that stands there more than once."""
    often = Counter(one.of(language) for one in names)
    return tuple(
        f"{text} ({one.mark(language)})" if often[text := one.of(language)] > 1 else text
        for one in names
    )
