"""What a certificate binds of the documents of exchange that belong to it.

Of a document counts what it says, not how it is laid out: its JSON with all digits, without the
moment at which it was written. So a copy that is written again next year is still the one that was
signed, and one with another last digit is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

from footprint.canonical import bytes_hash
from footprint.certificates.view import BoundDocument
from footprint.exchange.catena_x_write import catena_x_document
from footprint.exchange.exact_json import exact_bytes
from footprint.faults import InputRefused

PACT_FORM = "pact"
CATENA_FORMS = ("catena-x-9.0.0", "catena-x-7.0.0")
_WRITERS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    CATENA_FORMS[0]: lambda pact: catena_x_document(pact, "9.0.0"),
    CATENA_FORMS[1]: lambda pact: catena_x_document(pact, "7.0.0"),
}


def bound_documents(pact: Mapping[str, Any]) -> tuple[BoundDocument, ...]:
    """The hashes of a PACT document and of the forms that can be made from it.

    A form that has no place for the footprint is left out. An asset administration shell is bound
    by the PACT document in it, from which it is drawn again.
    """
    found = [BoundDocument(PACT_FORM, said_hash(pact))]
    for form, write in _WRITERS.items():
        try:
            found.append(BoundDocument(form, said_hash(write(pact))))
        except InputRefused:
            continue
    return tuple(found)


def said_hash(document: Mapping[str, Any]) -> str:
    """The content hash of what a document says: names in order, numbers with all their digits."""
    return bytes_hash(exact_bytes(_in_order(_undated(document))))


def form_of(document: Mapping[str, Any]) -> str:
    """Which of the bound forms a document has; empty for another."""
    if isinstance(document.get("pcf"), Mapping) and "productNameCompany" in document:
        is_seven = str(document.get("specVersion")).startswith("urn:")
        return CATENA_FORMS[1] if is_seven else PACT_FORM
    return CATENA_FORMS[0] if "scopeOfPcfForm" in document else ""


def _undated(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without the moment at which it was written."""
    found = deepcopy(dict(document))
    found.pop("created", None)
    if isinstance(found.get("pcfAssessmentAndMethodology"), list):
        for part in found["pcfAssessmentAndMethodology"]:
            for inside in part.get("pcfAssessmentInformation", ()):
                for time in inside.get("time", ()):
                    time.pop("created", None)
    return found


def _in_order(value: Any) -> Any:
    """Names in the order of their letters; a whole number is written in one way."""
    if isinstance(value, Mapping):
        return {name: _in_order(value[name]) for name in sorted(value)}
    if isinstance(value, list | tuple):
        return [_in_order(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value
