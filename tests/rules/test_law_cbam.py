"""Border adjustment: scope by code, direct and indirect apart, and never a carbon footprint."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.faults import InputRefused
from footprint.rules import Facts
from footprint.rules.modules.cbam import (
    Embedded,
    Precursor,
    applies_on,
    goods_scope_of,
    marked_up,
    specific_embedded_emissions,
    threshold_reached,
    weighted_mean,
)
from footprint.rules.modules.cbam_law import Goods, load_cbam_law

_LAW = load_cbam_law()


@pytest.mark.parametrize(
    ("code", "reply", "sector"),
    [
        ("2523 29 00", "yes", "cement"),
        ("2523", "unknown", "cement"),
        ("2523 40 00", "no", None),
        ("2507 00 80", "unknown", "cement"),
        ("2716 00 00", "yes", "electricity"),
        ("2814 10 00", "yes", "fertilisers"),
        ("3105 20 10", "yes", "fertilisers"),
        ("3105 60 00", "no", None),
        ("3105", "unknown", "fertilisers"),
        ("7208 51 20", "yes", "iron-and-steel"),
        ("7202 11 20", "yes", "iron-and-steel"),
        ("7202 21 00", "no", None),
        ("7202 99 80", "no", None),
        ("7202", "unknown", "iron-and-steel"),
        ("7204 10 00", "no", None),
        ("2601 12 00", "yes", "iron-and-steel"),
        ("7318 15 95", "yes", "iron-and-steel"),
        ("7319 40 00", "no", None),
        ("7601 10 00", "yes", "aluminium"),
        ("7602 00 11", "no", None),
        ("7615 10 10", "no", None),
        ("2804 10 00", "yes", "hydrogen"),
        ("8413 30 20", "no", None),
    ],
)
def test_the_scope_follows_the_code(code: str, reply: str, sector: str | None) -> None:
    found = goods_scope_of(_LAW, code)
    assert (found.answer.reply, found.sector) == (reply, sector)
    assert found.answer.says_zh


@pytest.mark.parametrize("origin", ["NO", "ch", "IS", "LI"])
def test_goods_of_exempt_countries_are_outside(origin: str) -> None:
    assert goods_scope_of(_LAW, "7601 10 00", origin).answer.reply == "no"
    assert goods_scope_of(_LAW, "7601 10 00", "CN").answer.reply == "yes"


@pytest.mark.parametrize("code", ["72", "steel", "123456789", ""])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(InputRefused, match="RUL-031"):
        goods_scope_of(_LAW, code)


def _goods(code: str) -> Goods:
    found = goods_scope_of(_LAW, code).goods
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "direct_only", "unit"),
    [
        ("2523 10 00", False, "t clinker"),
        ("2523 30 00", False, "t"),
        ("2808 00 00", False, "kg N"),
        ("3102 10 10", False, "supplementary unit"),
        ("2716 00 00", True, "kWh"),
        ("7208 51 20", True, "t"),
        ("2601 12 00", False, "t"),
        ("7601 10 00", True, "t"),
        ("2804 10 00", True, "t"),
    ],
)
def test_indirect_emissions_count_for_what_annex_two_does_not_list(
    code: str, direct_only: bool, unit: str
) -> None:
    goods = _goods(code)
    assert (goods.direct_only, goods.unit) == (direct_only, unit)


@pytest.mark.parametrize(
    ("sector", "tonnes", "reply"),
    [
        ("cement", "50", "no"),
        ("cement", "50.001", "yes"),
        ("aluminium", None, "unknown"),
        ("hydrogen", "1", "yes"),
        ("electricity", None, "yes"),
    ],
)
def test_fifty_tonnes_are_free_and_a_gram_more_is_not(
    sector: Any, tonnes: str | None, reply: str
) -> None:
    found = threshold_reached(_LAW, sector, Decimal(tonnes) if tonnes else None)
    assert found.reply == reply


def test_the_definitive_rules_apply_from_2026() -> None:
    assert applies_on(_LAW, date(2025, 12, 31)).reply == "not_yet"
    assert applies_on(_LAW, date(2026, 1, 1)).reply == "yes"


def test_simple_goods_are_emissions_over_activity() -> None:
    clinker = specific_embedded_emissions(
        _LAW, _goods("2523 10 00"), Decimal(1000), Decimal(850), Decimal(60)
    )
    assert clinker == Embedded(Decimal("0.85"), Decimal("0.06"), "t clinker")


def test_complex_goods_add_their_precursors_in_direct_and_indirect_apart() -> None:
    clinker = Embedded(Decimal("0.85"), Decimal("0.06"), "t clinker")
    cement = specific_embedded_emissions(
        _LAW,
        _goods("2523 29 00"),
        Decimal(1000),
        Decimal(20),
        Decimal(30),
        [Precursor("2523 10 00", Decimal(900), clinker)],
    )
    assert cement == Embedded(Decimal("0.785"), Decimal("0.084"), "t clinker")


def test_for_steel_no_indirect_emissions_are_counted_even_if_given() -> None:
    iron = Embedded(Decimal("1.5"), Decimal("0.2"), "t")
    steel = specific_embedded_emissions(
        _LAW,
        _goods("7208 51 20"),
        Decimal(100),
        Decimal(30),
        Decimal(40),
        [Precursor("7201 10 11", Decimal(90), iron)],
    )
    assert steel == Embedded(Decimal("1.65"), None, "t")


@pytest.mark.parametrize(
    ("code", "level", "indirect", "precursors", "words"),
    [
        ("2523 10 00", "0", "1", [], "above zero"),
        ("2523 10 00", "1", None, [], "Indirect emissions count"),
        ("7208 51 20", "1", None, ["8413 30 20"], "not a precursor of Annex I"),
        ("2523 29 00", "1", "1", ["2523 10 00"], "of the precursor '2523 10 00' are not given"),
    ],
)
def test_what_cannot_be_computed_is_refused(
    code: str, level: str, indirect: str | None, precursors: list[str], words: str
) -> None:
    inputs = [Precursor(cn, Decimal(1), Embedded(Decimal(1), None, "t")) for cn in precursors]
    with pytest.raises(InputRefused, match=words):
        specific_embedded_emissions(
            _LAW,
            _goods(code),
            Decimal(level),
            Decimal(1),
            None if indirect is None else Decimal(indirect),
            inputs,
        )


def test_a_product_carbon_footprint_has_no_way_in_or_out() -> None:
    assert not {"total_kg", "unit", "boundary"} <= set(Embedded.__dataclass_fields__)
    assert not {"direct", "indirect"} & set(Facts.__dataclass_fields__)


_LOTS = st.lists(
    st.tuples(st.decimals("0.1", "99", places=1), st.decimals("0", "9", places=2)), min_size=1
)


@given(_LOTS)
def test_the_mean_of_lots_lies_between_them_and_does_not_depend_on_their_order(
    lots: list[tuple[Decimal, Decimal]],
) -> None:
    known = [(amount, Embedded(value, None, "t")) for amount, value in lots]
    mean = weighted_mean(known).direct
    assert (
        min(v for _, v in lots) - Decimal("1e-9")
        <= mean
        <= max(v for _, v in lots) + Decimal("1e-9")
    )
    assert abs(weighted_mean(known[::-1]).direct - mean) < Decimal("1e-20")


def test_lots_that_are_not_counted_alike_have_no_mean() -> None:
    direct, both = Embedded(Decimal(1), None, "t"), Embedded(Decimal(1), Decimal(1), "t")
    with pytest.raises(InputRefused, match="RUL-031"):
        weighted_mean([(Decimal(1), direct), (Decimal(1), both)])
    mean = weighted_mean([(Decimal(1), both), (Decimal(3), Embedded(Decimal(5), Decimal(3), "t"))])
    assert mean == Embedded(Decimal(4), Decimal("2.5"), "t")


@pytest.mark.parametrize(
    ("sector", "year", "value"),
    [
        ("cement", 2026, "1.1"),
        ("cement", 2027, "1.2"),
        ("cement", 2028, "1.3"),
        ("cement", 2035, "1.3"),
        ("fertilisers", 2026, "1.01"),
        ("fertilisers", 2030, "1.01"),
    ],
)
def test_default_values_carry_the_mark_up_of_the_year(sector: Any, year: int, value: str) -> None:
    found, told = marked_up(_LAW, Decimal(1), sector, year)
    assert found == Decimal(value)
    assert told.confidence == "M"


def test_there_is_no_mark_up_before_the_definitive_period() -> None:
    with pytest.raises(InputRefused, match="RUL-031"):
        marked_up(_LAW, Decimal(1), "cement", 2025)


@pytest.mark.parametrize(
    "code", ["72081000", "７２０８１０００", "7208１０００", "7208 10 00", "7208.10.00"]
)
def test_a_code_is_the_same_in_every_width(code: str) -> None:
    assert goods_scope_of(load_cbam_law(), code).answer.reply == "yes"


@pytest.mark.parametrize("code", ["七二〇八", "٧٢٠٨١٠٠٠", "७२०८", "7208x", ""])
def test_digits_of_other_scripts_are_no_code(code: str) -> None:
    with pytest.raises(InputRefused, match="RUL-031"):
        goods_scope_of(load_cbam_law(), code)


@pytest.mark.parametrize(
    ("origin", "reply"),
    [
        ("CN", "yes"),
        ("DE", "no"),
        ("fr", "no"),
        ("GR", "no"),
        ("CH", "no"),
        ("Switzerland", "no"),
        ("法国", "no"),
        ("Brazil", "yes"),
    ],
)
def test_goods_of_the_union_and_of_exempt_countries_are_outside(origin: str, reply: str) -> None:
    assert goods_scope_of(load_cbam_law(), "72081000", origin).answer.reply == reply


@pytest.mark.parametrize("origin", ["XX", "EU", "Atlantis"])
def test_an_origin_that_is_no_country_is_refused(origin: str) -> None:
    with pytest.raises(InputRefused, match="RUL-031"):
        goods_scope_of(load_cbam_law(), "72081000", origin)
