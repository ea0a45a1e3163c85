"""Quantities for a batch (`kg per batch`) whose size the file does not name."""

from __future__ import annotations

import re

from footprint.reading import units
from footprint.reading.builder import Builder
from footprint.reading.headings import read_heading
from footprint.reading.vocabulary import fold

_BATCH = re.compile(
    r"(?:/|\b(?:per|pro|je|par|por|na|za)\b)\s*"
    r"(?:batch|lot|charge|ansatz|partia|partie|lote|lotto|mix|melange|mezcla|mischung)\b"
    r"|每批|每釜|批用量|批投入量|バッチ|배치"
)


def of_batch(builder: Builder) -> bool:
    """Set the base to the mass of the batch, which shares of it beside the masses prove to be their
    sum; else ask for it. False where the quantities are for no batch."""
    if not _BATCH.search(fold(builder.quantity_heading)) or builder.options.base:
        return False
    whole = _whole(builder)
    if whole:
        builder.reading.base = whole, "kg"
    else:
        builder.reading.ask("base_quantity", "base_batch", None, blocking=True)
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
