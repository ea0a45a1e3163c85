"""Give the credits of a neutral certificate's evidence to it, or refuse: no credit counts twice.

A draft claims nothing: it only reserves its credits, against other drafts of its tenant and while
its term runs. Why: docs/decisions/0093-drafts-reserve-credits.md
"""

from __future__ import annotations

from api.faults import CREDITS_RESERVED, CREDITS_SPENT, ServiceRefused
from api.store.certificates import StoredCertificate
from api.store.credits import (
    add_uses,
    draft_entries_about,
    ledger_entries_about,
    stored_claim,
)
from api.store.database import UnitOfWork
from footprint.rules.ledger import Clash, CreditUse, first_clash, uses_of_credits
from footprint.study import evidence_of


def uses_credits(tier: str) -> bool:
    """Whether certificates of a tier rest on credits."""
    return tier == "neutral"


def use_credits(uow: UnitOfWork, made: StoredCertificate) -> tuple[str, ...]:
    """Take every credit that the evidence lists, for this certificate; returns them as text.

    What is taken for use is never given back, also not when the certificate is withdrawn: only the
    certificate that replaces it takes them over. Raises ServiceRefused API-510 where a credit
    stands behind another certificate, of whatever tenant; API-532 where `made` is a draft and
    another draft of its tenant holds one.
    """
    if not uses_credits(made.tier):
        return ()
    uow.lock_credits()
    earlier = None if made.replaces is None else stored_claim(uow, made.replaces)
    credits = evidence_of(made.evidence).credits or ()
    uses = uses_of_credits(credits, made.number, earlier or made.number)
    for use in uses:
        _refuse_what_is_taken(uow, made, use)
    add_uses(uow, uses)
    return tuple(f"{use.registry} {use.series} {use.first}-{use.last}" for use in uses)


def _refuse_what_is_taken(uow: UnitOfWork, made: StoredCertificate, use: CreditUse) -> None:
    spent = first_clash([use], ledger_entries_about(uow, use))
    if spent is not None:
        raise CREDITS_SPENT.refuse(
            f"Credits {spent.first} to {spent.last} of {use.registry}, series {use.series}, "
            "stand behind another certificate already.",
            "List credits that no certificate uses. A withdrawn one keeps its own; only the "
            "certificate that replaces it takes them over: name it in replaces (--replaces).",
        )
    if made.view_content.get("draft"):
        today = made.issued_at.date()
        held = first_clash([use], draft_entries_about(uow, use, made.tenant, today))
        if held is not None:
            raise _held(held)


def _held(clash: Clash) -> ServiceRefused:
    number, use = clash.taken.number, clash.wanted
    return CREDITS_RESERVED.refuse(
        f"Credits {clash.first} to {clash.last} of {use.registry}, series {use.series}, are held "
        f"by your draft {number}.",
        f"Replace that draft (--replaces {number}), or withdraw it: footprint revoke {number} "
        f"--reason TEXT, POST /v1/certificates/{number}/status. A certificate for use takes them "
        "without either.",
        details={"certificate": number},
    )
