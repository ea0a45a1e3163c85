"""How much of what stands behind a dataset is in the inventory, where inputs were cut off.

A dataset's completeness is the mean over its own emissions, which are there, and its inputs, each
counting as one: a linked input as much as its supplier is complete, one that was cut off or not
understood as 0. So a cut-off far upstream still shows, and 1 means that nothing is missing. It is
a count, no share of emissions: how much what is missing would emit is what nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix

from footprint.inventory.model import Dataset

#: Steps until nothing changes; a loop of processes with a cut-off in it approaches its value.
_STEPS = 500
_SAME = 1e-12


def with_completeness(
    datasets: Mapping[str, Dataset], missing: Mapping[str, int]
) -> dict[str, Dataset]:
    """The datasets with their completeness; `missing` counts what each lacks of its own inputs."""
    if not any(missing.values()):
        return dict(datasets)
    place = {name: at for at, name in enumerate(datasets)}
    rows, columns = [], []
    for name, dataset in datasets.items():
        for exchange in dataset.exchanges:
            if exchange.kind == "technosphere":
                rows.append(place[name])
                columns.append(place[exchange.input])
    size = len(place)
    uses = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    lacking = np.array([missing.get(name, 0) for name in datasets], dtype=np.float64)
    own = np.array(
        [any(e.kind == "biosphere" for e in d.exchanges) for d in datasets.values()],
        dtype=np.float64,
    )
    parts = own + np.bincount(rows, minlength=size) + lacking
    share = np.ones(size)
    for _ in range(_STEPS):
        found = np.where(parts > 0.0, (own + uses @ share) / np.maximum(parts, 1.0), 1.0)
        if np.abs(found - share).max(initial=0.0) <= _SAME:
            break
        share = found
    return {
        name: replace(dataset, completeness=float(share[place[name]]))
        for name, dataset in datasets.items()
    }
