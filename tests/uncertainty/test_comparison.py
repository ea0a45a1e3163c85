"""How sure is a reduction? Draws are paired, so that what two products share cancels."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats
from varying_inventory import Chain, bom, make

from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.uncertainty.compare import compare, compare_footprints
from footprint.uncertainty.quantities import FIXED
from footprint.uncertainty.simulate import SimulationSettings
from footprint.values.bom import Bom
from footprint.values.product import DeclaredUnit
from footprint.values.result import Electricity

CHAIN: Chain = {
    "green": [("co2-fossil", 1.0, {"gsd2": 1.5})],
    "grey": [("co2-fossil", 2.0, {"gsd2": 1.5})],
    "power": [("co2-fossil", 0.6, {"gsd2": 3.0})],
    "sink": [("co2-fossil", -1.0, {})],
}
ONLY = SimulationSettings(draws=4000, quantity_gsd2=FIXED)


@pytest.fixture
def made(tmp_path: Path) -> CompiledInventory:
    return make(tmp_path, CHAIN)


rows = st.lists(
    st.tuples(st.sampled_from(["green", "grey", "power"]), st.floats(0.01, 100.0)),
    min_size=1,
    max_size=5,
)
quick = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(rows)
def test_a_product_is_no_reduction_of_itself_in_any_draw(
    made: CompiledInventory, chosen: Any
) -> None:
    found = compare(bom(*chosen), bom(*chosen), made, 0.0, SimulationSettings(draws=100))
    assert (found.low, found.median, found.high, found.reduction) == (0.0, 0.0, 0.0, 0.0)
    assert (found.probability, found.error) == (1.0, 0.0)
    assert (
        compare(bom(*chosen), bom(*chosen), made, 1e-11, SimulationSettings(draws=100)).probability
        == 0.0
    )


@quick
@given(rows, st.floats(0.1, 0.9))
def test_less_of_everything_is_exactly_that_much_less_in_every_draw(
    made: CompiledInventory, chosen: Any, kept: float
) -> None:
    fewer = bom(*((name, amount * kept) for name, amount in chosen))
    found = compare(bom(*chosen), fewer, made, 0.0, SimulationSettings(draws=100))
    assert found.low == pytest.approx(1 - kept, abs=1e-9)
    assert found.high == pytest.approx(1 - kept, abs=1e-9)
    assert found.probability == 1.0


@quick
@given(rows, st.integers(1, 99))
def test_a_threshold_that_is_met_exactly_is_met_in_every_draw(
    made: CompiledInventory, chosen: Any, percent: int
) -> None:
    kept = (100 - percent) / 100
    fewer = bom(*((name, amount * kept) for name, amount in chosen))
    hundred = SimulationSettings(draws=100)
    assert compare(bom(*chosen), fewer, made, percent / 100, hundred).probability == 1.0
    assert compare(bom(*chosen), fewer, made, percent / 100 + 1e-9, hundred).probability == 0.0


def test_the_probability_is_that_of_the_closed_form(made: CompiledInventory) -> None:
    """new / old = (1 / 2) exp(sigma sqrt(2) z): at least 40 % less with P(z <= ln 1.2 / ...)."""
    found = compare(bom(("grey", 1.0)), bom(("green", 1.0)), made, 0.4, ONLY)
    sigma = math.sqrt(2) * math.log(1.5) / 2
    expected = stats.norm.cdf(math.log(1.2) / sigma)
    assert found.reduction == 0.5
    assert found.probability == pytest.approx(expected, abs=4 * found.error)
    assert found.error == pytest.approx(math.sqrt(expected * (1 - expected) / 4000), rel=0.05)
    assert found.low < found.reduction < found.high
    assert found.low == pytest.approx(1 - 0.5 * math.exp(1.96 * sigma), abs=0.05)


def test_what_both_share_cancels(made: CompiledInventory) -> None:
    """A third less of the same uncertain input is certain, though either total is not."""
    found = compare(bom(("power", 3.0)), bom(("power", 2.0)), made, 0.3, ONLY)
    assert found.probability == 1.0
    assert found.high - found.low < 1e-9


def named(*rows: tuple[str, str, float]) -> Bom:
    """Lines of a name, a dataset and an amount."""
    plain = bom(*((dataset, amount) for _, dataset, amount in rows))
    lines = zip(plain.lines, rows, strict=True)
    return replace(plain, lines=tuple(replace(line, name=row[0]) for line, row in lines))


def test_a_line_that_is_called_otherwise_is_the_same_quantity(made: CompiledInventory) -> None:
    english = named(("Housing", "grey", 1.0), ("Assembly", "power", 2.0))
    chinese = named(("外壳", "grey", 0.8), ("装配", "power", 1.6))
    found = compare(english, chinese, made, 0.2, SimulationSettings(draws=200))
    assert found.low == pytest.approx(0.2, abs=1e-9)
    assert found.high == pytest.approx(0.2, abs=1e-9)
    assert found.probability == 1.0


def test_lines_of_one_dataset_are_told_apart_by_their_amounts(made: CompiledInventory) -> None:
    english = named(("Foot", "grey", 1.0), ("Lid", "grey", 3.0), ("Plate", "grey", 5.0))
    chinese = named(("盖", "grey", 3.0), ("脚", "grey", 1.0), ("Plate", "grey", 5.0))
    found = compare(english, chinese, made, 0.0, SimulationSettings(draws=200))
    assert (found.low, found.high) == pytest.approx((0.0, 0.0), abs=1e-9)


def test_quantities_that_nobody_can_pair_stay_apart(made: CompiledInventory) -> None:
    """Neither of two names of one dataset is the other product's; nor is another dataset."""
    two = named(("Foot", "grey", 1.0), ("Lid", "grey", 3.0))
    others = named(("脚", "grey", 0.9), ("盖", "grey", 2.9))
    found = compare(two, others, made, 0.0, SimulationSettings(draws=200))
    assert found.high - found.low > 0.05
    swapped = compare(two, named(("Foot", "green", 1.0), ("Lid", "grey", 3.0)), made, 0.0)
    assert swapped.high - swapped.low > 0.01


def test_a_higher_threshold_is_never_more_probable(made: CompiledInventory) -> None:
    old, new = bom(("grey", 1.0), ("power", 1.0)), bom(("green", 1.5), ("power", 1.0))
    asked = (-0.5, 0.0, 0.1, 0.2, 0.5, 0.9)
    found = [compare(old, new, made, x, ONLY).probability for x in asked]
    assert found == sorted(found, reverse=True)
    assert 0.0 < found[2] < 1.0


def code_of(*arguments: Any, **named: Any) -> list[str]:
    with pytest.raises(InputRefused) as refused:
        compare(*arguments, **named)
    return [problem.code for problem in refused.value.problems]


def per(product: Bom, amount: float) -> Bom:
    facts = replace(product.product, declared_unit=DeclaredUnit(amount, "piece"))
    return replace(product, product=facts)


def test_products_of_different_units_or_boundaries_are_refused(made: CompiledInventory) -> None:
    one = bom(("grey", 1.0))
    assert code_of(one, per(one, 2.0), made) == ["UNC-002"]
    stages: Any = ("distribution", "use", "end_of_life")
    lines = (*one.lines, *(replace(one.lines[0], row=9, id=s, stage=s) for s in stages))
    assert code_of(one, replace(one, lines=lines), made) == ["UNC-002"]


def test_a_product_with_a_gap_is_not_compared(made: CompiledInventory) -> None:
    whole = calculate(bom(("grey", 1.0), ("power", 1.0)), made)
    gap = calculate(bom(("grey", 1.0), ("unknown", 1.0)), made, allow_gaps=True)
    with pytest.raises(InputRefused) as refused:
        compare_footprints(whole, gap, made)
    assert [problem.code for problem in refused.value.problems] == ["UNC-002"]


def test_location_and_market_based_totals_are_not_compared(made: CompiledInventory) -> None:
    result = calculate(bom(("power", 1.0)), made)
    location = replace(result, electricity=Electricity(0.6, 0.1, "location"))
    market = replace(result, electricity=Electricity(0.6, 0.1, "market"))
    assert compare_footprints(location, result, made).probability == 1.0
    with pytest.raises(InputRefused) as refused:
        compare_footprints(location, market, made)
    assert [problem.code for problem in refused.value.problems] == ["UNC-002"]


def test_a_reduction_of_nothing_is_refused(made: CompiledInventory) -> None:
    assert code_of(bom(("sink", 1.0)), bom(("grey", 1.0)), made) == ["UNC-002"]
    mostly = bom(("power", 1.0), ("sink", 0.59))
    assert code_of(mostly, bom(("grey", 1.0)), made, 0.0, ONLY) == ["UNC-002"]


@pytest.mark.parametrize("threshold", [1.0, 5.0, math.nan, -math.inf])
def test_a_threshold_that_is_no_share_is_refused(threshold: float, made: CompiledInventory) -> None:
    one = bom(("grey", 1.0))
    assert code_of(one, one, made, threshold) == ["UNC-001"]
