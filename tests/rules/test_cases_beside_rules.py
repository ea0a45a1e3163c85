"""A rule-maker's cases run without a test suite: wrong ones say what was found."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml
from evidence import some

from footprint.faults import InputRefused
from footprint.rules.case_file import run_cases

THAI = (files("footprint.rules") / "data" / "schemes" / "th-tgo.yaml").read_text("utf-8")
CASES = """
defaults:
  tier: disclosure
  as_of: 2026-11-20
  evidence: {sales_channel: b2c, methods: [TGO CFP guideline], pcr: kettles}
cases:
  - name: A registered verifier is enough
    evidence: {verification: {by: A, kind: registered-verifier, date: 2026-06-01}}
    verdict: pass
  - name: Without a verification it is open
    verdict: unknown
    missing: [verification]
  - name: The EU speaks from its day on
    as_of: 2026-09-27
    market: {id: eu-2024-825, verdict: conditional}
"""


def test_cases_that_are_as_expected_have_nothing_wrong() -> None:
    results = run_cases("th-tgo.yaml", THAI, "th-tgo.cases.yaml", CASES)
    assert results[0].name == "A registered verifier is enough"
    for one in some(results):
        assert one.wrong == (), one


def test_a_changed_rule_is_found_by_its_cases() -> None:
    changed = THAI.replace("{any: [registered-verifier]}", "{any: [scheme-operator]}")
    assert changed != THAI
    first, second, third = run_cases("th-tgo.yaml", changed, "c.yaml", CASES)
    assert first.wrong[0].startswith("expected pass, found fail: Verification by a registered")
    assert (second.wrong, third.wrong) == ((), ())


def test_a_scheme_of_ones_own_is_tested_under_its_own_id() -> None:
    own = THAI.replace("id: th-tgo", "id: my-scheme", 1)
    results = run_cases("my-scheme.yaml", own, "my-scheme.cases.yaml", CASES)
    assert all(one.wrong == () for one in some(results))


def test_a_wrong_market_or_sentence_is_told() -> None:
    wrong = CASES.replace("verdict: conditional", "verdict: prohibited").replace(
        "    missing: [verification]", "    says: no such words"
    )
    _, second, third = run_cases("th-tgo.yaml", THAI, "c.yaml", wrong)
    assert second.wrong == ("nowhere is said: no such words",)
    assert third.wrong[0].startswith("eu-2024-825: expected prohibited, found conditional")


_CASE: dict[str, object] = {"name": "x", "tier": "disclosure", "as_of": "2026-01-01"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cases": []}, "RUL-034"),
        ({"cases": [{"name": "x", "tier": "gold", "as_of": "2026-01-01"}]}, "RUL-034"),
        (
            {"cases": [{"name": "x", "tier": "disclosure", "as_of": "2026-01-01", "colour": 1}]},
            "RUL-034",
        ),
        (
            {
                "cases": [
                    {"name": "x", "tier": "disclosure", "as_of": "2026-01-01", "evidence": {"z": 1}}
                ]
            },
            "RUL-011",
        ),
    ],
)
def test_cases_that_cannot_be_used_are_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(InputRefused, match=code):
        run_cases("th-tgo.yaml", THAI, "c.yaml", yaml.safe_dump(change))


def test_everything_wrong_in_the_cases_is_told_in_their_order_and_by_their_name() -> None:
    day = {"as_of": "2026-01-01", "tier": "disclosure"}
    cases = [
        {"name": "fine", **day},
        {"name": "B", **day, "tier": "gold", "footprint": {"amount": -1}},
        {**day},
        {"name": "D", **day, "footprint": {"unit": "parsec"}},
    ]
    with pytest.raises(InputRefused) as told:
        run_cases("th-tgo.yaml", THAI, "c.yaml", yaml.safe_dump({"cases": cases}))
    assert [one.where.column for one in told.value.problems] == [
        "cases.2 (B).tier",
        "cases.2 (B).footprint.amount",
        "cases.3.name",
        "cases.4 (D).footprint.unit",
    ]
    assert [one.message for one in told.value.problems] == [
        "one of these is needed: 'disclosure', 'reduction', 'low-carbon' or 'neutral'.",
        "a number above 0 is needed.",
        "this key is missing.",
        "The unit 'parsec' is not known.",
    ]


def test_evidence_that_cannot_be_used_names_its_case() -> None:
    cases = [
        {"name": name, "as_of": "2026-01-01", "tier": "disclosure", "evidence": {"z": 1}}
        for name in ("A", "B")
    ]
    with pytest.raises(InputRefused) as told:
        run_cases("th-tgo.yaml", THAI, "c.yaml", yaml.safe_dump({"cases": cases}))
    columns = [one.where.column for one in told.value.problems]
    assert columns == ["cases.1 (A).evidence.z", "cases.2 (B).evidence.z"]


def test_a_wrong_term_unconfirmed_fact_confidence_or_wording_is_told() -> None:
    wrong = CASES.replace(
        "    verdict: pass\n",
        "    verdict: pass\n    validity_months: 35\n    confirm_first: [No such fact]\n",
    ).replace("verdict: conditional}", "verdict: conditional, confidence: L, wording: [Green]}")
    assert wrong != CASES
    first, _, third = run_cases("th-tgo.yaml", THAI, "c.yaml", wrong)
    assert first.wrong == (
        "expected a term of 35 months, found 36",
        "not named as unconfirmed: No such fact",
    )
    assert third.wrong[0] == "eu-2024-825: expected confidence L, found H"
    assert third.wrong[1].startswith("eu-2024-825: expected the words ('Green',), found (")


@pytest.mark.parametrize(
    ("measured", "says"),
    [("{covered: 0.9}", "90.00 % of the product's lines"), ("{total: -1}", "")],
)
def test_a_case_may_leave_lines_out_or_be_below_zero(measured: str, says: str) -> None:
    changed = CASES.replace("    verdict: pass", f"    footprint: {measured}\n    verdict: pass")
    first, *_ = run_cases("th-tgo.yaml", THAI, "c.yaml", changed)
    assert bool(first.wrong) == bool(says)
    assert says in " ".join(first.wrong)


BATTERY = (files("footprint.rules") / "data" / "modules" / "battery.yaml").read_text("utf-8")
ASKED = """
cases:
  - name: The day before
    as_of: 2025-02-17
    asks: {kind: ev}
    answers: {duties.declaration.reply: not_yet, declaration.lacks.0: manufacturer}
"""


def test_a_changed_law_is_found_by_its_cases() -> None:
    (found,) = run_cases("battery.yaml", BATTERY, "c.yaml", ASKED)
    assert found.wrong == ()
    earlier = BATTERY.replace("not_before: 2025-02-18", "not_before: 2025-02-17", 1)
    assert earlier != BATTERY
    (found,) = run_cases("battery.yaml", earlier, "c.yaml", ASKED)
    assert found.wrong == ("duties.declaration.reply: expected not_yet, found unknown",)


@pytest.mark.parametrize("place", ["duties.none.reply", "declaration.lacks.99", "category.of"])
def test_a_place_that_an_answer_lacks_is_nothing(place: str) -> None:
    asked = ASKED.replace("declaration.lacks.0", place)
    (found,) = run_cases("battery.yaml", BATTERY, "c.yaml", asked)
    assert found.wrong == (f"{place}: expected manufacturer, found nothing",)
    absent = asked.replace(f"{place}: manufacturer", f"{place}: null")
    assert run_cases("battery.yaml", BATTERY, "c.yaml", absent)[0].wrong == ()


def test_a_question_that_a_law_cannot_answer_names_its_case() -> None:
    half = ASKED.replace("{kind: ev}", "{kind: ev, cycles: many}")
    with pytest.raises(InputRefused, match="RUL-033") as refused:
        run_cases("battery.yaml", BATTERY, "c.yaml", half)
    (problem,) = refused.value.problems
    assert problem.where.column == "cases.1 (The day before).asks.cycles"


@pytest.mark.parametrize("broken", ["cases: []", "cases: [{name: A}]", "cases: {a: 1, a: 2}"])
def test_cases_of_a_law_that_cannot_be_read_are_refused(broken: str) -> None:
    with pytest.raises(InputRefused, match="RUL-034"):
        run_cases("battery.yaml", BATTERY, "c.yaml", broken)


def test_a_tier_that_is_never_awarded_must_not_pass() -> None:
    never = CASES.replace("    verdict: pass", "    never_awards: true")
    first = run_cases("th-tgo.yaml", THAI, "c.yaml", never)[0]
    assert first.wrong == ("expected that it is never awarded, found pass",)
