"""The ledger of credits: a credit, or a part of its range, is never used twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from rulekit import RULES, credit, evidence, facts

from footprint.faults import Contradiction, InputRefused
from footprint.rules import decide
from footprint.rules.evidence import Credit
from footprint.rules.ledger import CreditUse, first_clash, uses_of_credits

_DAY = date(2026, 6, 30)
_USE = CreditUse("verra", "1", 100, 199, "N-1", "claim-1")
_OTHER: dict[str, Any] = {"number": "N-2", "claim": "claim-2"}


class _Ledgers(RuleBasedStateMachine):
    """Claims of several tenants use credits in any order, each again for what replaces it."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[CreditUse] = []

    @rule(
        series=st.sampled_from(["VCS-1", "vcs 001", "1", "VCS-2"]),
        registry=st.sampled_from(["Verra", "verra", "Gold Standard"]),
        first=st.integers(0, 30),
        length=st.integers(1, 12),
        claim=st.sampled_from(["A", "B", "C"]),
    )
    def uses(self, series: str, registry: str, first: int, length: int, claim: str) -> None:
        number = f"N-{len(self.entries)}"
        use = CreditUse(registry, series, first, first + length - 1, number, claim)
        clash = first_clash([use], self.entries)
        if clash is None:
            self.entries.append(use)
            return
        assert clash.wanted == use
        assert clash.taken in self.entries
        assert clash.taken.claim != claim
        assert use.first <= clash.first <= clash.last <= use.last
        assert clash.taken.first <= clash.first <= clash.last <= clash.taken.last

    @invariant()
    def every_credit_has_one_claim(self) -> None:
        claims = {
            (*use.range[:2], number, use.claim)
            for use in self.entries
            for number in range(use.first, use.last + 1)
        }
        assert max(Counter(each[:3] for each in claims).values(), default=1) == 1


TestLedgers = _Ledgers.TestCase
TestLedgers.settings = settings(max_examples=60, stateful_step_count=25)


@pytest.mark.parametrize("series", ["VCS-1", "vcs 1", "VCS001", "Vcs/1"])
@pytest.mark.parametrize("registry", ["Verra", "verra", "VERRA"])
def test_a_credit_is_known_again_under_another_spelling(series: str, registry: str) -> None:
    again = replace(_USE, series=series, registry=registry, first=199, last=300, **_OTHER)
    clash = first_clash([again], [_USE])
    assert clash is not None
    assert (clash.first, clash.last, clash.taken) == (199, 199, _USE)


@pytest.mark.parametrize(
    "change",
    [
        {"series": "11", "first": 100},
        {"registry": "Gold Standard", "first": 100},
        {"first": 200},
        {"first": 0, "last": 99},
    ],
)
def test_another_series_registry_or_range_is_another_credit(change: dict[str, Any]) -> None:
    assert first_clash([replace(_USE, **{"last": 250, **_OTHER, **change})], [_USE]) is None


def test_a_certificate_takes_over_from_the_one_that_it_replaces_and_from_no_other() -> None:
    assert first_clash([replace(_USE, number="N-2")], [_USE]) is None
    assert first_clash([replace(_USE, **_OTHER)], [_USE]) is not None
    assert first_clash([replace(_USE, number="N-2")], [_USE, replace(_USE, **_OTHER)]) is not None


def test_the_first_wanted_use_that_clashes_is_told() -> None:
    free = replace(_USE, first=300, last=310, **_OTHER)
    wanted = [free, replace(_USE, last=100, **_OTHER), replace(_USE, **_OTHER)]
    clash = first_clash(wanted, [_USE])
    assert clash is not None
    assert clash.wanted == wanted[1]
    assert first_clash(wanted, []) is None
    assert first_clash([], [_USE]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"first": 200},
        {"first": -1},
        {"registry": ""},
        {"series": ""},
        {"number": ""},
        {"claim": ""},
    ],
)
def test_a_use_that_says_too_little_or_too_much_is_none(change: dict[str, Any]) -> None:
    with pytest.raises(Contradiction):
        replace(_USE, **change)


def test_what_a_certificate_uses_is_what_its_evidence_names() -> None:
    named = Credit(Decimal(2), serial="VCS-1 100-101", registry="Verra")
    unnamed = [
        Credit(Decimal(5)),
        Credit(Decimal(5), serial="VCS-1 100-104"),
        Credit(Decimal(5), serial="VCS-1 100-104", registry="A registry of nobody"),
        Credit(Decimal(5), serial="unreadable", registry="Verra"),
    ]
    assert uses_of_credits([*unnamed, named], "N-1", "claim-1") == (
        CreditUse("verra", "1", 100, 101, "N-1", "claim-1"),
    )
    assert uses_of_credits(unnamed, "N-1", "claim-1") == ()


@pytest.mark.parametrize(
    ("credits", "words"),
    [
        ([{"tonnes": 1, "kind": "allowance"}], "a permit to emit"),
        ([{"tonnes": 1, "kind": "avoided-emission"}], "spares its users"),
        ([{"tonnes": 1, "kind": "green-power"}], "green power"),
        ([{"tonnes": 5, "serial": "VCS 1-5"}, {"tonnes": 5, "serial": "VCS 1-5"}], "counts once"),
        ([credit(30), credit(21, 10, serial="vcs 001 10-30", registry="verra")], "counts once"),
        ([credit(30), credit(1, 30)], "counts once"),
        ([credit(9), credit(2), credit(1, 9)], "counts once"),
        ([credit(1, serial="ＶＣＳ－１ １-1"), credit(1)], "counts once"),
        ([credit(1_000_000, serial="VCS 1-1")], "names credits 1 to 1, which are 1 t"),
        (
            [credit(2, serial="0001-000001-000100-VCS-VCU-003-VER-US-0003-01012020-31122020-1")],
            "100",
        ),
    ],
)
def test_evidence_cannot_bring_in_what_the_ledger_would_refuse(
    credits: list[dict[str, Any]], words: str
) -> None:
    with pytest.raises(InputRefused, match=words):
        evidence({"credits": credits})


@pytest.mark.parametrize("kind", ["reduction", "removal"])
def test_evidence_may_say_of_which_kind_a_credit_is(kind: str) -> None:
    read = evidence({"credits": [credit(1, kind=kind)]})
    assert read.credits is not None
    assert read.credits[0].registry == "Verra"


@pytest.mark.parametrize(
    ("registry", "serial", "series", "first", "last"),
    [
        ("verra", "VCS-1 100-199", "1", 100, 199),
        ("verra", "vcs 001 100 to 199", "1", 100, 199),
        (
            "car",
            "CAR-1-US-293-1-120-CA-2006-102-1 to 9",
            "1-us-293-1-120-ca-2006-102",
            1,
            9,
        ),
        ("acr", "ACR-US-192-2010-203-1-5000", "us-192-2010-203", 1, 5000),
        ("verra", "0001-000001-000100-VCS-VCU-003", "1-3", 1, 100),
        ("verra", "7-1-30", "7", 1, 30),
    ],
)
def test_a_serial_names_its_credits_in_the_forms_that_registries_use(
    registry: str, serial: str, series: str, first: int, last: int
) -> None:
    raw = credit(last - first + 1, serial=serial, registry=registry)
    (read,) = evidence({"credits": [raw]}).credits or ()
    assert read.named == (registry, series, first, last)


@pytest.mark.parametrize(
    "change",
    [
        {"serial": "VCS-ABC"},
        {"serial": "VCS"},
        {"serial": "1-2"},
        {"serial": "VCS 9-1"},
        {"serial": "to 5"},
        {"serial": "---"},
        {"serial": None},
        {"serial": "ACR-US-192-2010-203-1-1"},
        {"registry": None},
        {"registry": "Carbon Registry of Atlantis"},
    ],
)
def test_a_block_that_does_not_say_which_credits_it_is_covers_nothing_for_certain(
    change: dict[str, Any],
) -> None:
    raw = {"methods": ["ISO 14067"], "units_sold": 1000, "credits": [credit(**change)]}
    raw |= {"plans": {"reduction_plan": {"date": "2026-01-01"}}}
    raw |= {"verification": {"kind": "third-party", "date": "2026-06-01"}}
    read = evidence(raw)
    known = [each.named for each in read.credits or ()]
    assert known == [None] or known[0].registry == "unknown"  # type: ignore[union-attr]
    decision = decide(RULES, facts(), read, "nz-toitu", "neutral", _DAY)
    assert decision.verdict == "unknown"
    assert f"credits.{next(iter(change))}" in decision.missing
