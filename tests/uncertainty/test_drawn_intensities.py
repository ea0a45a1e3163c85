"""Every draw solves the inventory exactly: closed forms, dense algebra, and bw2calc."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import bw2calc
import bw_processing
import numpy as np
import pytest
from scipy.sparse import csr_matrix
from varying_inventory import Chain, make

from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.union import unite
from footprint.uncertainty.ensemble import ensemble, fill, nominal_intensities
from footprint.uncertainty.figures import EMISSION, Figures, load_figures
from footprint.uncertainty.solve import TOLERANCE, solve_system
from footprint.uncertainty.system import DrawnSystem, prepared_draws, sampled_amounts, solve_draw

WIDE: dict[str, Any] = {"gsd2": 1.6}
#: Coal, power and steel need each other, power also itself, steel takes power twice; scrap is
#: certain, and so is all that stands behind it.
LOOP: Chain = {
    "coal": [("power", 0.05, WIDE), ("ch4-fossil", 0.01, {"minimum": 0.005, "maximum": 0.02})],
    "power": [
        ("coal", 0.4, WIDE),
        ("power", 0.05, WIDE),
        ("steel", 0.001, WIDE),
        ("co2-fossil", 0.9, {"gsd2": 1.1}),
    ],
    "scrap": [("co2-fossil", 0.1, {})],
    "steel": [
        ("power", 0.5, WIDE),
        ("power", 0.1, {"minimum": 0.05, "maximum": 0.3}),
        ("coal", 0.6, {"minimum": 0.5, "maximum": 0.7}),
        ("scrap", 0.2, {}),
        ("co2-fossil", 1.2, {"pedigree": (2, 2, 3, 1, 2)}),
        ("co2-uptake", 0.3, WIDE),
    ],
}


def opened(inventory: CompiledInventory, seed: int = 1) -> tuple[Figures, DrawnSystem]:
    figures = load_figures(inventory, "AR6")
    return figures, prepared_draws(figures, nominal_intensities(inventory, "AR6"), seed)


def dense(figures: Figures, amounts: Any, size: int) -> Any:
    """A^T h = f with the given amounts, by LAPACK."""
    matrix, burdens = np.eye(size), np.zeros(size)
    for at, amount in enumerate(amounts):
        if figures.supplier[at] == EMISSION:
            burdens[figures.dataset[at]] += amount * figures.factor[at]
        else:
            matrix[figures.dataset[at], figures.supplier[at]] -= amount
    return np.linalg.solve(matrix, burdens)


def brightway(figures: Figures, amounts: Any, size: int) -> Any:
    """The same amounts as a float64 datapackage, solved forward by bw2calc for each dataset."""
    inputs = figures.supplier != EMISSION
    flow = 10**6
    package = bw_processing.create_datapackage(sum_intra_duplicates=True)
    own = [(at, at) for at in range(size)]
    taken = list(zip(figures.supplier[inputs], figures.dataset[inputs], strict=True))
    emitted = [(flow, column) for column in figures.dataset[~inputs]]
    for matrix, places, data, flips in (
        ("technosphere_matrix", own + taken, [*np.ones(size), *amounts[inputs]], size),
        ("biosphere_matrix", emitted, (amounts * figures.factor)[~inputs], len(emitted)),
        ("characterization_matrix", [(flow, flow)], [1.0], 1),
    ):
        package.add_persistent_vector(
            matrix=matrix,
            name=matrix,
            indices_array=np.array(places, dtype=bw_processing.INDICES_DTYPE),
            data_array=np.asarray(data, dtype=np.float64),
            flip_array=np.arange(len(places)) >= flips,
        )
    lca = bw2calc.LCA({0: 1.0}, data_objs=[package])
    lca.lci(factorize=True)
    lca.lcia()
    scores = []
    for column in range(size):
        lca.lci({column: 1.0})
        lca.lcia_calculation()
        scores.append(lca.score)
    return np.array(scores)


def test_a_chain_multiplies_what_was_drawn(tmp_path: Path) -> None:
    chain: Chain = {
        "a": [("b", 2.0, WIDE)],
        "b": [("c", 3.0, WIDE)],
        "c": [("co2-fossil", 0.5, WIDE)],
    }
    figures, system = opened(make(tmp_path, chain))
    for draw in range(20):
        amounts = sampled_amounts(figures, system, draw)
        found, residual = solve_draw(system, draw)
        assert found == pytest.approx(np.cumprod(amounts[::-1])[::-1], rel=1e-12)
        assert residual <= TOLERANCE


def test_a_loop_is_solved_like_dense_algebra_solves_it(tmp_path: Path) -> None:
    figures, system = opened(make(tmp_path, LOOP))
    for draw in range(50):
        amounts = sampled_amounts(figures, system, draw)
        found, _ = solve_draw(system, draw)
        assert found == pytest.approx(dense(figures, amounts, 4), rel=1e-11)


def test_a_loop_is_solved_like_bw2calc_solves_it(tmp_path: Path) -> None:
    figures, system = opened(make(tmp_path, LOOP))
    for draw in range(5):
        amounts = sampled_amounts(figures, system, draw)
        found, _ = solve_draw(system, draw)
        assert found == pytest.approx(brightway(figures, amounts, 4), rel=1e-9)


def test_the_shipped_inventory_with_every_figure_varied_is_solved_like_bw2calc_solves_it(
    inventory: CompiledInventory,
) -> None:
    figures = load_figures(inventory, "AR6")
    size = len(inventory.datasets)
    varied = replace(
        figures, kind=np.ones_like(figures.kind), first=np.full_like(figures.first, 0.1)
    )
    system = prepared_draws(varied, nominal_intensities(inventory, "AR6"), 1)
    amounts = sampled_amounts(varied, system, 0)
    found, residual = solve_draw(system, 0)
    scale = np.maximum(np.abs(found), 1e-9)
    assert np.abs(found - dense(varied, amounts, size)).max() <= 1e-9
    assert (np.abs(found - brightway(varied, amounts, size)) <= 1e-9 * scale).all()
    assert residual <= TOLERANCE


def test_without_deviation_the_figures_are_those_of_the_compiled_table(
    inventory: CompiledInventory,
) -> None:
    figures = load_figures(inventory, "AR6")
    nominal = nominal_intensities(inventory, "AR6")
    expected = dense(figures, figures.amount, len(nominal))
    assert nominal == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_what_nothing_uncertain_stands_behind_never_moves(tmp_path: Path) -> None:
    made = make(tmp_path, LOOP)
    drawn = ensemble(made, "AR6", 200, 1)
    scrap = made.entry("scrap").column
    assert (drawn[scrap] == nominal_intensities(made, "AR6")[scrap]).all()
    assert np.ptp(drawn, axis=1)[[0, 1, 3]].min() > 0.0


def test_draws_depend_on_the_seed_and_not_on_threads_or_on_how_many_follow(tmp_path: Path) -> None:
    _, system = opened(make(tmp_path, LOOP))
    one, two, more = np.empty((4, 100)), np.empty((4, 100)), np.empty((4, 150))
    assert fill(one, system, workers=1) <= TOLERANCE
    fill(two, system, workers=3)
    fill(more, system, workers=2)
    assert one.tobytes() == two.tobytes()
    assert one.tobytes() == np.ascontiguousarray(more[:, :100]).tobytes()
    _, other = opened(make(tmp_path, LOOP), seed=2)
    fill(two, other)
    assert (one[0] != two[0]).all()


def test_a_dataset_more_changes_no_draw_of_the_others(tmp_path: Path) -> None:
    brass: Chain = {"brass": [("steel", 1.0, WIDE), ("co2-fossil", 2.0, WIDE)]}
    small, large = make(tmp_path / "a", LOOP), make(tmp_path / "b", {**LOOP, **brass})
    before, after = ensemble(small, "AR6", 100, 1), ensemble(large, "AR6", 100, 1)
    for name in LOOP:
        was, now = before[small.entry(name).column], after[large.entry(name).column]
        assert now == pytest.approx(was, rel=1e-12)


def test_an_ensemble_is_kept_beside_the_inventory_and_read_again(tmp_path: Path) -> None:
    made = make(tmp_path, LOOP)
    first = ensemble(made, "AR6", 100, 1)
    [kept] = tmp_path.glob("ensemble-*.npy")
    again = ensemble(made, "AR6", 100, 1)
    assert isinstance(again, np.memmap)
    assert np.array(again).tobytes() == np.array(first).tobytes()
    assert np.load(kept).shape == (4, 100)
    assert not list(tmp_path.glob(".new-*"))


def test_inventories_used_together_have_the_draws_of_each(tmp_path: Path) -> None:
    first = make(tmp_path / "a", {"iron": [("co2-fossil", 1.0, WIDE)]})
    second = replace(make(tmp_path / "b", LOOP), sources={})
    both = unite([first, second])
    drawn = ensemble(both, "AR6", 100, 1)
    assert drawn[0].tobytes() == np.array(ensemble(first, "AR6", 100, 1)[0]).tobytes()
    assert drawn[1:].tobytes() == np.array(ensemble(second, "AR6", 100, 1)).tobytes()


def test_a_draw_whose_loop_uses_more_than_it_makes_is_refused(tmp_path: Path) -> None:
    greedy: Chain = {
        "a": [("b", 0.9, {"gsd2": 4.0}), ("co2-fossil", 1.0, {})],
        "b": [("a", 0.9, {"gsd2": 4.0})],
    }
    with pytest.raises(InputRefused) as refused:
        ensemble(make(tmp_path, greedy), "AR6", 100, 1)
    assert [problem.code for problem in refused.value.problems] == ["UNC-003"]


def test_a_singular_system_is_not_taken_for_solved() -> None:
    matrix = csr_matrix(np.array([[1.0, -1.0], [-1.0, 1.0]]))
    _, residual = solve_system(matrix, np.array([1.0, 1.0]))
    assert residual > TOLERANCE


def test_what_bicgstab_cannot_solve_is_factorised() -> None:
    """A rotation: its first residual and its image are at right angles, so BiCGSTAB breaks down."""
    matrix = csr_matrix(np.array([[0.0, 1.0], [-1.0, 0.0]]))
    solution, residual = solve_system(matrix, np.array([1.0, 2.0]))
    assert solution == pytest.approx([-2.0, 1.0])
    assert residual <= TOLERANCE


@pytest.mark.parametrize(("draws", "seed"), [(99, 1), (100_001, 1), (100, -1), (100, 2**63)])
def test_settings_out_of_range_are_refused(draws: int, seed: int, tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        ensemble(make(tmp_path, LOOP), "AR6", draws, seed)
    assert [problem.code for problem in refused.value.problems] == ["UNC-001"]
