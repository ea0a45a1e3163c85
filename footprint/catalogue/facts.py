"""Facts of a product as the lines of a catalogue repeat them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from footprint.bom.product import ProductReader
from footprint.faults import Problem
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.product import Product


class LineContext(NamedTuple):
    """Country and reference period, as texts: what the lines of a product are judged by."""

    country: str = ""
    period: str = ""

    @property
    def period_end(self) -> date | None:
        """The last day of the period."""
        return catalogue_product(self)[0].period_end

    def bom(self, name: str, mass_kg: float | None = None, lines: tuple[Line, ...] = ()) -> Bom:
        """A bill of materials of a product with these facts."""
        product = replace(catalogue_product(self)[0], name=name, mass_kg=mass_kg)
        return Bom(product, lines, "", "")


@lru_cache(maxsize=4096)
def catalogue_product(facts: LineContext) -> tuple[Product, tuple[Problem, ...]]:
    """A product with these facts, and what is wrong with them (BOM-019)."""
    reader = ProductReader("")
    reader.add("name", "-")
    if facts.country:
        reader.add("country", facts.country)
    if facts.period:
        reader.add("reference_period", facts.period)
    product = reader.product(".")
    return product, tuple(reader.problems)
