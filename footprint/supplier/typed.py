"""A supplier's number that somebody typed, as the least document that says it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from footprint.values.product import DeclaredUnitName


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """kg CO2e per one `unit` of what a supplier delivers, for a year (None: not known), as
    somebody told it: `told` says who and when."""

    company: str
    product: str
    unit: DeclaredUnitName
    kg: str
    year: int | None
    told: str


def typed_document(number: TypedNumber) -> bytes:
    """A PACT v3 ProductFootprint with nothing but the number: all of it counts as fossil, and the
    parts that nobody told are left out, so that results name them as not determined."""
    pcf = {
        "declaredUnitOfMeasurement": number.unit,
        "declaredUnitAmount": "1",
        "pcfExcludingBiogenicUptake": number.kg,
        "fossilGhgEmissions": number.kg,
    }
    if number.year is not None:
        # The end of a reference period is exclusive (PACT v3).
        pcf["referencePeriodEnd"] = f"{number.year + 1}-01-01T00:00:00Z"
    document = {
        "specVersion": "3.0.3",
        "companyName": number.company,
        "productNameCompany": number.product,
        "comment": f"{number.told}; the supplier's document was not seen.",
        "pcf": pcf,
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1).encode()
