"""Which two certificates are the same order: product, scheme, tier, and a period that overlaps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.certificates.lifecycle import KeptStatus
from footprint.certificates.same_order import (
    OrderedThing,
    holds_the_place,
    same_order,
    thing_certified,
    thing_ordered,
)

PRODUCT = {
    "name": "Wall bracket",
    "company": "Example Metal Ltd",
    "product_ids": ["urn:gtin:06901234567892"],
    "period_start": "2025-01-01",
    "period_end": "2025-12-31",
}


def thing(scheme: str = "th-tgo", draft: bool = False, **changes: Any) -> OrderedThing:
    return thing_ordered(PRODUCT | changes, scheme, "disclosure", draft=draft)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"product_ids": ["URN:GTIN:06901234567892"]},
        {"product_ids": [" urn:gtin: 0690 1234 567892 "]},
        {"product_ids": ["urn:gtin:０６９０１２３４５６７８９２"]},
        {"product_ids": ["urn:gtin:6901234567892"]},
        {"product_ids": ["https://id.gs1.org/01/06901234567892"]},
        {"product_ids": ["urn:example:other", "urn:gtin:06901234567892"]},
        {"name": "Bracket for walls", "company": "Example Metal Limited"},
        {"product_ids": []},
        {"product_ids": [], "name": "wall  BRACKET", "company": "EXAMPLE metal ltd"},
        {"period_start": "2025-12-31", "period_end": "2026-12-30"},
        {"period_start": "2025-01-02"},
        {"period_end": "2025-01-01"},
        {"period_start": None, "period_end": None},
    ],
)
def test_the_same_order_is_known_again(changes: dict[str, Any]) -> None:
    assert same_order(thing(**changes), thing())
    assert same_order(thing(), thing(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"product_ids": ["urn:gtin:06901234567908"]},
        {"product_ids": [], "name": "Other bracket"},
        {"product_ids": [], "company": "Other Metal Ltd"},
        {"period_start": "2026-01-01", "period_end": "2026-12-31"},
        {"period_start": "2024-01-01", "period_end": "2024-12-31"},
        {"scheme": "kr-keiti"},
        {"draft": True},
    ],
)
def test_another_order_is_another(changes: dict[str, Any]) -> None:
    assert not same_order(thing(**changes), thing())
    assert not same_order(thing(), thing(**changes))


def test_a_blank_identifier_is_none() -> None:
    assert same_order(thing(product_ids=[" "]), thing(product_ids=[]))
    assert not same_order(thing(product_ids=[" "], name="A"), thing(product_ids=["  "], name="B"))


def test_a_certificate_of_the_first_schema_says_what_it_is_about() -> None:
    view = {
        "product_name": "Wall bracket",
        "product_ids": [],
        "company": "Example Metal Ltd",
    }
    old = thing_certified(view, "th-tgo", "disclosure")
    assert (old.first, old.last, old.draft) == (None, None, False)
    assert same_order(thing(), old)


@pytest.mark.parametrize(
    ("status", "days", "holds"),
    [
        ("issued", 0, True),
        ("issued", -1, False),
        ("suspended", 0, True),
        ("suspended", -1, False),
        ("revoked", 0, False),
        ("superseded", 0, False),
    ],
)
def test_what_may_be_in_force_again_stands_in_the_way(
    status: KeptStatus, days: int, holds: bool
) -> None:
    today = date(2026, 11, 20)
    assert holds_the_place(status, today + timedelta(days), today) is holds


DAYS = st.none() | st.dates(date(2025, 1, 1), date(2025, 2, 1)).map(date.isoformat)
NAMES = st.sampled_from(("A", "a ", "B", "b"))
THINGS = st.builds(
    thing,
    product_ids=st.lists(NAMES, max_size=2),
    name=NAMES,
    period_start=DAYS,
    period_end=DAYS,
)


@given(THINGS, THINGS)
def test_neither_of_two_orders_is_first(one: OrderedThing, other: OrderedThing) -> None:
    assert same_order(one, other) is same_order(other, one)
