"""Numbers of a text stay on one line with their per cent sign: `98.7 %`; and days on one line."""

from __future__ import annotations

import re

#: What is sent back or copied stays as it is: fields, code, choices.
_KEPT = "textarea|pre|code|option|script|style|title"
#: A blank between a digit and the sign, in text: behind it comes a tag's `<`, not its `>`. Both
#: patterns look back at their end: begun with what is searched for, they take a quarter of the time
#: (0.8 ms of a page of 39 kB, and not 3.1).
_BLANK = re.compile(rf" %(?<=\d %)(?=[^<>]*<(?!/(?:{_KEPT})\b))")
#: A day in text that is not of a picture, which has no such tags. Browsers part it at its hyphens.
_DAY = re.compile(
    r"\d{4}-\d\d-\d\d(?<![\w-]\d{4}-\d\d-\d\d)(?![\w-])"
    rf"(?=[^<>]*<(?!/(?:{_KEPT}|desc|text|tspan)\b|tspan\b))"
)


def held_together(page: str) -> str:
    """A page of HTML whose numbers do not part from their signs at the end of a line, nor the parts
    of a day from each other. Its style keeps the class `day` on one line."""
    return _DAY.sub(lambda found: held_day(found[0]), _BLANK.sub("\u00a0%", page))


def held_day(day: str) -> str:
    """A day as `held_together` writes it."""
    return f'<span class="day">{day}</span>'


def held_text(text: str) -> str:
    """A text for a typesetter whose numbers do not part from their signs."""
    return re.sub(r"(?<=\d) (?=%)", "\u00a0", text)
