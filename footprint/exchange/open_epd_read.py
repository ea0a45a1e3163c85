"""openEPD as JSON -> a declaration.

Source: openEPD data format 1.0 (Building Transparency), names and units. The package that keeps the
form (`openepd`, extra `epd`) takes any unit unless it is given a validator, so that this reader,
which footprints rest on, has its own rules: emissions are kgCO2e, and the method is one by name.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from footprint.exchange.epd import Epd, EpdResult, Subtype
from footprint.exchange.epd_gwp import A2_BIOGENIC, A2_FOSSIL, A2_LULUC, A2_TOTAL, GWP_GHG
from footprint.exchange.faults import FORM, MISSING_FACT
from footprint.faults import Where
from footprint.supplier.fields import Fields

_DOCTYPES: Mapping[str, Subtype] = {
    "openepd": "unknown",
    "openindustryepd": "average",
    "opengenericestimate": "generic",
}
#: Methods that are read, the first that a document has counts; and the IPCC report they name.
METHODS: Mapping[str, str] = {
    "EF 3.1": "unstated",
    "EF 3.0": "unstated",
    "IPCC AR6": "AR6",
    "IPCC AR5": "AR5",
    "GWP-GHG": "unstated",
    "TRACI 2.1": "AR4",
    "TRACI 2.2": "unstated",
    "CML 2016": "unstated",
    "CML 2012": "unstated",
    "Unknown LCIA": "unstated",
}
_INDICATORS = {
    "gwp": A2_TOTAL,
    "gwp-fossil": A2_FOSSIL,
    "gwp-biogenic": A2_BIOGENIC,
    "gwp-luluc": A2_LULUC,
    "GWP-GHG": GWP_GHG,
}
_MODULES = {"A1A2A3": "A1-A3", "A1": "A1", "A2": "A2", "A3": "A3"}
_TO_KG = {"kg": Decimal(1), "g": Decimal("0.001"), "t": Decimal(1000), "lb": Decimal("0.45359237")}
_KG_CO2E = frozenset(("kgco2e", "kgco2eq", "kgco2"))


def is_open_epd(document: Any) -> bool:
    """Whether JSON says that it is of this family of documents."""
    return isinstance(document, Mapping) and str(document.get("doctype")).lower() in _DOCTYPES


def epd_from_open_epd(document: Mapping[str, Any], file: str) -> tuple[Epd, str]:
    """The declaration, and the GWP set that its method names.

    Raises `InputRefused` (SUP-003, EXC-003, EXC-101).
    """
    root = Fields(document, Where(file))
    declared = root.inside("declared_unit")
    amount = declared.needed("qty")
    if amount <= 0:
        raise FORM.refuse("the amount that is declared is not above zero", root.where)
    method = _method(root)
    return Epd(
        id=root.inside("ext").inside("pact").text("id") or root.text("id"),
        name=root.text("product_name") or root.text("name"),
        owner=root.inside("manufacturer").text("name"),
        unit=declared.text("unit"),
        amount=amount,
        valid_to=_day(root, "valid_until"),
        subtype=_DOCTYPES[str(document.get("doctype")).lower()],
        results=tuple(_results(root.inside("impacts").inside(method))),
        mass=_kilograms(root, "kg_per_declared_unit"),
        carbon=_kilograms(root, "kg_C_biogenic_per_declared_unit"),
        comment=root.inside("ext").inside("pact").words("comment"),
    ), METHODS[method]


def _method(root: Fields) -> str:
    impacts = root.inside("impacts").values
    method = next((one for one in METHODS if one in impacts), None)
    if method is None:
        named = ", ".join(map(str, impacts)) or "none"
        message = f"it has impacts by {named}; known methods are {', '.join(METHODS)}"
        raise MISSING_FACT.refuse(message, root.where)
    return method


def _results(impacts: Fields) -> Iterator[EpdResult]:
    for name, indicator in _INDICATORS.items():
        scope = impacts.inside(name)
        for key, module in _MODULES.items():
            if scope.values.get(key) is None:
                continue
            measured = scope.inside(key)
            unit = measured.text("unit").replace(" ", "").replace("-", "").lower()
            if unit not in _KG_CO2E:
                place = f"{measured.path}unit"
                message = f"{place} is {measured.text('unit')!r}, not kgCO2e"
                raise FORM.refuse(message, Where(impacts.where.file, column=place))
            yield EpdResult(indicator, module, "", measured.needed("mean"))


def _kilograms(root: Fields, name: str) -> Decimal | None:
    quantity = root.inside(name)
    if quantity.number("qty") is None:
        return None
    unit = quantity.text("unit")
    if unit not in _TO_KG:
        place = f"{name}.unit"
        message = f"{place} is {unit!r}, which is no mass"
        raise FORM.refuse(message, Where(root.where.file, column=place))
    return quantity.not_below_zero("qty") * _TO_KG[unit]


def _day(root: Fields, name: str) -> date | None:
    """The last day of validity; of a year or a month alone its last day, as of other data sets."""
    text = root.text(name).strip()
    try:
        if re.fullmatch(r"\d{4}", text):
            return date(int(text), 12, 31)
        if month := re.fullmatch(r"(\d{4})-(\d\d)", text):
            year, number = int(month[1]), int(month[2])
            return date(year, number, monthrange(year, number)[1])
        return datetime.fromisoformat(text).date() if text else None
    except ValueError:
        root.refuse(name, f"is not a time: {text[:40]!r}")
