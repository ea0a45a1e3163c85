"""A strict check of a UNTP Digital Product Passport: its form, and what it says of emissions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from footprint.exchange import untp_terms as terms
from footprint.exchange.faults import NOT_A_DOCUMENT, REMARK
from footprint.exchange.form_problems import form_problem
from footprint.exchange.untp_models import UntpPassport
from footprint.exchange.untp_read import supplier_from_passport
from footprint.faults import InputRefused, Problem, Where


def check_passport(document: Mapping[str, Any], data: bytes, file: str) -> list[Problem]:
    """All that is wrong or remarkable in a passport that was read exactly from `data`."""
    if terms.UNTP_CONTEXTS[1] not in (document.get("@context") or ()):
        message = f"it is not of version {terms.UNTP_VERSION}; others are read, and not checked"
        return [NOT_A_DOCUMENT.at(Where(file, column="@context"), message)]
    return [*_form(document, file), *_read(document, data, file)]


def _form(document: Mapping[str, Any], file: str) -> Iterator[Problem]:
    try:
        model = UntpPassport.model_validate(document)
    except ValidationError as error:
        yield from (form_problem(one, file) for one in error.errors())
        return
    if not model.issuer.id.startswith("did:"):
        message = f"the issuer {model.issuer.id} is no DID; who signs it does so under his own"
        yield REMARK.at(Where(file, column="issuer.id"), message)


def _read(document: Mapping[str, Any], data: bytes, file: str) -> list[Problem]:
    try:
        supplier_from_passport(document, data, file, Where(file))
    except InputRefused as refused:
        return list(refused.problems)
    return []
