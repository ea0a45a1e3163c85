"""A supplier's asset administration shell with a carbon footprint (IDTA 02023) -> his footprint.

The submodel has one total per phase and does not say whether uptake is inside: it is read as
excluding it, and refused below zero. Where a PACT document stands beside it, that is read, and both
must agree.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from footprint.canonical import bytes_hash
from footprint.exchange import aas_ids as ids
from footprint.exchange.aas_elements import AasElement, submodels_of
from footprint.exchange.epd import EpdResult
from footprint.exchange.epd_modules import product_stage
from footprint.exchange.exact_json import read_exactly
from footprint.exchange.faults import CONTRADICTION, FORM, MISSING_FACT, NO_PLACE, NOT_A_DOCUMENT
from footprint.faults import Where
from footprint.supplier.fields import Fields
from footprint.supplier.numbers import spelt_decimal
from footprint.supplier.pact import supplier_from_pact
from footprint.values.supplier import SupplierPcf

_TOTAL = "PcfCO2eq"
_UNTOLD = (
    *("biogenic_uptake", "biogenic_non_co2", "land_use_change", "land_management", "aircraft"),
)


def supplier_from_shell(data: bytes, file: str, where: Where, accept: bool) -> SupplierPcf:
    """The footprint of A1 to A3 that a package states.

    Raises `InputRefused` (EXC-001 to EXC-003, EXC-101 to EXC-103, SUP-003, SUP-004).
    """
    submodels = submodels_of(data, file)
    found = [one for one in submodels if one.meaning == ids.SUBMODEL]
    if len(found) != 1:
        old = any(one.meaning.startswith(ids.SUBMODEL_OLD) for one in submodels)
        message = f"it holds {len(found)} carbon footprints of IDTA 02023 version 1, not one"
        hint = "Version 0.9 is another model: ask for 1.0." if old else ""
        raise NOT_A_DOCUMENT.refuse(message, Where(file), hint)
    (submodel,) = found
    total, stated = _stated(submodel, file)
    pact = _pact(submodel, file)
    digest = bytes_hash(data)
    if pact is None:
        return _alone(total, stated, submodel, file, digest)
    again = supplier_from_pact(Fields(pact, where), file, digest, accept)
    _agree(total, stated, pact, file)
    return replace(again, kind="aas")


def _stated(submodel: AasElement, file: str) -> tuple[Decimal, AasElement]:
    """The total of A1 to A3, and the footprint that states its unit and amount."""
    footprints = submodel.named("ProductCarbonFootprints")
    stages = [
        (module, one)
        for one in (footprints.inside if footprints else ())
        if (module := _module(one)) is not None
    ]
    if not stages:
        message = "no footprint in it is of the phases A1 to A3 alone"
        raise MISSING_FACT.refuse(message, Where(file))
    results = [EpdResult("", module, "", _number(one, _TOTAL, file)) for module, one in stages]
    first = stages[0][1]
    units = {
        (_word(one), _number(one, "QuantityOfMeasureForCalculation", file)) for _, one in stages
    }
    if len(units) > 1:
        message = "its phases count for different units or amounts"
        raise CONTRADICTION.refuse(message, Where(file))
    total, _ = product_stage(results, "", Where(file))
    if total is None or total < 0:
        message = f"the total is {total} kg CO2e; without a word on uptake none can be below zero"
        raise CONTRADICTION.refuse(message, Where(file, column=_TOTAL))
    return total, first


def _module(footprint: AasElement) -> str | None:
    """The one phase of a footprint, if it is of the product stage; several phases are none.

    A list of A1, A2 and A3 says the same as A1-A3.
    """
    phases = footprint.named("LifeCyclePhases")
    names = {_phase(one) for one in (phases.inside if phases else ())}
    if names == {"A1", "A2", "A3"}:
        return "A1-A3"
    return names.pop() if len(names) == 1 else None


def _phase(phase: AasElement) -> str | None:
    known = ids.PHASES_OF.get(phase.text_id.strip()) or ids.PHASES_OF.get(phase.text.strip())
    return known or ids.PHASES_OF.get(phase.text.strip().partition(" ")[0])


def _number(element: AasElement, name: str, file: str) -> Decimal:
    text = element.text_of(name).strip()
    try:
        value = spelt_decimal(text)
        if not -30 < value.adjusted() < 30:
            raise ValueError
        return value
    except (ValueError, ArithmeticError):
        raise FORM.refuse(f"{name} is no number: {text[:40]!r}", Where(file, column=name)) from None


def _word(footprint: AasElement) -> str:
    """The unit by its word; by the id of its value where the word is missing or another."""
    unit = footprint.named("ReferenceImpactUnitForCalculation")
    if unit is None:
        return ""
    by_id = {value_id: word for word, (value_id, _, _) in ids.UNITS_OF.items()}
    return by_id.get(unit.text_id.strip(), unit.text.strip())


def _unit(footprint: AasElement, file: str) -> tuple[str, Decimal]:
    """The declared unit, and how many of it the footprint counts for."""
    name = _word(footprint)
    known = ids.UNITS_OF.get(name)
    if known is None:
        message = f"the unit {name!r} does not exist in IDTA 02023"
        raise NO_PLACE.refuse(message, Where(file, column="ReferenceImpactUnitForCalculation"))
    amount = _number(footprint, "QuantityOfMeasureForCalculation", file)
    if amount <= 0:
        raise FORM.refuse("the amount that is declared is not above zero", Where(file))
    return known[1], amount * known[2]


def _pact(submodel: AasElement, file: str) -> dict[str, object] | None:
    """The PACT document that stands beside the total, if one does."""
    specific = submodel.named("ProductOrSectorSpecificCarbonFootprints")
    for footprint in specific.inside if specific else ():
        information = footprint.named("PcfInformation")
        for content in information.inside if information else ():
            if not content.text.lstrip().startswith("{"):
                continue
            try:
                document = read_exactly(content.text.encode())
            except (ValueError, RecursionError) as error:
                message = f"PcfInformation is not sound JSON: {str(error)[:80]}"
                raise NOT_A_DOCUMENT.refuse(message, Where(file)) from None
            if isinstance(document, dict) and isinstance(document.get("pcf"), dict):
                return document
    return None


def _agree(total: Decimal, stated: AasElement, pact: dict[str, object], file: str) -> None:
    """Raise `InputRefused` (EXC-103) where the total and the PACT document say different things."""
    pcf = Fields(pact, Where(file)).inside("pcf")
    unit, amount = _unit(stated, file)
    there = pcf.needed("pcfExcludingBiogenicUptake"), pcf.needed("declaredUnitAmount")
    same_unit = pcf.text("declaredUnitOfMeasurement") == unit
    if not same_unit or float(there[1]) != float(amount) or there[0] != total:
        message = (
            f"it states {total:f} kg CO2e for {amount:f} {unit}, and the PACT document inside "
            f"{there[0]:f} for {there[1]:f} {pcf.text('declaredUnitOfMeasurement')}"
        )
        raise CONTRADICTION.refuse(message, Where(file, column=_TOTAL))


def _alone(
    total: Decimal, stated: AasElement, submodel: AasElement, file: str, digest: str
) -> SupplierPcf:
    """One total without a split: all of it counts as fossil, and no part is told."""
    unit, amount = _unit(stated, file)
    return SupplierPcf(
        file=file,
        hash=digest,
        kind="aas",
        id=submodel.id,
        company="",
        product="",
        unit=unit,
        mass_kg=1.0 if unit == "kilogram" else None,
        parts={"fossil": float(total / amount)},
        gwp_sets=("unstated",),
        valid_until=_day(stated.text_of("ExpirationDate"), file),
        untold=_UNTOLD,
    )


def _day(text: str, file: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError:
        message = f"ExpirationDate is no time: {text[:40]!r}"
        raise FORM.refuse(message, Where(file, column="ExpirationDate")) from None
