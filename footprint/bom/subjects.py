"""What a subject other than a product has to say of itself and of each of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from footprint.bom import faults
from footprint.faults import Problem, Where
from footprint.values.groups import ACTIVITIES, activity_of, scope_of
from footprint.values.line import Line
from footprint.values.product import DeclaredUnit, Product

_WHOLE = DeclaredUnit(1.0, "piece")
_ACCEPTED = {
    "organisation": "1, 2, 3, or 3.1 to 3.15 for a category of scope 3",
    "event": ", ".join(ACTIVITIES),
}


def subject_problems(product: Product, where: Where) -> Iterator[Problem]:
    """What an organisation or an event lacks: a period, a boundary; it is counted as a whole."""
    subject = product.subject
    if subject == "product":
        for name in ("subject_boundary", "energy_certificates"):
            if getattr(product, name):
                hint = "For an organisation or event write # subject: organisation, or event."
                message = f"a product has no {name}"
                yield faults.BAD_SUBJECT.at(where._replace(column=name), message, hint)
        return
    if product.period_start is None:
        hint = "Add a row: # reference_period: 2025, or 2025-06-01/2025-06-03"
        message = f"the {subject} has no period"
        yield faults.BAD_SUBJECT.at(where._replace(column="reference_period"), message, hint)
    if not product.subject_boundary:
        hint = "Add a row: # subject_boundary: what is counted, and what is not"
        message = f"the {subject} has no boundary"
        yield faults.BAD_SUBJECT.at(where._replace(column="subject_boundary"), message, hint)
    if product.declared_unit != _WHOLE:
        hint = "Leave declared_unit out, or write 1 piece: the whole."
        message = f"the {subject} is declared per {product.declared_unit}, not as a whole"
        yield faults.BAD_SUBJECT.at(where._replace(column="declared_unit"), message, hint)


def grouped(
    lines: list[Line], product: Product, file: str
) -> tuple[list[Line], list[Problem], list[Problem]]:
    """The lines with the group that each names, what refuses them, and what was not used.

    An assembly passes no group on: each line that counts says its own (BOM-049). Lines of a product
    have no group; a column with such a heading is said not to be used.
    """
    if product.subject == "product":
        return _of_product(lines, file)
    parents = {line.parent for line in lines if line.parent}
    read = scope_of if product.subject == "organisation" else activity_of
    found, problems = [], []
    for line in lines:
        group = read(line.group) if line.group else None
        if group is None and not (line.id in parents and not line.group):
            accepted = _ACCEPTED[product.subject]
            message = (
                f"{line.group!r} is not understood" if line.group else f"{line.name!r} names none"
            )
            problems.append(
                faults.BAD_GROUP.at(Where(file, line.row, "group"), message, f"Write {accepted}.")
            )
        found.append(replace(line, group=group or ""))
    return found, problems, []


def _of_product(lines: list[Line], file: str) -> tuple[list[Line], list[Problem], list[Problem]]:
    first = next((line for line in lines if line.group), None)
    if first is None:
        return lines, [], []
    message = "a product has no scopes or activities, so the column was not used"
    hint = "For an organisation or event write # subject: organisation, or event."
    noted = faults.UNKNOWN_COLUMN.at(Where(file, first.row, "group"), message, hint)
    return [replace(line, group="") if line.group else line for line in lines], [], [noted]
