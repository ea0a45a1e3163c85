"""Serial numbers of carbon credits: which credits a block is, however its serial is written."""

from __future__ import annotations

from re import findall
from typing import NamedTuple
from unicodedata import normalize

#: Running numbers that a database can hold; registries use nine or ten digits.
_MOST_DIGITS = 18


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


def parsed_serial(serial: str, registry: str) -> SerialRange | None:
    """The credits that a serial names; None where it does not say first and last.

    Registries write the two numbers at the end (`ACR-US-192-2010-203-1-5000`, `... 1 to 29251`), or
    behind a leading batch number (`0001-000001-000100-VCS-VCU-...`):
    https://help.cloverly.com/knowledge/registry-serial-number-ranges
    """
    parts = _parts(serial)
    if len(parts) > 3 and all(map(str.isdecimal, parts[:3])) and not parts[3].isdecimal():
        series, numbers = [parts[0], *parts[3:]], parts[1:3]
    elif parts[-2:-1] == ["to"]:
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
    return SerialRange(plain_name(registry), "-".join(series), first, last)


def plain_name(text: str) -> str:
    """A name without case, punctuation and leading zeros: `VCS-001` and `vcs 1` are one, while
    `VCS-1-23` and `VCS-12-3` are two."""
    return "-".join(_parts(text))


def _parts(text: str) -> list[str]:
    parts = findall(r"\d+|[^\W\d_]+", normalize("NFKC", text).casefold())
    return [_number(part) if part.isdecimal() else part for part in parts]


def _number(digits: str) -> str:
    """Decimal digits of any script as ASCII, without leading zeros."""
    return "".join(str(int(each)) for each in digits).lstrip("0") or "0"
