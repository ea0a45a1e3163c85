"""What both versions of Catena-X need of a PACT document, and why a document cannot be written.

Aviation is a term of the sum in Catena-X and a part of other terms in PACT; the reference period
ends with its last second there and with the first moment after it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from footprint.exchange.catena_x_types import BPNL
from footprint.exchange.faults import MISSING_FACT, NO_PLACE
from footprint.exchange.regions import subregion_of
from footprint.faults import Problem, Where

_SECOND = timedelta(seconds=1)
#: Terms of PACT's sum that Catena-X has no place for.
_CAPTURE = ("ccsTechnologicalCO2Capture", "technologicalCO2Removals")
#: Burdens of waste stay with its producer, and heat or power from it earn no credit.
WASTE = "reverse cut-off"
_ASSUMED = (
    "Catena-X form: allocationWasteIncineration is reverse cut-off (no credit for heat or power); "
    "no amount is attributed by mass balance as far as the data tell."
)


@dataclass(frozen=True, slots=True)
class PactValues:
    """A PACT document, looked at for what Catena-X asks."""

    document: Mapping[str, Any]

    @property
    def pcf(self) -> Mapping[str, Any]:
        """The footprint inside."""
        found: Mapping[str, Any] = self.document["pcf"]
        return found

    def number(self, name: str) -> Decimal | None:
        """A number of the footprint, or None where it is absent."""
        text = self.pcf.get(name)
        return None if text is None else Decimal(text)

    def problems(self) -> Iterator[Problem]:
        """Why neither version can be written."""
        if not any(BPNL.fullmatch(one) for one in self.document["companyIds"]):
            hint = "Add a row to the bill of materials: # company_ids: urn:bpn:BPNL000000000000"
            message = "no company id is a business partner number (BPNL) of Catena-X"
            yield MISSING_FACT.at(Where(column="companyIds"), message, hint)
        for name in _CAPTURE:
            if self.number(name):
                message = f"{name} is {self.pcf[name]} kg CO2, and Catena-X has no such property"
                yield NO_PLACE.at(Where(column=name), message, "Hand over the PACT document.")
        excluding = self.number("pcfExcludingBiogenicUptake") or Decimal(0)
        if excluding < 0:
            message = f"the total is {excluding:f} kg CO2e, and Catena-X takes none below zero"
            where = Where(column="pcfExcludingBiogenicUptake")
            yield NO_PLACE.at(where, message, "Hand over the PACT document.")
        if self.fossil < 0:
            message = (
                "more is emitted by aircraft than is fossil; which other part holds it is open"
            )
            yield NO_PLACE.at(Where(column="aircraftGhgEmissions"), message)
        created = datetime.fromisoformat(self.document["created"])
        if datetime.fromisoformat(self.pcf["referencePeriodEnd"]) > created:
            message = "the period has not ended; which kind of forecast this is, is not known"
            hint = "Give a reference period that has ended: such a footprint is retrospective."
            yield NO_PLACE.at(Where(column="retroOrProspectivePcfType"), message, hint)

    @property
    def fossil(self) -> Decimal:
        """Fossil emissions without those of aircraft, kg CO2e."""
        return (self.number("fossilGhgEmissions") or Decimal(0)) - self.aircraft

    @property
    def aircraft(self) -> Decimal:
        """Emissions of aircraft, kg CO2e; 0 where they are not known apart."""
        return self.number("aircraftGhgEmissions") or Decimal(0)

    @property
    def company_ids(self) -> list[str]:
        """Company ids, the business partner number first, as Catena-X writes it."""
        ids = self.document["companyIds"]
        own = [f"urn:{match[1]}" for one in ids if (match := BPNL.fullmatch(one))]
        return [*own, *(one for one in ids if not BPNL.fullmatch(one))]

    @property
    def geography(self) -> dict[str, str]:
        """The region always, and country and subdivision where they are known."""
        pcf = self.pcf
        subdivision = pcf.get("geographyCountrySubdivision")
        country = pcf.get("geographyCountry") or (subdivision or "").partition("-")[0]
        region = pcf.get("geographyRegionOrSubregion") or subregion_of(country) or "Global"
        places = {"geographyCountry": country, "geographyCountrySubdivision": subdivision}
        return {"geographyRegionOrSubregion": region} | {k: v for k, v in places.items() if v}

    @property
    def period(self) -> dict[str, str]:
        """The reference period with its last second."""
        end = datetime.fromisoformat(self.pcf["referencePeriodEnd"]) - _SECOND
        return {
            "referencePeriodStart": self.pcf["referencePeriodStart"],
            "referencePeriodEnd": end.isoformat().replace("+00:00", "Z"),
        }

    @property
    def comment(self) -> str:
        """The comment, what is assumed, and what has no property of its own."""
        reports = ", ".join(self.pcf["ipccCharacterizationFactors"])
        said = [self.document.get("comment"), _ASSUMED, f"IPCC reports used: {reports}."]
        return " ".join(one for one in said if one)

    @property
    def preceding(self) -> list[dict[str, str]]:
        """The footprints that this one replaces."""
        return [{"id": one} for one in self.document.get("precedingPfIds") or ()]

    @property
    def sources(self) -> list[str]:
        """Databases of secondary factors, each once."""
        found = self.pcf.get("secondaryEmissionFactorSources") or ()
        return list(dict.fromkeys(f"{one['name']}, {one['version']}" for one in found))


def first_moment_after(text: str) -> str:
    """The exclusive end of a period whose last second is `text`; a full minute is one already.

    A time without an offset is taken as UTC, the rule of both models' examples.
    """
    moment = datetime.fromisoformat(text)
    if moment.second == 59:
        moment = moment.replace(microsecond=0) + _SECOND
    return with_offset(moment.isoformat())


def with_offset(text: str) -> str:
    """A time with its offset: UTC where it states none."""
    moment = datetime.fromisoformat(text).isoformat()
    return (moment if moment[10:].count("+") + moment[10:].count("-") else f"{moment}Z").replace(
        "+00:00", "Z"
    )
