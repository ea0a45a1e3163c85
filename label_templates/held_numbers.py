"""Numbers of a text stay on one line with their per cent sign: `98.7 %`; and days on one line."""

from __future__ import annotations

import re

#: What is sent back or copied stays as it is: fields, code, choices.
_KEPT = "textarea|pre|code|option|script|style|title"
#: A blank between a digit and the sign, in text: behind it comes a tag's `<`, not its `>`. Both
#: patterns begin with a character to search for, and look back at their end: begun with a class,
#: they are tried at each place of the page (a blank 3.1 ms of 39 kB, and not 0.8).
_BLANK = re.compile(rf" %(?<=\d %)(?=[^<>]*<(?!/(?:{_KEPT})\b))")
#: Month and day of a date in text that is not of a picture, which has no such tags. Browsers part
#: it at its hyphens. Begun with its year, it took 4 ms of a page of 250 kB, and not 0.2.
_DAY = re.compile(
    r"-\d\d-\d\d(?<=\d{4}-\d\d-\d\d)(?<![\w-]\d{4}-\d\d-\d\d)(?![\w-])"
    rf"(?=[^<>]*<(?!/(?:{_KEPT}|desc|text|tspan)\b|tspan\b))"
)
_YEAR = len("2026")


def held_together(page: str) -> str:
    """A page of HTML whose numbers do not part from their signs at the end of a line, nor the parts
    of a day from each other. Its style keeps the class `day` on one line."""
    parts, end = [], 0
    for found in _DAY.finditer(page):
        begin = found.start() - _YEAR
        parts += [page[end:begin], held_day(page[begin : found.end()])]
        end = found.end()
    return _BLANK.sub("\u00a0%", "".join([*parts, page[end:]]))


def held_day(day: str) -> str:
    """A day as `held_together` writes it."""
    return f'<span class="day">{day}</span>'


def held_text(text: str) -> str:
    """A text for a typesetter whose numbers do not part from their signs."""
    return re.sub(r"(?<=\d) (?=%)", "\u00a0", text)
