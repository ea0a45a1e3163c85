"""Number formats: which of them say something that the number itself does not.

The codes are those of ECMA-376 part 1, 18.8.30 and 18.8.31; XLS has the same, and the styles of
ODS are put into the same words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from footprint.late_pattern import late_pattern

#: The built-in formats (ECMA-376 part 1, 18.8.30) that say something, by number.
BUILT_IN = {9: "0%", 10: "0.00%", 49: "@"}

#: A piece of a format: quoted text, an escaped character, padding or filling, brackets, a sign.
_PIECE = late_pattern(r'"([^"]*)"|\\(.)|[_*].|\[([^\]]*)\]|(.)', re.DOTALL)
_DATE = late_pattern(r"[ymdhsYMDHS]|AM/PM", re.IGNORECASE)


def _pieces(section: str) -> list[tuple[str, str]]:
    """Pieces of a format as (kind, text): `text` that is shown as it stands, `sign` that is not."""
    pieces = []
    for quoted, escaped, bracket, sign in _PIECE.findall(section):
        if quoted or escaped:
            pieces.append(("text", quoted or escaped))
        elif bracket.startswith("$"):  # [$kg] or [$€-407]: a symbol, then a locale
            pieces.append(("text", bracket[1:].split("-")[0]))
        elif sign:
            pieces.append(("sign", sign))
    return pieces


@lru_cache(maxsize=4096)
def telling(code: str) -> str:
    """The format code if it holds a unit, a percent sign, a currency or the text mark; else ""."""
    if not code or code.casefold() == "general":
        return ""
    pieces = _pieces(code)
    signs = "".join(text for kind, text in pieces if kind == "sign").replace("General", "")
    shown = "".join(text for kind, text in pieces if kind == "text")
    if "%" in signs or code.strip() == "@":
        return code
    if _DATE.search(signs):
        return ""
    bare = re.sub(r"[\d#?.,;()+\-/Ee@\s]", "", signs)
    return code if re.sub(r"[\s.,;:()'+\-/]", "", shown + bare) else ""


@lru_cache(maxsize=4096)
def _mask(code: str) -> tuple[tuple[str, str], ...]:
    """The pieces of a format that pads with zeros and has no other sign, such as `00000`."""
    pieces = _pieces(code.partition(";")[0])
    signs = "".join(text for kind, text in pieces if kind == "sign")
    padded = len(re.findall("0", signs)) >= 2 and re.fullmatch(r"[0\-/ ]+", signs)
    return tuple(pieces) if padded else ()


def zero_padded(value: object, code: str) -> str | None:
    """The text of a number that a format such as `00000` or `000-00` shows with leading zeros.

    123 under `00000` is the part number 00123. None where the format is no such one, or the number
    is no whole one from zero.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    pieces = _mask(code)
    if not pieces or value < 0 or value != int(value):
        return None
    places = sum(1 for kind, text in pieces if (kind, text) == ("sign", "0"))
    digits = list(str(int(value)).rjust(places, "0"))
    shown: list[str] = []
    for at, (kind, text) in enumerate(pieces):
        if (kind, text) != ("sign", "0"):
            shown.append(text)
            continue
        left = sum(1 for piece in pieces[at + 1 :] if piece == ("sign", "0"))
        while len(digits) > left:
            shown.append(digits.pop(0))
    return "".join(shown)
