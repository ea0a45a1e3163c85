"""Benchmarks: who is compared with whom, quartiles by definition, ranks, and too few."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from evidence import some
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import percentileofscore

from footprint.analysis.benchmark import (
    BenchmarkRank,
    benchmark_figures,
    benchmark_rank,
    quantile,
)
from footprint.analysis.benchmark_document import benchmarks_document, figure_text
from footprint.analysis.benchmark_entries import BenchmarkEntry, benchmark_entry, named_category
from footprint.analysis.benchmark_groups import BenchmarkGroup, benchmark_groups
from footprint.canonical import content_hash

VIEW = {
    "number": "FP-1",
    "issued_at": "2026-11-20T12:00:00Z",
    "product_ids": [],
    "product_name": "Bolt",
    "product_category": "reinforcing bar",
    "company": "Alpha",
    "company_zh": "",
    "company_ids": [],
    "declared_amount": "1",
    "declared_unit": "kilogram",
    "boundary": "cradle-to-gate",
    "gwp_set": "AR6",
    "gwp_sets_used": ["AR6"],
    "total_kg_co2e": "2.5",
    "self_declared": True,
    "coverage_mass": "1",
    "coverage_lines": "1",
}


def view(number: int, **facts: Any) -> dict[str, Any]:
    """The public text of a certificate of a product and a company of its own."""
    own = {
        "number": f"FP-{number:03}",
        "product_name": f"Bar {number}",
        "company": f"Firm {number}",
    }
    return {**VIEW, **own, **facts}


def entries(*views: dict[str, Any]) -> list[BenchmarkEntry]:
    found = [benchmark_entry(one) for one in views]
    read = [one for one in found if isinstance(one, BenchmarkEntry)]
    assert len(read) == len(found), found
    return read


def only_group(*views: dict[str, Any]) -> BenchmarkGroup:
    (group,) = benchmark_groups(entries(*views))
    return group


def of_totals(totals: Sequence[str | Decimal | int]) -> BenchmarkGroup:
    return only_group(*(view(n, total_kg_co2e=str(one)) for n, one in enumerate(totals)))


def told(group: BenchmarkGroup, certificate: str = "") -> dict[str, Any]:
    document = benchmarks_document([group], {}, date(2026, 11, 29), 50, certificate, numbered=True)
    (found,) = document["groups"]
    return dict(found)


amounts = st.decimals(min_value=-10, max_value=10_000, places=3)


@given(st.lists(amounts, min_size=1, max_size=60), st.integers(0, 20))
def test_quantiles_are_those_of_numpy(values: list[Decimal], twentieths: int) -> None:
    part = Fraction(twentieths, 20)
    found = quantile(sorted(map(Fraction, values)), part)
    expected = np.quantile([float(value) for value in values], float(part), method="linear")
    assert float(found) == pytest.approx(float(expected), rel=1e-9, abs=1e-9)


@given(st.lists(amounts, min_size=2, max_size=60))
def test_quartiles_are_exactly_those_of_statistics(values: list[Decimal]) -> None:
    exact = sorted(map(Fraction, values))
    found = [quantile(exact, Fraction(part, 4)) for part in (1, 2, 3)]
    assert found == statistics.quantiles(exact, n=4, method="inclusive")


@given(st.lists(st.integers(0, 9), min_size=5, max_size=40), st.data())
def test_a_rank_is_100_less_the_weak_percentile_among_the_others(
    totals: list[int], data: st.DataObject
) -> None:
    group = of_totals(totals)
    place = data.draw(st.integers(0, len(totals) - 1))
    rank = benchmark_rank(group, f"FP-{place:03}")
    assert rank is not None
    others = totals[:place] + totals[place + 1 :]
    assert rank.others == len(others)
    expected = 100 - percentileofscore(others, totals[place], kind="weak")
    assert float(rank.lower_than_percent) == pytest.approx(expected)


def test_five_products_of_three_companies_are_enough_and_neither_fewer() -> None:
    def figures(companies: Sequence[str]) -> object:
        views = [view(n, company=company) for n, company in enumerate(companies)]
        return benchmark_figures(only_group(*views))

    assert figures(["a", "b", "c", "a", "a"]) is not None
    assert figures(["a", "b", "c", "d"]) is None
    assert figures(["a", "b", "a", "b", "a", "b", "a"]) is None


def test_too_few_tell_no_figure_and_no_rank_in_any_form() -> None:
    group = of_totals(["7.31", "8.42", "9.53", "6.64"])
    found = told(group, "FP-000")
    assert (found["state"], found["kg_co2e"], found["rank"]) == ("too_few", None, None)
    assert found["says"] == (
        "too few: products: 4, companies: 4; figures need 5 products of 3 companies"
    )
    assert "数量过少" in found["says_zh"]
    whole = json.dumps(found)
    assert not [one for one in some(["7.31", "8.42", "9.53", "6.64"]) if one in whole]


def test_quartiles_of_five_by_hand() -> None:
    found = told(of_totals(["1", "2", "4", "8", "16"]), "FP-001")
    assert found["kg_co2e"] == {
        "minimum": "1", "lower_quartile": "2", "median": "4", "upper_quartile": "8", "maximum": "16"
    }  # fmt: skip
    assert found["rank"] == {
        "others": 4, "higher": 3, "same": 0, "lower": 1, "lower_than_percent": "75.0"
    }  # fmt: skip


@pytest.mark.parametrize(
    "facts",
    [
        {"boundary": "cradle-to-grave"},
        {"declared_unit": "piece"},
        {"gwp_set": "AR5", "gwp_sets_used": ["AR5"]},
        {"gwp_sets_used": ["AR5", "AR6"]},
        {"product_category": "cement"},
    ],
)
def test_what_differs_is_never_joined(facts: dict[str, Any]) -> None:
    groups = benchmark_groups(entries(view(1), view(2, **facts)))
    assert [len(group.newest) for group in groups] == [1, 1]


@pytest.mark.parametrize(
    ("unit", "amount", "reference", "per_one"),
    [
        ("liter", "1", "cubic meter", Fraction(2500)),
        ("cubic meter", "1", "cubic meter", Fraction(5, 2)),
        ("megajoule", "3.6", "kilowatt hour", Fraction(5, 2)),
        ("kilogram", "1000", "kilogram", Fraction(1, 400)),
        ("piece", "12", "piece", Fraction(5, 24)),
    ],
)
def test_units_of_one_kind_are_joined_per_one_reference_unit(
    unit: str, amount: str, reference: str, per_one: Fraction
) -> None:
    (entry,) = entries(view(1, declared_unit=unit, declared_amount=amount))
    assert entry.unit == reference
    assert float(entry.kg_co2e) == pytest.approx(float(per_one), rel=1e-15)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("rebar", "钢筋", True),
        ("Rebar", "reinforcing bars", True),
        ("CPC:46410", "cpc : 46410", True),
        ("HS:8507.60", "HS:850760", True),
        ("CPC:46410", "HS:46410", False),
        ("Steel Bolt", "steel-bolt", True),
        ("Steel bolts", "steel bolt", False),
    ],
)
def test_categories_are_one_in_any_spelling(one: str, other: str, same: bool) -> None:
    first, second = named_category(one), named_category(other)
    assert first is not None
    assert second is not None
    assert (first.key == second.key) is same


@pytest.mark.parametrize("text", ["", " ", "—", ":-"])
def test_a_text_without_letters_is_no_category(text: str) -> None:
    assert named_category(text) is None


@pytest.mark.parametrize(("text", "kind"), [("HS:8507.60", "code"), ("Steel: bars", "name")])
def test_a_code_has_a_list_and_a_digit(text: str, kind: str) -> None:
    found = named_category(text)
    assert found is not None
    assert found.kind == kind


def test_a_product_with_a_code_is_in_the_group_of_its_code_too() -> None:
    coded = [
        view(n, product_category=f"word {n}", product_classifications=["CPC:41261"])
        for n in range(5)
    ]
    first, *others = benchmark_groups(entries(*coded))
    assert (first.category.shown, len(first.newest)) == ("CPC:41261", 5)
    assert [len(one.newest) for one in others] == [1] * 5


def test_the_newest_certificate_of_a_product_counts() -> None:
    old = view(1, product_ids=["urn:a"], total_kg_co2e="9", issued_at="2026-01-01T00:00:00Z")
    new = {**old, "number": "FP-900", "total_kg_co2e": "3", "issued_at": "2026-06-01T00:00:00Z"}
    group = only_group(new, old, *(view(n) for n in range(2, 7)))
    assert (len(group.entries), len(group.newest)) == (7, 6)
    assert min(group.values) == Fraction(5, 2)
    assert Fraction(9) not in group.values
    assert Fraction(3) in group.values
    rank = benchmark_rank(group, "FP-001")  # by its own number, not compared with its own product
    assert rank == BenchmarkRank(higher=0, same=0, lower=5)


def test_a_product_without_identifiers_is_told_by_its_name() -> None:
    bare, named = view(1), view(2, company="Firm 1", product_name="BAR-1", product_ids=["urn:a"])
    assert len(only_group(bare, named).newest) == 1
    other = view(3, company="Firm 1", product_name="Bar 1", product_ids=["urn:b"])
    assert len(only_group(named, other).newest) == 2


def test_one_company_never_counts_as_two() -> None:
    ids = view(1, company="Alpha Ltd", company_ids=["urn:x"])
    named = view(2, company="alpha Co., Limited")
    moved = view(3, company="Beta", company_ids=["urn:x"])
    group = only_group(ids, named, moved)
    assert len(set(group.companies)) == 1
    assert told(group)["most_products_of_one_company"] == 3


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"product_category": ""}, "no_category"),
        ({"company": "", "company_zh": ""}, "no_company"),
        ({"boundary": "organisation"}, "no_product"),
        ({"draft": True}, "draft"),
        ({"total_kg_co2e": "much"}, "unreadable"),
        ({"declared_amount": "0"}, "unreadable"),
        ({"declared_unit": "bushel"}, "unreadable"),
        ({"total_kg_co2e": "NaN"}, "unreadable"),
    ],
)
def test_what_cannot_be_compared_says_why(facts: dict[str, Any], why: str) -> None:
    assert benchmark_entry(view(1, **facts)) == why


def test_what_is_told_names_day_definition_and_certificates() -> None:
    group = of_totals([1, 1, 2, 3, 5])
    document = benchmarks_document([group, group], {"draft": 2}, date(2026, 11, 29), 1)
    assert (document["day"], document["more"], len(document["groups"])) == ("2026-11-29", 1, 1)
    assert "type 7" in document["quantiles"]
    assert document["left_out"] == [{"count": 2, "says": "it is a draft", "says_zh": "为草稿"}]
    numbers = [f"FP-{n:03}" for n in range(5)]
    assert document["groups"][0]["rests_on"] is None
    assert document["groups"][0]["rests_on_hash"] == content_hash(numbers)
    assert told(group)["rests_on"] == numbers


def test_a_share_is_rounded_down_so_that_it_never_says_more_than_is_so() -> None:
    rank = told(of_totals([1, *[2] * 2, 0] * 2), "FP-000")["rank"]
    assert (rank["higher"], rank["others"], rank["lower_than_percent"]) == (4, 7, "57.1")


def test_nothing_that_is_said_advertises() -> None:
    document = benchmarks_document(
        [of_totals([1, 2, 3, 4, 5])], {}, date(2026, 11, 29), 50, "FP-000"
    )
    whole = json.dumps(document, ensure_ascii=False).casefold()
    words = ("better", "best", "comparable products", "greener", "优于", "更环保", "领先", "最低碳")
    assert not [word for word in some(words) if word in whole]


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=4096))
def test_a_figure_that_ends_is_printed_whole(value: Fraction) -> None:
    text = figure_text(value)
    assert "E" not in text.upper()
    assert float(text) == pytest.approx(float(value), rel=1e-14, abs=1e-300)
