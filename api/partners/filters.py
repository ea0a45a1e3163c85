"""What a buyer asks for: the eight filters of PACT v3, from a query or from an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

#: Filters by text, and those by a point in time. Source: PACT Technical Specifications v3.0.3,
#: ListFootprints and RequestCreatedEvent.
TEXTS = {
    "productId": "products",
    "companyId": "companies",
    "geography": "geographies",
    "classification": "classifications",
    "status": "statuses",
}
TIMES = {"validOn": "valid_on", "validAfter": "valid_after", "validBefore": "valid_before"}
#: Longest value and largest number of values that are looked at; a catalogue's URNs are shorter.
MAX_LENGTH, MAX_VALUES = 500, 100


class FilterError(ValueError):
    """A filter cannot be understood; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Footprints that are asked for. Criteria are joined by AND, values of one by OR; empty ones
    ask nothing. Texts are folded: they match whatever their case."""

    products: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    geographies: tuple[str, ...] = ()
    classifications: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    valid_on: datetime | None = None
    valid_after: datetime | None = None
    valid_before: datetime | None = None


def folded(text: str) -> str:
    """The text as it is compared: whatever the case, without blanks around it."""
    return text.strip().casefold()


def wanted_from_query(query: Sequence[tuple[str, str]]) -> Wanted:
    """The filters of a query, as (name, value) pairs; other parameters are none of ours.

    Raises FilterError for a time that is none, or more values than MAX_VALUES.
    """
    given: dict[str, list[str]] = {}
    for name, value in query:
        if (name in TEXTS or name in TIMES) and value.strip():
            given.setdefault(name, []).append(value)
    return _wanted(given)


def wanted_from_event(data: Mapping[str, Any]) -> Wanted:
    """The filters in the `data` of a request event; each a text, or a list of texts.

    Raises FilterError as `wanted_from_query` does, and for values that are no texts.
    """
    given: dict[str, list[str]] = {}
    for name in (*TEXTS, *TIMES):
        value = data.get(name)
        values = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(one, str) for one in values):
            raise FilterError(f"{name} holds something else than texts")
        given[name] = [one for one in values if one.strip()]
    return _wanted(given)


def _wanted(given: Mapping[str, list[str]]) -> Wanted:
    for name, values in given.items():
        if len(values) > MAX_VALUES or any(len(value) > MAX_LENGTH for value in values):
            limit = f"at most {MAX_VALUES} values of {MAX_LENGTH} characters"
            raise FilterError(f"{name} holds too much: {limit}")
    texts = {
        field: tuple(dict.fromkeys(folded(one) for one in given.get(name, ())))
        for name, field in TEXTS.items()
    }
    times = {field: _moment(name, given.get(name, ())) for name, field in TIMES.items()}
    return Wanted(**texts, **times)  # type: ignore[arg-type]  # by name: texts and times


def _moment(name: str, values: Sequence[str]) -> datetime | None:
    if not values:
        return None
    if len(values) > 1:
        raise FilterError(f"{name} is given {len(values)} times; it takes one time")
    # Where a client does not encode it, the plus of an offset arrives as a blank.
    text = values[0].strip().upper().replace(" ", "+" if "T" in values[0].upper() else " ")
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None or "T" not in text:
            raise ValueError
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        says = "is no date and time with an offset, such as 2026-01-01T00:00:00Z"
        raise FilterError(f"{name} {says}") from None
