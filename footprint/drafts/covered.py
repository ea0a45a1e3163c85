"""How much of a draft is counted: what stands beside every total of it."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.drafts.work import Work
from footprint.engine.completeness import counted_mass
from footprint.values.result import Footprint


@dataclass(frozen=True, slots=True)
class Covered:
    """`share` of the product's mass that is counted, `by_data` what data cover of it, 0 to 1; where
    a mass is not known (`by_mass` is False) both are of the kinds of line. `counted` kinds of line
    are counted, `open` are not."""

    share: float
    by_data: float
    by_mass: bool
    counted: int
    open: int


def covered(work: Work) -> Covered:
    """How much of a draft is counted, by the measure that its report has too."""
    return covered_in(work.footprint, len(work.settled), len(work.open))


def covered_in(footprint: Footprint, counted: int, left: int) -> Covered:
    """How much of a footprint is counted, of whose kinds of line so many are counted and left."""
    mass = counted_mass(footprint)
    if mass.counted is not None and mass.by_data is not None:
        return Covered(mass.counted, mass.by_data, True, counted, left)
    share = counted / (counted + left) if counted + left else 0.0
    return Covered(share, share, False, counted, left)


def product_mass_kg(work: Work) -> float | None:
    """The mass that shares of single lines are of, the one that `covered` goes by: that of the
    lines, and what the product's stated mass adds to them. None where nobody can tell, because a
    line that can be weighed has no mass and the product states none."""
    product, made = work.bom.product.mass_kg, work.footprint
    packaging = {one.row for one in made.derived_stages if one.stage == "packaging"}
    lines = [kind for kind in work.kinds if kind.state != "not-part" and kind.has_mass]
    listed = sum(kind.mass_kg or 0.0 for kind in lines)
    if product is None:
        return None if any(kind.mass_kg is None for kind in lines) else listed
    wrapping = (k for k in lines if k.line.stage == "packaging" or packaging.issuperset(k.rows))
    return max(listed, product + sum(kind.mass_kg or 0.0 for kind in wrapping))
