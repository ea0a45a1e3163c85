"""What no product can be: a ship in one piece, of a year without data, or of one that is to come.

Nothing here is a limit of a method; it is where a slip of the hand (t for g, 2062 for 2026) is so
much likelier than the value that it is asked for again instead of being used.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from footprint.bom import faults
from footprint.faults import Problem, Where
from footprint.values.product import Product

#: kg. What is counted in pieces is a part; a thousand tonnes are a ship or a bridge, which is
#: listed by what it is made of.
MOST_OF_A_PIECE = 1e6
#: No figure of the inventory, and no base year of a label's rules, is older.
FIRST_YEAR = 1990


def heavy_piece(mass_kg: float, where: Where) -> Problem:
    """BOM-052 for a piece of this mass, which is `MOST_OF_A_PIECE` or more."""
    message = f"one piece of {mass_kg:g} kg: is that the unit that is meant?"
    hint = "Correct the weight or its unit; list what is so heavy by kilograms."
    return faults.HEAVY_PIECE.at(where, message, hint)


def heavy_product(product: Product, where: Where) -> Iterator[Problem]:
    """BOM-052 for a product that is counted in pieces, and is too heavy for one."""
    unit = product.declared_unit
    if product.subject == "product" and unit.unit == "piece" and product.mass_kg is not None:
        one = product.mass_kg / unit.amount
        if one >= MOST_OF_A_PIECE:
            yield heavy_piece(one, where._replace(column="mass"))


def refuse_period_ahead(product: Product, today: date, file: str) -> None:
    """Raise InputRefused (BOM-051) for data of a period that has not begun by `today`."""
    start = product.period_start
    if start is not None and start > today:
        message = f"the data are of {start.isoformat()} and later, which has not begun"
        hint = "Write the year that the amounts were measured in."
        where = Where(file, column="reference_period")
        raise faults.PERIOD_AHEAD.refuse(message, where, hint)
