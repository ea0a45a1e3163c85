"""Whether every dataset can be made: no loop may use as much of a product as it makes.

Such a system has a solution all the same, with negative amounts: 1 kg that takes 1.2 kg of itself
has the footprint of minus five times its own emissions. Without credits a system is productive if
and only if a burden of one at every dataset gives each a positive total (Hawkins and Simon, 1949,
Econometrica 17, 245). Credits may make totals negative and harm nothing, so they are left aside
first; only where the rest is not productive does the loop, credits and all, decide.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from scipy.sparse import csc_matrix, identity
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

#: Loops of more datasets with credits in them are taken as they are: a dense solution of each.
_LARGEST = 2_000


def unproductive(technosphere: Any) -> list[int]:
    """Columns of datasets that cannot be made, because what they need needs more of them.

    technosphere : square sparse matrix, produced minus used, with a diagonal of one
    Returns the positions, empty if every dataset can be made.
    """
    size = technosphere.shape[0]
    uses = csc_matrix(identity(size, format="csc") - technosphere)
    taken = uses.maximum(0.0)
    total = _totals(taken)
    if total is not None and (total > 0.0).all():
        return []
    _, labels = connected_components(uses, directed=True, connection="strong")
    found: list[int] = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        loop = uses[members][:, members]
        if loop.nnz and not _works(loop):
            found += members.tolist()
    return found


def _works(loop: csc_matrix) -> bool:
    """Whether the datasets of one loop can be made."""
    total = _totals(loop.maximum(0.0))
    if total is not None and (total > 0.0).all():
        return True
    if loop.min() >= 0.0:
        return False
    if loop.shape[0] > _LARGEST:
        return True
    try:
        supply = np.linalg.inv(np.eye(loop.shape[0]) - loop.toarray())
    except np.linalg.LinAlgError:
        return False
    return bool((np.diagonal(supply) > 0.0).all())


def _totals(uses: csc_matrix) -> Any:
    """What each dataset adds up to if every one has a burden of one; None if there is no answer."""
    size = uses.shape[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            total = splu(csc_matrix(identity(size, format="csc") - uses.T)).solve(np.ones(size))
        except (RuntimeError, ValueError):  # exactly singular
            return None
    return total if np.isfinite(total).all() else None
