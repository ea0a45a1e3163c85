"""Single decisions of the rules at their edges: just there, a step before, a step behind."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast, get_args

import pytest
from rulekit import RULES, credit, evidence, facts

from footprint.faults import Contradiction, InputRefused, Where
from footprint.plain_yaml import load_plain_yaml
from footprint.rules import markets
from footprint.rules.answers import (
    _suggested,
    _whole,
    asks_of,
    evidence_text,
    question_key,
    said_in,
)
from footprint.rules.arguments import (
    Below,
    ClassOf,
    Credits,
    DataAge,
    Display,
    OffsetCover,
    Plan,
    Publish,
    Verified,
)
from footprint.rules.case_entry import MarketExpected
from footprint.rules.case_file import _market, _reason
from footprint.rules.changes import _cuts, _least_steps, _reductions
from footprint.rules.decide import _taken, decide
from footprint.rules.evaluate import _not, _when
from footprint.rules.evidence import Credit, FootprintRow, VerifierKind
from footprint.rules.expression import BadExpressionError, Leaf, NOf, parse_expression
from footprint.rules.fields import BilingualText, _plain_decimal
from footprint.rules.glance import _with_members
from footprint.rules.journey.chain import Chain, Step, TakenStep
from footprint.rules.journey.progress import by_lever, progress
from footprint.rules.journey.question import JourneyQuestion, TargetEntry
from footprint.rules.law_cases import ASKED_LAWS
from footprint.rules.ledger import CreditUse
from footprint.rules.markets import _outcome, _reasons
from footprint.rules.measuring import fewest_rows
from footprint.rules.modules.battery import Declared, service_energy_kwh
from footprint.rules.modules.battery_reply import _passport, battery_reply
from footprint.rules.modules.cbam import SECTOR_ZH, Embedded, weighted_mean
from footprint.rules.modules.questions import BatteryQuestion
from footprint.rules.modules.textile import displayed
from footprint.rules.names import is_one_of
from footprint.rules.places import union_places
from footprint.rules.predicates.comparison import _absolute, _near_enough
from footprint.rules.predicates.credits import offset_cover, programmes, shortfall
from footprint.rules.predicates.documents import plan, publish
from footprint.rules.predicates.fairness import _not_given
from footprint.rules.predicates.finding import Context
from footprint.rules.predicates.margin import margin_of
from footprint.rules.predicates.quantification import data_age, verified
from footprint.rules.predicates.retirement import judged_block
from footprint.rules.predicates.status import display
from footprint.rules.references import _is_worst_year
from footprint.rules.registries import _look_alikes
from footprint.rules.serials import parsed_serial
from footprint.rules.term import _published, _until
from footprint.rules.words import Bilingual, percent_beside
from footprint.values.decision import Trace, Verdict

DAY = date(2026, 11, 20)
EXAMPLE = Path(__file__).parents[2] / "examples" / "works.journey.yaml"


def context(raw: dict[str, Any] | None = None, **changes: Any) -> Context:
    return Context(facts(**changes), evidence(raw or {}), "scheme", DAY)


# Conditions and questions -----------------------------------------------------------------------


@pytest.mark.parametrize(("needed", "taken"), [(0, False), (1, True), (2, True), (3, False)])
def test_so_many_of_the_conditions_can_be_asked_as_there_are(needed: int, taken: bool) -> None:
    raw = {"n_of": {"at_least": needed, "of": [{"below": "a"}, {"below": "b"}]}}
    if taken:
        found = parse_expression(raw, frozenset({"below"}), Where("rules"))
        assert found == NOf(needed, (Leaf("below", "a"), Leaf("below", "b")))
    else:
        with pytest.raises(BadExpressionError, match="from 1 to 2"):
            parse_expression(raw, frozenset({"below"}), Where("rules"))


def test_what_must_not_hold_fails_where_it_holds_and_asks_nothing_of_nothing() -> None:
    assert _not(None) is None
    pairs: tuple[tuple[Verdict, Verdict], ...]
    pairs = (("pass", "fail"), ("fail", "pass"), ("unknown", "unknown"))
    for verdict, turned in pairs:
        found = _not(Trace("renewal", verdict, "", ""))
        assert found is not None
        assert found.verdict == turned


def _lacking(trace: Trace, key: str) -> set[str]:
    """What the innermost nodes say that lack an entry of a question."""
    inner = [found for child in trace.children for found in _lacking(child, key)]
    mine = any(question_key(one) == key for one in trace.missing)
    return set(inner) or ({trace.says} if mine else set())


@pytest.mark.parametrize(
    ("scheme", "tier", "root", "words"),
    [
        ("fr-casino", "disclosure", "product_category", "own-brand food of Groupe Casino"),
        ("fr-casino", "disclosure", "named_boundary", "farm to customer"),
        ("hk-cic", "disclosure", "product_category", "cement"),
        ("hk-cic", "disclosure", "named_boundary", "cradle to the Hong Kong border"),
    ],
)
def test_a_category_and_a_boundary_are_suggested_as_the_scheme_names_them(
    scheme: str, tier: Any, root: str, words: str
) -> None:
    decision = decide(RULES, facts(), evidence({}), scheme, tier, DAY)
    assert words in _suggested(root, RULES.schemes[scheme], decision)


def test_what_a_form_gives_is_told_of_the_evidence_and_nothing_else() -> None:
    said = {"pcr": "kettles", "plans": {"path": "absent"}, "interval": {"low": 1}}
    assert said_in(said) == (("pcr", "kettles"), ("plans.path", "absent"))


def test_what_follows_is_asked_only_where_both_sides_are() -> None:
    trace = Trace("renewal", "pass", "")
    assert _when(None, trace) is _when(trace, None) is _when(None, None) is None
    for condition, consequence, verdict in (
        ("pass", "pass", "pass"),
        ("pass", "fail", "fail"),
        ("fail", "fail", "pass"),
        ("unknown", "fail", "unknown"),
    ):
        one, other = (Trace("a", cast("Verdict", said), "") for said in (condition, consequence))
        found = _when(one, other)
        assert found is not None
        assert found.verdict == verdict


def test_the_reason_of_a_case_is_the_first_part_of_its_verdict() -> None:
    parts = (Trace("a", "pass", "fine"), Trace("b", "fail", "bad"), Trace("c", "fail", "worse"))
    decision: Any = SimpleNamespace(
        verdict="fail", trace=Trace("all", "fail", "whole", children=parts)
    )
    assert _reason(decision) == "bad"
    bare: Any = SimpleNamespace(verdict="fail", trace=Trace("all", "fail", "whole"))
    assert _reason(bare) == "whole"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_union_alone_is_told_with_the_number_of_its_members(language: Any) -> None:
    names = union_places().names["EU"]
    union = names.en if language == "en" else names.zh
    count = str(len(union_places().members("EU")))
    assert count in _with_members(union, language)
    assert _with_members("France", language) == "France"


@pytest.mark.parametrize("law", sorted(ASKED_LAWS))
def test_a_law_answers_its_own_questions(law: str) -> None:
    assert ASKED_LAWS[law].__name__.strip("_") in law


def test_a_question_is_told_in_the_words_of_the_rule_that_asks_it() -> None:
    scheme = RULES.schemes["th-tgo"]
    decision = decide(RULES, facts(), evidence({}), "th-tgo", "reduction", DAY)
    asks = asks_of(decision, scheme)
    known_to_lack = {"plans", "publications", "references", "verification", "tiers_held", "pcr"}
    assert len(asks) > 2
    for one in asks:
        assert one.says in _lacking(decision.trace, one.key)
        assert one.citation is not None
        assert one.may_lack == (one.root in known_to_lack)


@pytest.mark.parametrize(("text", "read"), [("9" * 9, 999_999_999), ("9" * 10, "9" * 10)])
def test_a_whole_number_of_an_answer_has_at_most_nine_digits(text: str, read: int | str) -> None:
    assert _whole(text) == read


def test_words_are_suggested_for_the_question_that_takes_them() -> None:
    scheme = RULES.schemes["th-tgo"]
    decision = decide(RULES, facts(), evidence({}), "th-tgo", "disclosure", DAY)
    assert {"methods", "verification"} <= {one.root for one in asks_of(decision, scheme)}
    methods = _suggested("methods", scheme, decision)
    kinds = _suggested("verification", scheme, decision)
    assert methods == ("TGO CFP guideline",)
    assert kinds
    assert set(kinds) <= set(get_args(VerifierKind))
    assert _suggested("function", scheme, decision) == ()
    assert _suggested("product_category", scheme, decision) == ()
    assert _suggested("named_boundary", scheme, decision) == ()


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("9" * 30, True),
        ("9" * 31, False),
        ("1e30", True),
        ("1e31", False),
        ("1e-31", False),
    ],
)
def test_a_number_has_at_most_thirty_digits(text: str, taken: bool) -> None:
    if taken:
        assert _plain_decimal(text) == Decimal(text)
    else:
        with pytest.raises(ValueError, match="at most 30 digits"):
            _plain_decimal(text)


@pytest.mark.parametrize(("second", "taken"), [("2", True), ("1", False), ("0.5", False)])
def test_classes_of_a_scale_come_best_first(second: str, taken: bool) -> None:
    raw: dict[str, Any] = {"scale": {"en": "s", "zh": "级"}, "at_least": "A", "per": "1 piece"}
    raw["classes"] = [{"name": "A", "up_to": "1"}, {"name": "B", "up_to": second}]
    if taken:
        assert len(ClassOf.model_validate(raw).classes) == 2
    else:
        with pytest.raises(ValueError, match="not in order"):
            ClassOf.model_validate(raw)


@pytest.mark.parametrize(("says", "told"), [("allowed", []), ("banned", ["does not say: banned"])])
def test_a_case_of_a_market_wants_its_words(says: str, told: list[str]) -> None:
    found = SimpleNamespace(
        verdict="allowed", says="is allowed", confidence="H", permitted_wording=()
    )
    decision: Any = SimpleNamespace(markets=(found,))
    wanted = MarketExpected.model_validate({"id": "eu", "verdict": "allowed", "says": says})
    assert [line.removeprefix("eu ") for line in _market(wanted, decision)] == told


def test_what_was_said_is_written_back_as_it_stood() -> None:
    said = {"pcr": None, "units_sold": Decimal("1.50"), "renewal": True, "methods": ["a", 2]}
    written = load_plain_yaml(evidence_text(said | {"plans": {"p": {"note": None}}}))
    assert written == {
        "units_sold": "1.50",
        "renewal": True,
        "methods": ["a", 2],
        "plans": {"p": {"note": None}},
    }


def test_a_percentage_stands_on_its_side_of_the_bound() -> None:
    # 2.001 % is more than 2 %, which 2.00 % would not be: only a strict bound needs the third digit
    share, bound = Decimal("0.02001"), Decimal("0.02")
    assert percent_beside(share, bound, strict=True) == "2.001 %"
    assert percent_beside(share, bound, strict=False) == "2.00 %"
    assert percent_beside(bound, bound, strict=True) == "2.00 %"


@pytest.mark.parametrize(
    ("base", "target", "path", "says"),
    [
        (2020, 2030, [2025], None),
        (2020, 2020, [], "not after the base year"),
        (2020, 2030, [2030], "not in order"),
        (2020, 2030, [2028, 2025], "not in order"),
    ],
)
def test_a_target_lies_ahead_and_its_goals_between(
    base: int, target: int, path: list[int], says: str | None
) -> None:
    raw = {"base_year": base, "target_year": target, "reduction": "0.5"}
    goals = [{"year": year, "reduction": "0.1"} for year in path]
    if says is None:
        assert len(TargetEntry.model_validate(raw | {"path": goals}).path) == len(path)
    else:
        with pytest.raises(ValueError, match=says):
            TargetEntry.model_validate(raw | {"path": goals})


# Changes ----------------------------------------------------------------------------------------


def test_nothing_is_cut_from_a_footprint_of_zero() -> None:
    def never(_: Context) -> Any:
        raise AssertionError("no cut of nothing is tried")

    assert list(_reductions((), {}, context(total=0.0), never)) == []
    assert list(_reductions((), {}, context(total=-1.0), never)) == []


@pytest.mark.parametrize(
    ("total", "kg", "fewest"), [("1.5", "1000", 1), ("1", "1000", None), ("2", "0", None)]
)
def test_a_cut_leaves_something_of_the_footprint(total: str, kg: str, fewest: int | None) -> None:
    here = context(total=float(total))
    assert _least_steps(lambda _: "pass", here, Decimal(kg)) == fewest


def test_a_footprint_without_rows_is_cut_as_a_whole_alone() -> None:
    here = context()
    bare = replace(here, facts=replace(here.facts, rows=()))
    tier = Leaf("tier", "")
    assert [one.rows for one in _cuts(tier, lambda _: "pass", here, None)] == [(), (3,)]
    assert [one.rows for one in _cuts(tier, lambda _: "pass", bare, None)] == [()]


def test_no_credits_are_lacking_where_there_is_nothing_to_cover() -> None:
    asked, said = OffsetCover(ratio=Decimal(1)), {"credits": [], "units_sold": 1000}
    assert shortfall(asked, context(said)) == Decimal(2)
    assert shortfall(asked, context(said, total=0.0)) is None


def test_rows_are_measured_until_the_share_is_just_reached() -> None:
    rows = tuple(FootprintRow(row, "a", Decimal(kg)) for row, kg in ((3, 2), (5, 1), (7, 1)))
    assert fewest_rows(rows, Decimal(0), Decimal("0.5")) == (3,)
    assert fewest_rows(rows, Decimal(0), Decimal("0.51")) == (3, 5)
    assert fewest_rows(rows, Decimal("0.5"), Decimal("0.5")) == ()
    assert fewest_rows(rows, Decimal(0), Decimal("1.01")) == ()


# Predicates -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "before", "missing"),
    [
        (None, None, ("units_sold", "references.base_year.units_sold")),
        (None, 10, ("units_sold",)),
        (10, None, ("references.base_year.units_sold",)),
        (10, 10, ()),
    ],
)
def test_totals_are_compared_where_both_numbers_of_units_are_known(
    now: int | None, before: int | None, missing: tuple[str, ...]
) -> None:
    reference = {"value": "2", "per": "1 piece"} | ({"units_sold": before} if before else {})
    raw = {"references": {"base_year": reference}} | ({"units_sold": now} if now else {})
    asked = Below.model_validate({"ref": "base_year", "by": 0, "same": ["function"]})
    here = context(raw)
    entry: Any = here.evidence.references["base_year"]
    assert _absolute(asked, entry, here).missing == missing


@pytest.mark.parametrize(
    ("dated", "ended", "missing"),
    [
        (False, False, ["footprint.product.period_end", "references.base_year.date"]),
        (False, True, ["references.base_year.date"]),
        (True, False, ["footprint.product.period_end"]),
        (True, True, []),
    ],
)
def test_a_time_between_two_footprints_needs_the_end_of_both(
    dated: bool, ended: bool, missing: list[str]
) -> None:
    raw = {"value": "2", "per": "1 piece"} | ({"date": "2025-06-30"} if dated else {})
    here = context({"references": {"base_year": raw}}, period_end="2025-12-31")
    here = here if ended else replace(here, facts=replace(here.facts, period_end=None))
    asked = Below.model_validate(
        {"ref": "base_year", "by": 0, "same": ["function"], "within_months": 12}
    )
    entry: Any = here.evidence.references["base_year"]
    found = _near_enough(asked, entry, here)
    assert list(found.missing) == missing
    assert (found.verdict == "pass") == (not missing)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, None),
        ({"serial": None}, None),
        ({"registry": "Nobody's"}, "the registry 'Nobody's' is not among those that are known"),
        ({"serial": "VCS-1"}, "the serial 'VCS-1' does not end in the first and the last number"),
    ],
)
def test_what_cannot_be_read_of_a_block_is_said(changes: dict[str, Any], says: str | None) -> None:
    here = context({"credits": [credit(2, **changes)]})
    (block,) = here.evidence.credits or ()
    found = judged_block(block, OffsetCover(ratio=Decimal(1)), here).remark
    assert (found.en[: len(says)] if found and says else found) == says


@pytest.mark.parametrize("asked", ["ex-post", None])
@pytest.mark.parametrize("sold", ["ex-post", "ex-ante"])
def test_credits_sold_before_the_fact_are_barred_where_that_is_asked(asked: Any, sold: str) -> None:
    here = context({"credits": [credit(2, issuance=sold)]})
    (block,) = here.evidence.credits or ()
    found = judged_block(block, OffsetCover(ratio=Decimal(1), issuance=asked), here)
    assert found.counts is not (asked == "ex-post" and sold == "ex-ante")


@pytest.mark.parametrize(
    ("probability", "says"),
    [("0.9", "supported"), ("0.90001", "supported"), ("0.89999", "within-uncertainty")],
)
def test_a_reduction_is_supported_from_the_least_probability_on(
    probability: str, says: str
) -> None:
    stated = {"reference": "base_year", "at_least": 0, "probability": probability, "draws": 1000}
    here = context({"probability_of_reduction": [stated], "least_probability": "0.9"})
    asked = Below.model_validate({"ref": "base_year", "by": 0, "same": ["function"]})
    assert margin_of(asked, cast("Any", None), here) == says


@pytest.mark.parametrize(
    ("day", "counts"),
    [("2025-12-31", False), ("2026-01-01", True), ("2027-01-01", True), ("2027-01-02", False)],
)
def test_credits_are_retired_around_the_day_of_a_plan(day: str, counts: bool) -> None:
    asked = OffsetCover(ratio=Decimal(1), around_months=6, declared="declaration")
    raw = {"plans": {"declaration": {"date": "2026-07-01"}}}
    here = context(raw | {"credits": [credit(2, retired_on=day)]})
    (block,) = here.evidence.credits or ()
    later = replace(here, as_of=date(2027, 6, 1))
    assert judged_block(block, asked, later).counts is counts


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        ("2026-11-20", "pass"),
        ("2026-11-21", "fail"),
        ("2026-05-20", "pass"),
        ("2026-05-19", "fail"),
        ("2025-12-30", "fail"),
    ],
)
def test_a_statement_is_of_a_day_between_the_data_and_the_decision(day: str, verdict: str) -> None:
    raw = {"verification": {"by": "A", "kind": "third-party", "date": day}}
    asked = Verified(any=("third-party",), every_months=6)
    assert verified(asked, context(raw)).verdict == verdict


@pytest.mark.parametrize(("day", "verdict"), [("2026-12-31", "pass"), ("2027-01-01", "fail")])
def test_data_are_good_until_the_day_so_many_months_after_their_end(day: str, verdict: str) -> None:
    here = replace(context(), as_of=date.fromisoformat(day))
    assert data_age(DataAge(max_months=12), here).verdict == verdict


def test_a_company_is_known_whatever_stands_between_its_letters() -> None:
    assert is_one_of("KETTLE-works, Ltd.", ["Kettle Works Ltd"])
    assert not is_one_of("Kettle Work", ["Kettle Works"])
    assert not is_one_of("-., ", ["-"])


@pytest.mark.parametrize(("digits", "read"), [(18, True), (19, False)])
def test_a_number_of_a_serial_is_one_that_a_database_can_hold(digits: int, read: bool) -> None:
    assert (parsed_serial(f"X-1-1-{'9' * digits}", "somebody's own") is not None) == read


def test_the_first_credit_of_a_series_may_be_number_zero() -> None:
    assert CreditUse("r", "s", 0, 0, "n", "c").first == 0
    for first, last in ((-1, 0), (2, 1)):
        with pytest.raises(Contradiction, match="no range"):
            CreditUse("r", "s", first, last, "n", "c")


@pytest.mark.parametrize("word", ["to", "until", "through", "至", "到", "から"])
def test_a_word_may_stand_between_the_first_and_the_last_number(word: str) -> None:
    found = parsed_serial(f"X-1-100 {word} 200", "somebody's own")
    assert found is not None
    assert (found.first, found.last) == (100, 200)


def test_a_leading_batch_is_read_of_the_registries_that_write_it_so() -> None:
    serial = "0001-000001-000100-VCS-VCU-1"
    for registry in ("Verra", "somebody's own"):
        found = parsed_serial(serial, registry)
        assert found is not None
        assert (found.first, found.last) == (1, 100)
    assert parsed_serial("1-2-3-x-5-7", "Gold Standard") != parsed_serial("1-2-3-x-5-7", "unknown")


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        (OffsetCover(ratio=Decimal(1), every_months=12), date(2027, 1, 1)),
        (OffsetCover(ratio=Decimal(1)), None),
        (DataAge(max_months=24), date(2027, 12, 31)),
        (Publish(fields=("c",), every_months=12), None),
    ],
)
def test_what_is_asked_for_ends_on_its_own_day(asked: Any, day: date | None) -> None:
    blocks = [credit(2), credit(2, start=9, retired_on=None)]
    found = [end for end, _ in _until(asked, context({"credits": blocks}))]
    assert found == ([] if day is None else [day])


def test_a_publication_is_renewed_so_long_after_the_oldest_that_has_a_day() -> None:
    papers = {
        "a": {"date": "2026-03-01"},
        "b": {"date": "2026-01-31"},
        "c": {"url": "https://x.example"},
    }
    asked = Publish(fields=("a", "b", "c"), every_months=12)
    (found,) = _published(asked, context({"publications": papers}))
    assert found[0] == date(2027, 1, 31)
    assert list(_published(asked, context({"publications": {"c": papers["c"]}}))) == []


@pytest.mark.parametrize(("day", "verdict"), [("2026-11-20", "pass"), ("2026-11-21", "fail")])
def test_a_paper_of_today_exists_and_one_of_tomorrow_does_not(day: str, verdict: str) -> None:
    here = context({"plans": {"path": {"date": day}}})
    assert plan(Plan(needs=("path",)), here).verdict == verdict


def test_of_an_aspect_each_side_that_was_not_given_is_missing() -> None:
    reference = {"value": "2", "per": "1 piece"}
    for own, other, missing in (
        ({}, {}, ["function", "references.base_year.function"]),
        ({"function": "boil"}, {}, ["references.base_year.function"]),
        ({}, {"function": "boil"}, ["function"]),
        ({"function": "boil"}, {"function": "boil"}, []),
    ):
        here = context({"references": {"base_year": reference | other}} | own)
        entry: Any = here.evidence.references["base_year"]
        assert _not_given("function", "base_year", entry, here) == missing


@pytest.mark.parametrize(("day", "verdict"), [("2025-11-20", "pass"), ("2025-11-19", "fail")])
def test_retirements_follow_one_another_within_so_many_months(day: str, verdict: str) -> None:
    asked = OffsetCover(ratio=Decimal(1), every_months=12)
    raw = {"units_sold": 1000, "credits": [credit(2, retired_on=day)]}
    assert offset_cover(asked, context(raw, period_end="2025-10-31")).verdict == verdict


@pytest.mark.parametrize("tonnes", ["0", "-1", "NaN"])
def test_a_block_of_nothing_is_none(tonnes: str) -> None:
    with pytest.raises(Contradiction, match="is none"):
        Credit(Decimal(tonnes))


def test_a_block_that_is_refused_is_told_before_one_that_is_not_known() -> None:
    asked = Credits(any=("VCS",), closed=True, deny=("Bad",))
    names = ("VCS", "Other", "Bad")
    blocks = [credit(2, start=9 * at, programme=name) for at, name in enumerate(names, start=1)]
    for many, verdict in ((1, "pass"), (2, "unknown"), (3, "fail")):
        assert programmes(asked, context({"credits": blocks[:many]})).verdict == verdict


def test_a_label_says_and_avoids_its_words_in_each_language() -> None:
    asked = Display(
        elements=(BilingualText(en="mark", zh="标志"), BilingualText(en="kg", zh="千克"))
    )
    says = display(asked, context()).says
    assert (says.en, says.zh) == ("for information: mark, kg", "提示：标志、千克")


@pytest.mark.parametrize(
    ("history", "year", "worst"),
    [({2020: 2}, 2021, False), ({2020: 1, 2021: 2}, 2021, True), ({2020: 2, 2021: 1}, 2020, False)],
)
def test_a_peak_in_its_own_history_is_the_worst_year(
    history: dict[int, int], year: int, worst: bool
) -> None:
    raw = {"value": "2", "per": "1 piece", "date": f"{year}-12-31", "history": history}
    entry: Any = context({"references": {"base_year": raw}}).evidence.references["base_year"]
    assert _is_worst_year(entry) == worst


@pytest.mark.parametrize(
    ("vintage", "verdict"), [(2020, "fail"), (2021, "pass"), (None, "unknown")]
)
def test_credits_are_younger_than_their_bound(vintage: int | None, verdict: str) -> None:
    asked = Credits(any=("VCS",), closed=True, vintage_after=2020)
    block = credit(2, programme="VCS", vintage=vintage)
    assert programmes(asked, context({"credits": [block]})).verdict == verdict


def test_a_digit_of_another_script_is_no_letter() -> None:
    letters = dict(_look_alikes())
    assert letters["а"] == "a"  # Cyrillic
    assert not [one for one in letters if unicodedata.category(one)[0] == "N"]


def test_what_a_paper_has_to_be_renewed_is_good_on_its_last_day() -> None:
    papers = {"publications": {"report": {"date": "2025-11-20", "url": "https://x.example"}}}
    asked = Publish(fields=("report",), every_months=12)
    here = context(papers)
    assert publish(asked, here).verdict == "pass"
    assert publish(asked, replace(here, as_of=date(2026, 11, 21))).verdict == "fail"


@pytest.mark.parametrize(("day", "counts"), [("2026-06-30", True), ("2026-07-01", False)])
def test_credits_are_retired_by_the_last_day_after_the_period(day: str, counts: bool) -> None:
    asked = OffsetCover(ratio=Decimal(1), retire_within_months=6)
    here = context({"credits": [credit(2, retired_on=day)]})
    (block,) = here.evidence.credits or ()
    assert judged_block(block, asked, here).counts is counts
    undated = credit(2, retired_on=None)
    (block,) = context({"credits": [undated]}).evidence.credits or ()
    assert judged_block(block, asked, here).counts is None


# Journeys and laws ------------------------------------------------------------------------------


@pytest.mark.parametrize(("kg", "reply"), [("90", "yes"), ("90.01", "no"), ("89.99", "yes")])
def test_a_year_at_its_goal_is_on_the_path(kg: str, reply: str) -> None:
    raw = load_plain_yaml(
        (Path(__file__).parents[2] / "examples" / "works.journey.yaml").read_text("utf-8")
    )
    raw["target"] = {"base_year": 2020, "target_year": 2030, "reduction": "0.2"}
    alike = {"boundary": "organisation", "gwp_set": "AR6"}
    raw["years"] = [{"year": 2020, "kg": "100", **alike}, {"year": 2025, "kg": kg, **alike}]
    (_, found) = progress(JourneyQuestion.model_validate(raw))
    assert (found["goal_kg"], found["on_path"]) == ("90", reply)


def test_each_lever_saves_what_its_own_measures_save() -> None:
    one = {"name": "m", "day": "2025-01-01"}
    measures = [one | {"lever": lever, "saved_kg": kg} for lever, kg in (
        ("technology", "3"), ("technology", "4"), ("management", "5"))]  # fmt: skip
    raw = load_plain_yaml(EXAMPLE.read_text("utf-8")) | {"measures": measures}
    found = by_lever(JourneyQuestion.model_validate(raw))
    assert {lever: (row["measures"], row["saved_kg"]) for lever, row in found.items()} == {
        "management": (1, "5"),
        "structure": (0, "0"),
        "technology": (2, "7"),
    }


def test_sectors_have_their_chinese_names() -> None:
    assert dict(SECTOR_ZH) == {
        "cement": "水泥", "electricity": "电力", "fertilisers": "化肥", "iron-and-steel": "钢铁",
        "aluminium": "铝", "hydrogen": "氢",
    }  # fmt: skip


def test_a_passport_without_a_number_says_so_of_the_number_and_its_stages() -> None:
    question = BatteryQuestion.model_validate({"kind": "ev", "declaration": {"study": "S"}})
    nothing = _passport(question, "ev", None)
    assert nothing["carbon_footprint_kg_co2e_per_kwh"] is None
    assert nothing["carbon_footprint_by_stage"] is None
    known = _passport(question, "ev", Declared(Decimal("0.05"), {"production": Decimal("0.05")}))
    assert known["carbon_footprint_kg_co2e_per_kwh"] == "0.05"
    assert known["carbon_footprint_by_stage"] == {"production": "0.05"}
    assert nothing["public_study"] == known["public_study"] == "S"


def test_a_round_begins_where_the_footprint_is_made_anew_after_a_disclosure() -> None:
    names: tuple[Step, ...] = ("quantify", "plan", "quantify", "disclose", "quantify", "plan")
    taken = tuple(TakenStep(step, DAY) for step in names)
    assert Chain(False, taken).round == taken[4:]
    assert Chain(False, taken[:4]).round == taken[:4]
    assert Chain(False, (*taken[:4], TakenStep("plan", DAY))).round == (
        *taken[:4],
        TakenStep("plan", DAY),
    )


@pytest.mark.parametrize(("energy", "cycles"), [("0", "10"), ("10", "0"), ("-1", "-1")])
def test_a_battery_that_delivers_nothing_has_no_number(energy: str, cycles: str) -> None:
    with pytest.raises(InputRefused, match="above zero"):
        service_energy_kwh(Decimal(energy), Decimal(cycles))


def test_lots_of_nothing_have_no_mean() -> None:
    lot = Embedded(Decimal(2), None, "t")
    assert weighted_mean([(Decimal(1), lot)]) == lot
    with pytest.raises(InputRefused, match="above zero"):
        weighted_mean([(Decimal(0), lot)])


def test_a_score_of_zero_is_shown_and_one_below_is_refused() -> None:
    assert displayed(Decimal(0), Decimal(100)).en.startswith("0 impact points")
    for points, mass in ((Decimal(-1), Decimal(100)), (Decimal(1), Decimal(0))):
        with pytest.raises(InputRefused, match="at least zero"):
            displayed(points, mass)


def test_a_duty_of_a_battery_without_figures_is_told_and_its_number_is_not() -> None:
    reply = battery_reply(BatteryQuestion.model_validate({"kind": "ev"}), DAY)
    assert set(reply["duties"]) == {"declaration", "class", "maximum"}
    assert not {"declared", "class", "maximum"} & set(reply)


def test_reasons_are_told_of_conditions_that_are_not_met() -> None:
    fine, bad = Trace("a", "pass", "fine", "好"), Trace("b", "fail", "bad", "坏")
    assert _reasons(None) == _reasons(Trace("all", "pass", "", children=(fine,))) == ()
    assert _reasons(Trace("all", "fail", "", children=(fine, bad))) == (Bilingual("bad", "坏"),)


@pytest.mark.parametrize(("stale", "told"), [("", "an answer"), ("a", "a"), ("b", "an answer")])
def test_an_answer_ages_with_the_rulings_on_its_own_kind_of_claim(
    stale: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markets, "_answer", lambda *_: "an answer")
    monkeypatch.setattr(markets, "_not_fresh", lambda answer, market, parameter, day: parameter)
    monkeypatch.setattr(markets, "is_stale", lambda parameter, day: parameter == stale)
    kinds = [SimpleNamespace(ruling=one, rests_on=on) for one, on in (("a", ("level",)), ("b", ()))]
    named = {name: name for name in ("applies", "a", "b")}
    market: Any = SimpleNamespace(applies="applies", claims=kinds, parameters=named)
    tier: Any = SimpleNamespace(rests_on="level")
    assert cast("Any", markets.answer_for(market, tier, "consumer", context(), None)) == told


def test_what_follows_where_conditions_hold_or_do_not_or_cannot_be_judged() -> None:
    ruling: Any = SimpleNamespace(met="met", not_met="not met", open="open")
    silent: Any = SimpleNamespace(met="met", not_met=None, open=None)
    traces = [None, *(Trace("all", verdict, "") for verdict in get_args(Verdict))]
    told: dict[str, Any] = {"pass": "met", "fail": "not met", "unknown": "open"}
    for trace in traces:
        expected = "met" if trace is None else told[trace.verdict]
        assert cast("Any", _outcome(ruling, trace)) == expected
        assert cast("Any", _outcome(silent, trace)) == "met"


@pytest.mark.parametrize(
    ("subjects", "extent", "verdict", "says"),
    [
        (("product", "event"), "complete", "pass", "This scheme takes an event as a subject"),
        (("product",), "complete", "fail", "This scheme does not apply to an event"),
        (("product",), "none", "unknown", "Whether this scheme applies to an event is not known"),
    ],
)
def test_whether_a_scheme_takes_a_subject(
    subjects: tuple[str, ...], extent: str, verdict: str, says: str
) -> None:
    takes = SimpleNamespace(subjects=subjects, confidence="H", citations=())
    scheme: Any = SimpleNamespace(takes=takes, coverage=SimpleNamespace(extent=extent))
    here = context()
    event = replace(here, facts=replace(here.facts, boundary="event"))
    (found,) = _taken(scheme, event)
    assert found.verdict == verdict
    assert found.says.replace("an event", "event") == says.replace("an event", "event")
    assert bool(_taken(scheme, here)) is False
