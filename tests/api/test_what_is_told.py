"""What outsiders are told: which actions, under which type, and which facts of the log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from api.store.news import NEWS_TYPES, News, told_as

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
#: Actions of the log and the types that the documentation of webhooks names.
TOLD = {
    "certificate.issued": "certificate.issued",
    "certificate.suspended": "certificate.suspended",
    "certificate.reinstated": "certificate.reinstated",
    "certificate.revoked": "certificate.revoked",
    "certificate.superseded": "certificate.superseded",
    "certificate.surveyed": "certificate.surveyed",
    "request.came": "request.came",
    "request.answered": "request.answered",
    "request.accepted": "request.accepted",
    "request.sent-back": "request.sent_back",
    "request.declined": "request.declined",
    "recall.examined": "recall.examined",
    "supplier.superseded": "recall.applied",
}


@pytest.mark.parametrize("action", sorted(TOLD))
def test_an_action_is_told_under_its_type(action: str) -> None:
    assert told_as(action) == TOLD[action]


@pytest.mark.parametrize("action", ["footprint.calculated", "token.made", "objection.raised", ""])
def test_what_is_private_is_not_told(action: str) -> None:
    assert told_as(action) is None


def test_every_type_can_be_asked_for() -> None:
    assert set(NEWS_TYPES) == {*TOLD.values(), "request.due", "recall.proposed"}


def _data(kind: str, **facts: Any) -> dict[str, Any]:
    return News("default", kind, "X", NOON, "key", facts).data


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("certificate.revoked", "/v1/certificates/X"),
        ("request.due", "/v1/requests/X"),
        ("recall.proposed", "/v1/supplier-footprints/X"),
        ("recall.applied", "/v1/supplier-footprints/X"),
    ],
)
def test_it_says_where_to_read_more(kind: str, path: str) -> None:
    assert _data(kind) == {"id": "X", "path": path}


@pytest.mark.parametrize("kind", ["recall.examined", "webhook.test"])
def test_what_has_no_place_of_its_own_has_no_path(kind: str) -> None:
    assert _data(kind) == {"id": "X"}


@pytest.mark.parametrize(
    "name",
    [
        *("reason", "from", "to", "replaces", "due", "days_left", "replaced_by", "footprints"),
        *("certificates", "old", "impacts"),
    ],
)
def test_a_few_facts_are_told(name: str) -> None:
    assert _data("recall.examined", **{name: "7"})[name] == "7"


def test_other_facts_of_the_log_stay_inside() -> None:
    assert _data("request.came", buyer="Example Motors", note="secret") == {
        "id": "X",
        "path": "/v1/requests/X",
    }
