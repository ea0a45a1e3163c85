"""Ids and names of flow properties in ILCD data sets.

Ids: ILCD reference flow properties (JRC), and the ILCD+EPD reference package for carbon contents.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

MASS = "93a60a56-a3c8-11da-a746-0800200b9a66"
CARBON = "62e503ce-544a-4599-b2ad-bcea15a7bf20"
PACKAGING_CARBON = "262a541b-209e-44cc-a426-33bce30de7b1"
#: The unit of a flow property, by its id.
UNITS: Mapping[str, str] = {
    MASS: "kg",
    "93a60a56-a3c8-22da-a746-0800200c9a66": "m3",
    "93a60a56-a3c8-19da-a746-0800200c9a66": "m2",
    "838aaa23-0117-11db-92e3-0800200c9a66": "m",
    "01846770-4cfe-4a25-8ad9-919d8d378345": "pcs",
    "93a60a56-a3c8-11da-a746-0800200c9a66": "MJ",
    "838aaa20-0117-11db-92e3-0800200c9a66": "t*km",
}
_NAMED = {
    "mass": MASS,
    "masse": MASS,
    "carbon content (biogenic)": CARBON,
    "carbon content (biogenic) - packaging": PACKAGING_CARBON,
}


def property_id(uuid: str, name: str) -> str:
    """The id of a flow property, by the id or the exact name; other names mean nothing here.

    "US market price 2002" and the like are flow properties too.
    """
    known = {CARBON, PACKAGING_CARBON, *UNITS}
    return uuid if uuid in known else _NAMED.get(name.strip().lower(), uuid)


def contents(
    amounts: Mapping[str, Decimal], reference: str, amount: Decimal
) -> dict[str, Decimal | None]:
    """kg of mass and of biogenic carbon in what is declared, from means of flow properties by id.

    reference : the property that the amount is in
    amount : how much of it is declared; means stand to that of the reference as contents do to it
    """
    whole = amounts[reference]

    def content(name: str) -> Decimal | None:
        mean = amounts.get(name)
        return None if mean is None or not whole else mean * amount / whole

    return {
        "mass": content(MASS),
        "carbon": content(CARBON),
        "packaging_carbon": content(PACKAGING_CARBON),
    }
