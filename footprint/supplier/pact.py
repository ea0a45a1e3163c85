"""A PACT v3 ProductFootprint of a supplier, read tolerantly: absent is null, unknown keys pass.

Source: PACT Technical Specifications v3.0.3 (WBCSD, 2025-11-18), data model. Emissions there are
per declared unit, which is amount times unit: 2,000 kg CO2e for 1,000 kg are 2 kg CO2e per kg.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from footprint.supplier.faults import UNKNOWN_FORM
from footprint.supplier.fields import ROUNDING, Balance, Fields, percentage, ratings
from footprint.supplier.misreadings import ON_TOP, TERMS, misreading
from footprint.supplier.numbers import rounding_of
from footprint.validity import three_years_after
from footprint.values.lacks import LACKS, lacks_told, screened_share_told
from footprint.values.product import DECLARED_UNITS, MASSLESS
from footprint.values.supplier import SupplierPcf

#: Zero or above in the data model (PositiveOrZeroDecimal), by the inventory's categories.
_PARTS = {
    "fossil": "fossilGhgEmissions",
    "biogenic_non_co2": "biogenicNonCO2Emissions",
    "land_use_change": "landUseChangeGhgEmissions",
    "land_management": "landManagementBiogenicCO2Emissions",
}
#: Zero or below in the data model (NegativeOrZeroDecimal); inside its totals, left out of ours.
_CREDITED = (
    "landManagementBiogenicCO2Removals",
    "technologicalCO2Removals",
    "ccsTechnologicalCO2Capture",
)
#: What a document may leave out because it does not know it.
_BESIDE = {
    "biogenic_uptake": "biogenicCO2Uptake",
    **{part: name for part, name in _PARTS.items() if part != "fossil"},
    "aircraft": "aircraftGhgEmissions",
}


def supplier_from_pact(
    document: Fields, file: str, digest: str, accept: bool = False
) -> SupplierPcf:
    """The footprint that a ProductFootprint states, per one declared unit.

    accept : take the stated totals where the parts do not add up to them.
    Raises `InputRefused` (SUP-002 for version 2, SUP-003, SUP-004).
    """
    document = replace(document, name=file)
    version = document.text("specVersion")
    if not version.startswith("3."):
        hint = "Version 2 counts per one unit and splits differently: ask for version 3."
        message = f"{file}: specVersion is {version or 'missing'}, not 3"
        raise UNKNOWN_FORM.refuse(message, document.where, hint)
    pcf = document.inside("pcf")
    amount = pcf.needed("declaredUnitAmount")
    if amount <= 0:
        pcf.refuse("declaredUnitAmount", "is not above zero")
    unit = pcf.text("declaredUnitOfMeasurement")
    if unit not in DECLARED_UNITS:
        pcf.refuse("declaredUnitOfMeasurement", f"is missing or unknown: {unit!r}")
    pcf.needed("fossilGhgEmissions")
    balance = _balance(pcf, accept, file)
    mass, question = _mass(pcf, unit, amount)
    comment, exempted = (
        document.words("comment"),
        percentage(pcf, "exemptedEmissionsPercent") or 0.0,
    )
    lacks = lacks_told(comment)
    if exempted:  # told as a share, and no second time in words
        lacks = tuple(one for one in lacks if one != LACKS["exempted"])
    return SupplierPcf(
        file=file,
        hash=digest,
        kind="pact",
        id=document.text("id"),
        company=document.text("companyName"),
        product=document.text("productNameCompany"),
        unit=unit,
        mass_kg=float(mass / amount) if mass else None,
        parts={name: float(value / amount) for name, value in balance.parts.items()},
        gwp_sets=_sets(pcf),
        valid_until=_valid_until(document, pcf),
        primary_data_share=percentage(pcf, "primaryDataShare"),
        ratings=ratings(pcf.inside("dqi"), "technologicalDQR", "geographicalDQR", "temporalDQR"),
        deprecated=document.text("status") == "Deprecated",
        not_credited=float(balance.credited / amount),
        outbound_logistics=float(pcf.not_below_zero("outboundLogisticsGhgEmissions") / amount),
        untold=tuple(part for part, name in _BESIDE.items() if pcf.number(name) is None),
        coverage=1.0 - screened_share_told(comment),
        lacks=lacks,
        exempted_percent=exempted,
        note=balance.note,
        question=question,
    )


def _mass(pcf: Fields, unit: str, amount: Decimal) -> tuple[Decimal, str]:
    """kg of the whole declared unit, 0 where it is not told, and the question that leaves.

    Raises `InputRefused` (SUP-003) for a mass that a declared unit in kilograms contradicts.
    """
    name = "productMassPerDeclaredUnit"
    mass = pcf.not_below_zero(name)
    if mass and unit == "kilogram" and abs(mass - amount) > ROUNDING * amount:
        pcf.refuse(name, f"is {mass:f} kg, and the declared unit is {amount:f} kg")
    if mass or unit in MASSLESS or unit == "kilogram" or pcf.number(name) is None:
        return mass, ""
    return mass, f"The mass is stated as 0. Ask the supplier, and give the quantity in {unit}."


def _balance(pcf: Fields, accept: bool, file: str) -> Balance:
    """The parts, made to add up to both totals (section 3.3.2.4); credits stay out of them.

    Raises `InputRefused`: SUP-003 for a sign that the data model does not allow, or for more
    aircraft emissions than there are emissions; SUP-004.
    """
    parts = {part: pcf.not_below_zero(name) for part, name in _PARTS.items()}
    credited = sum((pcf.not_above_zero(name) for name in _CREDITED), Decimal(0))
    balance = Balance(pcf, parts, credited, accept, file)
    excluding = pcf.needed("pcfExcludingBiogenicUptake")
    balance.settle(excluding, "fossil", *_PARTS, explain=lambda: _misreading(pcf, excluding))
    including, uptake = pcf.number("pcfIncludingBiogenicUptake"), None
    if pcf.number("biogenicCO2Uptake") is not None:
        uptake = pcf.not_above_zero("biogenicCO2Uptake")
    elif including is not None:
        uptake = min(including - excluding, Decimal(0))
    balance.parts["biogenic_uptake"] = uptake or Decimal(0)
    if including is not None:
        balance.settle(including, "biogenic_uptake", *_PARTS, "biogenic_uptake")
    balance.parts["aircraft"] = pcf.not_below_zero("aircraftGhgEmissions")
    balance.part_of_total("aircraft", "aircraftGhgEmissions", *_PARTS)
    return balance


def _misreading(pcf: Fields, total: Decimal) -> str:
    """The known misreading of the data model that makes this total, if one does."""
    found = {name: pcf.number(name) for name in (*TERMS, *ON_TOP)}
    values = {name: value for name, value in found.items() if value is not None}
    rounding = rounding_of(str(total), *map(str, values.values()))
    return misreading(values, total, min(rounding, ROUNDING * abs(total)))


def _sets(pcf: Fields) -> tuple[str, ...]:
    values = pcf.values.get("ipccCharacterizationFactors")
    if values is None:
        return ("unstated",)
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        pcf.refuse("ipccCharacterizationFactors", "is not a list of IPCC reports")
    return tuple(sorted(set(values))) or ("unstated",)


def _valid_until(document: Fields, pcf: Fields) -> date | None:
    """The last day of validity: as stated, and three years after the reference period at most.

    referencePeriodEnd is exclusive: a midnight closes the day before. validityPeriodEnd is not; it
    is the last moment at which the footprint is valid.
    """
    stated, end = _moment(document, "validityPeriodEnd"), _moment(pcf, "referencePeriodEnd")
    if end is None:
        return stated.date() if stated else None
    last = end.date() - timedelta(days=1) if end.time() == time() else end.date()
    latest = three_years_after(last)
    return latest if stated is None else min(stated.date(), latest)


def _moment(fields: Fields, name: str) -> datetime | None:
    """The time under `name`, or None; refused (SUP-003) if it is none or has no day before it."""
    text = fields.text(name)
    try:
        moment = datetime.fromisoformat(text) if text else None
        if moment is not None and moment.date() == date.min:
            raise ValueError
        return moment
    except ValueError:
        fields.refuse(name, f"is not a time: {text[:40]!r}")
