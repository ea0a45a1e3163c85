"""The facts that a footprint needs, filled in as far as the file tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from api.console.forms import Posted
from api.language import Language
from footprint import units
from footprint.bom.facts_read import facts_in_file
from footprint.bom.plausible import FIRST_YEAR, MOST_OF_A_PIECE
from footprint.drafts.model import Draft
from footprint.locations import is_location
from footprint.matching.places import place_names
from footprint.values.product import DECLARED_UNITS, Product
from label_templates.console_pages import console_words

#: What a PACT file names beside the number.
_FOR_BUYERS = ("company", "company_ids", "product_ids")
_MASS = re.compile(r"\s*(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>[^\d\s.,]*)\s*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_YEAR = re.compile(r"(1[89]|2\d)\d\d")
#: Places offered first: where most of the users of this page make things.
_FIRST = ("CN", "VN", "IN", "TH", "ID", "MY", "TW", "KR", "JP", "BD", "TR", "MX", "DE", "US")


@dataclass(frozen=True, slots=True)
class FactsView:
    """The fields as they are filled in. `stated` are those that the file says itself: they are
    shown and not asked. `guessed` were filled in by us."""

    name: str
    amount: str
    unit: str
    country: str
    year: str
    mass: str
    company: str
    company_ids: str
    product_ids: str
    stated: frozenset[str]
    guessed: frozenset[str]
    places: tuple[tuple[str, str], ...]
    units: tuple[str, ...] = DECLARED_UNITS


def facts_view(
    draft: Draft, product: Product, typed: Mapping[str, str], language: Language, now: datetime
) -> FactsView:
    """The page of facts: what was typed, else what is known, else a guess that is marked."""
    year = "" if product.period_end is None else str(product.period_end.year)
    guessed: set[str] = set()
    if not year:
        year = str(now.year - 1)
        guessed.add("year")
    mass = "" if product.mass_kg is None else f"{product.mass_kg:.6g} kg"
    fields = {
        "name": product.name,
        "amount": f"{product.declared_unit.amount:g}",
        "unit": product.declared_unit.unit,
        "country": product.country,
        "year": year,
        "mass": mass,
        "company": product.company,
        "company_ids": ", ".join(product.company_ids),
        "product_ids": ", ".join(product.product_ids),
    }
    shown = {name: typed.get(name, known) for name, known in fields.items()}
    return FactsView(
        shown["name"],
        shown["amount"],
        shown["unit"],
        shown["country"],
        shown["year"],
        shown["mass"],
        shown["company"],
        shown["company_ids"],
        shown["product_ids"],
        stated=_stated(draft.data, draft.file),
        guessed=frozenset(guessed - set(typed)),
        places=_places(language, shown["country"]),
    )


@lru_cache(maxsize=8)  # whole files are held: 8 of at most 10 MiB
def _stated(data: bytes, file: str) -> frozenset[str]:
    return facts_in_file(data, file)


@lru_cache(maxsize=64)
def _places(language: Language, known: str) -> tuple[tuple[str, str], ...]:
    """Countries by their names, those first that are asked for most; before all of them the
    province that is known already."""
    named = place_names(language)
    countries = {code: name for code, name in named.items() if len(code) == 2}
    rest = sorted((name, code) for code, name in countries.items() if code not in _FIRST)
    first = [(code, countries[code]) for code in _FIRST if code in countries]
    part = [(known, _part(known, named, language))] if len(known) > 2 and known in named else []
    return (*part, *first, *((code, name) for name, code in rest))


def _part(code: str, named: Mapping[str, str], language: Language) -> str:
    """A part of a country with the country's name."""
    country, words = named.get(code.partition("-")[0], ""), console_words(language)
    whole = f"{words['bracket']}{country}{words['bracket_end']}"
    return f"{named[code]}{whole}" if country else named[code]


#: What lacks: the field, why (a word of `wrong_...`), and what was typed.
Lacking = tuple[str, str, str]


def facts_in(
    form: Posted, draft: Draft, now: datetime
) -> tuple[dict[str, str], tuple[Lacking, ...]]:
    """The facts as `NAME.product.yaml` has them, and what lacks."""
    lacking = tuple(_lacking(form, _stated(draft.data, draft.file), now))
    if lacking:
        return {}, lacking
    mass = mass_in(_mass(form))
    facts = {
        "name": form.text("name"),
        "declared_unit": f"{_decimal(form.text('amount', '1'))} {form.text('unit', 'piece')}",
        "country": form.text("country").upper(),
        "reference_period": form.text("year"),
        "mass": "" if mass is None else f"{mass:.12g} kg",
        **{name: form.text(name) for name in _FOR_BUYERS},
    }
    stated = _stated(draft.data, draft.file)
    return {name: said for name, said in facts.items() if name not in stated}, ()


def _lacking(form: Posted, stated: frozenset[str], now: datetime) -> Iterator[Lacking]:
    name, amount, unit = form.text("name"), form.text("amount", "1"), form.text("unit", "piece")
    country, year, mass = form.text("country").upper(), form.text("year"), _mass(form)
    if not name and "name" not in stated:
        yield "name", "empty", ""
    if not _NUMBER.fullmatch(amount) or float(_decimal(amount)) <= 0 or unit not in DECLARED_UNITS:
        yield "amount", "number", amount
    if country and not is_location(country):
        yield "country", "place", country
    if year and not _YEAR.fullmatch(year):
        yield "year", "year", year
    elif year and int(year) < FIRST_YEAR:
        yield "year", "old", year
    elif year and int(year) > now.year:
        yield "year", "ahead", year
    kilograms = mass_in(mass) if mass else None
    if mass and kilograms is None:
        yield "mass", "unit" if _NUMBER.fullmatch(mass) else "mass", mass
    elif unit == "piece" and kilograms is not None and kilograms >= MOST_OF_A_PIECE:
        yield "mass", "heavy", mass


def _mass(form: Posted) -> str:
    """The mass as typed, or as the button beside the question says it."""
    return form.text("mass_as") or form.text("mass")


def _decimal(text: str) -> str:
    return text.replace(",", ".")


def mass_in(text: str) -> float | None:
    """`85 g` in kg; None for what is no mass with its unit, or is not above zero."""
    found = _MASS.fullmatch(text)
    if found is None or not found["unit"]:
        return None
    try:
        unit = units.common_unit(found["unit"])
        mass = units.convert(float(found["number"].replace(",", ".")), unit, "kg")
    except units.UnitError:
        return None
    return mass if mass > 0 else None
