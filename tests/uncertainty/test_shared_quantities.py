"""A quantity has one random number: for every part of its line, and in every bill that has it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from varying_inventory import Chain, bom, make

from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory
from footprint.uncertainty.compare import compare_footprints
from footprint.uncertainty.quantities import FIXED
from footprint.uncertainty.simulate import SimulationSettings, uncertainty_of
from footprint.values.line import Line, Supply, TransportLeg
from footprint.values.uncertainty import Uncertainty

#: What only varies is what the lines state.
ONLY = SimulationSettings(draws=200, quantity_gsd2=FIXED)
#: One line in every shape; grid and wind, new and old are the same kg CO2e per unit.
SHAPES: dict[str, dict[str, Any]] = {
    "recycled": {"dataset": "new", "recycled_content": 0.4, "recycled_dataset": "old"},
    "recycled by name": {"dataset": "", "recycled_content": 0.4, "recycled_dataset": "old"},
    "wholly recycled": {"dataset": "new", "recycled_content": 1.0, "recycled_dataset": "old"},
    "sent far": {"dataset": "new", "transport": (TransportLeg("haul", 900.0),) * 2},
    "recycled and sent": {
        "dataset": "new",
        "recycled_content": 0.4,
        "recycled_dataset": "old",
        "transport": (TransportLeg("haul", 900.0),),
    },
    "under contract": {
        "dataset": "grid",
        "unit": "kWh",
        "contract": (Supply("wind", 0.5), Supply("grid", 0.5)),
    },
}
quick = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def made(tmp_path: Path) -> CompiledInventory:
    burdens = {"grid": 0.5, "haul": 0.1, "new": 3.0, "old": 3.0, "wind": 0.5}
    chain: Chain = {name: [("co2-fossil", x, {})] for name, x in burdens.items()}
    made = make(tmp_path, {**chain, "steel": [("co2-fossil", 2.0, {"gsd2": 1.2})]})
    units = {"grid": "kWh", "haul": "tkm", "wind": "kWh"}
    changed = {name: replace(made.datasets[name], unit=unit) for name, unit in units.items()}
    return replace(made, datasets={**made.datasets, **changed})


def line(shape: str, row: int = 2, amount: float = 2.0, share: float = 0.5) -> Line:
    name = {"under contract": "grid"}.get(shape, "new")
    says: dict[str, Any] = {"unit": "kg", "dataset": name, "uncertainty": share} | SHAPES.get(
        shape, {}
    )
    return Line(row, f"L{row}", name, amount, **says)


def plain(shape: str) -> Line:
    return replace(
        line(shape), transport=(), contract=(), recycled_content=None, recycled_dataset=""
    )


def found(lines: Sequence[Line], made: CompiledInventory) -> tuple[float, Uncertainty]:
    result = calculate(replace(bom(), lines=tuple(lines)), made, electricity="market")
    return result.total, uncertainty_of(result, made, ONLY)


def relative(lines: Sequence[Line], made: CompiledInventory) -> tuple[float, ...]:
    total, interval = found(lines, made)
    return tuple(x / total for x in (interval.low, interval.median, interval.mean, interval.high))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_line_is_as_uncertain_in_parts_as_in_one(shape: str, made: CompiledInventory) -> None:
    whole = relative([plain(shape)], made)
    assert whole[-1] - whole[0] > 0.5
    assert relative([line(shape)], made) == pytest.approx(whole, rel=1e-12)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_share_of_the_quantities_takes_the_parts_of_a_line_together(
    shape: str, made: CompiledInventory
) -> None:
    """Var(T e^(s z)) of all that the line emits, beside a figure of known variance."""
    total, _ = found([line(shape)], made)
    steel = replace(line("", 3, 1.0, 0.0), name="steel", dataset="steel")
    _, interval = found([line(shape), steel], made)
    quantity = total**2 * _variance(1.5)
    shares = {share.name: share.share for share in interval.by_figure}
    expected = quantity / (quantity + 2.0**2 * _variance(1.2))
    assert shares["quantities"] == pytest.approx(expected, rel=1e-9)


def _variance(gsd2: float) -> float:
    """That of a lognormal with median 1."""
    variance = (math.log(gsd2) / 2) ** 2
    return math.exp(variance) * math.expm1(variance)


@quick
@given(st.sampled_from(sorted(SHAPES)), st.floats(0.01, 0.99), st.booleans())
def test_a_split_line_in_any_order_is_the_line(
    made: CompiledInventory, shape: str, part: float, backwards: bool
) -> None:
    halves = [line(shape, 2, 2.0 * part), line(shape, 3, 2.0 * (1.0 - part))]
    other = replace(line("", 4), name="steel", dataset="steel")
    rows = [other, *halves] if backwards else [*halves, other]
    whole = relative([line(shape), other], made)
    assert relative(rows, made) == pytest.approx(whole, rel=1e-9)


@pytest.mark.parametrize("shape", ["recycled", "wholly recycled", "under contract"])
def test_the_quantity_cancels_when_the_supply_of_a_line_changes(
    shape: str, made: CompiledInventory
) -> None:
    """Same amount, same burden from elsewhere: no draw shows a reduction or an increase."""
    old, new = (
        calculate(replace(bom(), lines=(one,)), made, electricity="market")
        for one in (plain(shape), line(shape))
    )
    compared = compare_footprints(old, new, made, 0.0, ONLY)
    assert (compared.low, compared.high) == pytest.approx((0.0, 0.0), abs=1e-12)
    assert compared.probability == 1.0


def test_the_transport_of_an_assembly_has_one_quantity_of_its_own(made: CompiledInventory) -> None:
    legs = (TransportLeg("haul", 100.0), TransportLeg("haul", 200.0))
    case = Line(2, "A", "case", 1.0, "piece", transport=legs)
    part = replace(line("", 3), parent="A")
    result = calculate(replace(bom(), lines=(case, part)), made)
    assert {item.quantity_of for item in result.contributions} == {
        ("material", "case", ""),
        ("material", "new", "new"),
    }


def test_rows_of_one_quantity_that_state_different_shares_vary_together(tmp_path: Path) -> None:
    """Var(a e^(s z) + b e^(t z)) in closed form, beside a figure of known variance."""
    chain: Chain = {"new": [("co2-fossil", 3.0, {})], "steel": [("co2-fossil", 8.0, {"gsd2": 1.2})]}
    made = make(tmp_path, chain)
    steel = replace(line("", 4, 1.0, 0.0), name="steel", dataset="steel")
    _, interval = found([line("", 2, 1.0, 0.3), line("", 3, 2.0, 0.1), steel], made)
    s, t, u = (math.log(gsd2) / 2 for gsd2 in (1.3, 1.1, 1.2))

    def covariance(x: float, y: float) -> float:
        return math.exp((x * x + y * y) / 2) * math.expm1(x * y)

    rows = 9.0 * covariance(s, s) + 36.0 * covariance(t, t) + 2 * 18.0 * covariance(s, t)
    figure = 64.0 * covariance(u, u)
    shares = {share.name: share.share for share in interval.by_figure}
    assert shares["quantities"] == pytest.approx(rows / (rows + figure), rel=1e-9)
