"""The register: every scheme of the printed list and more, their state, and how fresh facts are."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from rulekit import RULES
from typer.testing import CliRunner

from footprint.cli.main import application
from footprint.faults import InputRefused
from footprint.rules import (
    dated_parameters,
    load_printed_labels,
    scheme_document,
    scheme_list,
    stale_facts,
)
from footprint.rules.modules.catalogue import module_facts
from footprint.rules.printed_labels import printed_labels_from_text

_DAY = date(2026, 11, 20)
_PRINTED = load_printed_labels()
_LISTED = {row["id"]: row for row in scheme_list(RULES, _DAY, _PRINTED)}


def test_the_printed_list_is_kept_as_printed() -> None:
    tiers = Counter(tier for row in _PRINTED.rows for tier in row.tiers)
    counts = [int(row.count[1:]) for row in _PRINTED.rows if row.count.startswith("＞")]
    assert [row.number for row in _PRINTED.rows] == list(range(1, 20))
    assert len({row.place.en for row in _PRINTED.rows}) == 14
    assert tiers == {"disclosure": 11, "neutral": 9, "reduction": 5, "low-carbon": 2}
    assert (len(counts), sum(counts)) == (12, 33_730)
    assert sum(row.count == "/" for row in _PRINTED.rows) == 6
    assert [row.number for row in _PRINTED.rows if len(row.tiers) >= 3] == [1, 16]


def test_every_printed_row_points_to_schemes_that_are_here_and_says_its_source() -> None:
    for row in _PRINTED.rows:
        assert set(row.schemes) <= set(RULES.schemes)
        assert all(
            any(p["number"] == row.number for p in _LISTED[s]["printed"]) for s in row.schemes
        )
    assert _PRINTED.source.href == "printed"


def test_printed_and_found_stand_side_by_side() -> None:
    (row,) = _LISTED["eu-co2star"]["printed"]
    assert row["printed"]["tiers"] == ["disclosure"]
    assert row["printed"]["source"]["title"].startswith("深圳市质量协会会刊")
    assert row["found"]["tiers"] == ["low-carbon"]
    assert row["found"]["sources"][0]["url"].startswith("http")
    assert len(_LISTED["au-climate-active"]["printed"]) == 2
    assert _LISTED["cn-national"]["printed"] == []


@pytest.mark.parametrize(
    ("scheme", "day", "status"),
    [
        ("uk-carbon-trust", _DAY, "active"),
        ("de-pcf-pilot", _DAY, "pilot"),
        ("fr-karbon", _DAY, "app"),
        ("us-verus", _DAY, "unknown"),
        ("fr-casino", _DAY, "unknown"),
        ("fr-casino", date(2008, 7, 1), "active"),
        ("fr-casino", date(2008, 5, 31), "not_yet"),
        ("eu-co2star", date(2008, 12, 31), "active"),
        ("eu-co2star", date(2009, 1, 1), "ended"),
        ("au-greenhouse-friendly", date(2010, 6, 30), "active"),
        ("au-greenhouse-friendly", date(2010, 7, 1), "ended"),
        ("pas-2060", date(2025, 11, 29), "active"),
        ("pas-2060", date(2025, 11, 30), "ended"),
    ],
)
def test_a_scheme_has_its_state_on_a_day(scheme: str, day: date, status: str) -> None:
    (row,) = [row for row in scheme_list(RULES, day) if row["id"] == scheme]
    assert row["status"] == status


def test_without_a_day_the_last_recorded_state_is_told() -> None:
    listed = {row["id"]: row["status"] for row in scheme_list(RULES)}
    assert listed["pas-2060"] == "ended"
    assert listed["nz-toitu"] == "active"
    assert scheme_document(RULES, "pas-2060")["status"] == "ended"


def test_what_never_awarded_has_no_tiers_and_says_so() -> None:
    never = {s.id for s in RULES.schemes.values() if s.kind in ("pilot", "app")}
    assert never == {"de-pcf-pilot", "fr-karbon"}
    for scheme in never:
        with pytest.raises(InputRefused, match="awards no tier") as refused:
            RULES.tiers_of(scheme)
        assert refused.value.problems[0].code == "RUL-021"


def test_the_coverage_says_what_lacks_and_against_what_it_was_checked() -> None:
    for row in _LISTED.values():
        coverage = row["coverage"]
        assert coverage["validated_against"]
        assert coverage["validated_against_zh"]
        for language in ("lacks", "lacks_zh"):
            assert (coverage[language] is None) == (coverage["extent"] == "complete")


def test_a_fact_is_stale_after_180_days_and_not_on_the_180th() -> None:
    known = [*dated_parameters(RULES), *module_facts()]
    newest = max(fact.last_confirmed_on for fact in known)
    oldest = min(fact.last_confirmed_on for fact in known)
    assert stale_facts(known, oldest + timedelta(days=180)) == ()
    assert stale_facts(known, oldest + timedelta(days=181))[0].last_confirmed_on == oldest
    assert len(stale_facts(known, newest + timedelta(days=181))) == len(known)
    assert {"eu-cbam", "eu-battery-art-7", "fr-textile-cost", "kr-keiti"} <= {
        f.owner for f in known
    }


@pytest.mark.parametrize("text", ["- 1", "id: [", "id: a\nrows: []"])
def test_a_broken_printed_list_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="RUL-00"):
        printed_labels_from_text(text)


def _run(*arguments: str) -> Any:
    result = CliRunner().invoke(application(), [*arguments, "--format", "json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_command_lists_every_scheme() -> None:
    listed = _run("schemes", "list", "--as-of", "2026-11-20")["schemes"]
    assert {row["id"] for row in listed} == set(RULES.schemes)
    table = CliRunner().invoke(application(), ["schemes", "list", "--as-of", "2026-11-20"])
    assert table.exit_code == 0
    assert all(scheme in table.stdout for scheme in RULES.schemes)


def test_the_command_shows_rules_dates_sources_and_confidence() -> None:
    shown = _run("schemes", "show", "kr-keiti")
    assert all(value["reference"] for p in shown["parameters"] for value in p["values"])
    assert {p["confidence"] for p in shown["parameters"]} <= {"H", "M", "L"}
    assert shown["printed"][0]["number"] == 16


def test_the_command_reports_facts_that_were_not_looked_up_for_long() -> None:
    report = _run("schemes", "freshness", "--as-of", "2027-11-20")
    assert len(report["stale"]) == report["facts"]
    assert _run("schemes", "freshness", "--as-of", "2026-11-21")["stale"] == []
    table = CliRunner().invoke(application(), ["schemes", "freshness", "--as-of", "2027-11-20"])
    assert "kr-keiti" in table.stdout


def test_all_stands_alone(tmp_path: Any) -> None:
    bom = tmp_path / "bom.csv"
    bom.write_text("id\n", encoding="utf-8")
    result = CliRunner().invoke(
        application(), ["decide", str(bom), "--all", "--scheme", "kr-keiti"]
    )
    assert result.exit_code == 2
    assert "--all stands alone" in result.output
