"""Store certificates that were made, and what they supersede, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from api.faults import STATUS_FINAL, UNKNOWN_CERTIFICATE, ServiceRefused
from api.services.credits import use_credits
from api.services.same_orders import MadeOrder, Placed, certified_thing, placed
from api.store.audit import Event
from api.store.certificates import (
    StoredCertificate,
    add_certificates,
    find_certificate,
    set_status,
)
from api.store.database import UnitOfWork
from api.store.same_orders import add_order_rows, order_rows
from api.store.tenants import Actor
from footprint.canonical import bytes_hash
from footprint.certificates.lifecycle import CERTIFICATE_RULES
from footprint.certificates.number import parse_certificate_number


def store_certificate(
    uow: UnitOfWork, actor: Actor, made: StoredCertificate, may_replace: bool
) -> tuple[StoredCertificate, list[Event]]:
    """Store it; returns it with what it replaces, and what the caller must append to the log, as
    the last thing it does. Raises as `store_certificates`, and what that returns as refused."""
    (outcome,), events = store_certificates(uow, actor, [MadeOrder(made, may_replace)])
    if isinstance(outcome, ServiceRefused):
        raise outcome
    return outcome, events


def store_certificates(
    uow: UnitOfWork, actor: Actor, wanted: Sequence[MadeOrder]
) -> tuple[list[StoredCertificate | ServiceRefused], list[Event]]:
    """Store those beside which no certificate of the same order stays in force; the others are
    refused (API-531). Returns each in its order, and what the log has to tell.

    Raises `sqlalchemy.exc.IntegrityError` when number or place is taken, ServiceRefused API-202 or
    API-503 when the certificate that one replaces cannot be replaced any more, API-510 when a
    credit that it rests on stands behind another one.
    """
    outcome = placed(uow, wanted)
    stored = [one for one in outcome if isinstance(one, Placed)]
    if stored:
        add_certificates(uow, [one.made for one in stored])
        add_order_rows(uow, [row for one in stored for row in _rows_of(one.made)])
    events = [issued_event(actor, one.made, use_credits(uow, one.made)) for one in stored]
    for one in stored:
        events += [_supersede(uow, actor, one.made, number) for number in one.takes]
    return [one.made if isinstance(one, Placed) else one for one in outcome], events


def _rows_of(made: StoredCertificate) -> list[dict[str, str]]:
    names = certified_thing(made).keys.known
    return order_rows(made.number, made.tenant, made.scheme, made.tier, names)


def issued_event(actor: Actor, made: StoredCertificate, credits: Sequence[str] = ()) -> Event:
    """What the log keeps of an issue: hashes of everything, who signed, and credits taken. The
    hash of a PDF is logged when it is drawn."""
    facts = {
        "footprint": made.footprint,
        "evidence": bytes_hash(made.evidence.encode()),
        "view": bytes_hash(made.view.encode()),
        "credential": bytes_hash(made.credential.encode()),
        "place": [made.status_list, made.status_index],
        "maker": made.maker,
        "checker": made.checker,
        "approver": made.approver,
        "replaces": made.replaces,
        "surveillance": None
        if made.surveillance_due is None
        else made.surveillance_due.isoformat(),
        **({"credits": list(credits)} if credits else {}),
    }
    return Event(actor, made.issued_at, "certificate.issued", made.number, facts)


def known_guesses(rows: Sequence[int]) -> dict[str, list[int]]:
    """What the log keeps of an order by somebody who said that he knows on which guesses it
    rests: their rows."""
    return {"guesses_known": list(rows)} if rows else {}


def owned_certificate(uow: UnitOfWork, actor: Actor, number: str) -> StoredCertificate:
    """A certificate of the actor's. Raises ServiceRefused API-202, InputRefused (CER-006, 007)."""
    found = find_certificate(uow, parse_certificate_number(number))
    if found is None or found.tenant != actor.tenant:
        raise UNKNOWN_CERTIFICATE.refuse(f"There is no certificate {number[:40]} of yours.")
    return found


def refuse_unless_replaceable(old: StoredCertificate) -> None:
    """Raise ServiceRefused API-503 when a certificate cannot be superseded any more."""
    if old.status not in CERTIFICATE_RULES["supersede"].after:
        raise STATUS_FINAL.refuse(
            f"{old.number} is {old.status}; it cannot be replaced.",
            "Leave `replaces` out to issue a certificate of its own.",
        )


def _supersede(uow: UnitOfWork, actor: Actor, made: StoredCertificate, number: str) -> Event:
    old = owned_certificate(uow, actor, number)
    refuse_unless_replaceable(old)
    if made.view_content.get("draft") and not old.view_content.get("draft"):
        raise STATUS_FINAL.refuse(
            f"{old.number} is no draft; a draft cannot replace it.",
            "Leave `replaces` out, or order a certificate that is no draft.",
        )
    reason = f"Replaced by {made.number}"
    if not set_status(uow, old, "superseded", made.issued_at, reason, made.number):
        raise STATUS_FINAL.refuse(f"{old.number} was changed at the same time.", "Try again.")
    facts = {"from": old.status, "to": "superseded", "reason": reason}
    return Event(actor, made.issued_at, "certificate.superseded", old.number, facts)
