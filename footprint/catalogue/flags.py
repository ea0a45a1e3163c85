"""Warnings and gaps of a whole product as the bits of one number."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from footprint.bom.faults import ZERO_QUANTITY
from footprint.engine import faults

#: Every code that the fast way can say of a product; others only the way for one product says.
CODES = tuple(
    sorted(
        one.code
        for one in (
            *(ZERO_QUANTITY, faults.MATCHED_BY_NAME, faults.MIXED_GWP, faults.MASS_BALANCE),
            *(faults.NO_PROCESS, faults.OTHER_COUNTRY, faults.UNKNOWN_MASS, faults.ONLY_MATERIAL),
            *(faults.OTHER_YEAR, faults.CUT_OFF_DATASET, faults.LOWER_BOUND, faults.SCREENING_PART),
            faults.DERIVED_STAGE,
        )
    )
)
_BIT = {code: 1 << at for at, code in enumerate(CODES)}
#: What makes a total "at least", beside the codes above.
AT_LEAST = 1 << len(CODES)


def bits(codes: Iterable[str]) -> int:
    """The codes as bits."""
    found = 0
    for code in codes:
        found |= _BIT[code]
    return found


def words(masks: NDArray[np.int64]) -> list[str]:
    """The codes of each mask, sorted, with blanks between them."""
    known: dict[int, str] = {}
    for mask in np.unique(masks).tolist():
        known[mask] = " ".join(code for code in CODES if mask & _BIT[code])
    return [known[mask] for mask in masks.tolist()]


def merged(masks: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """All bits of the rows of each product, which begin at `starts`."""
    found: NDArray[np.int64] = np.bitwise_or.reduceat(masks, starts)
    return found
