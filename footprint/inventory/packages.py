"""The background as float64 datapackages, and the intensities that they hold.

bw2data's own processing stores amounts as float32 (0.1 becomes 0.10000000149); these packages are
written with bw_processing directly and agree with closed forms to 1e-13.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bw2calc
import bw_processing
import numpy as np
from bw_processing.io_helpers import generic_zipfile_filesystem
from numpy.typing import NDArray
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import splu

from footprint.inventory.model import CATEGORIES, SPLIT, Flow

#: Flow ids start here, so that they never meet a dataset's id (its position, from 1).
FIRST_FLOW = 1_000_000_000

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


def open_background(folder: Path, demand: int = 1) -> Any:
    """A bw2calc LCA with the matrices of `background.zip` built, for a unit of one dataset."""
    package = bw_processing.load_datapackage(
        generic_zipfile_filesystem(dirpath=folder, filename="background.zip", write=False)
    )
    lca = bw2calc.LCA({demand: 1.0}, data_objs=[package])
    lca.lci()
    return lca


def intensities(lca: Any, datasets: Ids, factors: dict[str, dict[int, float]]) -> Floats:
    """Characterised burden of one unit of every dataset.

    lca : an LCA whose matrices are built
    factors : per category, kg CO2e per kg of flow
    Returns shape (categories, datasets), kg CO2e per unit, datasets in order of their ids.
    Solves A^T h = B^T c once per category. The transpose is factorised, not the matrix: with
    SuperLU and COLAMD 1.5 s against 92 s on 20,000 processes. One step of iterative refinement
    brings the worst component from 1e-12 to about 1e-15.
    """
    technosphere = csc_matrix(lca.technosphere_matrix.T)
    solver = splu(technosphere)
    burdens = np.zeros((len(CATEGORIES), lca.biosphere_matrix.shape[0]))
    for position, category in enumerate(CATEGORIES):
        for flow, value in factors[category].items():
            if flow in lca.dicts.biosphere:
                burdens[position, lca.dicts.biosphere[flow]] = value
    right = np.asarray((burdens @ lca.biosphere_matrix).T)
    solved = solver.solve(right)
    solved += solver.solve(right - technosphere @ solved)
    order = [lca.dicts.product[number] for number in sorted(datasets.values())]
    return np.ascontiguousarray(solved[order].T)
