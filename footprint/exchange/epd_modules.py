"""Which numbers of an indicator make up A1 to A3: each module once, and no scenario.

EN 15804 lets A1, A2 and A3 be declared apart or together. Some data sets state both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from footprint.exchange.epd import EpdResult
from footprint.exchange.faults import MISSING_FACT, SUM
from footprint.faults import InputRefused, Where
from footprint.late_pattern import late_pattern
from footprint.supplier.numbers import rounding_of

_MODULE = late_pattern(r"A([1-3])(?:\s*[-–/+]\s*A?([1-3]))?(?:\s*[-–/+]\s*A?3)?", re.IGNORECASE)
#: Ways to make up the product stage, the whole before its parts.
_WAYS = (("13",), ("12", "33"), ("11", "23"), ("11", "22", "33"))
_MOST = Decimal("0.01")


def product_stage(
    results: Sequence[EpdResult], indicator: str, where: Where, accept: bool = False
) -> tuple[Decimal | None, str]:
    """The value of an indicator for A1 to A3, and what is to be told; None where it is not stated.

    Raises `InputRefused`: EXC-003 where modules or the scenario are open, EXC-102 where A1-A3 is
    stated beside A1, A2, A3 that make another sum, unless that is accepted.
    """
    found: dict[str, list[EpdResult]] = {}
    for one in results:
        key = _range(one.module)
        if one.indicator == indicator and key:
            found.setdefault(key, []).append(one)
    if not found:
        return None, ""
    sums = [
        sum((_only(found[key], where) for key in way), Decimal(0))
        for way in _WAYS
        if all(key in found for key in way)
    ]
    if not sums:
        stated = ", ".join(sorted({one.module for each in found.values() for one in each}))
        message = f"only {stated} are declared; A1, A2 and A3 are needed"
        raise MISSING_FACT.refuse(message, where)
    first, *others = sums
    texts = [f"{one.value:f}" for each in found.values() for one in each]
    rounding = min(rounding_of(*texts), _MOST * abs(first))
    off = next((one for one in others if abs(one - first) > rounding), None)
    if off is None:
        return first, ""
    message = f"A1-A3 is {first:f} kg CO2e, and A1, A2, A3 add up to {off:f}"
    if not accept:
        hint = f"Ask the supplier, or add a row # accept_stated_totals: {where.file}"
        raise InputRefused([SUM.at(where, message, hint)])
    return first, f"{message}; A1-A3 counts"


def _range(module: str) -> str:
    """`13` for A1-A3, `22` for A2; empty for a module of another stage."""
    match = _MODULE.fullmatch(module.strip())
    if match is None:
        return ""
    last = "3" if match[0].count("3") else (match[2] or match[1])
    return match[1] + last


def _only(results: Sequence[EpdResult], where: Where) -> Decimal:
    """The one value without a scenario, or the only one."""
    plain = [one for one in results if not one.scenario]
    chosen = plain or list(results)
    if len({one.value for one in chosen}) > 1:
        names = ", ".join(dict.fromkeys(one.scenario or "none" for one in chosen))
        message = (
            f"{chosen[0].module} has several values (scenarios: {names}); which counts is open"
        )
        raise MISSING_FACT.refuse(message, where, "Ask the supplier for one without scenarios.")
    return chosen[0].value
