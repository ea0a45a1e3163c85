"""The supply of electricity that a contract names: datasets with shares that make the whole."""

from __future__ import annotations

import re
from decimal import Decimal

from footprint.late_pattern import late_pattern
from footprint.values.line import Supply

_PART = late_pattern(r"(?P<dataset>\S+)(?:\s+|\s*[:：]\s*)(?P<share>\d+(?:[.,]\d+)?)\s*[%％]")


def parse_contract(text: str) -> tuple[Supply, ...]:
    """`wind-id 60 %; grid-id 40 %`, or one dataset id for all of it, as supplies.

    Nothing is added silently: a rest without a contract has to be named with its dataset. Raises
    `ValueError` if a part is malformed, a share is zero, or the shares do not make exactly 100 %.
    """
    parts = [part.strip() for part in re.split(r"[;；\n+]", text) if part.strip()]
    if len(parts) == 1 and re.fullmatch(r"\S*[^\s%％]", parts[0]):
        return (Supply(parts[0], 1.0),)
    found = []
    total = Decimal(0)
    for part in parts:
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"{part!r} is not a dataset id and a percentage")
        percent = Decimal(match["share"].replace(",", "."))
        if not 0 < percent <= 100:
            raise ValueError(f"{part!r} is not above 0 and at most 100 %")
        total += percent
        found.append(Supply(match["dataset"].rstrip(":："), float(percent / 100)))
    if found and total != 100:
        raise ValueError(f"the shares add up to {total} %, not to 100 %")
    return tuple(found)
