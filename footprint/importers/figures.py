"""Numbers as files write them: finite, or a problem. A number that cannot be read is never zero."""

from __future__ import annotations

import math
from typing import Any

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.formula import FormulaError, Parameters, evaluate
from footprint.importers.report import Log


def figure(value: Any, log: Log, where: Where) -> float:
    """A finite number; NaN and a problem (IMP-015) if there is none.

    The NaN goes nowhere: the import is refused when everything has been read.
    """
    number = optional_figure(value)
    if number is None:
        shown = "no amount" if value in (None, "") else f"{str(value)[:60]!r} is no finite number"
        log.refuse(faults.BAD_AMOUNT, where, shown)
        return math.nan
    return number


def figure_or_formula(
    value: Any, formula: str, parameters: Parameters, log: Log, where: Where
) -> float:
    """The stored number, or the value of the formula where only that is given.

    NaN and a problem (IMP-015, IMP-016) if there is neither.
    """
    if value not in (None, "") or not formula:
        return figure(value, log, where)
    try:
        return evaluate(formula, parameters)
    except FormulaError as error:
        message = f"{formula[:60]!r} is not evaluated: {error}"
        log.refuse(faults.BAD_FORMULA, where, message, "Export it again with its numbers.")
        return math.nan


def optional_figure(value: Any) -> float | None:
    """A finite number, or None."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def year_of(*texts: Any) -> int | None:
    """The first year at the end or start of the texts, so the later of a span.

    2100 and 9999 stand for an open end in real files: what is not 1900 to 2050 is no year.
    """
    for text in texts:
        for part in (str(text or "").strip()[-4:], str(text or "").strip()[:4]):
            if part.isdigit() and 1900 <= int(part) <= 2050:
                return int(part)
    return None
