"""Numbers as files write them: finite, or a problem. A number that cannot be read is never zero."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.formula import FormulaError, Parameters, formula_value
from footprint.importers.report import Log

#: A formula and the amount stored beside it differ if they do so by more than this share: files
#: write their amounts with seven digits and more.
_SAME = 1e-6


def figure(value: Any, log: Log, where: Where) -> float:
    """A finite number; NaN and a problem (IMP-015) if there is none.

    The NaN goes nowhere: the import is refused when everything has been read.
    """
    number = optional_figure(value)
    if number is None:
        log.refuse(faults.BAD_AMOUNT, where, *no_number(value))
        return math.nan
    return number


def no_number(value: Any) -> tuple[str, str]:
    """What to say of a value that should be a number: message and hint."""
    if value in (None, ""):
        return "no amount", ""
    if is_cell_formula(value):
        message = f"the cell holds the formula {str(value)[:60]!r} without a stored value"
        return message, "Open the workbook in a spreadsheet program and save it."
    return f"{str(value)[:60]!r} is no finite number", ""


def is_cell_formula(value: Any) -> bool:
    """Whether a cell holds a formula whose value no spreadsheet program has stored."""
    return isinstance(value, str) and value.startswith("=")


def figure_or_formula(
    value: Any, formula: str, parameters: Parameters, log: Log, where: Where
) -> float:
    """The value of the formula where there is one, otherwise the stored number.

    The tools that write both calculate with the formula. Where the two differ, or the formula
    cannot be evaluated and the number stands in, it is noticed (IMP-117); NaN and a problem
    (IMP-015, IMP-016) if there is neither.
    """
    stored = optional_figure(value)
    if not formula or (stored is None and value not in (None, "")):
        return figure(value, log, where)
    try:
        evaluated = formula_value(formula, parameters)
    except FormulaError as error:
        message = f"{formula[:60]!r} is not evaluated: {error}"
        if stored is None:
            log.refuse(faults.BAD_FORMULA, where, message, "Export it again with its numbers.")
            return math.nan
        log.note(faults.FORMULA_DIFFERS, where, f"{message}; the stored {stored:g} counts")
        return stored
    if stored is not None and not math.isclose(stored, evaluated, rel_tol=_SAME):
        message = f"{formula[:60]!r} is {evaluated:g}, not the stored {stored:g}: it counts"
        log.note(faults.FORMULA_DIFFERS, where, message)
    return evaluated


class Once:
    """A parameter stands once in its scope, or each time with the same value (else IMP-016)."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._known: dict[str, object] = {}

    def check(self, name: str, value: object, where: Where) -> None:
        """Note the value of a parameter; a problem if it has another one."""
        if self._known.setdefault(name.casefold(), value) != value:
            message = f"parameter {name[:60]!r} stands twice, with different values"
            self._log.refuse(faults.BAD_FORMULA, where, message, "Leave one of them out.")


def parameters_of(
    given: Iterable[tuple[str, Any, str]], outer: Parameters, log: Log, where: Where
) -> Parameters:
    """A scope of parameters inside another, from (name, stored value, formula) each.

    A formula counts before the value stored beside it, as the tools do that write both; where it
    differs or is not evaluated, it is noticed (IMP-117).
    """
    rows = [(name, optional_figure(value), formula) for name, value, formula in given if name]
    once = Once(log)
    for name, stored, formula in rows:
        once.check(name, formula or stored, Where(where.file, where.row, name[:80]))
    scope = outer.below({n: f or ("" if v is None else v) for n, v, f in rows})
    settled: dict[str, float | str] = {}
    for name, stored, formula in rows:
        settled[name] = formula if stored is None else stored
        if formula and stored is not None:
            at = Where(where.file, where.row, name[:80])
            settled[name] = _settled(name, stored, scope, log, at)
    return outer.below(settled)


def _settled(name: str, stored: float, scope: Parameters, log: Log, where: Where) -> float:
    try:
        value = scope.value(name)
    except FormulaError as error:
        message = f"parameter {name[:60]!r}: {error}; the stored {stored:g} counts"
        log.note(faults.FORMULA_DIFFERS, where, message)
        return stored
    if not math.isclose(stored, value, rel_tol=_SAME):
        message = f"parameter {name[:60]!r} is {value:g}, not the stored {stored:g}: it counts"
        log.note(faults.FORMULA_DIFFERS, where, message)
    return value


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
