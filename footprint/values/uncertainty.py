"""What a simulation says, as values: an interval with its limits, and a comparison of two."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

#: How the two lists of shares are made; printed with them.
LINE_METHOD = "covariance of the line's contribution with the total, over the variance of the total"
FIGURE_METHOD = "first-order share: squared sensitivity times variance, over the sum"


@dataclass(frozen=True, slots=True)
class QuantityGsd2:
    """Squared geometric standard deviation of the quantities on lines, by the line's data type.

    No standard gives one for "a quantity as a supplier writes it". These are our own defaults, and
    every result names them: with 95 % confidence a measured quantity is within 5 %, another within
    20 %. With 1 a quantity is certain.
    """

    primary: float = 1.05
    secondary: float = 1.20


@dataclass(frozen=True, slots=True)
class Convergence:
    """Standard errors of the bounds (kg CO2e), by bootstrap over the draws with the same seed.

    Settled: both errors are at most a tenth of half the interval's width. `draws_needed`: how many
    draws would bring them there, as the error falls with the square root of the draws.
    """

    error_low: float
    error_high: float
    settled: bool
    draws_needed: int


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the variance of the result; `name` is a line's id or a dataset's id."""

    name: str
    label: str
    share: float


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """The interval of a footprint, kg CO2e per declared unit, excluding biogenic uptake.

    `low` to `high` holds `level` of the draws, with equal tails; it always holds the value itself,
    and `extended` says that it had to be widened for that. `unstated_share`: the part of the
    emissions (absolute, 0 to 1) whose own figures state no uncertainty, so that the interval knows
    nothing of it. `by_line` and `by_figure`: shares of the variance, largest first.
    """

    low: float
    high: float
    level: float
    draws: int
    seed: int
    median: float
    mean: float
    extended: bool
    convergence: Convergence
    unstated_share: float
    quantity_gsd2: QuantityGsd2
    by_line: tuple[Share, ...]
    by_figure: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A new footprint against an old one, draw by draw: reduction = 1 - new / old.

    Where a total lacks something, `old_lacks` and `new_lacks` say what (`Completeness.lacks`), and
    it is "at least" that much. `probability`: share of the draws with a reduction of at least
    `threshold`; `error` is its standard error. `low` to `high` holds `level` of the draws and the
    nominal `reduction`.
    """

    old_kg_co2e: float
    new_kg_co2e: float
    reduction: float
    threshold: float
    probability: float
    error: float
    low: float
    median: float
    high: float
    level: float
    draws: int
    seed: int
    gwp_set: str
    inventory: str
    quantity_gsd2: QuantityGsd2
    old_lacks: tuple[str, ...] = ()
    new_lacks: tuple[str, ...] = ()


def uncertainty_document(uncertainty: Uncertainty) -> dict[str, Any]:
    """The published JSON of an uncertainty, with the names of its methods."""
    document = asdict(uncertainty)
    for key, method in (("by_line", LINE_METHOD), ("by_figure", FIGURE_METHOD)):
        document[key] = {"method": method, "shares": list(document[key])}
    return document


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """The published JSON of a comparison."""
    return {"type": "comparison", "schema": "1", **asdict(comparison)}
