"""Brightway at work: bw2calc builds the matrices of a compiled folder, and checks what is solved.

bw2calc links, maps and characterises (`LCA` on the datapackages). Of its matrices A, B and C every
dataset's intensity is solved at once, A^T h = (C B)^T; a sample of datasets is then calculated the
other way round, by `lci` and `lcia`, and must be the same.

Importing bw2calc imports bw2data, which makes a folder and a database: only a process with a
directory of its own does so (`own_directory`), never one that serves.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import splu

from footprint.inventory import faults
from footprint.inventory.model import CATEGORIES, GWP_SETS
from footprint.inventory.packages import Floats, Ids, load_package
from footprint.inventory.productive import unproductive

#: Datasets that every build calculates forward too, spread evenly over the sorted ids.
SAMPLED = 25
#: How far a sampled dataset may be from bw2calc's own answer, relative to it.
TOLERANCE = 1e-9
#: What is so small beside the largest intensity of a category is rounding: where nothing is emitted
#: upstream, the solver leaves 1e-35 instead of zero.
_NOISE = 1e-28
#: Differences are relative to a dataset's number, or to this share of the category's largest: a
#: forward solve leaves rounding of the whole system where a dataset has nothing of a category.
_FLOOR = 1e-9

#: Datasets of a loop that a message names.
_SHOWN = 5

#: `solve` for the transposed technosphere matrix: right-hand sides (datasets, columns) in, too.
Solve = Callable[[Floats], Floats]


def own_directory(folder: Path) -> None:
    """Give Brightway `folder` (made if need be) for what it writes when it is imported.

    Must run before anything of Brightway is imported, in a process that ends after the work.
    """
    folder.mkdir(exist_ok=True)
    os.environ["BRIGHTWAY2_DIR"] = str(folder)


@dataclass(frozen=True, slots=True)
class System:
    """bw2calc's `LCA` on the background of a folder, its transposed matrix factorised once."""

    lca: Any
    transposed: csc_matrix
    solve: Solve
    order: tuple[int, ...]


def open_system(folder: Path, datasets: Ids) -> System:
    """The matrices of `background.zip`, by bw2calc. Raises `InputRefused` (INV-009).

    The transpose is factorised, not the matrix: with SuperLU and COLAMD 1.5 s against 92 s on
    20,000 processes.
    """
    bw2calc = _bw2calc()
    lca = bw2calc.LCA({1: 1.0}, data_objs=[load_package(folder, "background.zip")])
    try:
        lca.load_lci_data()
        transposed = csc_matrix(lca.technosphere_matrix.T)
        solver = splu(transposed)
    except (RuntimeError, ValueError) as error:  # "Factor is exactly singular", or not square
        raise faults.SINGULAR.refuse(f"the technosphere matrix is singular: {error}") from error
    rows = lca.dicts.product
    _check_loops(lca, datasets)
    return System(
        lca, transposed, solver.solve, tuple(rows[at] for at in sorted(datasets.values()))
    )


def _check_loops(lca: Any, datasets: Ids) -> None:
    """Refuse a system with a loop that uses as much as it makes: its solution is negative."""
    names = sorted(datasets, key=lambda name: datasets[name])
    rows = [lca.dicts.product[datasets[name]] for name in names]
    columns = [lca.dicts.activity[datasets[name]] for name in names]
    found = unproductive(lca.technosphere_matrix.tocsc()[rows][:, columns])
    if found:
        shown = ", ".join(names[at] for at in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        message = f"a loop uses as much of its products as it makes, or more: {shown}{more}"
        raise faults.SINGULAR.refuse(message, hint="Check amounts and units of these datasets.")


def _bw2calc() -> Any:
    """bw2calc, without its advice to install a solver library of 1 GB."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import bw2calc
    return bw2calc


def characterisations(system: System, folder: Path, gwp_set: str) -> dict[str, Any]:
    """bw2calc's characterisation matrix of every category under a GWP set, diagonal, in kg CO2e
    per kg of flow. Raises `ValueError` if a category names no flow at all."""
    found = {}
    for category in CATEGORIES:
        with warnings.catch_warnings():
            # A category without a flow in use, such as land management, is zero and no mistake.
            warnings.filterwarnings("ignore", message="All values in characterization matrix")
            name = f"characterisation-{gwp_set}-{category}.zip"
            system.lca.load_lcia_data([load_package(folder, name)])
        found[category] = system.lca.characterization_matrix
    return found


def intensities(system: System, matrices: Mapping[str, Any]) -> Floats:
    """Characterised burden of one unit of every dataset.

    matrices : characterisation matrix by category (`characterisations`)
    Returns shape (categories, datasets), kg CO2e per unit, datasets in order of their ids.
    Solves A^T h = (C B)^T once per category. One step of iterative refinement brings the worst
    component from 1e-12 to about 1e-15. Raises `InputRefused` (INV-009) if the system is so close
    to singular that the solution does not satisfy it.
    """
    biosphere = system.lca.biosphere_matrix
    burdens = np.array([matrices[category].diagonal() for category in CATEGORIES])
    right = np.asarray((burdens @ biosphere).T)
    solved = system.solve(right)
    solved += system.solve(right - system.transposed @ solved)
    _check_solution(system.transposed, solved, right)
    solved[np.abs(solved) <= _NOISE * np.abs(solved).max(axis=0)] = 0.0
    return np.ascontiguousarray(solved[list(system.order)].T)


def _check_solution(matrix: csc_matrix, solved: Floats, right: Floats) -> None:
    """Refuse what is not finite, or leaves more than 1e-9 of its terms unexplained.

    Where nothing is emitted the solution is rounding noise around zero: 1e-20 of the largest.
    """
    if np.isfinite(solved).all():
        terms = abs(matrix) @ np.abs(solved) + np.abs(right)
        allowed = 1e-9 * terms + 1e-20 * np.abs(solved).max(axis=0)
        if (np.abs(right - matrix @ solved) <= allowed).all():
            return
    raise faults.SINGULAR.refuse("the technosphere matrix is singular, or nearly so")


def check_sample(
    system: System,
    datasets: Ids,
    matrices: Mapping[str, Mapping[str, Any]],
    tables: Mapping[str, Floats],
) -> dict[str, Any]:
    """Calculate a sample of datasets by bw2calc's `lci` and `lcia`, and compare with the tables.

    matrices, tables : by GWP set, as `characterisations` and `intensities` give them
    Returns what the inventory records of it: versions, datasets, tolerance, largest difference
    (relative). Raises `InputRefused` (INV-015) if one differs by more than `TOLERANCE`.
    """
    names = sample_of(sorted(datasets))
    floors = {name: _FLOOR * np.abs(table).max(axis=1) for name, table in tables.items()}
    largest = 0.0
    system.lca.decompose_technosphere()
    for name in names:
        system.lca.lci({datasets[name]: 1.0})
        for gwp_set in GWP_SETS:
            for at, category in enumerate(CATEGORIES):
                system.lca.characterization_matrix = matrices[gwp_set][category]
                system.lca.lcia()
                theirs = float(system.lca.score)
                ours = float(tables[gwp_set][at, datasets[name] - 1])
                size = max(abs(theirs), float(floors[gwp_set][at]))
                gap = abs(ours - theirs) / size if size else 0.0
                if not gap <= TOLERANCE:
                    message = f"{name}, {category}, {gwp_set}: {ours!r}, by bw2calc {theirs!r}"
                    raise faults.UNLIKE_BRIGHTWAY.refuse(message)
                largest = max(largest, gap)
    return {
        "method": "bw2calc.LCA: lci and lcia",
        "versions": {name: metadata.version(name) for name in ("bw2calc", "bw_processing")},
        "datasets": names,
        "tolerance": TOLERANCE,
        "largest_relative_difference": largest,
    }


def sample_of(names: Sequence[str]) -> list[str]:
    """At most `SAMPLED` of the names, evenly spread, with the first and the last."""
    if len(names) <= SAMPLED:
        return list(names)
    step = (len(names) - 1) / (SAMPLED - 1)
    return [names[round(at * step)] for at in range(SAMPLED)]
