"""Quantities for a batch (`kg per batch`) or a time (`Annual usage`), without its products."""

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


#: A time in which many products are made: `Annual consumption`, `t/day`, 年用量.
_PERIOD = re.compile(
    r"(?:/|\b(?:per|pro|je|par|por|na|al)\b)\s*(?:year|annum|yr|month|week|day|shift|hour|h|jahr|"
    r"monat|woche|tag|schicht|stunde|an|mois|jour|heure|ano|mes|dia|hora|anno|mese|giorno|ora|rok|"
    r"miesiac|dzien)\b"
    r"|\b(?:annual|yearly|monthly|weekly|daily|jahres\w*|monats\w*|tages\w*|annuel\w*|annu[oa]|anual|"
    r"mensual|mensuel\w*|roczn\w*)\b"
    r"|[年月日](?:用量|耗|消耗|需求)|每[年月日天]|[年月]間"
)


def of_batch(builder: Builder) -> bool:
    """Set the base to the mass of a batch or of what a day makes, which shares of it beside the
    masses prove to be their sum; else ask for it. False where the quantities are for neither."""
    heading = fold(builder.quantity_heading)
    kind = "base_batch" if _BATCH.search(heading) else "base_period"
    if kind == "base_period" and not _PERIOD.search(heading):
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
