"""Two footprints compared draw by draw: how sure is a reduction?

Both are calculated with the same draws of the inventory and, for quantities that both have
(`footprint.uncertainty.pairs`), with the same draws of those. What they share cancels, so that the
answer is about what differs.
"""

from __future__ import annotations

import math

import numpy as np

from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import DEFAULT_GWP_SET
from footprint.uncertainty import faults
from footprint.uncertainty.ensemble import check_settings
from footprint.uncertainty.pairs import paired
from footprint.uncertainty.quantile import quantiles
from footprint.uncertainty.simulate import SimulationSettings, contributions, counted
from footprint.uncertainty.spread import Floats
from footprint.values.bom import Bom
from footprint.values.result import Contribution, Footprint
from footprint.values.uncertainty import Comparison

#: A draw reaches the threshold if it misses it by no more than this share of what may be left:
#: rounding would decide otherwise where a product is exactly that much less.
ROUNDING = 1e-12


def compare(
    old: Bom,
    new: Bom,
    inventory: CompiledInventory,
    threshold: float = 0.0,
    settings: SimulationSettings | None = None,
    *,
    gwp_set: str = DEFAULT_GWP_SET,
) -> Comparison:
    """How sure is a reduction of at least `threshold` (0.05 is 5 %) from `old` to `new`?

    Raises `InputRefused` as `calculate` and `compare_footprints` do.
    """
    before, after = calculate(old, inventory, gwp_set), calculate(new, inventory, gwp_set)
    return compare_footprints(before, after, inventory, threshold, settings)


def compare_footprints(
    old: Footprint,
    new: Footprint,
    inventory: CompiledInventory,
    threshold: float = 0.0,
    settings: SimulationSettings | None = None,
) -> Comparison:
    """As `compare`, for footprints that were calculated with `inventory`.

    Raises `InputRefused`: UNC-001 for a setting out of range; UNC-002 if they are not per the same
    declared unit, boundary, GWP set, inventory and basis of electricity, if one has gaps, or if the
    old one is not above zero in every draw.
    """
    how = settings or SimulationSettings()
    check_settings(how.draws, how.seed, how.level)
    if not math.isfinite(threshold) or threshold >= 1.0:
        message = f"the threshold is {threshold}, not a share below 1"
        raise faults.BAD_SETTING.refuse(message, hint="5 % is 0.05.")
    _check_comparable(old, new)
    items = counted(old)
    others = paired(items, counted(new))
    before = _totals(items, old.gwp_set, inventory, how)
    after = _totals(others, old.gwp_set, inventory, how)
    if min(old.total, float(before.min())) <= 0.0:
        message = "the old footprint is not above zero in every draw"
        raise faults.NOT_COMPARABLE.refuse(message, hint="A reduction of it has no meaning.")
    reductions = 1.0 - after / before
    reduction = 1.0 - new.total / old.total
    allowed = (1.0 - threshold) * (1.0 + ROUNDING)
    probability = float((after <= allowed * before).mean())
    tail = (1.0 - how.level) / 2.0
    low, median, high = quantiles(reductions, [tail, 0.5, 1.0 - tail]).tolist()
    return Comparison(
        old_kg_co2e=old.total,
        new_kg_co2e=new.total,
        reduction=reduction,
        threshold=threshold,
        probability=probability,
        error=math.sqrt(probability * (1.0 - probability) / how.draws),
        low=min(low, reduction),
        median=median,
        high=max(high, reduction),
        level=how.level,
        draws=how.draws,
        seed=how.seed,
        gwp_set=old.gwp_set,
        inventory=inventory.hash,
        quantity_gsd2=how.quantity_gsd2,
        old_lacks=old.completeness.lacks,
        new_lacks=new.completeness.lacks,
    )


def _check_comparable(old: Footprint, new: Footprint) -> None:
    for what, before, after in (
        ("declared unit", str(old.declared_unit), str(new.declared_unit)),
        ("boundary", old.boundary, new.boundary),
        ("GWP set", old.gwp_set, new.gwp_set),
        ("inventory", old.provenance.inventory, new.provenance.inventory),
        ("basis of electricity", *_bases(old, new)),
    ):
        if before != after:
            message = f"the {what} differs: {before} and {after}"
            raise faults.NOT_COMPARABLE.refuse(message, hint="Calculate both the same way.")
    if min(old.coverage.lines, new.coverage.lines) < 1.0:
        message = "lines were left out, and what is left out looks like a reduction"
        raise faults.NOT_COMPARABLE.refuse(message, hint="Close the gaps first.")


def _bases(old: Footprint, new: Footprint) -> tuple[str, str]:
    """Location or market; a product without contracts has the same total on both."""
    if old.electricity is None or new.electricity is None:
        return "", ""
    return old.electricity.basis, new.electricity.basis


def _totals(
    items: tuple[Contribution, ...],
    gwp_set: str,
    inventory: CompiledInventory,
    how: SimulationSettings,
) -> Floats:
    drawn = contributions(items, gwp_set, inventory, how)
    return np.asarray(drawn.sum(axis=0))
