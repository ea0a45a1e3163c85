"""What to do about what is wrong in a row of a catalogue."""

from __future__ import annotations

from footprint.bom import faults as bom_faults
from footprint.catalogue import faults
from footprint.faults import Problem

_ABOVE_ZERO = "Write a number above zero, or leave the cell empty."
#: By code and column, and by code alone.
_ADVICE = {
    (bom_faults.MISSING_VALUE.code, "quantity"): (
        "Write the quantity, 0 if the line does not belong to the product."
    ),
    (bom_faults.MISSING_VALUE.code, "name"): "Write what the line is.",
    (bom_faults.MISSING_VALUE.code, "unit"): "Write the unit, such as kg or piece.",
    (bom_faults.MISSING_VALUE.code, "product"): "Write the product on each of its lines.",
    (bom_faults.NOT_A_NUMBER.code, ""): "Write a number, with its unit in the unit column.",
    (bom_faults.NEGATIVE.code, "quantity"): (
        "Scrap goes into the column loss; waste is a line of its own with stage waste."
    ),
    (bom_faults.NEGATIVE.code, ""): _ABOVE_ZERO,
    (bom_faults.BAD_LOSS.code, ""): "Write 0.05 for five percent.",
    (bom_faults.UNKNOWN_UNIT.code, ""): (
        "Known units: kg, g, t, m, mm, m2, m3, l, ml, kWh, MJ, tce, tkm, piece, pair, set."
    ),
    (faults.FACTS.code, ""): "Write the same on all lines of the product, or leave it empty there.",
}


def advised(problem: Problem) -> Problem:
    """The problem with what to do, where it does not say it itself."""
    if problem.hint:
        return problem
    code, column = problem.code, problem.where.column or ""
    hint = _ADVICE.get((code, column)) or _ADVICE.get((code, ""), "")
    return problem._replace(hint=hint)
