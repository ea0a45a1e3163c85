"""The total of a draft as every page shows it: once, with its completeness."""

from __future__ import annotations

from dataclasses import dataclass

from api.console.figures import three
from api.language import Language
from footprint.drafts.covered import Covered, covered
from footprint.drafts.work import Work
from footprint.report.figures import counted_percent
from label_templates.console_pages import console_words
from label_templates.drawing.shapes import ACCENT, LINE, Box, Drawing, Outline, polyline
from label_templates.words import Words

_WIDTH, _HEIGHT = 240.0, 12.0
_LEAST_LEFT = 2.0


@dataclass(frozen=True, slots=True)
class TotalView:
    """`kg` is the total in three digits; `least` whether it is only the least that it can be.
    `covered` says in words how much is counted; `left` how many kinds of line are open; `bar` is
    the picture of it, `says` all of it in one sentence. `apart`: data cover less than that."""

    kg: str
    unit: str
    least: bool
    covered: str
    left: int
    bar: Drawing
    says: str
    apart: bool


def total_view(work: Work, language: Language) -> TotalView:
    """The total of a draft now."""
    words = console_words(language)
    made = work.footprint
    kg = three(made.total)
    unit = words.quantity(f"{made.declared_unit.amount:g}", made.declared_unit.unit)
    if made.declared_unit.amount == 1:
        unit = words.word("units", made.declared_unit.unit)
    least = made.completeness.word == "at least"
    found = covered(work)
    counted, left = covered_words(found, words), len(work.open)
    sentence = "total_least" if least else "total_complete"
    says = words.say(sentence, kg=kg, unit=unit, covered=counted, left=left)
    if left:
        says += words["space"] + words.say("left", left=left)
    title = words.say("bar_title")
    return TotalView(
        kg,
        unit,
        least,
        counted,
        left,
        covered_bar(found.share, title, says),
        says,
        data_lack(found),
    )


def covered_words(found: Covered, words: Words) -> str:
    """How much is counted, in words: of the mass with what data cover of it, else of the lines."""
    if not found.by_mass:
        return words.say("covered_lines", counted=found.counted, all=found.counted + found.open)
    counted, data = counted_percent(found.share).text, counted_percent(found.by_data).text
    if not data_lack(found):
        return words.say("covered_mass", share=counted)
    return words.say("covered_data", share=counted, data=data)


def data_lack(found: Covered) -> bool:
    """Whether data cover so much less than is counted that it can be read."""
    shown = (counted_percent(found.share).text, counted_percent(found.by_data).text)
    return found.by_mass and shown[0] != shown[1]


def covered_bar(share: float, title: str, says: str) -> Drawing:
    """What is counted as a full bar, what is not as a hatched one: never nothing."""
    edge = max(0.0, min(1.0, share)) * _WIDTH
    if share < 1:  # what is left of 99.9 % can still be seen
        edge = min(edge, _WIDTH - _LEAST_LEFT)
    boxes = [Box(0.5, 0.5, edge, _HEIGHT - 1, ACCENT)] if edge else []
    shapes: list[Outline] = []
    if edge < _WIDTH:
        boxes.append(Box(edge, 0.5, _WIDTH - edge - 0.5, _HEIGHT - 1, "none", LINE))
        x = edge + 4
        while x < _WIDTH - 2:
            shapes.append(Outline(polyline((x, _HEIGHT - 1), (x + 6, 1.0)), stroke=LINE))
            x += 8
    return Drawing("covered", _WIDTH, _HEIGHT, title, says, tuple(boxes), tuple(shapes), ())
