"""Whether a certificate of the same order is in force: refuse the second, or let it replace it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from api.faults import SAME_ORDER, ServiceRefused
from api.store.certificates import StoredCertificate
from api.store.database import UnitOfWork
from api.store.same_orders import certificates_by_key, order_key
from footprint.certificates.same_order import (
    OrderedThing,
    holds_the_place,
    same_order,
    thing_certified,
)


class MadeOrder(NamedTuple):
    """A certificate that was made, and whether it may replace one of the same order."""

    made: StoredCertificate
    may_replace: bool


class Placed(NamedTuple):
    """A certificate that may be stored, and the numbers of those whose place it takes."""

    made: StoredCertificate
    takes: tuple[str, ...]


def certified_thing(certificate: StoredCertificate) -> OrderedThing:
    """What a certificate is about."""
    return thing_certified(certificate.view_content, certificate.scheme, certificate.tier)


def in_the_way(
    uow: UnitOfWork, tenant: str, thing: OrderedThing, today: date
) -> list[StoredCertificate]:
    """The tenant's certificates of the same order that are in force or may be again, the newest
    first."""
    sought = _keys(tenant, thing, thing.keys.sought)
    return _among(certificates_by_key(uow, sought), sought, thing, today)


def refuse_beside(
    uow: UnitOfWork, tenant: str, thing: OrderedThing, named: str | None, today: date
) -> None:
    """Raise ServiceRefused API-531 where a certificate of the same order stands in the way, other
    than the one that the order `named` to be replaced."""
    for old in in_the_way(uow, tenant, thing, today):
        if old.number != named:
            raise _second(thing, old)


def placed(uow: UnitOfWork, wanted: Sequence[MadeOrder]) -> list[Placed | ServiceRefused]:
    """What becomes of each of these certificates of one tenant, in their order: a later one sees
    those before it. Other issues wait until this transaction ends."""
    uow.lock_orders()
    things = [certified_thing(one.made) for one in wanted]
    tenant = wanted[0].made.tenant if wanted else ""
    sought = [_keys(tenant, thing, thing.keys.sought) for thing in things]
    found = certificates_by_key(uow, {key for keys in sought for key in keys})
    known = {key: list(rows) for key, rows in found.items()}
    gone: set[str] = set()
    outcome: list[Placed | ServiceRefused] = []
    for one, thing, keys in zip(wanted, things, sought, strict=True):
        there = _among(known, keys, thing, one.made.issued_at.date())
        result = _placed(one, thing, [old for old in there if old.number not in gone])
        outcome.append(result)
        if isinstance(result, Placed):
            gone.update(result.takes)
            for key in _keys(tenant, thing, thing.keys.known):
                known.setdefault(key, []).insert(0, result.made)
    return outcome


def _placed(
    wanted: MadeOrder, thing: OrderedThing, there: Sequence[StoredCertificate]
) -> Placed | ServiceRefused:
    named = wanted.made.replaces
    others = [old for old in there if old.number != named]
    if others and not wanted.may_replace:
        return _second(thing, others[0])
    takes = (*(() if named is None else (named,)), *(old.number for old in others))
    return Placed(replace(wanted.made, replaces=takes[0] if takes else None), takes)


def _second(thing: OrderedThing, old: StoredCertificate) -> ServiceRefused:
    says = "in force" if old.status == "issued" else "suspended and may be in force again"
    if thing.draft:  # only a draft stands in a draft's way
        says = "a draft, not for use, that is kept"
    return SAME_ORDER.refuse(
        f"{old.number} is {says} until {old.valid_until}, for the same product, {thing.scheme}, "
        f"{thing.tier}, and a period that overlaps.",
        f'Say that the new certificate takes its place: --replace, "replace": true. Or keep '
        f"{old.number}.",
        details={"certificate": old.number},
    )


def _keys(tenant: str, thing: OrderedThing, names: frozenset[str]) -> list[str]:
    return [order_key(tenant, thing.scheme, thing.tier, name) for name in sorted(names)]


def _among(
    known: Mapping[str, Sequence[StoredCertificate]],
    keys: Sequence[str],
    thing: OrderedThing,
    today: date,
) -> list[StoredCertificate]:
    found = {old.number: old for key in keys for old in known.get(key, ())}
    return [
        old
        for old in found.values()
        if holds_the_place(old.status, old.valid_until, today)
        and same_order(thing, certified_thing(old))
    ]
