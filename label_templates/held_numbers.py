"""Numbers of a page stay on one line with their sign or unit: `98.7 %`, `0.149 kg`."""

from __future__ import annotations

import re

#: A blank between a digit and what it counts, in text: behind it comes a tag's `<`, not its `>`.
#: What is sent back or copied (fields, code, choices) stays as it is.
_BLANK = re.compile(
    r"(?<=\d) (?=(?:%|kg\b|g\b|kWh\b|mm\b|千克|千瓦时|毫米)"
    r"[^<>]*<(?!/(?:textarea|pre|code|option|script|style|title)\b))"
)


def held_together(page: str) -> str:
    """A page of HTML whose numbers do not part from their signs at the end of a line."""
    return _BLANK.sub("\u00a0", page)
