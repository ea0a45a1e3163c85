"""The offset ledger: a credit, or a part of its range, is never used twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from rulekit import RULES, credit, evidence, facts

from footprint.faults import InputRefused
from footprint.rules import decide
from footprint.rules.ledger import (
    Block,
    Claim,
    Ledger,
    Retirement,
    allocate,
    allocate_range,
    cover_ratio,
    credits_of,
    enter,
    free_tonnes,
    parsed_block,
    retire,
    tonnes_of,
)

_DAY = date(2026, 6, 30)
_RETIRED = Retirement(date(2026, 3, 1), "Kettle Works", "kettles of 2025")
_BLOCK = Block("VCS", "Verra", "1234", "VCS-1", 100, 199, 2022, "reduction", "ex-post", _RETIRED)
_CLAIM = Claim("tenant-a", "kettle", date(2025, 1, 1), date(2025, 12, 31), "claim-1")
_OTHER = Claim("tenant-b", "toaster", date(2026, 1, 1), date(2026, 12, 31), "claim-2")


def _code(refused: pytest.ExceptionInfo[InputRefused]) -> str:
    return refused.value.problems[0].code


def _tried(step: Callable[[], Ledger]) -> tuple[Ledger | None, str]:
    """What a step gives, or the code with which it is refused."""
    try:
        return step(), ""
    except InputRefused as refused:
        return None, refused.problems[0].code


class _Ledgers(RuleBasedStateMachine):
    """Blocks are entered and claims made in any order, by two tenants, for two products."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger()

    @rule(
        series=st.sampled_from(["VCS-1", "vcs 001", "VCS-2"]),
        first=st.integers(0, 30),
        length=st.integers(1, 12),
        retired=st.sampled_from([None, _RETIRED, replace(_RETIRED, day=date(2027, 1, 1))]),
    )
    def enters(self, series: str, first: int, length: int, retired: Retirement | None) -> None:
        block = replace(
            _BLOCK, series=series, first=first, last=first + length - 1, retirement=retired
        )
        found, code = _tried(lambda: enter(self.ledger, block))
        assert code in ("", "RUL-041")
        self.ledger = found or self.ledger

    @rule(claim=st.sampled_from([_CLAIM, _OTHER]), tonnes=st.integers(1, 15), late=st.booleans())
    def allocates(self, claim: Claim, tonnes: int, late: bool) -> None:
        day = date(2027, 6, 30) if late else _DAY
        before, free = tonnes_of(self.ledger, claim), free_tonnes(self.ledger, day)
        found, code = _tried(lambda: allocate(self.ledger, claim, tonnes, day))
        assert code == ("" if tonnes <= free else "RUL-042")
        if found is not None:
            self.ledger = found
            assert tonnes_of(found, claim) == before + tonnes
            assert free_tonnes(found, day) == free - tonnes

    @rule(first=st.integers(0, 40), length=st.integers(1, 5), number=st.integers(0, 5))
    def allocates_a_range(self, first: int, length: int, number: int) -> None:
        if number < len(self.ledger.blocks):
            block, last = self.ledger.blocks[number], first + length - 1
            found, code = _tried(
                lambda: allocate_range(self.ledger, _OTHER, block, first, last, _DAY)
            )
            assert code in ("", "RUL-042")
            self.ledger = found or self.ledger

    @invariant()
    def no_credit_is_used_twice(self) -> None:
        used = [
            (taken.key, number)
            for taken in self.ledger.allocations
            for number in range(taken.first, taken.last + 1)
        ]
        assert len(set(used)) == len(used)

    @invariant()
    def every_used_credit_is_a_retired_one_of_the_ledger(self) -> None:
        for taken in self.ledger.allocations:
            (block,) = [
                b
                for b in self.ledger.blocks
                if b.key == taken.key and b.first <= taken.first <= taken.last <= b.last
            ]
            assert block.retirement is not None
            assert block.retirement.day <= taken.day

    @invariant()
    def no_credit_is_entered_twice(self) -> None:
        for one, other in combinations(self.ledger.blocks, 2):
            assert one.key != other.key or one.last < other.first or other.last < one.first


TestLedgers = _Ledgers.TestCase
TestLedgers.settings = settings(max_examples=60, stateful_step_count=25)


@pytest.mark.parametrize("series", ["VCS-1", "vcs 1", "VCS001", "Vcs/1"])
def test_a_credit_is_known_again_under_another_spelling(series: str) -> None:
    with pytest.raises(InputRefused) as refused:
        enter(enter(Ledger(), _BLOCK), replace(_BLOCK, series=series, first=199, last=300))
    assert _code(refused) == "RUL-041"


@pytest.mark.parametrize(
    "change", [{"series": "VCS-11"}, {"registry": "Gold Standard"}, {"first": 200}]
)
def test_another_series_registry_or_range_is_another_credit(change: dict[str, Any]) -> None:
    block = replace(_BLOCK, **{"last": 250, "first": 200, **change})
    assert len(enter(enter(Ledger(), _BLOCK), block).blocks) == 2


@pytest.mark.parametrize("kind", ["allowance", "avoided-emission", "green-power"])
def test_what_is_no_credit_does_not_enter(kind: Any) -> None:
    with pytest.raises(InputRefused) as refused:
        enter(Ledger(), replace(_BLOCK, kind=kind))
    assert _code(refused) == "RUL-040"


@pytest.mark.parametrize(
    "change",
    [
        {"first": 200},
        {"first": -1},
        {"project": " "},
        {"retirement": replace(_RETIRED, beneficiary="")},
        {"retirement": replace(_RETIRED, reason=" ")},
        {"retirement": replace(_RETIRED, day=date(2021, 12, 31))},
    ],
)
def test_a_block_that_says_too_little_or_too_much_does_not_enter(change: dict[str, Any]) -> None:
    with pytest.raises(InputRefused) as refused:
        enter(Ledger(), replace(_BLOCK, **change))
    assert _code(refused) == "RUL-040"


def test_only_what_is_retired_by_the_day_can_be_used() -> None:
    waiting = replace(_BLOCK, retirement=None)
    ledger = enter(Ledger(), waiting)
    assert free_tonnes(ledger, _DAY) == 0
    ledger = retire(ledger, waiting, _RETIRED)
    assert free_tonnes(ledger, date(2026, 2, 28)) == 0
    assert free_tonnes(ledger, _RETIRED.day) == 100
    with pytest.raises(InputRefused) as refused:
        retire(ledger, ledger.blocks[0], _RETIRED)
    assert _code(refused) == "RUL-040"


def test_too_few_credits_are_refused_with_the_number_to_retire() -> None:
    with pytest.raises(InputRefused, match="Retire 20 t CO2e more"):
        allocate(enter(Ledger(), _BLOCK), _CLAIM, 120, _DAY)


def test_no_tonnes_are_no_allocation() -> None:
    with pytest.raises(InputRefused, match="At least one whole tonne"):
        allocate(enter(Ledger(), _BLOCK), _CLAIM, 0, _DAY)


def test_only_the_standards_that_are_named_are_used() -> None:
    ledger = enter(Ledger(), _BLOCK)
    assert tonnes_of(allocate(ledger, _CLAIM, 5, _DAY, ["vcs"]), _CLAIM) == 5
    with pytest.raises(InputRefused, match="0 are free"):
        allocate(ledger, _CLAIM, 5, _DAY, ["Gold Standard"])


@given(st.integers(1, 100), st.decimals("0.001", "50", places=3), st.integers(1, 100_000))
def test_the_cover_is_the_ratio_on_units_sold(tonnes: int, kg: Decimal, sold: int) -> None:
    ledger = allocate(enter(Ledger(), _BLOCK), _CLAIM, tonnes, _DAY)
    ratio = cover_ratio(ledger, _CLAIM, kg, Decimal(sold))
    assert ratio is not None
    assert (ratio >= 1) == (tonnes * 1000 >= kg * sold)
    assert cover_ratio(ledger, _OTHER, kg, Decimal(sold)) == 0
    assert cover_ratio(ledger, _CLAIM, kg, Decimal(0)) is None


def test_the_credits_behind_a_claim_are_evidence_for_a_decision() -> None:
    ledger = allocate(enter(Ledger(), _BLOCK), _CLAIM, 2, _DAY)
    raw = {
        "methods": ["ISO 14067"],
        "units_sold": 1000,
        "plans": {"reduction_plan": {"date": "2026-01-01"}},
        "verification": {"kind": "third-party", "date": "2026-06-01"},
    }
    (taken,) = credits_of(ledger, _CLAIM)
    assert (taken.serial, taken.retired_on) == ("VCS-1 100-101", _RETIRED.day)
    assert parsed_block(taken) == (*_BLOCK.key, 100, 101)
    covered = replace(evidence(raw), credits=credits_of(ledger, _CLAIM))
    assert decide(RULES, facts(), covered, "nz-toitu", "neutral", _DAY).verdict == "pass"
    assert credits_of(ledger, _OTHER) == ()


def test_the_same_steps_give_the_same_ledger() -> None:
    def steps() -> Ledger:
        return allocate(enter(Ledger(), _BLOCK), _CLAIM, 7, _DAY)

    assert steps() == steps()


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
    assert parsed_block(read) == (registry, series, first, last)


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
    known = [parsed_block(each) for each in read.credits or ()]
    assert known == [None] or known[0].registry == "unknown"  # type: ignore[union-attr]
    decision = decide(RULES, facts(), read, "nz-toitu", "neutral", _DAY)
    assert decision.verdict == "unknown"
    assert f"credits.{next(iter(change))}" in decision.missing
