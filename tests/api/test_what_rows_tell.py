"""What the register reads in its rows and its log: the day of a surveillance, a status."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from api.services import rows, verdicts
from footprint.certificates.register import RegisterStatus
from footprint.certificates.report import VerificationReport

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("issued", "later", "due", "wrong"),
    [
        ({"surveillance": "2027-11-20"}, [], "2027-11-20", []),
        ({"surveillance": "2027-11-20"}, [], "2027-11-21", ["surveillance_due"]),
        ({"surveillance": "2027-11-20"}, [], None, ["surveillance_due"]),
        ({"surveillance": "2027-11-20"}, ["2028-11-20"], "2028-11-20", []),
        ({"surveillance": "2027-11-20"}, ["2028-11-20"], "2027-11-20", ["surveillance_due"]),
        ({}, ["2028-11-20"], "2027-11-20", ["surveillance_due"]),
        ({}, [], "2027-11-20", []),
        ({"surveillance": None}, [], None, []),
    ],
)
def test_the_day_of_a_surveillance_is_the_one_that_was_logged_last(
    issued: dict[str, Any], later: list[str], due: str | None, wrong: list[str]
) -> None:
    row: Any = SimpleNamespace(surveillance_due=None if due is None else date.fromisoformat(due))
    entries: Any = [
        SimpleNamespace(action="certificate.surveyed", facts=json.dumps({"next": day}))
        for day in later
    ]
    other: Any = SimpleNamespace(action="certificate.suspended", facts='{"next": "2029-01-01"}')
    assert list(rows._surveillance(row, [*entries, other], issued)) == wrong


@pytest.mark.parametrize(
    ("verdict", "state", "since", "reason"),
    [
        ("valid", "issued", "row", "said"),
        ("revoked", "revoked", "row", "said"),
        ("suspended", "suspended", "row", "said"),
        ("superseded", "superseded", "row", "said"),
        ("expired", "expired", "day after", ""),
        ("not_yet_valid", "not_yet_valid", "", ""),
        ("draft", "draft", "", ""),
        ("invalid", "invalid", "", ""),
    ],
)
def test_a_row_tells_its_own_status_where_it_is_genuine(
    verdict: Any, state: str, since: str, reason: str
) -> None:
    at = {"row": datetime(2026, 11, 1, tzinfo=UTC), "day after": datetime(2026, 12, 1, tzinfo=UTC)}
    row: Any = SimpleNamespace(
        valid_until=date(2026, 11, 30), status_at=at["row"], status_reason="said",
        superseded_by=None,
    )  # fmt: skip
    told = verdicts._status(row, VerificationReport(verdict, ()), NOON)
    assert told == RegisterStatus(state, NOON, at.get(since), reason)  # type: ignore[arg-type]
