"""A PACT document as a UNTP Digital Product Passport, for its company to sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from footprint.exchange.faults import MISSING_FACT, NO_PLACE
from footprint.exchange.untp_passport import PassportFacts, passport_document
from footprint.exchange.untp_terms import TO_GATE, TO_REC20
from footprint.faults import InputRefused, Problem, Where

#: What PACT calls the standards, and where they stand.
_STANDARDS = {
    "ISO14067": ("https://www.iso.org/standard/71206.html", "ISO 14067:2018"),
    "ISO14040-44": ("https://www.iso.org/standard/37456.html", "ISO 14040:2006"),
}
_PACT = "https://docs.carbon-transparency.org/pact-methodology"
_CPC = ("https://unstats.un.org/unsd/classifications/Econ/cpc", "UN Central Product Classification")
_CPC_URN = "urn:pact:productclassification:un-cpc:"


def untp_document(pact: Mapping[str, Any]) -> dict[str, Any]:
    """The passport of a PACT v3 document; numbers are `Decimal`, with all their digits.

    It is issued by the company, under its first id. Raises `InputRefused` (EXC-002 for a unit or a
    total that the form cannot say, EXC-003 for a country that is not known).
    """
    problems = list(_refusals(pact))
    if problems:
        raise InputRefused(problems)
    pcf, own_id = pact["pcf"], f"urn:uuid:{pact['id']}"
    company = (pact["companyIds"][0], pact["companyName"])
    facts = PassportFacts(
        id=f"{own_id}#passport",
        issuer=company,
        valid_from=pact.get("validityPeriodStart") or pact["created"],
        valid_until=pact["validityPeriodEnd"],
        title=f"Digital Product Passport: {pact['productNameCompany']}",
        name=pact["productNameCompany"],
        product_ids=pact["productIds"],
        own_id=own_id,
        description=pact["productDescription"],
        company=company,
        country=_country(pcf),
        total=Decimal(pcf["pcfExcludingBiogenicUptake"]),
        amount=Decimal(pcf["declaredUnitAmount"]),
        unit=pcf["declaredUnitOfMeasurement"],
        scope=TO_GATE,
        says=_says(pact),
        claimed_on=pact["created"][:10],
        period=_days(pcf),
        standards=[_STANDARDS[one] for one in pcf["crossSectoralStandards"] if one in _STANDARDS],
        criteria=[(_PACT, "PACT Methodology, product carbon footprint")],
        mass_kg=Decimal(pcf["productMassPerDeclaredUnit"]) or None,
        primary_share=_maybe(pcf.get("primaryDataShare")),
        category=[
            (one.removeprefix(_CPC_URN), f"CPC {one.removeprefix(_CPC_URN)}", *_CPC)
            for one in pact.get("productClassifications") or ()
            if one.startswith(_CPC_URN)
        ],
    )
    return passport_document(facts)


def _refusals(pact: Mapping[str, Any]) -> Iterator[Problem]:
    pcf = pact["pcf"]
    unit = pcf["declaredUnitOfMeasurement"]
    if unit not in TO_REC20:
        message = f"the declared unit {unit!r} has no code in UN/ECE Recommendation 20"
        yield NO_PLACE.at(Where(column="declaredUnitOfMeasurement"), message)
    total = Decimal(pcf["pcfExcludingBiogenicUptake"])
    if total < 0:
        message = (
            f"the total is {total:f} kg CO2e; without a word on removals none can be below zero"
        )
        where = Where(column="pcfExcludingBiogenicUptake")
        yield NO_PLACE.at(where, message, "Hand over the PACT document.")
    if not _country(pcf):
        hint = "Add a row to the bill of materials: # country: DE"
        message = "a passport names the country of production, which is not known"
        yield MISSING_FACT.at(Where(column="geographyCountry"), message, hint)


def _says(pact: Mapping[str, Any]) -> str:
    """What the number is of, and the comment: whether it is complete stands nowhere else."""
    sets = ", ".join(pact["pcf"]["ipccCharacterizationFactors"])
    return f"Cradle to gate, IPCC {sets} GWP100. {pact.get('comment') or ''}".strip()


def _country(pcf: Mapping[str, Any]) -> str:
    subdivision = str(pcf.get("geographyCountrySubdivision") or "")
    return str(pcf.get("geographyCountry") or subdivision.partition("-")[0])


def _days(pcf: Mapping[str, Any]) -> tuple[str, str]:
    """The reference period with its last day."""
    last = datetime.fromisoformat(pcf["referencePeriodEnd"]) - timedelta(seconds=1)
    return pcf["referencePeriodStart"][:10], last.date().isoformat()


def _maybe(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
