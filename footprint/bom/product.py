"""Product facts: `# key: value` rows, a sheet `product`, or a mapping from a sidecar file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from footprint import units
from footprint.bom import faults
from footprint.bom.columns import fact_of
from footprint.bom.model import DECLARED_UNITS, DeclaredUnit, Product
from footprint.bom.numbers import parse_number
from footprint.faults import Problem, Where
from footprint.inventory.locations import is_location

_MEASURE = re.compile(r"(?P<number>[\d.,]+(?:[eE][-+]?\d+)?)\s*(?P<unit>\D.*)")
_PERIOD = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:/|to|至|~|–)\s*(\d{4}-\d{2}-\d{2})")
_YEAR = re.compile(r"(\d{4})年?")


@dataclass(slots=True)
class ProductReader:
    """Collects facts one by one; `product()` gives the value once all are in."""

    file: str
    facts: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, key: str, value: str, row: int | None = None) -> None:
        """Take one fact. An unknown key or a malformed value becomes a problem (BOM-019)."""
        name = fact_of(key)
        where = Where(self.file, row, key)
        if name is None:
            hint = "Known: name, declared_unit, mass, country, reference_period, company, ..."
            self.problems.append(faults.BAD_PRODUCT.at(where, f"{key!r} is no product fact", hint))
            return
        if name in self.facts:
            self.problems.append(faults.BAD_PRODUCT.at(where, f"{key!r} is given twice"))
            return
        try:
            self.facts[name] = _READERS[name](value.strip())
        except ValueError as error:
            self.problems.append(faults.BAD_PRODUCT.at(where, f"{key}: {error}"))

    def add_mapping(self, mapping: Mapping[str, Any]) -> None:
        """Take the facts of a sidecar file; lists are joined by `|`."""
        for key, value in mapping.items():
            text = "|".join(map(str, value)) if isinstance(value, list) else str(value)
            self.add(str(key), text)

    def product(self, *, name_needed: bool = True) -> Product:
        """The product. A missing name is a problem (BOM-019), where one is needed."""
        if name_needed and "name" not in self.facts:
            hint = "Add a row: # name: ..."
            where = Where(self.file)
            self.problems.append(faults.BAD_PRODUCT.at(where, "the product has no name", hint))
        period = self.facts.pop("reference_period", (None, None))
        values = {("mass_kg" if key == "mass" else key): fact for key, fact in self.facts.items()}
        product = Product(**({"name": ""} | values))
        return replace(product, period_start=period[0], period_end=period[1])


def _measure(text: str) -> tuple[float, str]:
    match = _MEASURE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not an amount and a unit, such as '1 piece'")
    amount = parse_number(match["number"], ".")
    if amount <= 0:
        raise ValueError(f"{text!r} is not above zero")
    return amount, match["unit"].strip()


def _declared_unit(text: str) -> DeclaredUnit:
    amount, unit = _measure(text if text[:1].isdigit() else f"1 {text}")
    normal = units.normal_unit(unit)
    for name in DECLARED_UNITS:
        if normal == units.normal_unit(name):
            return DeclaredUnit(amount, name)
    for name in DECLARED_UNITS:
        if units.convertible(normal, name):
            return DeclaredUnit(units.convert(amount, normal, name), name)
    raise ValueError(f"{unit!r} is not one of {', '.join(DECLARED_UNITS)}")


def _mass(text: str) -> float:
    amount, unit = _measure(text)
    return units.convert(amount, unit, "kg")


def _country(text: str) -> str:
    code = text.upper()
    if not is_location(code) or len(code) == 3:
        raise ValueError(f"{text!r} is not an ISO 3166 code such as CN or CN-GD")
    return code


def _period(text: str) -> tuple[date, date]:
    if match := _YEAR.fullmatch(text):
        return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a year or 'YYYY-MM-DD/YYYY-MM-DD'")
    start, end = date.fromisoformat(match[1]), date.fromisoformat(match[2])
    if start > end:
        raise ValueError("the reference period ends before it starts")
    return start, end


def _carbon(text: str) -> float:
    """A mass of carbon in kg, or `12 g`; zero is a statement too."""
    if re.fullmatch(r"[\d.,]+(?:[eE][-+]?\d+)?", text):
        return parse_number(text, ".")
    match = _MEASURE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a mass of carbon, such as '12 g'")
    return units.convert(parse_number(match["number"], "."), match["unit"].strip(), "kg")


def _percent(text: str) -> float:
    value = parse_number(text.rstrip("%％ "), ".")
    if not 0 <= value <= 100:
        raise ValueError(f"{text!r} is not from 0 to 100 percent")
    return value


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[|；;]", text) if part.strip())


def _text(text: str) -> str:
    if not text:
        raise ValueError("the value is empty")
    return text


_READERS: dict[str, Callable[[str], Any]] = {
    "name": _text,
    "name_zh": _text,
    "product_ids": _list,
    "declared_unit": _declared_unit,
    "mass": _mass,
    "country": _country,
    "reference_period": _period,
    "company": _text,
    "company_zh": _text,
    "company_ids": _list,
    "category": _text,
    "description": _text,
    "exempted_emissions_percent": _percent,
    "exempted_emissions_description": _text,
    "fossil_carbon_content": _carbon,
    "biogenic_carbon_content": _carbon,
}
