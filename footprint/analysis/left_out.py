"""The lines that a total lacks, by the stage of life that each of them would have counted in."""

from __future__ import annotations

from footprint.engine import faults
from footprint.faults import Where
from footprint.values.bom import Bom
from footprint.values.line import STAGES
from footprint.values.result import Footprint

#: Stages to which something is brought; haulage to them is a stage of its own.
_ARRIVING = frozenset(("material", "packaging", "production"))


def left_out_by_stage(footprint: Footprint, bom: Bom) -> dict[str, int]:
    """How many lines something is left out of, by stage in the order of the stages.

    `bom` is what `footprint` was calculated from. A line whose haulage alone is left out (its mass
    is not known) counts in the stage of the haulage. Rows that are no lines (a quantity below zero)
    have no stage, and are not in it.
    """
    lines = {_place(bom.where(line)): line for line in bom.lines}
    derived = {(one.row, one.line): one.stage for one in footprint.derived_stages}
    found: dict[str, set[Where]] = {}
    for problem in footprint.warnings:
        line = lines.get(_place(problem.where)) if problem.code == faults.GAP.code else None
        if line is not None:
            stage = _stage(problem.where, derived.get((line.row, line.id), line.stage))
            found.setdefault(stage, set()).add(_place(problem.where))
    return {stage: len(found[stage]) for stage in STAGES if stage in found}


def _place(where: Where) -> Where:
    """The line that a place is in: a row of a table in any column, or a flow of site data."""
    return where if where.row is None else where._replace(column=None)


def _stage(where: Where, own: str) -> str:
    haulage = where.row is not None and where.column == "transport"
    return "inbound_transport" if haulage and own in _ARRIVING else own
