"""A strict check of an exchanged document in any of the forms that are known here."""

from __future__ import annotations

from typing import Any

from footprint.exchange.catena_x_check import catena_x_spec, check_catena_x
from footprint.exchange.exact_json import read_exactly
from footprint.exchange.faults import NOT_A_DOCUMENT, REMARK
from footprint.faults import Problem, Where
from footprint.printable import unprintable_in
from footprint.supplier.read import MAX_BYTES


def check_exchanged(data: bytes, file: str) -> list[Problem]:
    """All that is wrong or remarkable in a file of a form that is known here."""
    where = Where(file)
    if len(data) > MAX_BYTES:
        message = f"{len(data):,} bytes; the limit is {MAX_BYTES:,}"
        return [NOT_A_DOCUMENT.at(where, message)]
    try:
        document: Any = read_exactly(data)
        found = unprintable_in(document)
    except (ValueError, RecursionError) as error:
        return [NOT_A_DOCUMENT.at(where, f"it is not sound JSON: {str(error)[:120]}")]
    if found:
        message = f"{found[0]} holds the control character {found[1]}"
        return [NOT_A_DOCUMENT.at(where, message)]
    if catena_x_spec(document) is None:
        hint = "Give a Catena-X PCF; PACT documents are checked by: footprint pact check"
        return [NOT_A_DOCUMENT.at(where, "it is of no form that is checked here", hint)]
    return check_catena_x(document, file)


def is_exchange_fault(problem: Problem) -> bool:
    """Whether a finding makes the document wrong; the others are remarks."""
    return problem.code != REMARK.code
