"""Give the credits of a neutral certificate's evidence to it, or refuse: no credit counts twice."""

from __future__ import annotations

from api.faults import CREDITS_SPENT
from api.store.certificates import StoredCertificate
from api.store.credits import add_uses, ledger_entries_about, stored_claim
from api.store.database import UnitOfWork
from footprint.rules.ledger import first_clash, uses_of_credits
from footprint.study import evidence_of


def uses_credits(tier: str) -> bool:
    """Whether certificates of a tier rest on credits."""
    return tier == "neutral"


def use_credits(uow: UnitOfWork, made: StoredCertificate) -> tuple[str, ...]:
    """Take every credit that the evidence lists, for this certificate; returns them as text.

    What is taken is never given back, also not when the certificate is withdrawn: only the
    certificate that replaces it takes them over. Raises ServiceRefused API-510 where a credit
    stands behind another certificate, of whatever tenant.
    """
    if not uses_credits(made.tier):
        return ()
    uow.lock_credits()
    earlier = None if made.replaces is None else stored_claim(uow, made.replaces)
    credits = evidence_of(made.evidence).credits or ()
    uses = uses_of_credits(credits, made.number, earlier or made.number)
    for use in uses:
        clash = first_clash([use], ledger_entries_about(uow, use))
        if clash is not None:
            raise CREDITS_SPENT.refuse(
                f"Credits {clash.first} to {clash.last} of {use.registry}, series {use.series}, "
                "stand behind another certificate already.",
                "List credits that no certificate uses; a withdrawn one keeps its own. The one "
                "that holds them, such as a draft, hands them over: name it in replaces "
                "(--replaces).",
            )
    add_uses(uow, uses)
    return tuple(f"{use.registry} {use.series} {use.first}-{use.last}" for use in uses)
