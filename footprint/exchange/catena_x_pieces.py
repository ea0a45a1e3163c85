"""What both Catena-X models write alike: ids, moments, places, ratings, the rest of a total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from footprint.exchange.catena_x_facts import with_offset
from footprint.exchange.catena_x_types import BPNL
from footprint.exchange.regions import EVERYWHERE
from footprint.supplier.misreadings import TERMS
from footprint.supplier.numbers import decimal_text

STANDARDS = {
    "ISO 14067": "ISO14067",
    "ISO Standard 14067": "ISO14067",
    "PAS 2050": "PAS2050",
}


def rest_of_total(parts: Mapping[str, Decimal | None]) -> Decimal:
    """What the other terms leave of the total, where a document does not split it."""
    others = sum((parts.get(name) or Decimal(0) for name in TERMS), Decimal(0))
    return (parts["pcfExcludingBiogenicUptake"] or Decimal(0)) - others


def plain_id(text: str) -> str:
    return text.removeprefix("urn:uuid:")


def plain_ids(texts: Iterable[str]) -> list[str] | None:
    return [plain_id(text) for text in texts if text] or None


def moment_or_none(text: str | None) -> str | None:
    return None if text is None else with_offset(text)


def company_urns(ids: Iterable[str]) -> list[str]:
    """Business partner numbers as a URN that has a name space and a name."""
    found = (f"urn:bpn:{match[1]}" if (match := BPNL.fullmatch(one)) else one for one in ids)
    return list(dict.fromkeys(found))


def geography_of(region: str, country: str | None, subdivision: str | None) -> dict[str, str]:
    """The finest place alone, as PACT has it."""
    if subdivision:
        return {"geographyCountrySubdivision": subdivision}
    if country:
        return {"geographyCountry": country}
    return {} if region in EVERYWHERE else {"geographyRegionOrSubregion": region}


def ratings_of(*values: Decimal | None) -> dict[str, str] | None:
    """The three ratings under PACT's names; None unless all are given."""
    names = ("technologicalDQR", "geographicalDQR", "temporalDQR")
    known = {
        name: decimal_text(one) for name, one in zip(names, values, strict=True) if one is not None
    }
    return known if len(known) == len(names) else None
