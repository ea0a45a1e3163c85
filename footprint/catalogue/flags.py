"""Warnings and gaps of a whole product as the bits of one number."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from footprint.bom.faults import ZERO_QUANTITY
from footprint.catalogue.cells import Ints
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
#: The bits of codes alone.
SAID = AT_LEAST - 1
#: What else is known of the lines of a key: they are weighed; are material; are production; their
#: units go with the stated mass of one; they are refused; only `calculate` knows them; they are
#: pieces of which only the material is counted, where they are weighed.
WEIGHED, MATERIAL, PRODUCES, PER_MASS, REFUSED, ALONE, RAW = (AT_LEAST << at for at in range(1, 8))


def bits(codes: Iterable[str]) -> int:
    """The codes as bits."""
    found = 0
    for code in codes:
        found |= _BIT[code]
    return found


#: What is said of a product with parts of which only the material is counted.
UNMADE = AT_LEAST | bits([faults.ONLY_MATERIAL.code])


def flag_words(masks: NDArray[np.int64]) -> pa.Array:
    """The codes of each mask, sorted, with blanks between them."""
    distinct, codes = np.unique(masks, return_inverse=True)
    texts = [" ".join(code for code in CODES if mask & _BIT[code]) for mask in distinct.tolist()]
    return pa.array(texts, pa.string()).take(pa.array(codes))


def merged_flags(masks: Ints, starts: Ints) -> NDArray[np.int64]:
    """All bits of the rows of each product, which begin at `starts`."""
    found: NDArray[np.int64] = np.bitwise_or.reduceat(masks, starts)
    return found
