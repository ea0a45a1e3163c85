"""The background as float64 datapackages, and the intensities that they hold.

bw2data's own processing stores amounts as float32 (0.1 becomes 0.10000000149); these packages are
written with bw_processing directly and agree with closed forms to 1e-13.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bw_processing
import numpy as np
from bw_processing.io_helpers import generic_zipfile_filesystem
from matrix_utils import MappedMatrix
from numpy.typing import NDArray
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import splu

from footprint.inventory import faults
from footprint.inventory.model import CATEGORIES, SPLIT, Flow

#: Flow ids start here, so that they never meet a dataset's id (its position, from 1).
FIRST_FLOW = 1_000_000_000

#: What is so small beside the largest intensity of a category is rounding: where nothing is emitted
#: upstream, the solver leaves 1e-35 instead of zero.
_NOISE = 1e-28

Floats = NDArray[np.float64]
Ids = dict[str, int]


def dataset_ids(names: Iterable[str]) -> Ids:
    """Datapackage ids of datasets: position in the sorted list of names, from 1."""
    return {name: position for position, name in enumerate(sorted(names), start=1)}


def flow_ids(names: Iterable[str]) -> Ids:
    """Datapackage ids of flows: position in the sorted list of names, from `FIRST_FLOW`."""
    return {name: position for position, name in enumerate(sorted(names), start=FIRST_FLOW)}


def write_background(
    rows: Iterable[tuple[str, str, str, float]], datasets: Ids, flows: Ids, folder: Path
) -> None:
    """Write `background.zip` (technosphere and biosphere matrices) into `folder`.

    rows : (dataset, kind, input, amount), kind production, technosphere or biosphere
    """
    technosphere: list[tuple[int, int, float, bool]] = []
    biosphere: list[tuple[int, int, float, bool]] = []
    for dataset, kind, name, amount in rows:
        column = datasets[dataset]
        if kind == "biosphere":
            biosphere.append((flows[name], column, amount, False))
        else:
            technosphere.append((datasets[name], column, amount, kind == "technosphere"))
    package = _new_package(folder / "background.zip", "background")
    _add(package, "technosphere_matrix", technosphere)
    _add(package, "biosphere_matrix", biosphere)
    package.finalize_serialization()


def write_characterisation(name: str, factors: dict[int, float], folder: Path) -> None:
    """Write `characterisation-NAME.zip` (kg CO2e per kg of flow) into `folder`."""
    package = _new_package(folder / f"characterisation-{name}.zip", name)
    _add(package, "characterization_matrix", [(f, f, v, False) for f, v in factors.items()])
    package.finalize_serialization()


def _new_package(path: Path, name: str) -> Any:
    return bw_processing.create_datapackage(
        fs=generic_zipfile_filesystem(dirpath=path.parent, filename=path.name, write=True),
        name=name,
        sum_intra_duplicates=True,
    )


def _add(package: Any, matrix: str, rows: list[tuple[int, int, float, bool]]) -> None:
    package.add_persistent_vector(
        matrix=matrix,
        name=matrix,
        indices_array=np.array(
            [(row, col) for row, col, _, _ in rows], dtype=bw_processing.INDICES_DTYPE
        ),
        data_array=np.array([amount for _, _, amount, _ in rows], dtype=np.float64),
        flip_array=np.array([flip for _, _, _, flip in rows], dtype=bool),
    )


def category_factors(
    category: str, flows: dict[str, Flow], ids: Ids, gwp: dict[str, float]
) -> dict[int, float]:
    """Characterisation factors (kg CO2e per kg) of one category, keyed by datapackage id.

    The categories of `SPLIT` part the flows; the overlays pick some of them again. Flows that the
    GWP set does not know and no dataset emits are left out.
    """
    return {
        ids[name]: gwp[name]
        for name, flow in flows.items()
        if name in gwp and _belongs(flow, category)
    }


def _belongs(flow: Flow, category: str) -> bool:
    if category in SPLIT:
        return flow.category == category
    if category == "aircraft":
        return flow.aircraft
    return bool(flow.unsplit) and category == f"unsplit_{flow.unsplit}"


@dataclass(frozen=True, slots=True)
class System:
    """The matrices of a background, with its transposed technosphere factorised once."""

    transposed: csc_matrix
    solve: Callable[[Floats], Floats]
    biosphere: Any
    flow_rows: dict[int, int]
    product_rows: dict[int, int]


def open_system(folder: Path) -> System:
    """The matrices of `background.zip`. Raises `InputRefused` (INV-009).

    They are built by matrix_utils, as bw2calc does it; bw2calc itself imports bw2data, which takes
    3 s and keeps a folder in the user's home. The transpose is factorised, not the matrix: with
    SuperLU and COLAMD 1.5 s against 92 s on 20,000 processes.
    """
    package = bw_processing.load_datapackage(
        generic_zipfile_filesystem(dirpath=folder, filename="background.zip", write=False)
    )
    technosphere = MappedMatrix(packages=[package], matrix="technosphere_matrix")
    biosphere = MappedMatrix(
        packages=[package],
        matrix="biosphere_matrix",
        col_mapper=technosphere.col_mapper,
        empty_ok=True,
    )
    transposed = csc_matrix(technosphere.matrix.T)
    try:
        solver = splu(transposed)
    except RuntimeError as error:  # "Factor is exactly singular"
        raise faults.SINGULAR.refuse(f"the technosphere matrix is singular: {error}") from error
    return System(
        transposed,
        solver.solve,
        biosphere.matrix,
        dict(biosphere.row_mapper.to_dict()),
        dict(technosphere.row_mapper.to_dict()),
    )


def intensities(system: System, datasets: Ids, factors: dict[str, dict[int, float]]) -> Floats:
    """Characterised burden of one unit of every dataset.

    factors : per category, kg CO2e per kg of flow
    Returns shape (categories, datasets), kg CO2e per unit, datasets in order of their ids.
    Solves A^T h = B^T c once per category. One step of iterative refinement brings the worst
    component from 1e-12 to about 1e-15. Raises `InputRefused` (INV-009) if the system is so close
    to singular that the solution does not satisfy it.
    """
    burdens = np.zeros((len(CATEGORIES), system.biosphere.shape[0]))
    for position, category in enumerate(CATEGORIES):
        for flow, value in factors[category].items():
            if flow in system.flow_rows:
                burdens[position, system.flow_rows[flow]] = value
    right = np.asarray((burdens @ system.biosphere).T)
    solved = system.solve(right)
    solved += system.solve(right - system.transposed @ solved)
    _check_solution(system.transposed, solved, right)
    solved[np.abs(solved) <= _NOISE * np.abs(solved).max(axis=0)] = 0.0
    order = [system.product_rows[number] for number in sorted(datasets.values())]
    return np.ascontiguousarray(solved[order].T)


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
