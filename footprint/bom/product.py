"""Product facts: `# key: value` rows, a sheet `product`, or a mapping from a sidecar file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from footprint import units
from footprint.bom import faults
from footprint.bom.cells import MOST_OF_ANYTHING
from footprint.bom.columns import fact_of
from footprint.bom.plausible import FIRST_YEAR, heavy_product
from footprint.bom.subjects import subject_problems
from footprint.faults import Problem, Where
from footprint.late_pattern import late_pattern
from footprint.locations import is_location
from footprint.reading.numbers import Ambiguous, Mark, decimal_mark, parse_number
from footprint.values.groups import subject_of
from footprint.values.product import (
    DECLARED_UNITS,
    SUBJECT_KINDS,
    DeclaredUnit,
    EnergyCertificate,
    Product,
    SubjectKind,
)

#: An amount and a unit; the unit begins with what can be no part of a number.
_MEASURE = late_pattern(
    r"(?P<number>[-+]?[\d.,'’\s]*\d(?:[eE][-+]?\d+)?)\s*(?P<unit>[^\s\d.,'’].*)"
)
_BARE = late_pattern(r"[-+]?[\d.,'’\s]*\d(?:[eE][-+]?\d+)?")
_NUMBER = late_pattern(r"[-+]?\d[\d.,]*")
_PERIOD = late_pattern(r"(\d{4}-\d{2}-\d{2})\s*(?:/|to|至|~|–)\s*(\d{4}-\d{2}-\d{2})")
_YEAR = late_pattern(r"(\d{4})年?")
_CODE = late_pattern(r"(?P<list>[A-Za-z][A-Za-z-]*)\s*[:：]\s*(?P<code>[\w.-]+)")


@dataclass(frozen=True, slots=True)
class _Fact:
    """What a file says: its text, where, and the decimal mark if the table is not asked for it."""

    text: str
    where: Where
    mark: Mark | None
    beside: bool
    twice: bool = False


@dataclass(slots=True)
class ProductReader:
    """Collects facts one by one; `product()` gives the value once all are in.

    Numbers are read by the file's decimal mark, which is known only when the whole table was seen.
    """

    file: str
    facts: dict[str, _Fact] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, key: str, value: str | float, row: int | None = None) -> None:
        """Take one fact; a cell that is a number by its type needs no decimal mark.

        An unknown key becomes a problem (BOM-019).
        """
        name = fact_of(key)
        where = Where(self.file, row, key)
        if name is None:
            hint = "Known: name, declared_unit, mass, country, reference_period, company, ..."
            self.problems.append(faults.BAD_PRODUCT.at(where, f"{key!r} is no product fact", hint))
            return
        if name in self.facts:
            self.problems.append(faults.BAD_PRODUCT.at(where, f"{key!r} is given twice"))
            self.facts[name] = replace(self.facts[name], twice=True)
            return
        mark: Mark | None = None if isinstance(value, str) else "."
        text = f"{value:.15g}" if isinstance(value, float) else str(value)
        self.facts[name] = _Fact(text.strip(), where, mark, beside=False)

    def add_mapping(self, mapping: Mapping[str, Any]) -> None:
        """Take the facts of a sidecar file; lists are joined by `|`.

        It is written by a hand of its own: its numbers decide how they are read, and only where
        they show nothing the table does.
        """
        for key, value in mapping.items():
            if isinstance(value, list):
                self.add(str(key), "|".join(map(str, value)))
            else:
                number = isinstance(value, Decimal | int)
                self.add(str(key), float(value) if number else str(value))
        own = decimal_mark(self.numbers())
        self.facts = {
            name: replace(fact, mark=fact.mark or own, beside=True)
            for name, fact in self.facts.items()
        }

    def numbers(self) -> list[str]:
        """The numbers in the facts that hold some: they show the file's decimal mark too."""
        return [
            number.rstrip(".,")
            for name, fact in self.facts.items()
            if name in _MEASURED and fact.mark is None and not fact.beside
            for number in _NUMBER.findall(fact.text)
        ]

    def product(self, mark: Mark | None = None, *, lone_point_is_decimal: bool = False) -> Product:
        """The product. Problems: a missing name or a malformed value (BOM-019), a number that can
        be read in two ways (BOM-008)."""
        facts: dict[str, Any] = {}
        for name, fact in self.facts.items():
            if fact.twice:  # told already; how one of both is written is another matter
                continue
            text, where = fact.text, fact.where
            number = partial(
                parse_number,
                mark=fact.mark or mark,
                lone_point_is_decimal=lone_point_is_decimal,
            )
            try:
                facts[name] = (
                    _MEASURED[name](text, number) if name in _MEASURED else _READERS[name](text)
                )
            except Ambiguous as error:
                hint = "Write it without separators of thousands, and with at least one decimal."
                message = f"{where.column}: {error}, and no other number of the file shows which"
                self.problems.append(faults.AMBIGUOUS_NUMBER.at(where, message, hint))
            except ValueError as error:
                self.problems.append(faults.BAD_PRODUCT.at(where, f"{where.column}: {error}"))
        if "name" not in self.facts:
            hint = "Add a row: # name: ..."
            where = Where(self.file)
            self.problems.append(faults.BAD_PRODUCT.at(where, "the product has no name", hint))
        period = facts.pop("reference_period", (None, None))
        values = {("mass_kg" if key == "mass" else key): fact for key, fact in facts.items()}
        product = Product(**({"name": ""} | values))
        made = replace(product, period_start=period[0], period_end=period[1])
        self.problems += subject_problems(made, Where(self.file))
        self.problems += heavy_product(made, Where(self.file))
        return made


#: Reads a number by the file's decimal mark. Raises `Ambiguous` or `ValueError`.
_Number = Callable[[str], float]


def _measure(text: str, number: _Number, such_as: str) -> tuple[float, str]:
    """An amount, zero or above, and its unit."""
    match = None if (bare := _BARE.fullmatch(text)) else _MEASURE.fullmatch(text)
    if match is None:
        lacks = "has no unit" if bare else "is not an amount and a unit"
        raise ValueError(f"{text!r} {lacks}; write it such as '{such_as}'")
    amount = number(match["number"].strip())
    if amount < 0:
        raise ValueError(f"{text!r} is below zero")
    return amount, match["unit"].strip()


def _above_zero(text: str, number: _Number, such_as: str) -> tuple[float, str]:
    amount, unit = _measure(text, number, such_as)
    if amount == 0:
        raise ValueError(f"{text!r} is not above zero")
    return amount, unit


def _declared_unit(text: str, number: _Number) -> DeclaredUnit:
    counted = text if re.match(r"[-+.,]?\d", text) else f"1 {text}"
    amount, unit = _above_zero(counted, number, "1 piece")
    normal = units.normal_unit(unit)
    for name in DECLARED_UNITS:
        if normal == units.normal_unit(name):
            return DeclaredUnit(amount, name)
    for name in DECLARED_UNITS:
        if units.convertible(normal, name):
            return DeclaredUnit(units.convert(amount, normal, name), name)
    raise ValueError(f"{unit!r} is not one of {', '.join(DECLARED_UNITS)}")


def _mass(text: str, number: _Number) -> float:
    amount, unit = _above_zero(text, number, "237 g")
    mass = units.convert(amount, unit, "kg")
    if mass > MOST_OF_ANYTHING:
        raise ValueError(f"{text!r} is beyond any plausible value (1e+12 kg)")
    return mass


def _refuse_old(start: date) -> None:
    if start.year < FIRST_YEAR:
        raise ValueError(f"{start.year} is before 1990: no data are so old")


def _carbon(text: str, number: _Number) -> float:
    """A mass of carbon in kg; zero is a statement too, and needs no unit."""
    if _BARE.fullmatch(text) and number(text) == 0:
        return 0.0
    amount, unit = _measure(text, number, "12 g")
    return units.convert(amount, unit, "kg")


def _certificates(text: str, number: _Number) -> tuple[EnergyCertificate, ...]:
    """`GEC-2025-1-500: 500 MWh`, several parted by `;`. A serial counts once."""
    found = []
    for part in _list(text):
        serial, mark, amount = part.replace("：", ":").rpartition(":")
        if not mark or not serial.strip():
            raise ValueError(f"{part!r} is no serial and amount, such as 'GEC-2025-1-500: 500 MWh'")
        value, unit = _above_zero(amount.strip(), number, "500 MWh")
        found.append(EnergyCertificate(serial.strip(), units.convert(value, unit, "kWh")))
    serials = [one.serial.casefold() for one in found]
    twice = next((one for one in serials if serials.count(one) > 1), None)
    if twice is not None:
        raise ValueError(f"the serial {twice!r} is given twice")
    return tuple(found)


def _percent(text: str, number: _Number) -> float:
    value = number(text.rstrip("%％ "))
    if not 0 <= value <= 100:
        raise ValueError(f"{text!r} is not from 0 to 100 percent")
    return value


def _country(text: str) -> str:
    code = text.upper()
    if not is_location(code) or len(code) == 3:
        raise ValueError(f"{text!r} is not an ISO 3166 code such as CN or CN-GD")
    return code


def _period(text: str) -> tuple[date, date]:
    if match := _YEAR.fullmatch(text):
        text = f"{match[1]}-01-01/{match[1]}-12-31"
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a year or 'YYYY-MM-DD/YYYY-MM-DD'")
    start, end = date.fromisoformat(match[1]), date.fromisoformat(match[2])
    if start > end:
        raise ValueError("the reference period ends before it starts")
    _refuse_old(start)
    return start, end


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[|；;]", text) if part.strip())


def _text(text: str) -> str:
    if not text:
        raise ValueError("the value is empty")
    return text


def _subject(text: str) -> SubjectKind:
    subject = subject_of(text)
    if subject is None:
        raise ValueError(f"{text!r} is not one of {', '.join(SUBJECT_KINDS)}")
    return subject


def _classifications(text: str) -> tuple[str, ...]:
    """Codes such as `CPC:46410`, as `LIST:code`, or URNs as they are."""
    found = []
    for part in _list(text):
        match = _CODE.fullmatch(part)
        if part.casefold().startswith("urn:"):
            found.append(part)
        elif match is None:
            raise ValueError(f"{part!r} is no code, such as CPC:46410, and no URN")
        else:
            found.append(f"{match['list'].upper()}:{match['code']}")
    return tuple(found)


#: Facts that hold numbers, and how they are read.
_MEASURED: dict[str, Callable[[str, _Number], Any]] = {
    "declared_unit": _declared_unit,
    "mass": _mass,
    "exempted_emissions_percent": _percent,
    "fossil_carbon_content": _carbon,
    "biogenic_carbon_content": _carbon,
    "recycled_carbon_content": _carbon,
    "energy_certificates": _certificates,
}
_READERS: dict[str, Callable[[str], Any]] = {
    "name": _text,
    "name_zh": _text,
    "product_ids": _list,
    "country": _country,
    "reference_period": _period,
    "company": _text,
    "company_zh": _text,
    "company_ids": _list,
    "category": _text,
    "classifications": _classifications,
    "description": _text,
    "exempted_emissions_description": _text,
    "accept_stated_totals": _list,
    "subject": _subject,
    "subject_boundary": _text,
}
