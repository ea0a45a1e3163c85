"""What the desk and the pages of evidence say of an application, each case both ways, without a
server."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from api.console.certificates_view import actions_for
from api.console.desk_view import Turn, desk_row, happenings, reason_tree, turn_of
from api.console.evidence import _sentences
from api.console.evidence_view import (
    CHOICES,
    FIELDS,
    ask_views,
    named_fields,
    named_in_words,
    said_views,
    title_of,
)
from api.console.held_view import held_back
from api.console.tiers_view import _flags, _view
from api.store.tenants import Actor
from footprint.engine.completeness import SCREENING_SHARE
from footprint.rules.answers import Ask
from footprint.values.decision import Change, Citation, MarketDecision, Trace
from label_templates.console_pages import console_words

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
EN, ZH = console_words("en"), console_words("zh")


def _known(state: str = "submitted", **more: Any) -> Any:
    said: dict[str, Any] = {
        "maker": "Mai",
        "checker": "",
        "state": state,
        "scheme": "s",
        "tier": "reduction",
    }
    said |= {"id": "a1", "number": None, "changed_at": NOON}
    return SimpleNamespace(**(said | more))


def _actor(name: str, *roles: Any) -> Actor:
    return Actor("t", f"person:{name}", name, roles)


# Whose turn it is -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "actor", "turn", "mine"),
    [
        (_known(), _actor("Chen", "checker"), Turn(("check", "return"), "checker", ""), True),
        (
            _known(),
            _actor("Mai", "maker", "checker"),
            Turn(("withdraw",), "checker", "maker"),
            False,
        ),
        (_known(), _actor("Ann", "approver"), Turn((), "checker", ""), False),
        (_known("draft"), _actor("Mai", "maker"), Turn(("submit", "withdraw"), "maker", ""), True),
        (_known("returned"), _actor("Chen", "checker"), Turn((), "maker", ""), False),
        (
            _known("checked", checker="Chen"),
            _actor("Chen", "checker", "approver"),
            Turn(("return",), "approver", "checker"),
            False,
        ),
        (_known("issued"), _actor("Mai", "maker", "approver"), Turn((), "", ""), False),
    ],
)
def test_a_person_sees_the_steps_that_would_be_accepted(
    known: Any, actor: Actor, turn: Turn, mine: bool
) -> None:
    found = turn_of(known, actor)
    assert found == turn
    assert found.mine == mine


def test_a_row_of_the_desk_names_its_scheme_or_what_it_was_called() -> None:
    named = SimpleNamespace(name=SimpleNamespace(en="Label", zh="标签"))
    today, actor = date(2026, 11, 23), _actor("Chen", "checker")
    for schemes, names in (({"s": named}, ("Label", "标签")), ({}, ("s", "s"))):
        rules: Any = SimpleNamespace(schemes=schemes)
        row = desk_row(_known(), {"name": "Chair"}, "pass", rules, actor, today)
        assert (row.scheme_en, row.scheme_zh) == names
        assert (row.name_en, row.days, row.number) == ("Chair", 3, "")


def test_the_course_names_who_did_what() -> None:
    def entry(action: str, **facts: str) -> Any:
        return SimpleNamespace(action=action, facts=json.dumps(facts), actor="token:x", at=NOON)

    entries = [
        entry("application.drafted"),
        entry("application.submitted"),
        entry("application.returned", by="Chen", note="Too low"),
        entry("application.withdrawn", by="Mai", note="unsaid"),
        entry("certificate.issued", by="Ann"),
    ]
    found = [(one.what, one.who, one.note) for one in happenings(entries, _known())]
    assert found == [
        ("drafted", "Mai", ""),
        ("submitted", "token:x", ""),
        ("returned", "Chen", "Too low"),
        ("withdrawn", "Mai", ""),
    ]


def test_reasons_are_told_in_the_language_of_the_page() -> None:
    cited = (Citation("Rules", "4.2", "u"), Citation("Law"))
    missing = ("verification", "methods", "footprint.coverage.lines")
    told = f"{title_of('methods', 'en')}: not supplied: verification"
    inner = Trace("a", "pass", "Inner", confidence="L")
    says, says_zh = "not supplied: verification", "没有 verification"
    trace = Trace("r", "fail", says, says_zh, "M", cited, missing, (inner,))
    english, chinese = reason_tree(trace, "en"), reason_tree(trace, "zh")
    assert english.says == f"not supplied: {title_of('verification', 'en')}"
    assert chinese.says == f"没有 {title_of('verification', 'zh')}"
    # What the sentence names already is not said again; what the footprint lacks is no question.
    assert english.missing == (title_of("methods", "en"),)
    assert chinese.missing == (title_of("methods", "zh"),)
    assert english.cited == (("Rules, 4.2", "u"), ("Law", ""))
    assert (english.open, english.weak) == (True, False)
    (child,) = chinese.children
    assert (child.says, child.open, child.weak) == ("Inner", False, True)
    assert told not in english.says


# What is asked for ------------------------------------------------------------------------------


def _ask(key: str, form: Any, suggested: tuple[str, ...] = ()) -> Ask:
    return Ask(key, form, False, f"{key} is needed: not supplied: {key}", "", None, suggested)


def test_a_question_has_the_fields_and_the_choices_of_its_form() -> None:
    asks = (
        _ask("renewal", "choice"),
        _ask("pcr", "text"),
        _ask("verification", "verification", ("self",)),
        _ask("credits", "credits"),
        _ask("verification", "verification"),
    )
    views = ask_views(asks, ("pcr",), "en", {"value": "typed"}, "pcr", "No.")
    fields = [
        {one.name: [code for code, _ in one.choices] for one in view.fields} for view in views
    ]
    assert fields[0] == {"value": list(CHOICES["renewal"])}
    assert fields[1] == {"value": []}
    assert list(fields[2]) == list(FIELDS["verification"])
    assert (fields[2]["kind"], fields[2]["level"]) == (["self"], list(CHOICES["level"]))
    assert fields[3]["kind"] == list(CHOICES["credit_kind"])
    assert fields[3]["issuance"] == list(CHOICES["issuance"])
    assert fields[4]["kind"] == list(CHOICES["kind"])
    assert [view.error for view in views] == ["", "No.", "", "", ""]
    assert [view.fields[0].typed for view in views] == ["", "typed", "", "", ""]
    examples = [view.example for view in views]
    assert examples[:4] == [EN.word("ask_examples", one)
                            for one in ("renewal", "pcr", "verification", "credits")]  # fmt: skip
    # The question below says that it is not answered yet.
    assert views[1].says == f"{title_of('pcr', 'en')} is needed"


def test_what_a_sentence_lacks_is_called_as_pages_call_it() -> None:
    missing = ("plans.commitment", "plans.commitment.date", "footprint.total", "renewal")
    says = named_in_words("plans.commitment.date and footprint.total", missing, "en")
    assert says == f"{title_of('plans.commitment', 'en')} and footprint.total"


def test_answers_are_shown_in_words() -> None:
    evidence = {
        "renewal": True,
        "pcr": "absent",
        "credits": [],
        "methods": ["ISO 14067", "b2b"],
        "verification": {"by": "Li"},
    }
    said = {one.key: one.text for one in said_views(evidence, "en")}
    assert said["renewal"] == EN.word("ask_choices", "yes")
    assert said_views({"renewal": False}, "zh")[0].text == ZH.word("ask_choices", "no")
    assert said["pcr"] == said["credits"] == EN.say("does_not_exist")
    assert said["methods"] == f"ISO 14067{EN['joiner']}{EN.word('ask_choices', 'b2b')}"
    assert said["verification"] == f"{EN.word('ask_fields', 'by')}{EN['colon']}Li"


# Tiers ------------------------------------------------------------------------------------------


def _decision(verdict: Any, *children: Trace, **more: Any) -> Any:
    said: dict[str, Any] = {
        "scheme": "s", "scheme_name": "Label", "scheme_name_zh": "标签", "tier": "reduction",
        "verdict": verdict, "trace": Trace("all", verdict, "", children=children),
        "changes": (), "missing": (), "markets": (), "confirm_first": (),
    }  # fmt: skip
    return SimpleNamespace(**(said | more))


OFFERED = Trace("in_force", "pass", "Offered", "提供")
ENDED = Trace("in_force", "fail", "Ended", "结束")
WHOLE = Trace("complete", "unknown", "Incomplete", "不完整")
PROVED = Trace("proved", "unknown", "Unproved", "未证明")
HIGH = Trace("limit", "fail", "Too high", "太高")


@pytest.mark.parametrize(
    ("children", "why"),
    [
        ((ENDED, HIGH, PROVED), ("Ended", "结束")),
        ((OFFERED, PROVED, HIGH), ("Too high", "太高")),
        ((OFFERED, WHOLE, PROVED), ("Unproved", "未证明")),
        ((OFFERED, WHOLE), ("Incomplete", "不完整")),
        ((OFFERED,), ("", "")),
    ],
)
def test_a_tier_says_what_keeps_it_away_most(
    children: tuple[Trace, ...], why: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.console.tiers_view.markets_at_a_glance", lambda *_: ())
    change = Change("limit", "reduce", "0.1", "Less by 10 %", "减少 10 %")
    for changes, told in (((), ("", "")), ((change,), (change.says, change.says_zh))):
        decision = _decision("fail", *children, changes=changes)
        english, chinese = _view(decision, "en"), _view(decision, "zh")
        assert (english.why, chinese.why) == why
        assert (english.change, chinese.change) == told
        assert (english.name, chinese.name) == ("Label", "标签")


def test_flags_are_of_the_market_that_was_asked_for() -> None:
    markets = tuple(
        MarketDecision(market, audience, "allowed" if market == "th" else "prohibited", "", "")
        for market, audience in (("th", "consumer"), ("de", "consumer"), ("th", "business"))
    )
    decision = _decision("pass", OFFERED, markets=markets)
    assert _flags(decision, "th") == (("consumer", "allowed"), ("business", "allowed"))
    assert _flags(decision, "") == ()


@pytest.mark.parametrize(
    ("share", "lines", "by", "rough"),
    [
        (SCREENING_SHARE, 0, "name", ""),
        (SCREENING_SHARE + 0.01, 0, "name", "tiers_rough"),
        (SCREENING_SHARE, 2, "screening", "tiers_screening"),
        (SCREENING_SHARE, 2, "name", "tiers_mixed"),
    ],
)
def test_what_holds_a_number_back_is_named(share: float, lines: int, by: str, rough: str) -> None:
    kept = {"model": SimpleNamespace(screening=True)}
    inventory: Any = SimpleNamespace(datasets=kept)
    document = {
        "completeness": {"screening_mass_share": share, "screening_lines": lines},
        "contributions": [
            {"name": "Foam", "dataset": "model", "matched_by": by},
            {"name": "Foam", "dataset": "model", "matched_by": by},
            {"name": "Bolt", "dataset": "steel", "matched_by": "name"},
        ],
    }
    held = _decision("unknown", OFFERED, missing=("footprint.completeness",))
    found = held_back([held], 3, document, inventory)
    assert found is not None
    assert (found.left, found.rough, found.rows) == (3, rough, ("Foam",))
    assert held_back([_decision("fail", HIGH, missing=("pcr",))], 3, document, inventory) is None


@pytest.mark.parametrize(("share", "shown"), [(None, ""), (0.05, ""), (0.2, "20.0 %")])
def test_weight_that_is_in_no_line_holds_a_number_back(share: float | None, shown: str) -> None:
    whole = {"screening_mass_share": 0.0, "screening_lines": 0}
    whole |= {} if share is None else {"unlisted_mass_share": share}
    document = {"completeness": whole, "contributions": []}
    held = _decision("unknown", OFFERED, missing=("footprint.completeness",))
    inventory: Any = SimpleNamespace(datasets={})
    found = held_back([held], 0, document, inventory)
    assert found is not None
    assert (found.unlisted, found.rough) == (shown, "")
    said = EN.say("tiers_unlisted", share=found.unlisted)
    assert said.startswith(f"{shown} of the stated weight is in none of the lines.")


def test_what_keeps_a_number_from_being_compared_is_named() -> None:
    """Only where it is all that does: a number that no label is given for has other worries."""
    kept: Any = {
        "model": SimpleNamespace(screening=False, lacks_en="assembly", cut=False),
        "ore": SimpleNamespace(screening=False, lacks_en="", cut=True),
        "steel": SimpleNamespace(screening=False, lacks_en="", cut=False),
    }
    inventory: Any = SimpleNamespace(datasets=kept)
    parts = [("Board", "model", "id"), ("Lid", "steel", "name"), ("Ore", "ore", "id")]
    parts += [("Coil", "urn:uuid:1", "supplier"), ("Bar", "steel", "id")]
    whole = {"screening_mass_share": 0.0, "screening_lines": 0, "lacking_share": 0.443}
    document: dict[str, Any] = {
        "completeness": whole,
        "contributions": [
            {"name": name, "dataset": dataset, "matched_by": by, "row": row}
            for row, (name, dataset, by) in enumerate(parts, 2)
        ],
        "warnings": [{"code": "ENG-020", "row": 3}, {"code": "ENG-013", "row": 6}],
    }
    asked = _decision("unknown", OFFERED, missing=("pcr", "footprint.completeness.lacks"))
    found = held_back([asked], 0, document, inventory)
    assert found is not None
    assert (found.lacking, found.lacking_rows) == ("44.3 %", ("Board", "Lid", "Ore"))
    coil = document | {"warnings": [{"code": "SUP-014", "row": 5}, {"code": "SUP-009", "row": 6}]}
    told = held_back([asked], 0, coil, inventory)
    assert told is not None
    assert told.lacking_rows == ("Board", "Ore", "Coil")
    early = _decision("unknown", OFFERED, missing=("references.base_year",))
    assert held_back([early], 0, document, inventory) == found
    shown = _decision("unknown", OFFERED, missing=("pcr",), tier="disclosure")
    assert held_back([shown], 0, document, inventory) is None
    little = document | {"completeness": whole | {"lacking_share": 0.03}}
    assert held_back([early], 0, little, inventory) is None
    both = _decision("unknown", OFFERED, missing=("footprint.coverage.lines",))
    found = held_back([asked, both], 2, document, inventory)
    assert found is not None
    assert (found.left, found.lacking) == (2, "")
    older = document | {"completeness": {"screening_mass_share": 0.0, "screening_lines": 0}}
    found = held_back([asked], 0, older, inventory)
    assert found is not None
    assert found.lacking == "untold"


# Certificates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "roles", "steps"),
    [
        ("issued", ("approver",), ("suspend", "revoke")),
        ("suspended", ("approver",), ("reinstate", "revoke")),
        ("revoked", ("approver",), ()),
        ("issued", ("maker", "checker"), ()),
    ],
)
def test_no_step_is_offered_that_would_be_refused(
    status: str, roles: Any, steps: tuple[str, ...]
) -> None:
    kept: Any = SimpleNamespace(status=status)
    assert actions_for(kept, Actor("t", "n", "P", roles)) == steps


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("“verification.level” is missing", "“{level}” is missing"),
        ("'verification.level' is missing", "“{level}” is missing"),
        ("“verification” is missing", "“{title}” is missing"),
        ("“level” is missing", "“level” is missing"),
        ("“verification.more.level” is missing", "“verification.more.level” is missing"),
        ("“verification.gadget” is missing", "“verification.gadget” is missing"),
        ("“credits.level” is missing", "“credits.level” is missing"),
    ],
)
def test_a_refused_answer_calls_the_fields_of_its_question_as_they_are_labelled(
    said: str, shown: str
) -> None:
    label, title = EN.word("ask_fields", "level"), title_of("verification", "en")
    assert label != "level"
    assert named_fields(said, "verification", "en") == shown.format(level=label, title=title)


def test_what_stands_against_a_tier_is_what_fails_or_was_answered_in_vain() -> None:
    def trace(verdict: str, says: str, *within: Any, missing: tuple[str, ...] = ()) -> Any:
        return SimpleNamespace(
            verdict=verdict, says=says, says_zh="", children=within, missing=missing
        )

    inner = (trace("fail", "too old", missing=("pcr",)), trace("pass", "good"))
    decision: Any = SimpleNamespace(
        trace=trace(
            "fail", "all",
            trace("fail", "one of two", *inner), trace("fail", "too old"),
            trace("unknown", "not said", missing=("pcr",)), trace("unknown", "not known"),
        )
    )  # fmt: skip
    visit: Any = SimpleNamespace(language="en")
    assert _sentences(decision, visit, "fail") == ["too old"]
    assert _sentences(decision, visit, "unknown") == ["not known"]
