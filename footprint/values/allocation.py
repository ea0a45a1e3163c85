"""How what a plant used in a year was shared out to its products."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Method = Literal["physical", "economic", "pieces"]


@dataclass(frozen=True, slots=True)
class Allocation:
    """How the flows of a site were shared out, as a reader of the result needs to know it.

    `share` is this product's part (0 to 1) of what no meter assigned; `metered` are the flows of
    which a part was assigned by meters; `price_ratio` is the highest revenue per kg of the site's
    products over the lowest, if all are known.
    """

    method: Method
    reason: str
    year: int
    product: str
    share: float
    outputs: int
    metered: tuple[str, ...]
    price_ratio: float | None
    file: str
    hash: str
