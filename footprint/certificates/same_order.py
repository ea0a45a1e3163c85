"""When two certificates are the same order: one product, scheme and tier, and periods that overlap.

Two of them in force at once would say two things of one product, and whoever reads one could not
know of the other. So the second takes the place of the first, or is not issued.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from footprint.certificates.lifecycle import CERTIFICATE_RULES, KeptStatus
from footprint.company_names import company_key
from footprint.late_pattern import late_pattern

#: How a GTIN is written: as a URN (PACT), or as an address of GS1 Digital Link.
_GTIN = late_pattern(r"(?:urn:gtin:|https?://id\.gs1\.org/01/)(\d{8,14})")


class ProductKeys(NamedTuple):
    """What a product is known by (`known`), and what another one is looked for by (`sought`)."""

    known: frozenset[str]
    sought: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrderedThing:
    """What a certificate is about. `first` and `last` are the days of the period of its figures;
    None is a period without that end. A `draft` is not for use."""

    keys: ProductKeys
    scheme: str
    tier: str
    first: date | None
    last: date | None
    draft: bool = False


def product_keys(ids: Sequence[str], name: str, company: str) -> ProductKeys:
    """What tells one product of a holder from another: any identifier that both have; the name and
    the company where one of them has no identifier. Case, blanks, width and the legal form of a
    company do not matter, nor with how many zeros a GTIN begins."""
    named = f"{_folded(name)}\n{company_key(company)}"
    own = frozenset(f"id:{_identifier(one)}" for one in ids if _folded(one))
    if own:
        return ProductKeys(own | {f"name:{named}"}, own | {f"bare:{named}"})
    name_keys = frozenset((f"name:{named}", f"bare:{named}"))
    return ProductKeys(name_keys, frozenset((f"name:{named}",)))


def thing_ordered(
    product: Mapping[str, Any], scheme: str, tier: str, *, draft: bool = False
) -> OrderedThing:
    """What an order is about, from the member `product` of a footprint document."""
    first, last = product.get("period_start"), product.get("period_end")
    return OrderedThing(
        product_keys(product["product_ids"], product["name"], product.get("company") or ""),
        scheme,
        tier,
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
        draft,
    )


def thing_certified(view: Mapping[str, Any], scheme: str, tier: str) -> OrderedThing:
    """What a certificate is about, from its view document of whatever schema."""
    product = {
        "product_ids": view["product_ids"],
        "name": view["product_name"],
        "company": view["company"],
        "period_start": view.get("period_start"),
        "period_end": view.get("period_end"),
    }
    return thing_ordered(product, scheme, tier, draft=bool(view.get("draft")))


def same_order(new: OrderedThing, old: OrderedThing) -> bool:
    """Whether the two certify one product, in one tier of a scheme, for periods that share a day.
    A draft is compared with drafts alone: it stands in no certificate's way."""
    return (
        (new.scheme, new.tier, new.draft) == (old.scheme, old.tier, old.draft)
        and bool(new.keys.sought & old.keys.known)
        and _not_after(new.first, old.last)
        and _not_after(old.first, new.last)
    )


def holds_the_place(status: KeptStatus, valid_until: date, today: date) -> bool:
    """Whether a certificate stands in the way of the same order: its term runs, and it is in force
    or may be again. A suspended one counts: else a new order would end every suspension."""
    return status in CERTIFICATE_RULES["supersede"].after and valid_until >= today


def _identifier(text: str) -> str:
    folded = _folded(text)
    found = _GTIN.fullmatch(folded)
    return folded if found is None else f"gtin:{found[1].lstrip('0')}"


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _not_after(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last
