"""Quantities for a container or a batch of products (`Qty per pallet`), or for a volume of one."""

from __future__ import annotations

import re

from footprint.late_pattern import late_pattern
from footprint.reading.builder import Builder
from footprint.reading.per_many import OF, container_in
from footprint.reading.vocabulary import fold

_VOLUME = late_pattern(OF + r"(?P<of>m3|m³|m\^3|㎥|l|litre|liter|hl|gal|gallon)(?![a-z0-9²])", re.I)


def find_container_base(builder: Builder) -> bool:
    """Set the base to the products in the container that the quantities are for, as one number
    above the table says, or ask for it. False where the quantities are for no container."""
    header, reading = builder.quantity_heading, builder.reading
    if "quantity_per" in builder.where:
        return False
    if match := _VOLUME.search(header):
        litre = match["of"].casefold()[:1] in {"l", "h", "g"}
        kind = "declared_unit_litre" if litre else "declared_unit_volume"
        reading.ask("declared_unit", kind, None, amount=f"1 {match['of']}")
        return True
    container = container_in(header)
    named = " ".join((reading.facts.get("name", ""), *builder.facts.titles[:1]))
    if not container or container in fold(named).split():
        return False
    numbers = {
        float(number.replace(",", ""))
        for words, number in builder.facts.numbers
        if container_in(words) == container or container in fold(words).split()
    }
    if len(numbers) != 1:
        reading.ask("base_quantity", "base_container", None, blocking=True, amount=container)
        return True
    many = numbers.pop()
    if many != 1:
        reading.base = (many, "piece")
        reading.ask("declared_unit", "declared_unit_yield", None, amount=f"{many:g}")
    return True


def share_parts_by_mass(builder: Builder) -> None:
    """Parts by mass (`phr`) become percent of the whole recipe."""
    lines = builder.reading.lines
    whole = sum(line.quantity or 0.0 for line in lines)
    if any(line.quantity is None for line in lines):
        rows = [line.row for line in lines]
        builder.reading.ask("quantity", "parts_unknown", rows, blocking=True)
        for line in lines:
            line.quantity = None
    elif whole > 0:
        for line in lines:
            line.quantity = 100.0 * (line.quantity or 0.0) / whole
        builder.reading.say("unit", "parts_by_mass", None, amount=f"{whole:g}")
        builder.reading.ask("declared_unit", "declared_unit_share")
