"""The rule files: broken ones are refused with the words they need, shipped ones are whole."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from evidence import some
from pydantic import BaseModel
from rulekit import RULES

from footprint.faults import InputRefused
from footprint.rules import load_rules
from footprint.rules.arguments import LawOutcome, Ruling
from footprint.rules.book import Market, Parameter, Scheme
from footprint.rules.load import rules_from_texts

_HERE = Path(__file__).parent
_WHOLE = (_HERE / "whole_scheme.yaml").read_text("utf-8")
_BROKEN = sorted((_HERE / "broken").glob("*.yaml"))
#: What was printed and has no address.
_PRINTED = {"深圳市质量协会会刊：第二届可持续发展（深圳）峰会报道（2021-12-10）"}
_OWNERS: list[Scheme | Market] = [*RULES.schemes.values(), *RULES.markets.values()]
_PARAMETERS = [
    pytest.param(parameter, id=f"{owner.id} {parameter.name}")
    for owner in _OWNERS
    for parameter in owner.parameters.values()
]


def _refusal(schemes: dict[str, str]) -> str:
    with pytest.raises(InputRefused) as caught:
        rules_from_texts(schemes, {})
    assert all(problem.where.file in schemes for problem in caught.value.problems)
    assert all(problem.code.startswith("RUL-00") for problem in caught.value.problems)
    return str(caught.value)


@pytest.mark.parametrize("path", _BROKEN, ids=lambda path: path.stem)
def test_a_broken_rule_file_is_refused_with_the_words_it_needs(path: Path) -> None:
    first, text = path.read_text("utf-8").split("\n", 1)
    assert first.removeprefix("# must say: ") in _refusal({path.name: text})


def test_the_file_that_the_broken_ones_were_made_from_is_accepted() -> None:
    book = rules_from_texts({"whole.yaml": _WHOLE}, {})
    assert list(book.schemes) == ["test-scheme"]


def test_two_files_with_one_id_are_refused() -> None:
    assert "duplicate id 'test-scheme'" in _refusal({"a.yaml": _WHOLE, "b.yaml": _WHOLE})


def test_every_broken_file_is_named_at_once() -> None:
    broken = {path.name: path.read_text("utf-8") for path in _BROKEN[:2]}
    said = _refusal(broken)
    assert all(name in said for name in some(broken))


@pytest.mark.parametrize("parameter", _PARAMETERS)
def test_every_dated_value_has_a_source_with_an_address(parameter: Parameter) -> None:
    for value in some(parameter.values):
        assert value.citations
        for citation in some(value.citations):
            assert citation.title
            assert citation.article
            assert citation.url.startswith(("https://", "http://")) or citation.title in _PRINTED


@pytest.mark.parametrize("parameter", _PARAMETERS)
def test_every_description_is_in_both_languages(parameter: Parameter) -> None:
    assert parameter.description.en.isascii()
    assert any("一" <= sign <= "鿿" for sign in parameter.description.zh)


def test_a_prohibition_always_leaves_words_in_both_languages_that_may_be_said() -> None:
    outcomes = [
        outcome
        for market in RULES.markets.values()
        for parameter in market.parameters.values()
        for value in parameter.values
        if isinstance(value.arguments, Ruling)
        for outcome in _outcomes(value.arguments)
        if outcome.verdict == "prohibited"
    ]
    assert outcomes
    for outcome in outcomes:
        assert outcome.wording
        assert all(
            "{footprint}" in words.en and "{footprint}" in words.zh for words in outcome.wording
        )


def _outcomes(ruling: BaseModel) -> list[LawOutcome]:
    return [value for _, value in ruling if isinstance(value, LawOutcome)]


def test_the_hash_is_that_of_the_content() -> None:
    assert load_rules().hash == RULES.hash
    one = rules_from_texts({"a.yaml": _WHOLE}, {}).hash
    assert rules_from_texts({"b.yaml": f"# a comment\n{_WHOLE}"}, {}).hash == one
    assert rules_from_texts({"a.yaml": _WHOLE.replace("0.05", "0.06")}, {}).hash != one


def test_a_condition_in_a_market_must_say_what_follows_where_it_is_not_met() -> None:
    folder = Path(__file__).parents[2] / "footprint" / "rules" / "data" / "markets"
    text = (folder / "eu-2024-825.yaml").read_text("utf-8")
    conditional = text.replace(
        "    ruling: offset_claim\n",
        "    ruling: offset_claim\n    conditions: [{renewal: true}]\n",
    )
    with pytest.raises(InputRefused, match="needs 'not_met' and 'open'"):
        rules_from_texts({}, {"eu.yaml": conditional})


def test_what_is_not_confirmed_prohibits_nothing() -> None:
    folder = Path(__file__).parents[2] / "footprint" / "rules" / "data" / "markets"
    text = (folder / "eu-2024-825.yaml").read_text("utf-8")
    with pytest.raises(InputRefused, match="prohibits on a fact of confidence L"):
        rules_from_texts({}, {"eu.yaml": text.replace("confidence: H", "confidence: L")})


def test_each_date_may_have_a_confidence_of_its_own() -> None:
    by_date = "confidence: {2020-01-01: H, 2024-01-01: L}"
    book = rules_from_texts({"a.yaml": _WHOLE.replace("confidence: H", by_date)}, {})
    parameter = book.schemes["test-scheme"].parameters["offered"]
    assert [value.confidence for value in parameter.values] == ["H", "L"]
    assert parameter.confidence == "L"


def test_the_shipped_rules_load_fast_enough_for_a_command() -> None:
    start = perf_counter()
    load_rules()
    assert perf_counter() - start < 2.0  # 0.15 s measured; the bar of a command is 0.4 s
