"""The interval of a footprint: the same draws of the inventory for every product, and a seed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

import numpy as np

from footprint.engine.calculate import calculate
from footprint.faults import Problem, Where
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import DEFAULT_GWP_SET
from footprint.uncertainty import faults
from footprint.uncertainty.ensemble import DEFAULT_DRAWS, DEFAULT_SEED, check_settings, ensemble
from footprint.uncertainty.quantile import quantiles
from footprint.uncertainty.quantities import DEFAULT, FIXED, dataset_column, factors
from footprint.uncertainty.sensitivity import sensitivity
from footprint.uncertainty.spread import Floats
from footprint.values.bom import Bom
from footprint.values.result import Contribution, Footprint
from footprint.values.uncertainty import Convergence, QuantityGsd2, Share, Uncertainty

#: A bound is settled when its standard error is at most this share of half the interval.
SETTLED = 0.1
_RESAMPLES = 200
#: Shares of the variance below this are left out of the lists.
_SHOWN = 0.001


@dataclass(frozen=True, slots=True)
class SimulationSettings:
    """How to simulate. `quantity_gsd2`: `quantities.FIXED` holds quantities fixed."""

    draws: int = DEFAULT_DRAWS
    seed: int = DEFAULT_SEED
    level: float = 0.95
    quantity_gsd2: QuantityGsd2 = DEFAULT
    workers: int = 1


def uncertain(
    bom: Bom,
    inventory: CompiledInventory,
    gwp_set: str = DEFAULT_GWP_SET,
    settings: SimulationSettings | None = None,
) -> Uncertainty:
    """The interval of a bill of materials, kg CO2e per declared unit, excluding biogenic uptake.

    Raises `InputRefused` as `calculate` and `ensemble` do.
    """
    return uncertainty_of(calculate(bom, inventory, gwp_set), inventory, settings)


def add_uncertainty(
    footprint: Footprint, inventory: CompiledInventory, settings: SimulationSettings | None = None
) -> Footprint:
    """The footprint with its interval, and with warnings about what the interval leaves out."""
    found = uncertainty_of(footprint, inventory, settings)
    defaults = any(item.uncertainty is None for item in counted(footprint))
    warnings = (*footprint.warnings, *_warnings(found, defaults))
    return replace(footprint, uncertainty=found, warnings=warnings)


def uncertainty_of(
    footprint: Footprint, inventory: CompiledInventory, settings: SimulationSettings | None = None
) -> Uncertainty:
    """The interval of a calculated footprint. Raises `InputRefused` as `ensemble` does."""
    how = settings or SimulationSettings()
    check_settings(how.draws, how.seed, how.level)
    items = counted(footprint)
    drawn = contributions(items, footprint.gwp_set, inventory, how)
    totals = drawn.sum(axis=0)
    value = footprint.total
    if np.ptp(totals) <= 1e-12 * abs(value):  # nothing varies: no width, not that of rounding
        totals = np.full_like(totals, value)
    tail = (1.0 - how.level) / 2.0
    low, median, high = quantiles(totals, [tail, 0.5, 1.0 - tail]).tolist()
    figures = sensitivity(items, footprint.gwp_set, inventory, how.quantity_gsd2)
    return Uncertainty(
        low=min(low, value),
        high=max(high, value),
        level=how.level,
        draws=how.draws,
        seed=how.seed,
        median=median,
        mean=float(totals.mean()),
        extended=not low <= value <= high,
        convergence=_convergence(totals, how),
        unstated_share=figures.unstated_share,
        quantity_gsd2=how.quantity_gsd2,
        by_line=_by_line(items, drawn, totals),
        by_figure=tuple(share for share in figures.shares if share.share >= _SHOWN),
    )


def counted(footprint: Footprint) -> tuple[Contribution, ...]:
    """What adds up to the total, in an order that does not depend on the rows' order.

    Outbound logistics stand apart from a total that is cradle-to-gate.
    """
    whole = footprint.boundary != "cradle-to-gate"
    items = [i for i in footprint.contributions if whole or i.stage != "distribution"]
    return tuple(sorted(items, key=lambda i: (i.stage, i.name, i.dataset, i.quantity, i.line)))


def contributions(
    items: tuple[Contribution, ...],
    gwp_set: str,
    inventory: CompiledInventory,
    how: SimulationSettings,
) -> Floats:
    """kg CO2e of each item in each draw, shape (items, draws).

    A dataset is its quantity times the drawn intensity; an emission or a supplier's own footprint
    its burden. Each is multiplied by the drawn factor of its quantity. GWPs do not vary.
    """
    intensities = ensemble(inventory, gwp_set, how.draws, how.seed, how.workers)
    drawn = factors(items, how.quantity_gsd2, how.draws, how.seed)
    for at, item in enumerate(items):
        column = dataset_column(item, inventory)
        drawn[at] *= item.kg_co2e if column is None else item.quantity * intensities[column]
    return drawn


def _convergence(totals: Floats, how: SimulationSettings) -> Convergence:
    """Bootstrap: the spread of the bounds over `_RESAMPLES` samples of the draws, with return."""
    generator = np.random.Generator(np.random.PCG64(how.seed))
    tail = (1.0 - how.level) / 2.0
    bounds = np.array(
        [
            quantiles(generator.choice(totals, len(totals)), [tail, 1.0 - tail])
            for _ in range(_RESAMPLES)
        ]
    )
    error_low, error_high = bounds.std(axis=0, ddof=1).tolist()
    low, high = quantiles(totals, [tail, 1.0 - tail]).tolist()
    allowed = SETTLED * (high - low) / 2.0
    worst = max(error_low, error_high)
    if worst <= allowed:
        return Convergence(error_low, error_high, True, how.draws)
    needed = int(np.ceil(how.draws * (worst / allowed) ** 2))
    return Convergence(error_low, error_high, False, needed)


def _by_line(items: tuple[Contribution, ...], drawn: Floats, totals: Floats) -> tuple[Share, ...]:
    """Covariance shares by line; they add up to 1, and one that offsets others is negative."""
    centred = totals - totals.mean()
    variance = float(centred @ centred)
    if variance == 0.0:
        return ()
    shares: dict[tuple[str, str], float] = {}
    for item, share in zip(items, (drawn @ centred / variance).tolist(), strict=True):
        line = (item.line, item.name)
        shares[line] = shares.get(line, 0.0) + share
    found = [Share(line, name, share) for (line, name), share in shares.items()]
    return tuple(sorted((s for s in found if abs(s.share) >= _SHOWN), key=lambda s: -s.share))


def _warnings(found: Uncertainty, defaults: bool) -> list[Problem]:
    warnings = []
    if found.unstated_share > _SHOWN:
        message = f"{found.unstated_share:.0%} of the emissions come from figures that state none"
        hint = "The true range is wider than the interval."
        warnings.append(faults.UNSTATED.at(Where(), message, hint))
    if found.quantity_gsd2 != FIXED and defaults:
        text = ", ".join(f"{name} {value:g}" for name, value in asdict(found.quantity_gsd2).items())
        message = f"quantities that state none vary by defaults of this programme (gsd2: {text})"
        hint = "State how far off a quantity may be in the column uncertainty, such as 5 %."
        warnings.append(faults.DEFAULT_QUANTITY.at(Where(), message, hint))
    if not found.convergence.settled:
        message = f"with {found.draws:,} draws the bounds are not settled"
        hint = f"About {found.convergence.draws_needed:,} draws would settle them."
        warnings.append(faults.NOT_SETTLED.at(Where(), message, hint))
    if found.extended:
        message = "the value lies outside of the simulated range, which was extended to hold it"
        hint = "The figures behind it are skewed: their medians do not add up to the median."
        warnings.append(faults.EXTENDED.at(Where(), message, hint))
    return warnings
