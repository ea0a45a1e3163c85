"""A PACT document as openEPD, through the package that keeps the form (extra `epd`).

The package holds numbers as floats and, as installed, takes megajoules for kg CO2e: it leaves units
to a validator of its user, which stands here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from decimal import Decimal
from typing import Any

from openepd.model.epd import EpdV0
from openepd.model.validation.quantity import ExternalValidationConfig, QuantityValidator
from pydantic import ValidationError

from footprint.exchange.faults import FORM, NO_PLACE
from footprint.exchange.open_epd_units import dimension_of
from footprint.faults import InputRefused, Problem, Where

_UNITS = {
    "kilogram": "kg",
    "piece": "item",
    "square meter": "m2",
    "cubic meter": "m3",
    "liter": "l",
    "kilowatt hour": "kWh",
    "megajoule": "MJ",
    "ton kilometer": "tkm",
}
_METHODS = {"AR5": "IPCC AR5", "AR6": "IPCC AR6"}
_LAND = ("landManagementBiogenicCO2Emissions", "landManagementBiogenicCO2Removals")


class _Units(QuantityValidator):
    """Dimensions of the units that declarations use."""

    def validate_same_dimensionality(
        self, unit: str | None, dimensionality_unit: str | None
    ) -> None:
        """Raise `ValueError` unless both units are known and of one kind."""
        if dimension_of(unit) != dimension_of(dimensionality_unit):
            raise ValueError(f"{unit!r} is of another kind than {dimensionality_unit!r}")

    def validate_unit_correctness(self, value: str, dimensionality: str) -> None:
        """The same for a quantity such as `2.4 kg`."""
        self.validate_same_dimensionality(value.partition(" ")[2], dimensionality)

    def validate_quantity_greater_or_equal(self, value: str, min_value: str) -> None:
        """Refused: no property that is written here has a bound with a unit."""
        raise ValueError(f"{value} cannot be compared with {min_value} here")

    def validate_quantity_less_or_equal(self, value: str, max_value: str) -> None:
        """Refused, as above."""
        raise ValueError(f"{value} cannot be compared with {max_value} here")


@contextmanager
def _units_checked() -> Iterator[None]:
    """The package's models with the validator: it is one for the whole process."""
    before = ExternalValidationConfig.QUANTITY_VALIDATOR
    ExternalValidationConfig.QUANTITY_VALIDATOR = _Units()
    try:
        yield
    finally:
        ExternalValidationConfig.QUANTITY_VALIDATOR = before


def open_epd_document(pact: Mapping[str, Any]) -> dict[str, Any]:
    """The openEPD document of a PACT v3 document, as JSON.

    Raises `InputRefused` (EXC-002) for a unit or a value that the form has no place for.
    """
    pcf = pact["pcf"]
    unit = _UNITS.get(pcf["declaredUnitOfMeasurement"])
    if unit is None:
        message = (
            f"the declared unit {pcf['declaredUnitOfMeasurement']!r} does not exist in openEPD"
        )
        raise NO_PLACE.refuse(message, Where(column="declaredUnitOfMeasurement"))
    document = {
        "doctype": "openEPD",
        "openepd_version": "0.1",
        "language": "en",
        "product_name": pact["productNameCompany"],
        "product_description": pact["productDescription"],
        "date_of_issue": pact["created"],
        "valid_until": pact["validityPeriodEnd"],
        "manufacturer": {"name": pact["companyName"]},
        "declared_unit": {"qty": float(pcf["declaredUnitAmount"]), "unit": unit},
        "impacts": {_method(pcf): {name: _stage(v) for name, v in _indicators(pcf).items()}},
        "ext": {"pact": _kept(pact)},
        **_masses(pcf),
    }
    with _units_checked():
        model = EpdV0.model_validate(document)
    found: dict[str, Any] = json.loads(model.model_dump_json(by_alias=True, exclude_none=True))
    return found


def package_findings(document: Mapping[str, Any], file: str) -> list[Problem]:
    """What the package's own models say of a document, with units checked."""
    try:
        with _units_checked():
            EpdV0.model_validate(
                deepcopy(document)
            )  # it puts its own objects into what it is given
    except ValidationError as error:
        return [
            FORM.at(Where(file, column=".".join(map(str, item["loc"]))), _says(item["msg"]))
            for item in error.errors()
        ]
    return []


def _says(message: str) -> str:
    return f"the openEPD package refuses it: {message.removeprefix('Value error, ')}"


def _method(pcf: Mapping[str, Any]) -> str:
    """The one IPCC report, else a method that is not known."""
    reports = pcf["ipccCharacterizationFactors"]
    return _METHODS.get(reports[0], "Unknown LCIA") if len(reports) == 1 else "Unknown LCIA"


def _indicators(pcf: Mapping[str, Any]) -> dict[str, Decimal]:
    """Emissions in kg CO2e: total with uptake, its three parts, and GWP-GHG without uptake.

    Raises `InputRefused` (EXC-002) where the form has no indicator.
    """

    def number(name: str) -> Decimal:
        return Decimal(pcf.get(name, "0"))

    for name in ("ccsTechnologicalCO2Capture", "technologicalCO2Removals"):
        if number(name):
            message = f"{name} is {pcf[name]} kg CO2, and openEPD has no such indicator"
            raise NO_PLACE.refuse(message, Where(column=name), "Hand over the PACT document.")
    land = number("landUseChangeGhgEmissions") + sum(map(number, _LAND), Decimal(0))
    if land < 0:
        message = f"land takes up {-land:f} kg CO2, and gwp-luluc takes emissions"
        raise InputRefused([NO_PLACE.at(Where(column=_LAND[1]), message)])
    biogenic = number("biogenicNonCO2Emissions") + number("biogenicCO2Uptake")
    known = {
        "gwp-biogenic": {"biogenicCO2Uptake"},
        "gwp-luluc": {"landUseChangeGhgEmissions", *_LAND},
        "GWP-GHG": {"biogenicNonCO2Emissions"},
    }
    found = {
        "gwp": number("pcfIncludingBiogenicUptake"),
        "gwp-fossil": number("fossilGhgEmissions"),
        "gwp-biogenic": biogenic,
        "gwp-luluc": land,
        "GWP-GHG": number("pcfExcludingBiogenicUptake"),
    }
    # What is not known is absent, here as there.
    return {n: value for n, value in found.items() if n not in known or known[n] & pcf.keys()}


def _stage(value: Decimal) -> dict[str, Any]:
    return {"A1A2A3": {"mean": float(value), "unit": "kgCO2e"}}


def _masses(pcf: Mapping[str, Any]) -> dict[str, Any]:
    """Mass and biogenic carbon in kg, where they are known."""
    found: dict[str, Any] = {}
    if Decimal(pcf["productMassPerDeclaredUnit"]):
        mass = float(pcf["productMassPerDeclaredUnit"])
        found["kg_per_declared_unit"] = {"qty": mass, "unit": "kg"}
    if "biogenicCarbonContent" in pcf:
        carbon = float(pcf["biogenicCarbonContent"])
        found["kg_C_biogenic_per_declared_unit"] = {"qty": carbon, "unit": "kg"}
    return found


def _kept(pact: Mapping[str, Any]) -> dict[str, Any]:
    """What the form has no property for: ids, period, totals with all their digits; and the
    comment, which says whether the total is complete."""
    pcf = pact["pcf"]
    comment = {"comment": pact["comment"]} if pact.get("comment") else {}
    return comment | {
        "id": pact["id"],
        "companyIds": list(pact["companyIds"]),
        "productIds": list(pact["productIds"]),
        "referencePeriodStart": pcf["referencePeriodStart"],
        "referencePeriodEnd": pcf["referencePeriodEnd"],
        "pcfExcludingBiogenicUptake": pcf["pcfExcludingBiogenicUptake"],
        "pcfIncludingBiogenicUptake": pcf["pcfIncludingBiogenicUptake"],
    }
