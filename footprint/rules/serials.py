"""Serial numbers of carbon credits: which credits a block is, however its serial is written."""

from __future__ import annotations

import re
from typing import NamedTuple

from footprint.rules.registries import Registry, plain_letters, registries, registry_of

#: Running numbers that a database can hold; registries use nine or ten digits.
_MOST_DIGITS = 18
#: What stands for a registry that is not in the list: none of its credits is told from another's.
UNKNOWN = "unknown"
#: What stands between the first and the last number, and beside either in Chinese and Japanese.
_TO = frozenset(("to", "until", "through", "至", "到", "から"))
_COUNTERS = frozenset("第号號")
#: Letters that are written for digits, in a piece that has a digit and no other letters.
_FOR_DIGITS = str.maketrans("oil", "011")


class SerialRange(NamedTuple):
    """Credits `first` to `last` (both counted) of a series, however registry and series are spelt:
    within one registry and series a number is one credit."""

    registry: str
    series: str
    first: int
    last: int

    @property
    def tonnes(self) -> int:
        return self.last - self.first + 1

    def common(self, other: SerialRange) -> tuple[int, int] | None:
        """The first and the last credit that are in both; None if none is."""
        if self[:2] != other[:2] or self.first > other.last or other.first > self.last:
            return None
        return max(self.first, other.first), min(self.last, other.last)


def parsed_serial(serial: str, registry: str) -> SerialRange | None:
    """The credits that a serial names; None where it does not say first and last, or names another
    registry than `registry`.

    Registries write the two numbers at the end (`ACR-US-192-2010-203-1-5000`, `... 1 to 29251`), or
    behind a leading batch number (`0001-000001-000100-VCS-VCU-...`); people also `1 至 29251` or
    `第1号至第29251号`:
    https://help.cloverly.com/knowledge/registry-serial-number-ranges
    """
    parts = _parts(serial)
    known = registry_of(registry)
    if known is not None and _whose(parts) not in {None, known.id}:
        return None
    leading = len(parts) > 3 and all(map(str.isdecimal, parts[:3])) and not parts[3].isdecimal()
    if leading and (known is None or known.form == "leading"):
        series, numbers = [parts[0], *parts[3:]], parts[1:3]
    elif parts[-2:-1] and parts[-2] in _TO:
        series, numbers = parts[:-3], [*parts[-3:-2], parts[-1]]
    else:
        series, numbers = parts[:-2], parts[-2:]
    if not series or len(numbers) != 2 or not all(map(str.isdecimal, numbers)):
        return None
    if max(map(len, numbers)) > _MOST_DIGITS:
        return None
    first, last = map(int, numbers)
    if first > last:
        return None
    return SerialRange(registry_id(registry), "-".join(_telling(series, known)), first, last)


def registry_id(name: str) -> str:
    """The id of a registry, however it is spelt; `unknown` for one that is not in the list."""
    known = registry_of(name)
    return UNKNOWN if known is None else known.id


def series_id(series: str, registry: str) -> str:
    """A series of a registry, however it is spelt. What only says whose it is, is left out."""
    return "-".join(_telling(_parts(series), registry_of(registry)))


def plain_serial(text: str) -> str:
    """A name without case, punctuation and leading zeros: `VCS-001` and `vcs 1` are one, while
    `VCS-1-23` and `VCS-12-3` are two."""
    return "-".join(_parts(text))


def _telling(parts: list[str], known: Registry | None) -> list[str]:
    """The pieces of a series without the prefixes of its registry, which some leave out."""
    return [part for part in parts if known is None or part not in known.prefixes]


def _whose(parts: list[str]) -> str | None:
    """The registry that a serial names itself, in the first of its pieces that is no number."""
    first = next((part for part in parts if not part.isdecimal()), "")
    return next((name for name, known in registries().items() if first in known.prefixes), None)


def _parts(text: str) -> list[str]:
    pieces = re.findall(r"[^\W_]+", plain_letters(text))
    parts = [part for piece in pieces for part in re.findall(r"\d+|[^\d]+", _as_digits(piece))]
    bare = ["".join(char for char in part if char not in _COUNTERS) for part in parts]
    return [_number(part) if part.isdecimal() else part for part in bare if part]


def _as_digits(piece: str) -> str:
    """`OO1` as `001`: a letter that looks like a digit, among digits."""
    if re.fullmatch(r"[\doil]*\d[\doil]*", piece):
        return piece.translate(_FOR_DIGITS)
    return piece


def _number(digits: str) -> str:
    """Decimal digits of any script as ASCII, without leading zeros."""
    return "".join(str(int(each)) for each in digits).lstrip("0") or "0"
