"""The background as float64 datapackages.

bw2data's own processing stores amounts as float32 (0.1 becomes 0.10000000149); these packages are
written with bw_processing directly and agree with closed forms to 1e-13.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bw_processing
import numpy as np
from bw_processing.io_helpers import generic_zipfile_filesystem
from numpy.typing import NDArray

from footprint.inventory.model import SPLIT, Flow

#: Flow ids start here, so that they never meet a dataset's id (its position, from 1).
FIRST_FLOW = 1_000_000_000

Floats = NDArray[np.float64]
Ids = dict[str, int]
#: Row, column, amount, and whether the sign is turned (an input, written positive).
Entry = tuple[int, int, float, bool]


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
    technosphere: list[Entry] = []
    biosphere: list[Entry] = []
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
    return _empty_package(
        name, fs=generic_zipfile_filesystem(dirpath=path.parent, filename=path.name, write=True)
    )


def _empty_package(name: str, **where: Any) -> Any:
    """A datapackage, in memory if no filesystem is given; entries at one place are summed."""
    return bw_processing.create_datapackage(name=name, sum_intra_duplicates=True, **where)


def _add(package: Any, matrix: str, rows: list[Entry]) -> None:
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


def load_package(folder: Path, name: str) -> Any:
    """A datapackage of a compiled folder, by the name of its file."""
    return bw_processing.load_datapackage(
        generic_zipfile_filesystem(dirpath=folder, filename=name, write=False)
    )


def memory_package(name: str, matrices: dict[str, list[Entry]]) -> Any:
    """A datapackage in memory; entries at one place are summed."""
    package = _empty_package(name)
    for matrix, rows in matrices.items():
        _add(package, matrix, rows)
    return package


def shifted(package: Any, datasets: int, flows: int) -> tuple[Any, int]:
    """The package with the ids of its datasets and flows raised, and how many datasets it has.

    Every compiled inventory counts its datasets from 1 and its flows from `FIRST_FLOW`: two of them
    side by side would be taken for one.
    """
    made = _empty_package("shifted")
    count = 0
    for group, part in package.groups.items():
        indices = part.get_resource(f"{group}.indices")[0].copy()
        for axis in ("row", "col"):
            of_flow = indices[axis] >= FIRST_FLOW
            count = max(count, int(indices[axis][~of_flow].max(initial=0)))
            indices[axis] += np.where(of_flow, flows, datasets)
        stored = {resource["name"] for resource in part.resources}
        # bw_processing leaves out flips that are all false.
        flip = part.get_resource(f"{group}.flip")[0] if f"{group}.flip" in stored else None
        made.add_persistent_vector(
            matrix=group,
            name=group,
            indices_array=indices,
            data_array=part.get_resource(f"{group}.data")[0],
            flip_array=flip,
        )
    return made, count
