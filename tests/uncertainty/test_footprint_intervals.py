"""The interval of a footprint: right where it can be calculated, honest where it cannot."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats
from varying_inventory import Chain, bom, make

from footprint.canonical import canonical_json
from footprint.documents.footprint import footprint_document
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.uncertainty.quantities import FIXED
from footprint.uncertainty.simulate import (
    SimulationSettings,
    add_uncertainty,
    uncertain,
    uncertainty_of,
)
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.uncertainty import QuantityGsd2

#: Kept apart from the defaults: only the inventory varies.
ONLY = SimulationSettings(draws=1000, seed=1, quantity_gsd2=FIXED)
PLAIN: Chain = {
    "iron": [("co2-fossil", 2.0, {"gsd2": 1.5})],
    "wood": [("co2-fossil", 0.5, {"gsd2": 1.2}), ("co2-uptake", 1.8, {"gsd2": 1.1})],
    "zinc": [("co2-fossil", 3.0, {})],
}


@pytest.fixture
def plain(tmp_path: Path) -> CompiledInventory:
    return make(tmp_path, PLAIN)


def bound_error(sigma: float, level: float, draws: int) -> float:
    """Standard error of a sample quantile of a lognormal with median 1 (order statistics)."""
    upper = (1.0 + level) / 2.0
    distribution = stats.lognorm(sigma)
    return float(math.sqrt(upper * (1 - upper) / draws) / distribution.pdf(distribution.ppf(upper)))


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_one_lognormal_figure_has_the_quantiles_of_the_lognormal(
    level: float, plain: CompiledInventory
) -> None:
    draws = 4000
    found = uncertain(bom(("iron", 5.0)), plain, settings=replace(ONLY, draws=draws, level=level))
    sigma = math.log(1.5) / 2
    expected = stats.lognorm(sigma, scale=10.0)
    error = 4 * 10.0 * bound_error(sigma, level, draws)
    assert found.low == pytest.approx(expected.ppf((1 - level) / 2), abs=error)
    assert found.high == pytest.approx(expected.ppf((1 + level) / 2), abs=error)
    assert found.mean == pytest.approx(expected.mean(), abs=4 * expected.std() / math.sqrt(draws))
    assert found.median == pytest.approx(10.0, rel=0.02)


def test_the_stated_error_of_a_bound_is_the_one_of_order_statistics(
    plain: CompiledInventory,
) -> None:
    found = uncertain(bom(("iron", 5.0)), plain, settings=replace(ONLY, draws=2000))
    expected = 10.0 * bound_error(math.log(1.5) / 2, 0.95, 2000)
    assert found.convergence.error_high == pytest.approx(expected, rel=0.35)


def test_few_draws_are_not_settled_and_the_advice_settles_them(plain: CompiledInventory) -> None:
    found = uncertain(bom(("iron", 5.0)), plain, settings=replace(ONLY, draws=100)).convergence
    assert not found.settled
    for _ in range(4):  # the first advice rests on a bound that is itself not settled
        if not found.settled:
            how = replace(ONLY, draws=found.draws_needed)
            found = uncertain(bom(("iron", 5.0)), plain, settings=how).convergence
    assert found.settled


def test_without_uncertainty_there_is_no_width_and_all_of_it_is_unstated(
    plain: CompiledInventory,
) -> None:
    found = uncertain(bom(("zinc", 5.0)), plain, settings=ONLY)
    assert found.low == found.median == found.mean == found.high == 15.0
    assert found.unstated_share == 1.0
    assert found.by_line == found.by_figure == ()
    assert found.convergence.settled


@pytest.mark.parametrize(("rows", "share"), [((("iron", 3.0), ("zinc", 2.0)), 0.5)])
def test_the_unstated_share_is_that_of_the_emissions(
    rows: Any, share: float, plain: CompiledInventory
) -> None:
    assert uncertain(bom(*rows), plain, settings=ONLY).unstated_share == pytest.approx(share)


def test_a_wider_figure_widens_the_interval(tmp_path: Path) -> None:
    widths = []
    for gsd2 in (1.0, 1.1, 1.3, 2.0, 4.0):
        made = make(tmp_path / str(gsd2), {"iron": [("co2-fossil", 2.0, {"gsd2": gsd2})]})
        found = uncertain(bom(("iron", 1.0)), made, settings=ONLY)
        widths.append(found.high - found.low)
    assert widths[0] == 0.0
    assert widths == sorted(set(widths))


def test_quantities_vary_by_their_default_and_the_result_names_it(
    plain: CompiledInventory,
) -> None:
    how = SimulationSettings(draws=4000)
    found = uncertain(bom(("zinc", 5.0)), plain, settings=how)
    sigma = math.log(1.2) / 2
    assert found.quantity_gsd2 == QuantityGsd2(1.05, 1.2)
    error = 4 * 15.0 * bound_error(sigma, 0.95, 4000)
    assert found.high == pytest.approx(stats.lognorm(sigma, scale=15.0).ppf(0.975), abs=error)
    codes = {w.code for w in add_uncertainty(calculate(bom(("zinc", 5.0)), plain), plain).warnings}
    assert {"UNC-004", "UNC-007"} <= codes


def stated(product: Bom, share: float) -> Bom:
    return replace(product, lines=tuple(replace(one, uncertainty=share) for one in product.lines))


def test_a_quantity_varies_by_what_its_line_states(plain: CompiledInventory) -> None:
    only = replace(ONLY, draws=4000)
    product = stated(bom(("zinc", 2.0)), 0.3)
    found = uncertain(product, plain, settings=only)
    assert found.high == pytest.approx(6.0 * 1.3, rel=0.02)
    assert found.low == pytest.approx(6.0 / 1.3, rel=0.02)
    exact = uncertain(stated(product, 0.0), plain, settings=only)
    assert (exact.low, exact.high) == (6.0, 6.0)


def test_defaults_are_named_only_where_a_line_states_nothing(plain: CompiledInventory) -> None:
    product = bom(("iron", 1.0), ("zinc", 1.0))
    some = replace(product, lines=(replace(product.lines[0], uncertainty=0.1), product.lines[1]))
    codes = [
        {note.code for note in add_uncertainty(calculate(one, plain), plain).warnings}
        for one in (product, some, stated(product, 0.1))
    ]
    assert ["UNC-007" in found for found in codes] == [True, True, False]


def test_a_primary_quantity_is_narrower(plain: CompiledInventory) -> None:
    measured = bom(("zinc", 5.0))
    primary = replace(measured, lines=(replace(measured.lines[0], data_type="primary"),))
    wide, narrow = uncertain(measured, plain), uncertain(primary, plain)
    assert narrow.high - narrow.low < (wide.high - wide.low) / 2


amounts = st.floats(1e-3, 1e3)
rows = st.lists(st.tuples(st.sampled_from(sorted(PLAIN)), amounts), min_size=1, max_size=6)
quick = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
HUNDRED = SimulationSettings(draws=100, seed=3)


@quick
@given(rows)
def test_the_interval_holds_the_value(plain: CompiledInventory, chosen: Any) -> None:
    product = bom(*chosen)
    found = uncertain(product, plain, settings=HUNDRED)
    assert found.low <= calculate(product, plain).total <= found.high
    assert 0.0 <= found.unstated_share <= 1.0


@quick
@given(rows, st.floats(0.01, 100.0))
def test_scaling_the_bill_scales_the_interval(
    plain: CompiledInventory, chosen: Any, scale: float
) -> None:
    once = uncertain(bom(*chosen), plain, settings=HUNDRED)
    more = uncertain(bom(*((n, scale * a) for n, a in chosen)), plain, settings=HUNDRED)
    assert more.low == pytest.approx(scale * once.low, rel=1e-9)
    assert more.high == pytest.approx(scale * once.high, rel=1e-9)


@quick
@given(rows, st.randoms())
def test_the_order_of_rows_changes_no_digit(
    plain: CompiledInventory, chosen: Any, random: Any
) -> None:
    product = bom(*chosen)
    shuffled = [*product.lines]
    random.shuffle(shuffled)
    one = uncertain(product, plain, settings=HUNDRED)
    two = uncertain(replace(product, lines=tuple(shuffled)), plain, settings=HUNDRED)
    assert (one.low, one.median, one.high) == (two.low, two.median, two.high)


@quick
@given(amounts, st.floats(0.01, 0.99))
def test_splitting_a_row_changes_nothing(
    plain: CompiledInventory, amount: float, part: float
) -> None:
    whole = uncertain(bom(("iron", amount)), plain, settings=HUNDRED)
    split = uncertain(
        bom(("iron", amount * part), ("iron", amount * (1 - part))), plain, settings=HUNDRED
    )
    assert split.low == pytest.approx(whole.low, rel=1e-9)
    assert split.high == pytest.approx(whole.high, rel=1e-9)
    assert [s.share for s in split.by_figure] == pytest.approx([s.share for s in whole.by_figure])


def test_many_skewed_figures_extend_the_interval_to_the_value_and_say_so(tmp_path: Path) -> None:
    """The mean of 400 wide lognormals lies far above the sum of their medians, in every draw."""
    skewed: Chain = {"x": [("co2-fossil", 1.0, {"gsd2": 6.0})] * 400}
    made = make(tmp_path, skewed)
    product = bom(("x", 1.0))
    found = uncertain(product, made, settings=ONLY)
    assert found.low == calculate(product, made).total == pytest.approx(400.0)
    assert found.extended
    result = add_uncertainty(calculate(product, made), made, ONLY)
    assert "UNC-006" in {warning.code for warning in result.warnings}


def test_biogenic_uptake_stays_out_of_the_interval(plain: CompiledInventory) -> None:
    found = uncertain(bom(("wood", 1.0)), plain, settings=ONLY)
    assert 0.4 < found.low < 0.5 < found.high < 0.62
    assert found.unstated_share == 0.0


def test_direct_emissions_vary_with_their_quantity_only(plain: CompiledInventory) -> None:
    line = Line(2, "E", "co2-fossil", 7.0, "kg", stage="direct_emission", data_type="primary")
    product = replace(bom(), lines=(line,))
    assert uncertain(product, plain, settings=ONLY).high == pytest.approx(7.0, rel=1e-12)
    assert 7.2 < uncertain(product, plain).high < 7.6


def test_a_suppliers_own_footprint_has_no_range_and_counts_as_unstated(
    plain: CompiledInventory,
) -> None:
    result = calculate(bom(("iron", 3.0), ("zinc", 2.0)), plain)
    iron, zinc = result.contributions
    bought = zinc._replace(matched_by="supplier", dataset="iron")  # an id that is a dataset's too
    found = uncertainty_of(replace(result, contributions=(iron, bought)), plain, ONLY)
    expected = uncertain(bom(("iron", 3.0), ("zinc", 2.0)), plain, settings=ONLY)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-12)
    assert found.unstated_share == pytest.approx(0.5)


def test_shares_by_figure_are_squared_sensitivities(plain: CompiledInventory) -> None:
    found = uncertain(bom(("iron", 1.0), ("wood", 2.0), ("zinc", 4.0)), plain, settings=ONLY)
    iron = stats.lognorm(math.log(1.5) / 2, scale=2.0).var()
    wood = stats.lognorm(math.log(1.2) / 2, scale=1.0).var()
    expected = {"iron": iron / (iron + wood), "wood": wood / (iron + wood)}
    assert {s.name: s.share for s in found.by_figure} == pytest.approx(expected, rel=1e-9)


def test_shares_by_line_agree_with_those_by_figure_where_each_line_has_its_own(
    plain: CompiledInventory,
) -> None:
    how = replace(ONLY, draws=4000)
    found = uncertain(bom(("iron", 1.0), ("wood", 2.0)), plain, settings=how)
    lines = {share.label: share.share for share in found.by_line}
    assert sum(lines.values()) == pytest.approx(1.0, rel=1e-9)
    figures = {share.name: share.share for share in found.by_figure}
    assert lines == pytest.approx(figures, abs=0.05)


def test_figures_upstream_get_their_shares_through_a_loop(tmp_path: Path) -> None:
    chain: Chain = {
        "power": [("coal", 0.5, {}), ("co2-fossil", 1.0, {"gsd2": 1.2})],
        "coal": [("power", 0.2, {"gsd2": 1.3}), ("co2-fossil", 0.1, {})],
    }
    made = make(tmp_path, chain)
    found = uncertain(bom(("power", 1.0)), made, settings=replace(ONLY, draws=100))
    assert {share.name for share in found.by_figure} == {"power", "coal"}
    first_order = _finite_differences(made)
    assert {s.name: s.share for s in found.by_figure} == pytest.approx(first_order, rel=1e-6)


def _finite_differences(made: CompiledInventory) -> dict[str, float]:
    """(dT/da)^2 Var(a) with T = (1 a_c + e) solved by hand: T = (e + 0.5 (0.1 + b T))."""

    def total(emission: float, back: float) -> float:
        return (emission + 0.5 * 0.1) / (1 - 0.5 * back)

    assert total(1.0, 0.2) == pytest.approx(made.intensity("power")["fossil"])
    step = 1e-6
    parts = {
        "power": (total(1 + step, 0.2) - total(1 - step, 0.2)) / (2 * step),
        "coal": (total(1, 0.2 + step) - total(1, 0.2 - step)) / (2 * step),
    }
    variances = {
        "power": stats.lognorm(math.log(1.2) / 2, scale=1.0).var(),
        "coal": stats.lognorm(math.log(1.3) / 2, scale=0.2).var(),
    }
    weights = {name: parts[name] ** 2 * variances[name] for name in parts}
    return {name: weight / sum(weights.values()) for name, weight in weights.items()}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_interval(
    plain: CompiledInventory,
) -> None:
    result = calculate(bom(("iron", 1.0), ("wood", 2.0)), plain)
    documents = [
        canonical_json(
            footprint_document(add_uncertainty(result, plain, SimulationSettings(seed=seed)))
        )
        for seed in (1, 1, 2)
    ]
    assert documents[0] == documents[1]
    assert documents[0] != documents[2]


def test_the_document_has_the_interval_only_when_it_was_asked_for(
    plain: CompiledInventory,
) -> None:
    result = calculate(bom(("iron", 1.0)), plain)
    assert "uncertainty" not in footprint_document(result)
    found = footprint_document(add_uncertainty(result, plain))["uncertainty"]
    assert {"low", "high", "level", "draws", "seed"} <= set(found)
    assert found["low"] <= result.total <= found["high"]


def test_a_level_out_of_range_is_refused(plain: CompiledInventory) -> None:
    with pytest.raises(InputRefused) as refused:
        uncertain(bom(("iron", 1.0)), plain, settings=SimulationSettings(level=1.0))
    assert [problem.code for problem in refused.value.problems] == ["UNC-001"]


def test_the_draws_of_a_product_are_the_sum_of_its_lines(inventory: CompiledInventory) -> None:
    """On the shipped inventory the undrawn contributions are those of the engine."""
    names = sorted(inventory.datasets)[::40]
    product = Bom(
        bom().product,
        tuple(
            Line(row, f"L{row}", name, 1.0, inventory.entry(name).unit, dataset=name)
            for row, name in enumerate(names, start=2)
        ),
        "bom.csv",
        "sha256:" + "0" * 64,
    )
    result = calculate(product, inventory)
    found = uncertain(product, inventory, settings=replace(ONLY, draws=100))
    assert found.low <= result.total <= found.high
    assert found.median == pytest.approx(result.total, rel=0.2)
    assert np.isfinite([found.low, found.high, found.mean]).all()
