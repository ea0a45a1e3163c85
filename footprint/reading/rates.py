"""Units of a rate in the cells of a list: `kg/t`, `kWh/件` are amounts in so much of a product."""

from __future__ import annotations

from footprint.reading.builder import Builder


def said_by_rates(builder: Builder) -> bool:
    """Set the base to what all rates of the list are for; different ones are asked."""
    lines = builder.reading.lines
    found = {builder.rates.get(line.row, (1.0, "piece")) for line in lines}
    if not builder.rates or found == {(1.0, "piece")}:
        return False
    if len(found) == 1:
        (builder.reading.base,) = found
        return True
    rows = [line.row for line in lines if builder.rates.get(line.row) != (1.0, "piece")]
    builder.reading.ask("base_quantity", "base_rates", rows, blocking=True)
    return True
