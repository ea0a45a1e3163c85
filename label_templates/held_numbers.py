"""Numbers of a page stay on one line with their per cent sign: `98.7 %`."""

from __future__ import annotations

import re

#: A blank between a digit and the sign, in text: behind it comes a tag's `<`, not its `>`.
#: What is sent back or copied (fields, code, choices) stays as it is.
_BLANK = re.compile(r"(?<=\d) (?=%[^<>]*<(?!/(?:textarea|pre|code|option|script|style|title)\b))")


def held_together(page: str) -> str:
    """A page of HTML whose numbers do not part from their signs at the end of a line."""
    return _BLANK.sub("\u00a0", page)
