"""Version 2.3 of the protocol beside version 3: its documents and its events, in and out.

Source: PACT Technical Specifications v2.3.3 (WBCSD, 2025-12-11), HTTP REST API; in our own words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from api.partners.dialect import Dialect
from api.partners.events import EventError, event_in
from api.partners.model import CREATED, FULFILLED, PUBLISHED, REJECTED, SECOND_PREFIX
from footprint.canonical import canonical_json
from footprint.exchange.version_two import version_two
from footprint.faults import InputRefused

_FULFILLED = f"{SECOND_PREFIX}ProductFootprintRequest.Fulfilled.v1"
_REJECTED = f"{SECOND_PREFIX}ProductFootprintRequest.Rejected.v1"
_TYPES = {
    f"{SECOND_PREFIX}ProductFootprintRequest.Created.v1": CREATED,
    _FULFILLED: FULFILLED,
    _REJECTED: REJECTED,
    f"{SECOND_PREFIX}ProductFootprint.Published.v1": PUBLISHED,
}
_PLACES = ("geographyCountrySubdivision", "geographyCountry", "geographyRegionOrSubregion")


def second_document(document: str) -> dict[str, Any] | None:
    """A published document in version 2.3; None for one that has no place there."""
    try:
        return version_two(json.loads(document))
    except InputRefused:
        return None


def second_text(document: str) -> tuple[str, str]:
    """A published document in version 2.3 as it is sent, or empty and why there is none."""
    try:
        return canonical_json(version_two(json.loads(document))).decode(), ""
    except InputRefused as refused:
        return "", refused.problems[0].message


def _second_event(body: bytes) -> dict[str, Any]:
    """The event in a body, as version 3 would say it. Raises EventError for what is none."""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        raise EventError("the body is no JSON") from None
    if not isinstance(event, dict) or event.get("type") not in _TYPES:
        raise EventError(f"type is none of {', '.join(_TYPES)}")
    kind = _TYPES[event["type"]]
    data = event.get("data")
    if kind == CREATED and isinstance(data, dict):
        event = event | {"data": _wanted(data)}
    return event_in(json.dumps(event | {"type": kind}).encode())


def _wanted(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a fragment of a footprint asks for, as filters: ids of products and companies, and the
    place. Raises EventError for a fragment that is none."""
    fragment = data.get("pf")
    if not isinstance(fragment, dict):
        raise EventError("data.pf is missing or no object")
    pcf = fragment.get("pcf")
    pcf = pcf if isinstance(pcf, dict) else {}
    found = {
        "productId": fragment.get("productIds"),
        "companyId": fragment.get("companyIds"),
        "classification": fragment.get("productClassifications"),
        "geography": next((pcf[one] for one in _PLACES if pcf.get(one)), None),
        "comment": data.get("comment"),
    }
    return {name: value for name, value in found.items() if value is not None}


SECOND = Dialect(_second_event, _FULFILLED, _REJECTED, "NoSuchFootprint", second_document)
