"""What a document of exchange states beside its numbers, held against a certificate's text.

Ids, place, period, validity, the reports behind the factors, the amount, the words: each where the
form carries it. The validity of PACT's forms follows from the period (three years after its end); a
copy of a signed passport has the certificate's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from footprint.exchange.catena_x_check import catena_x_spec, parsed_catena_x
from footprint.exchange.catena_x_read import pact_of_catena_x
from footprint.exchange.open_epd_read import METHODS, is_open_epd
from footprint.exchange.untp_read import is_passport
from footprint.faults import Where
from footprint.late_pattern import late_pattern
from footprint.supplier.fields import Fields
from footprint.supplier.numbers import spelt_decimal
from footprint.validity import three_years_after

#: Forms that hold floats, and numbers that were divided by an amount, are off by less than this.
_FLOAT = Decimal("1e-9")
#: What the claim of a passport says in words.
_SAID = late_pattern(r"([-+.\dEe]+) kg CO2e per one (.+?) \(\w+\)")
_REPORTS = late_pattern(r"IPCC ((?:AR\d[-\w]*(?:, )?)+) GWP100")


@dataclass(frozen=True, slots=True)
class StatedFacts:
    """What one document states; what it does not state is empty or None.

    `product_ids` and `company_ids` are all of them if `every`, else some. `period` and `valid` are
    days, the first and the last one inside. `excluding` and `including` are the totals of the
    amount in kg CO2e, `said` are totals of one unit and that unit in words.
    """

    product_ids: tuple[str, ...] = ()
    company_ids: tuple[str, ...] = ()
    every: bool = True
    country: str = ""
    period: tuple[str, str] = ("", "")
    valid: tuple[str, str] = ("", "")
    reports: tuple[str, ...] = ()
    amount: Decimal | None = None
    description: str = ""
    excluding: Decimal | None = None
    including: Decimal | None = None
    said: tuple[tuple[Decimal, str], ...] = ()


def stated_facts(document: Any, file: str) -> StatedFacts:
    """The facts of a document of sound form, by its form; none of another one.

    Raises `InputRefused` (SUP-003) for a value of another kind.
    """
    if not isinstance(document, Mapping):
        return StatedFacts()
    if is_open_epd(document):
        return _of_open_epd(Fields(document, Where(file)))
    if is_passport(document):
        return _of_passport(Fields(document, Where(file)))
    if catena_x_spec(document) is not None:
        model, _ = parsed_catena_x(document, file)
        document = {} if model is None else pact_of_catena_x(model)
    return _of_pact(Fields(document, Where(file)))


def _of_pact(root: Fields) -> StatedFacts:
    pcf = root.inside("pcf")
    place = pcf.text("geographyCountrySubdivision") or pcf.text("geographyCountry")
    return StatedFacts(
        product_ids=_texts(root, "productIds"),
        company_ids=_texts(root, "companyIds"),
        country=place,
        period=_period(pcf),
        valid=(root.text("validityPeriodStart")[:10], root.text("validityPeriodEnd")[:10]),
        reports=_texts(pcf, "ipccCharacterizationFactors"),
        amount=pcf.number("declaredUnitAmount"),
        description=root.text("productDescription"),
        excluding=pcf.number("pcfExcludingBiogenicUptake"),
        including=pcf.number("pcfIncludingBiogenicUptake"),
    )


def _of_open_epd(root: Fields) -> StatedFacts:
    kept = root.inside("ext").inside("pact")
    method = next((one for one in METHODS if one in root.inside("impacts").values), "")
    report = METHODS.get(method, "unstated")
    return StatedFacts(
        product_ids=_texts(kept, "productIds"),
        company_ids=_texts(kept, "companyIds"),
        period=_period(kept),
        valid=("", root.text("valid_until")[:10]),
        reports=() if report == "unstated" else (report,),
        amount=root.inside("declared_unit").number("qty"),
        description=root.text("product_description"),
        excluding=kept.number("pcfExcludingBiogenicUptake"),
        including=kept.number("pcfIncludingBiogenicUptake"),
    )


def _of_passport(root: Fields) -> StatedFacts:
    subject = root.inside("credentialSubject")
    product = subject.inside("product") if "product" in subject.values else subject
    claims = _objects(product, "performanceClaim") or [Fields({}, root.where)]
    words, period = (
        [one.text("description") for one in claims],
        claims[0].inside("applicablePeriod"),
    )
    reports = [
        name for one in words for found in _REPORTS.findall(one) for name in found.split(", ")
    ]
    makers = [one for one in _objects(product, "relatedParty") if one.text("role") == "producer"]
    company = makers[0].inside("party").text("id") if makers else ""
    place = product.values.get("countryOfProduction")
    country = product.inside("countryOfProduction") if isinstance(place, dict) else None
    return StatedFacts(
        product_ids=tuple(filter(None, (product.text("id"),))),
        company_ids=tuple(filter(None, (company,))),
        every=False,
        country=country.text("countryCode") if country else str(place or ""),
        period=(period.text("startDate")[:10], period.text("endDate")[:10]),
        valid=(root.text("validFrom")[:10], root.text("validUntil")[:10]),
        reports=tuple(reports),
        description=product.text("description"),
        said=tuple(said for one in words for said in _totals_in(one)),
    )


def fact_differences(view: Mapping[str, Any], facts: StatedFacts) -> Iterator[str]:
    """What both state and state differently, by its name."""
    for name in ("product_ids", "company_ids"):
        signed, stated = set(view.get(name) or ()), set(getattr(facts, name))
        if signed and stated and (stated != signed if facts.every else not stated <= signed):
            yield name
    signed_place = str(view.get("product_country") or "")
    if signed_place and facts.country not in ("", signed_place, signed_place.partition("-")[0]):
        yield "country"
    yield from _times(view, facts)
    used = {one.partition("-")[0] for one in view.get("gwp_sets_used") or () if one[:2] == "AR"}
    if facts.reports and set(facts.reports) not in (used, {view.get("gwp_set")}):
        yield "gwp_sets"
    amount = Decimal(str(view["declared_amount"]))
    if facts.amount is not None and facts.amount != amount:
        yield "declared amount"
    words = (view.get("product_description") or view.get("product_name"), view.get("product_name"))
    if facts.description and facts.description not in words:
        yield "description"
    total = Decimal(str(view["total_kg_co2e"]))
    whole = Decimal(str(view.get("total_including_biogenic_uptake_kg_co2e") or total))
    if _off(facts.excluding, total) or _off(facts.including, whole):
        yield "total"
    unit = view.get("declared_unit")
    if any(_off(value * amount, total) or called != unit for value, called in facts.said):
        yield "words of the claim"


def _times(view: Mapping[str, Any], facts: StatedFacts) -> Iterator[str]:
    first, last = str(view.get("period_start") or ""), str(view.get("period_end") or "")
    if not last:
        return
    if any(one and one != signed for one, signed in zip(facts.period, (first, last), strict=True)):
        yield "period"
    start = date.fromisoformat(last) + timedelta(days=1)
    starts = {start.isoformat(), view.get("valid_from"), str(view.get("issued_at"))[:10]}
    ends = {three_years_after(start).isoformat(), view.get("valid_until")}
    if {facts.valid[0]} - starts - {""} or {facts.valid[1]} - ends - {""}:
        yield "validity"


def _off(stated: Decimal | None, signed: Decimal) -> bool:
    return stated is not None and abs(stated - signed) > _FLOAT * max(abs(stated), abs(signed))


def _period(fields: Fields) -> tuple[str, str]:
    """First and last day of a reference period, whose stated end is exclusive."""
    first, end = fields.text("referencePeriodStart"), fields.text("referencePeriodEnd")
    try:
        last = datetime.fromisoformat(end) - timedelta(seconds=1) if end else None
    except (ValueError, OverflowError):
        return first[:10], end[:10]
    return first[:10], last.date().isoformat() if last else ""


def _texts(fields: Fields, name: str) -> tuple[str, ...]:
    values = fields.values.get(name)
    return tuple(map(str, values)) if isinstance(values, list) else ()


def _objects(fields: Fields, name: str) -> list[Fields]:
    values = fields.values.get(name)
    found = values if isinstance(values, list) else ()
    return [Fields(one, fields.where, f"{name}.") for one in found if isinstance(one, dict)]


def _totals_in(words: str) -> Iterator[tuple[Decimal, str]]:
    """Each total of one unit that words state, and the unit."""
    for value, unit in _SAID.findall(words):
        try:
            yield spelt_decimal(value), unit
        except ValueError:
            continue
