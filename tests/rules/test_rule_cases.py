"""The cases that a lawyer can read: day, input, expected answer. They lie beside the rules."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from evidence import some
from rulekit import RULES, evidence, facts, places, without

from footprint.rules import Decision, decide, explain
from footprint.rules.book import Market, Scheme
from footprint.rules.case_file import run_cases

_DATA = Path(str(files("footprint.rules") / "data"))
_ALL = sorted(_DATA.glob("*/*.cases.yaml"))


def _load() -> list[Any]:
    found = []
    for path in (*sorted(_DATA.glob("schemes/*.cases.yaml")), *_DATA.glob("markets/*.cases.yaml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        defaults = {"scheme": path.name.removesuffix(".cases.yaml"), **content["defaults"]}
        for case in content["cases"]:
            whole = {**defaults, **case}
            whole["footprint"] = {**defaults.get("footprint", {}), **case.get("footprint", {})}
            whole["evidence"] = {**defaults["evidence"], **case.get("evidence", {})}
            if "references" in case:
                whole["evidence"]["references"] = case["references"]
            found.append(pytest.param(whole, id=f"{path.name}: {case['name']}"))
    return found


def _decide(case: dict[str, Any], raw: dict[str, Any] | None = None) -> Decision:
    # A case that names no period has the year before its day.
    measured = {"period_end": f"{case['as_of'].year - 1}-12-31", **case["footprint"]}
    footprint = {
        key: value.isoformat() if hasattr(value, "isoformat") else value
        for key, value in measured.items()
    }
    return decide(
        RULES,
        facts(**footprint),
        evidence(case["evidence"] if raw is None else raw),
        case["scheme"],
        case["tier"],
        case["as_of"],
    )


@pytest.mark.parametrize("case", _load())
def test_the_rules_answer_as_the_case_says(case: dict[str, Any]) -> None:
    decision = _decide(case)
    text = explain(decision)
    if "verdict" in case:
        assert decision.verdict == case["verdict"], text
    assert case.get("says", "") in text
    assert set(case.get("missing", [])) <= set(decision.missing)
    if "validity_months" in case:
        assert decision.validity_months == case["validity_months"]
    for name in case.get("confirm_first", []):
        assert any(name in item for item in decision.confirm_first), decision.confirm_first
    if "market" in case:
        _check_market(decision, case["market"], text)


def _check_market(decision: Decision, wanted: dict[str, Any], text: str) -> None:
    (found,) = [market for market in decision.markets if market.market == wanted["id"]]
    assert found.verdict == wanted["verdict"], text
    assert wanted.get("says", "") in found.says
    assert found.confidence == wanted.get("confidence", "H")
    if "wording" in wanted:
        assert list(found.permitted_wording) == wanted["wording"]


@pytest.mark.parametrize("case", _load())
def test_leaving_any_entry_of_a_case_out_never_settles_or_turns_its_verdict(
    case: dict[str, Any],
) -> None:
    full = _decide(case)
    for path in some(places(case["evidence"])):
        fewer = _decide(case, without(case["evidence"], path))
        assert fewer.verdict in ("unknown", full.verdict), path


def test_every_tier_has_a_case_that_passes_and_one_that_does_not() -> None:
    cases = [parameter.values[0] for parameter in _load()]
    seen = {(case["scheme"], case["tier"], _decide(case).verdict == "pass") for case in cases}
    never = {(case["scheme"], case["tier"]) for case in cases if case.get("never_awards")}
    tiers = [(scheme.id, tier) for scheme in RULES.schemes.values() for tier in scheme.tiers]
    for scheme_id, tier in some(tiers):
        assert (scheme_id, tier, False) in seen
        assert ((scheme_id, tier, True) in seen) != ((scheme_id, tier) in never)


@pytest.mark.parametrize("path", _ALL, ids=lambda path: str(path.name))
def test_the_command_finds_every_shipped_case_as_expected(path: Path) -> None:
    rules = path.with_name(path.name.replace(".cases.yaml", ".yaml"))
    found = run_cases(rules.name, rules.read_text("utf-8"), path.name, path.read_text("utf-8"))
    assert {one.name: one.wrong for one in found if one.wrong} == {}
    assert len(found) == len(yaml.safe_load(path.read_text("utf-8"))["cases"])


def test_every_rule_file_that_can_be_asked_has_its_cases_beside_it() -> None:
    # Two pilots have no tier that could be asked for.
    without = {"fr-karbon.yaml", "de-pcf-pilot.yaml"}
    rules = {path for path in _DATA.glob("*/*.yaml") if path not in _ALL}
    beside = {path.with_name(path.name.replace(".cases.yaml", ".yaml")) for path in _ALL}
    assert {path.name for path in rules - beside} == without
    assert beside < rules
    assert all(not RULES.schemes[name.removesuffix(".yaml")].tiers for name in some(without))


def test_every_market_has_a_case() -> None:
    looked_at = {p.values[0]["market"]["id"] for p in _load() if "market" in p.values[0]}
    assert looked_at == set(RULES.markets)


_OWNERS: list[Scheme | Market] = [*RULES.schemes.values(), *RULES.markets.values()]


@pytest.mark.parametrize("owner", _OWNERS, ids=lambda owner: owner.id)
def test_on_the_day_of_every_change_the_new_value_holds_and_the_day_before_it_does_not(
    owner: Scheme | Market,
) -> None:
    for parameter in some(owner.parameters.values()):
        for value, following in some(pairwise((*parameter.values, None))):
            assert value is not None
            assert parameter.at(value.since - timedelta(days=1)) != value
            # A pilot of which only the years are known is never certain to run on a day.
            if following is None or value.certain_from() < following.since:
                assert parameter.at(value.certain_from()) == value
