"""From the published footprint document to the facts that a decision needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from footprint.canonical_fast import fast_hash
from footprint.faults import Where
from footprint.rules import faults
from footprint.rules.evidence import Facts, FootprintRow
from footprint.values.result import Boundary

_WHERE = Where("footprint document")


def facts_from_document(footprint_doc: Mapping[str, Any], document_hash: str = "") -> Facts:
    """The facts of a published footprint (`"type": "footprint"`, schema 1).

    Numbers become decimals by their shortest text, which names the same float again; the hash is
    that of the whole document, computed where the caller does not have it. Raises InputRefused
    (RUL-023) if a field is missing or unusable.
    """
    if footprint_doc.get("type") != "footprint" or footprint_doc.get("schema") != "1":
        raise faults.FOOTPRINT_DOCUMENT.refuse(
            "This is not a footprint document of schema 1.",
            _WHERE,
            "Give the JSON that `footprint calculate BOM --format json` prints.",
        )
    try:
        unit = footprint_doc["declared_unit"]
        product = footprint_doc["product"]
        whole = footprint_doc.get("completeness", {})
        boundary = footprint_doc["boundary"]
        if boundary not in get_args(Boundary):
            raise ValueError(f"the boundary '{boundary}' is not known")
        total = _decimal(footprint_doc["totals"]["excluding_biogenic_uptake_kg_co2e"])
        amount = _decimal(unit["amount"])
        if amount <= 0:
            raise ValueError("the amount of the declared unit is not above zero")
        return Facts(
            total_kg=total,
            unit_amount=amount,
            unit=str(unit["unit"]),
            boundary=boundary,
            gwp_set=str(footprint_doc["gwp_set"]),
            period_start=_date(product.get("period_start")),
            period_end=_date(product.get("period_end")),
            coverage_lines=_decimal(footprint_doc["coverage"]["lines"]),
            document_hash=document_hash or fast_hash(dict(footprint_doc)),
            mass_kg=_maybe(product.get("mass_kg")),
            primary_share=_percent(footprint_doc.get("quality", {}).get("primary_data_share")),
            rows=_rows(footprint_doc),
            companies=_companies(product),
            screening_result=bool(whole.get("screening_result")),
            at_least=whole.get("word") == "at least",
            lacking_share=_lacking(whole),
        )
    except KeyError as error:
        raise faults.FOOTPRINT_DOCUMENT.refuse(f"The field {error} is missing.", _WHERE) from None
    except (ValueError, TypeError, AttributeError) as error:
        raise faults.FOOTPRINT_DOCUMENT.refuse(f"A field is not usable: {error}.", _WHERE) from None


def _rows(footprint_doc: Mapping[str, Any]) -> tuple[FootprintRow, ...]:
    """The rows, each with the share of it that is primary in the sense of PACT v3, 4.2.2: activity
    and factor are both measured, or the supplier's own document says so."""
    documents = footprint_doc.get("provenance", {}).get("documents", ())
    stated = {one["id"]: _percent(one["primary_data_share"]) for one in documents}

    def primary(item: Mapping[str, Any]) -> Decimal:
        if item["matched_by"] == "supplier":
            return stated.get(item["dataset"]) or Decimal(0)
        measured = item["data_type"] == "primary" and item["matched_by"] == "substance"
        return Decimal(measured)

    return tuple(
        FootprintRow(int(item["row"]), str(item["name"]), _decimal(item["kg_co2e"]), primary(item))
        for item in footprint_doc.get("contributions", ())
    )


def _lacking(completeness: Mapping[str, Any]) -> Decimal | None:
    """The share of the total that stands on figures that lack something. Documents of before it
    was told name what is lacking alone: None."""
    if "lacking_share" in completeness:
        return _decimal(completeness["lacking_share"])
    return None if set(completeness.get("lacks", ())) - {"gaps", "screening"} else Decimal(0)


def _companies(product: Mapping[str, Any]) -> tuple[str, ...]:
    """Name, Chinese name and identifiers of the company, as far as they are given."""
    named = (product.get("company"), product.get("company_zh"), *product.get("company_ids", ()))
    return tuple(str(name) for name in named if name)


def _percent(value: Any) -> Decimal | None:
    return None if value is None else _decimal(value) / 100


def _maybe(value: Any) -> Decimal | None:
    return None if value is None else _decimal(value)


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError(f"{value!r} is not a number")
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except InvalidOperation:
        raise ValueError(f"{value!r} is not a number") from None
    if not number.is_finite():
        raise ValueError(f"{value!r} is not a finite number")
    return number


def _date(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)
