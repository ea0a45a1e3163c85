"""Every vector three ways: our engine, plain bw2calc on the same datapackages, and arithmetic."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from evidence import some

from footprint.engine.calculate import calculate
from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory
from footprint.values.result import Footprint
from footprint.vectors.arithmetic import value_of
from footprint.vectors.inventory import write_inventory
from footprint.vectors.read import Vector, cases
from footprint.vectors.results import numbers_of, texts_of

CASES = cases()
#: A vector is met when the numbers agree to this share (README.md).
TOLERANCE = 1e-9


@pytest.fixture(scope="session")
def vector_inventory(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> CompiledInventory:
    """The inventories of all cases, compiled once through our own reader and Brightway."""
    root = tmp_path_factory.mktemp("vectors")
    write_inventory(root / "test-vectors")
    return ensure_compiled(cache, root=root)


def footprint_of(case: Vector, inventory: CompiledInventory) -> Footprint:
    return calculate(case.bom(), inventory, case.gwp, electricity=case.electricity)


def near(found: float, expected: float) -> bool:
    return math.isclose(found, expected, rel_tol=TOLERANCE, abs_tol=1e-15)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_engine_gives_the_closed_form(
    case: Vector, vector_inventory: CompiledInventory
) -> None:
    result = footprint_of(case, vector_inventory)
    numbers = numbers_of(result)
    for name, formula in case.expect.items():
        expected = value_of(formula)
        assert near(numbers[name], expected), f"{case.title}: {name} = {formula} = {expected!r}"
    texts = texts_of(result)
    assert {name: texts[name] for name in case.says} == case.says, case.title


@pytest.mark.filterwarnings("ignore:All values in characterization matrix are zero")
def test_plain_brightway_gives_the_closed_form(vector_inventory: CompiledInventory) -> None:
    """One bw2calc LCA with a foreground of all cases: each product is an activity of its own."""
    from vector_brightway import brightway_numbers

    results = {case.id: footprint_of(case, vector_inventory) for case in CASES}
    found = brightway_numbers(vector_inventory, results)
    for case in CASES:
        for name, formula in some(case.expect.items()):
            if name in found[case.id]:
                assert near(found[case.id][name], value_of(formula)), (case.id, name)


def test_there_are_enough_vectors_of_every_kind() -> None:
    assert len(CASES) >= 80
    assert len({case.title for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_vector_writes_out_its_arithmetic(case: Vector) -> None:
    """A reader must see how the number comes about: at least one formula calculates."""
    assert "total" in case.expect
    assert any(set(str(formula)) & set("+-*/") for formula in case.expect.values()), case.title


@pytest.mark.parametrize(
    "formula", ["__import__('os')", "2 ** 3 ** 9", "(1).real", "1 if 1 else 2", "a", "", "1,2"]
)
def test_a_formula_is_arithmetic_and_nothing_else(formula: str) -> None:
    with pytest.raises(ValueError, match="not arithmetic"):
        value_of(formula)
