"""A UNTP Digital Product Passport (0.7, or 0.6 with its scorecard) -> a supplier's footprint.

Its one total does not say whether uptake is inside: it is read as excluding it, and refused below
zero. A signature is not checked here: that needs keys (`footprint verify`).
"""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeGuard

from footprint.canonical import bytes_hash
from footprint.exchange import untp_terms as terms
from footprint.exchange.exact_json import read_exactly
from footprint.exchange.faults import CONTRADICTION, FORM, MISSING_FACT, NO_PLACE, NOT_A_DOCUMENT
from footprint.faults import Where
from footprint.supplier.faults import NOT_GATE
from footprint.supplier.fields import Fields
from footprint.values.lacks import lacks_told, screened_share_told
from footprint.values.supplier import SupplierPcf

_UNTOLD = (
    *("biogenic_uptake", "biogenic_non_co2", "land_use_change", "land_management", "aircraft"),
)
#: How far two statements of one number may be off: both may be floats.
_SAME = Decimal("1e-9")


def passport_of_token(data: bytes) -> dict[str, Any] | None:
    """What a compact JWS signs, if bytes are one; its signature is not looked at."""
    parts = data.strip().split(b".")
    if len(data) > 1_000_000 or len(parts) != 3 or not parts[0].startswith(b"ey"):
        return None
    try:
        found = read_exactly(urlsafe_b64decode(parts[1] + b"=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return None
    return dict(found) if is_passport(found) else None


def is_passport(document: Any) -> TypeGuard[Mapping[str, Any]]:
    """Whether JSON says that it is a Digital Product Passport."""
    kinds = document.get("type") if isinstance(document, Mapping) else None
    return isinstance(kinds, list) and terms.PASSPORT in kinds


def supplier_from_passport(
    document: Mapping[str, Any], data: bytes, file: str, where: Where
) -> SupplierPcf:
    """The footprint that a passport states, which was read exactly from `data`.

    Raises `InputRefused` (EXC-001, EXC-002, EXC-003, EXC-101, EXC-103, SUP-003, SUP-010).
    """
    fields = Fields(document, where, name=file)
    subject = fields.inside("credentialSubject")
    product = subject.inside("product") if "product" in subject.values else subject
    card = scorecard_of(subject)
    total = _total(subject, card, file)
    _reaches_gate(card, file, where)
    unit = _unit(card, file)
    says = " ".join(one.words("description") for one in _each(subject, "performanceClaim"))
    return SupplierPcf(
        file=file,
        hash=bytes_hash(data),
        kind="untp",
        id=fields.text("id"),
        company=_company(fields, subject),
        product=product.text("name"),
        unit=unit,
        mass_kg=1.0 if unit == "kilogram" else _weight(product, unit),
        parts={"fossil": float(total)},
        gwp_sets=("unstated",),
        valid_until=_day(fields.text("validUntil"), file),
        primary_data_share=_share(card, file),
        coverage=1.0 - screened_share_told(says),
        lacks=lacks_told(says),
        untold=_UNTOLD,
    )


def scorecard_of(subject: Fields) -> Fields:
    """What is said of the emissions: version 0.6 has a place for it, and ours of 0.7 another."""
    if "emissionsScorecard" in subject.values:
        return subject.inside("emissionsScorecard")
    return subject.inside("characteristics").inside("emissionsScorecard")


def claimed_footprints(subject: Fields, file: str) -> Iterator[Decimal]:
    """Each product carbon footprint that the passport claims, in kg CO2e.

    Raises `InputRefused` (EXC-101 for another unit than one of mass, SUP-003).
    """
    for claim in _each(subject, "performanceClaim"):
        for one in _each(claim, "claimedPerformance"):
            if one.inside("metric").text("id") == terms.FOOTPRINT_METRIC:
                measure = one.inside("measure")
                code = measure.text("unit")
                if code not in terms.MASS_CODES:
                    message = f"a footprint is measured in kilograms, not in {code!r}"
                    raise FORM.refuse(message, Where(file, column="measure.unit"))
                yield measure.needed("value") * Decimal(terms.MASS_CODES[code])


def _each(fields: Fields, name: str) -> list[Fields]:
    values = fields.values.get(name) or []
    if not isinstance(values, list) or not all(isinstance(one, Mapping) for one in values):
        fields.refuse(name, "is not a list of objects")
    return [
        Fields(one, fields.where, f"{name}[{at}].", fields.name) for at, one in enumerate(values)
    ]


def _total(subject: Fields, card: Fields, file: str) -> Decimal:
    claimed = list(claimed_footprints(subject, file))
    stated = card.number("carbonFootprint")
    every = [*claimed, *(() if stated is None else (stated,))]
    if not every:
        message = "it claims no product carbon footprint"
        raise NOT_A_DOCUMENT.refuse(message, Where(file, column="performanceClaim"))
    off = max(every) - min(every)
    if off > _SAME * max(abs(one) for one in every):
        message = f"it states several footprints: {', '.join(f'{one:f}' for one in every)} kg CO2e"
        raise CONTRADICTION.refuse(message, Where(file, column="claimedPerformance"))
    total: Decimal = every[0]
    if total < 0:
        message = f"the total is {total:f} kg CO2e; without a word on uptake none can be below zero"
        raise CONTRADICTION.refuse(message, Where(file, column="claimedPerformance"))
    return total


def _reaches_gate(card: Fields, file: str, where: Where) -> None:
    scope = card.text("operationalScope")
    if scope == terms.TO_GRAVE:
        hint = "His use and end-of-life stages would be counted again in yours."
        raise NOT_GATE.refuse(f"{file}: the boundary is cradle-to-grave", where, hint)
    if scope != terms.TO_GATE:
        message = f"it does not say that it reaches from cradle to gate: {scope or 'no scope'!r}"
        hint = "Ask the supplier for his PACT document, or for an emissionsScorecard."
        raise MISSING_FACT.refuse(message, Where(file, column="operationalScope"), hint)


def _unit(card: Fields, file: str) -> str:
    code = card.text("declaredUnit")
    if not code:
        message = "it does not say what one unit is: a piece, a kilogram, a square meter"
        hint = "Ask the supplier for his PACT document, or for an emissionsScorecard."
        raise MISSING_FACT.refuse(message, Where(file, column="declaredUnit"), hint)
    if code not in terms.FROM_REC20:
        message = f"the unit {code!r} is not one of {', '.join(terms.FROM_REC20)}"
        raise NO_PLACE.refuse(message, Where(file, column="declaredUnit"))
    return terms.FROM_REC20[code]


def _share(card: Fields, file: str) -> float | None:
    """Primary data in percent; the form has a ratio from 0 to 1."""
    ratio = card.number("primarySourcedRatio")
    if ratio is not None and not 0 <= ratio <= 1:
        message = f"primarySourcedRatio is {ratio:f}, which is no ratio from 0 to 1"
        raise FORM.refuse(message, Where(file, column="primarySourcedRatio"))
    return None if ratio is None else float(ratio * 100)


def _weight(product: Fields, unit: str) -> float | None:
    """The mass of one piece; of what is measured otherwise a product's weight tells nothing."""
    weight = product.inside("dimensions").inside("weight")
    value, factor = weight.number("value"), terms.MASS_CODES.get(weight.text("unit"))
    if unit != "piece" or value is None or factor is None or value <= 0:
        return None
    return float(value * Decimal(factor))


def _company(fields: Fields, subject: Fields) -> str:
    """Who makes it, where that is said; else who issued the passport."""
    made = ("producer", "manufacturer")
    parties = [one for one in _each(subject, "relatedParty") if one.text("role") in made]
    if parties:
        return parties[0].inside("party").text("name")
    return fields.inside("issuer").text("name")


def _day(text: str, file: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError:
        message = f"validUntil is no time: {text[:40]!r}"
        raise FORM.refuse(message, Where(file, column="validUntil")) from None
