"""ILCD+EPD as JSON, as nodes of soda4LCA publish it -> a declaration."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from footprint.exchange.epd import TO_KG, Epd, EpdProperty, EpdResult, subtype_of
from footprint.exchange.epd_gwp import GWP_INDICATORS
from footprint.exchange.faults import CONTRADICTION, FORM, MISSING_FACT
from footprint.exchange.ilcd_ids import (
    CARBON,
    MASS,
    PACKAGING_CARBON,
    UNITS,
    contents,
    property_id,
)
from footprint.faults import Where
from footprint.supplier.fields import Fields
from footprint.supplier.numbers import spelt_decimal

_LANGUAGES = ("en", "de")
_SAME = Decimal("0.001")


def is_ilcd_json(document: Any) -> bool:
    """Whether JSON is a process data set of ILCD."""
    return isinstance(document, Mapping) and "processInformation" in document


def epd_from_json(document: Mapping[str, Any], file: str) -> Epd:
    """The declaration that a process data set states.

    Raises `InputRefused` (SUP-003, EXC-003, EXC-103) for what is missing, unusable or contradicts.
    """
    where = Where(file)
    root = Fields(document, where)
    info, model = root.inside("processInformation"), root.inside("modellingAndValidation")
    method = model.inside("LCIMethodAndAllocation")
    valid = info.inside("time").number("dataSetValidUntil")
    about = info.inside("dataSetInformation")
    reference = _reference(root, where)
    properties = {
        property_id(one.text("uuid"), _words(one.values.get("name"))): one
        for one in _each(reference, "flowProperties")
    }
    main = next((k for k, one in properties.items() if one.values.get("referenceFlowProperty")), "")
    if not main:
        message = "the reference flow has no reference flow property, so that its unit is open"
        raise MISSING_FACT.refuse(message, where)
    means = {
        key: (one.number("meanValue") or Decimal(0)) * _to_kg(key, one, where)
        for key, one in properties.items()
        if key != main
    }
    means[main] = properties[main].number("meanValue") or Decimal(0)
    amount = _amount(reference, means[main], where)
    masses = contents(means, main, amount)
    return Epd(
        id=about.text("UUID"),
        name=_words(about.inside("name").values.get("baseName")),
        owner=_owner(root),
        unit=properties[main].text("referenceUnit") or UNITS.get(main, ""),
        amount=amount,
        valid_to=_last_day(valid, where),
        subtype=subtype_of(_any(method, "subType")),
        results=tuple(_results(root, where)),
        properties=tuple(_material(reference)),
        mass=masses.get("mass"),
        carbon=masses.get("carbon"),
        packaging_carbon=masses.get("packaging_carbon"),
    )


def _reference(root: Fields, where: Where) -> Fields:
    """The exchange of what is declared."""
    exchanges = list(_each(root.inside("exchanges"), "exchange"))
    quantity = root.inside("processInformation").inside("quantitativeReference")
    ids = quantity.values.get("referenceToReferenceFlow")
    wanted = {str(one) for one in (ids if isinstance(ids, list) else [ids])}
    for one in exchanges:
        if one.values.get("referenceFlow") is True or (
            str(one.values.get("dataSetInternalID")) in wanted
        ):
            return one
    raise MISSING_FACT.refuse("no exchange is the reference flow", where)


def _amount(reference: Fields, mean: Decimal, where: Where) -> Decimal:
    """The amount that is declared, in the unit of the reference flow property."""
    flows = reference.number("resultingAmount")
    flows = reference.needed("meanAmount") if flows is None else flows
    amount = flows * mean
    stated = reference.number("resultingflowAmount")
    if stated is not None and abs(stated - amount) > _SAME * abs(amount):
        message = (
            f"the reference flow is {flows:f} times {mean:f}, and its resulting amount {stated:f}"
        )
        raise CONTRADICTION.refuse(message, where)
    if amount <= 0:
        raise FORM.refuse("the amount that is declared is not above zero", where)
    return amount


def _last_day(year: Decimal | None, where: Where) -> date | None:
    """The last day of the year to which a data set is valid: none of them states a day."""
    if year is None:
        return None
    if year != int(year) or not 1990 <= year <= date.max.year:
        message = f"dataSetValidUntil is {year:f}, which is no year"
        raise FORM.refuse(message, where)
    return date(int(year), 12, 31)


def _to_kg(key: str, stated: Fields, where: Where) -> Decimal:
    """kg in one of the unit of a mass or a carbon content; 1 for other properties."""
    unit = stated.text("referenceUnit").strip()
    if key not in (MASS, CARBON, PACKAGING_CARBON) or not unit:
        return Decimal(1)
    if unit not in TO_KG:
        raise FORM.refuse(f"a mass is stated in {unit}; kg, g and t are read", where)
    return TO_KG[unit]


def _checked_unit(result: Fields, indicator: str, where: Where) -> None:
    """A global warming potential is in kg CO2e, where a data set states its unit in words."""
    if indicator not in GWP_INDICATORS:
        return
    for one in _each(result.inside("other"), "anies"):
        if one.values.get("name") != "referenceToUnitGroupDataSet":
            continue
        unit = _words(one.inside("value").values.get("shortDescription"))
        plain = re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", unit).lower())
        if unit and not plain.startswith("kgco2"):
            message = f"the global warming potential is in {unit}, and kg CO2e is needed"
            raise FORM.refuse(message, where)


def _results(root: Fields, where: Where) -> Iterator[EpdResult]:
    for result in _each(root.inside("LCIAResults"), "LCIAResult"):
        indicator = result.inside("referenceToLCIAMethodDataSet").text("refObjectId").lower()
        _checked_unit(result, indicator, where)
        for one in _each(result.inside("other"), "anies"):
            if isinstance(one.values.get("module"), str):
                value = one.number("value")
                if value is not None:
                    scenario = one.text("scenario")
                    yield EpdResult(indicator, one.text("module"), scenario, value)


def _material(reference: Fields) -> Iterator[EpdProperty]:
    for one in _each(reference, "materialProperties"):
        value = one.number("value") if _is_number(one.values.get("value")) else None
        if value is not None:
            yield EpdProperty(one.text("name").strip().lower(), value, one.text("unit"))


def _is_number(value: Any) -> bool:
    if value is None or isinstance(value, bool):
        return False
    try:
        return isinstance(value, int | Decimal) or spelt_decimal(value).is_finite()
    except (ValueError, ArithmeticError, AttributeError):
        return False


def _owner(root: Fields) -> str:
    publication = root.inside("administrativeInformation").inside("publicationAndOwnership")
    owner = publication.inside("referenceToOwnershipOfDataSet")
    return _words(owner.values.get("shortDescription"))


def _any(holder: Fields, name: str) -> str:
    """The text of a member of `other`, which has its name inside."""
    for one in _each(holder.inside("other"), "anies"):
        if one.values.get("name") == name and isinstance(one.values.get("value"), str):
            return str(one.values["value"])
    return ""


def _each(holder: Fields, name: str) -> Iterator[Fields]:
    values = holder.values.get(name)
    for at, one in enumerate(values if isinstance(values, list) else ()):
        if isinstance(one, Mapping):
            yield Fields(one, holder.where, f"{holder.path}{name}[{at}].", holder.name)


def _words(values: Any) -> str:
    """A text in the first language that there is of those we know, else in any."""
    if isinstance(values, str):
        return values
    texts = {
        str(one.get("lang", "en")): str(one["value"])
        for one in (values if isinstance(values, list) else ())
        if isinstance(one, Mapping) and isinstance(one.get("value"), str)
    }
    return next((texts[one] for one in (*_LANGUAGES, *texts) if one in texts), "")
