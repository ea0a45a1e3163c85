"""How much of a draft is counted: what stands beside every total of it."""

from __future__ import annotations

from footprint.drafts.work import Work


def covered_share(work: Work) -> tuple[float, bool]:
    """The share that is counted, and whether it is of the mass: where a mass is not known it is of
    the kinds of line."""
    made = work.footprint
    kinds = [kind for kind in work.kinds if kind.state != "not-part"]
    things = [kind for kind in kinds if kind.line.stage in {"material", "packaging"}]
    known = all(kind.mass_kg is not None for kind in things)
    product = made.product.mass_kg
    if things and (known or product is not None):
        whole = max(sum(kind.mass_kg or 0.0 for kind in things), product or 0.0)
        counted = sum(kind.mass_kg or 0.0 for kind in things if not kind.is_open)
        return (counted / whole if whole else 0.0), True
    lines = len(kinds)
    return (len(work.settled) / lines if lines else 0.0), False
