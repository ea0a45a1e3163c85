"""An event as it arrives: read strictly, and what it asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from api.partners.filters import FilterError, Wanted, folded, wanted_from_event
from api.partners.host import ACTIVE
from api.partners.model import CREATED, FULFILLED, PUBLISHED, REJECTED
from footprint.pact.model import moment_of
from footprint.printable import unprintable

_URI_REFERENCE = re.compile(r"[^\s<>\"{}|\\^`]+")
#: Members that are texts, and how long they may be.
_TEXTS = {"type": 200, "specversion": 10, "id": 500, "source": 2_000, "time": 40}


class EventError(ValueError):
    """An event cannot be taken; the text says why."""


def event_in(body: bytes) -> dict[str, Any]:
    """The event in a body. Raises EventError for what is none of the protocol."""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        raise EventError("the body is no JSON") from None
    if not isinstance(event, dict):
        raise EventError("the body is no JSON object")
    for name, most in _TEXTS.items():
        _check_text(event, name, most)
    _check_form(event)
    if not isinstance(event.get("data"), dict):
        raise EventError("data is missing or no object")
    return event


def wanted_by(event: Mapping[str, Any]) -> Wanted | None:
    """Which footprints an event asks for; None for one that asks for none.

    Raises EventError for data that its type does not have.
    """
    return _HANDLERS[event["type"]](event["data"])


def _check_text(event: Mapping[str, Any], name: str, most: int) -> None:
    value = event.get(name)
    if not isinstance(value, str) or not value:
        raise EventError(f"{name} is missing or no text")
    if len(value) > most:
        raise EventError(f"{name} is longer than {most} characters")
    character = unprintable(value)
    if character:
        raise EventError(f"{name} holds the control character {character}")


def _check_form(event: Mapping[str, Any]) -> None:
    if event["type"] not in _HANDLERS:
        raise EventError(f"type is none of {', '.join(_HANDLERS)}")
    if event["specversion"] != "1.0":
        raise EventError('specversion is not "1.0"')
    if not _URI_REFERENCE.fullmatch(event["source"]):
        raise EventError("source is no URI reference")
    try:
        moment_of(event["time"])
    except ValueError:
        raise EventError("time is no date and time") from None


def _request(data: Mapping[str, Any]) -> Wanted:
    try:
        wanted = wanted_from_event(data)
    except FilterError as error:
        raise EventError(str(error)) from None
    # A buyer who does not ask for what is deprecated wants what counts today.
    return wanted if wanted.statuses else replace(wanted, statuses=(folded(ACTIVE),))


def _fulfilled(data: Mapping[str, Any]) -> None:
    _request_id(data)
    documents = data.get("pfs")
    if not isinstance(documents, list) or not documents:
        raise EventError("data.pfs is missing or empty")
    for document in documents:
        if not isinstance(document, dict) or not _is_uuid(document.get("id")):
            raise EventError("data.pfs holds something that is no footprint with an id")


def _rejected(data: Mapping[str, Any]) -> None:
    _request_id(data)
    error = data.get("error")
    if not isinstance(error, dict) or not isinstance(error.get("code"), str):
        raise EventError("data.error is missing, or has no code")


def _published(data: Mapping[str, Any]) -> None:
    ids = data.get("pfIds")
    if not isinstance(ids, list) or not ids or not all(map(_is_uuid, ids)):
        raise EventError("data.pfIds is missing or empty, or holds something that is no UUID")


def _request_id(data: Mapping[str, Any]) -> None:
    if not isinstance(data.get("requestEventId"), str) or not data["requestEventId"]:
        raise EventError("data.requestEventId is missing or no text")


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        return False


_HANDLERS: dict[str, Callable[[Mapping[str, Any]], Wanted | None]] = {
    CREATED: _request,
    FULFILLED: _fulfilled,
    REJECTED: _rejected,
    PUBLISHED: _published,
}
