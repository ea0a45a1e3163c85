"""Records of keys as arrays, one number per key."""

from __future__ import annotations

import numpy as np

from footprint.catalogue.keys import Columns, Keys


def columns_of(keys: Keys) -> Columns:
    """The records of all keys that were resolved so far."""
    if keys.columns is not None and len(keys.columns.mass) == len(keys.records):
        return keys.columns
    all_of = keys.records
    keys.columns = Columns(
        np.array([one.mass_kg for one in all_of]),
        np.array([one.excluding for one in all_of]),
        np.array([one.completeness for one in all_of]),
        np.array([one.flags for one in all_of], dtype=np.int64),
        np.array([one.per_mass for one in all_of]),
        np.array([one.weighed for one in all_of]),
        np.array([one.material for one in all_of]),
        np.array([one.produces for one in all_of]),
        np.array([one.screening for one in all_of]),
    )
    return keys.columns
