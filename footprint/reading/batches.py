"""Quantities for a batch (`kg per batch`) or a time (`Annual usage`), without its products."""

from __future__ import annotations

from footprint.reading import units
from footprint.reading.builder import Builder
from footprint.reading.headings import read_heading
from footprint.reading.per_many import of_a_batch, of_a_time


def of_batch(builder: Builder) -> bool:
    """Set the base to the mass of a batch or of what a day makes, which shares of it beside the
    masses prove to be their sum; else ask for it. False where the quantities are for neither."""
    heading = builder.quantity_heading
    kind = "base_batch" if of_a_batch(heading) else "base_period" if of_a_time(heading) else ""
    if not kind:
        return False
    whole = _whole(builder)
    if whole:
        builder.reading.base = whole, "kg"
    else:
        builder.reading.ask("base_quantity", kind, None, blocking=True)
    return True


def _whole(builder: Builder) -> float:
    """The sum of all lines in kg, where a column says of each what share of it it is; else 0."""
    lines = builder.reading.lines
    if any(not line.quantity or line.unit not in units.MASS or line.parent_row for line in lines):
        return 0.0
    masses = [units.in_base(line.quantity or 0.0, line.unit or "kg") for line in lines]
    for column in builder.reading.columns:
        if read_heading(column.header).means[:1] == ("share",):
            shares = [builder.amount_at(line.row, column.index).value or 0.0 for line in lines]
            parts = zip(masses, shares, strict=True)
            if sum(shares) and all(
                abs(mass / sum(masses) - share / sum(shares)) < 0.005 for mass, share in parts
            ):
                return sum(masses)
    return 0.0
