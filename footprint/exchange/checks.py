"""A strict check of an exchanged document in any of the forms that are known here."""

from __future__ import annotations

from typing import Any

from footprint.exchange.catena_x_check import catena_x_spec, check_catena_x
from footprint.exchange.exact_json import read_exactly
from footprint.exchange.faults import NOT_A_DOCUMENT, REMARK
from footprint.exchange.ilcd_json import is_ilcd_json
from footprint.exchange.open_epd_read import is_open_epd
from footprint.exchange.read import MAX_DOCUMENT, is_xml_or_zip, read_supplier_document
from footprint.exchange.untp_check import check_passport
from footprint.exchange.untp_read import is_passport, passport_of_token
from footprint.faults import InputRefused, Problem, Where
from footprint.printable import unprintable_in


def check_exchanged(data: bytes, file: str) -> list[Problem]:
    """All that is wrong or remarkable in a file of a form that is known here.

    Raises `ModuleNotFoundError` for openEPD where its package is not installed.
    """
    where = Where(file)
    if len(data) > MAX_DOCUMENT:
        message = f"{len(data):,} bytes; the limit is {MAX_DOCUMENT:,}"
        return [NOT_A_DOCUMENT.at(where, message)]
    if is_xml_or_zip(data):
        return _read(data, file)
    token = passport_of_token(data)
    if token is not None:
        return check_passport(token, data, file)
    try:
        document: Any = read_exactly(data)
        found = unprintable_in(document)
    except (ValueError, RecursionError) as error:
        return [NOT_A_DOCUMENT.at(where, f"it is not sound JSON: {str(error)[:120]}")]
    if found:
        message = f"{found[0]} holds the control character {found[1]}"
        return [NOT_A_DOCUMENT.at(where, message)]
    if is_passport(document):
        return check_passport(document, data, file)
    if catena_x_spec(document) is not None:
        return check_catena_x(document, file)
    if is_open_epd(document):
        from footprint.exchange.open_epd_write import package_findings

        return package_findings(document, file) or _read(data, file)
    if is_ilcd_json(document):
        return _read(data, file)
    hint = "PACT documents are checked by: footprint pact check"
    return [NOT_A_DOCUMENT.at(where, "it is of no form that is checked here", hint)]


def _read(data: bytes, file: str) -> list[Problem]:
    """What keeps a document from being read; what it leaves open about its mass is a remark."""
    try:
        found = read_supplier_document(data, file, Where(file))
    except InputRefused as refused:
        return list(refused.problems)
    return [REMARK.at(Where(file), found.question)] if found.question else []


def is_exchange_fault(problem: Problem) -> bool:
    """Whether a finding makes the document wrong; the others are remarks."""
    return problem.code != REMARK.code
