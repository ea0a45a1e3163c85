"""Plans of surveillance: whom a sample chose, drawn once, and who was visited since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from api.faults import UNKNOWN_PLAN
from api.services.people import need_role
from api.services.requests import creation
from api.store.audit import append, entries_of
from api.store.certificates import StoredCertificate, find_certificates
from api.store.database import Database, UnitOfWork
from api.store.idempotency import claim, earlier_resource
from api.store.plans import (
    StoredPlan,
    add_plan,
    find_plan,
    plans_of,
    sampling_units,
    strata_text,
)
from api.store.tenants import Actor
from footprint.canonical import bytes_hash
from footprint.certificates.lifecycle import CERTIFICATE_RULES
from footprint.certificates.sampling import SAMPLING_RULE, Stratum, drawn_sample

#: What the log says of a visit, and of a plan.
_SURVEYED, _PLANNED = "certificate.surveyed", "surveillance.planned"
#: What is to be done about a certificate that was drawn: visit it; nothing, since it was visited,
#: or is not in use any more.
Due = Literal["visit", "visited", "ended"]


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A certificate that was drawn, what is to be done about it, and when it was visited since."""

    certificate: StoredCertificate
    due: Due
    visited_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """A plan, its sample by scheme and tier, and how far it is, in the order of the drawing."""

    plan: StoredPlan
    sample: tuple[Stratum, ...]
    visits: tuple[PlannedVisit, ...]

    @property
    def to_visit(self) -> tuple[PlannedVisit, ...]:
        """Those that are still to be visited."""
        return tuple(one for one in self.visits if one.due == "visit")


@dataclass(frozen=True, slots=True)
class SurveillancePlans:
    """The plans of all tenants; each method names whose it is about."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def draw(self, actor: Actor, seed: str, idempotency_key: str | None = None) -> PlanProgress:
        """Draw a sample of the actor's certificates in force, and keep it. Each drawing is in the
        log: nobody draws unseen until he likes whom it names.

        The same `idempotency_key` with the same seed gives the plan made before. Raises
        ServiceRefused API-102 (role), API-401 and API-402 (key).
        """
        need_role(actor, CERTIFICATE_RULES["survey"].role)
        now = self.clock()
        request = creation(actor.tenant, idempotency_key, ["surveillance-plan", seed])
        made = str(UUID(bytes=self.entropy(16), version=4))
        with self.database.writing() as uow:
            if request is not None:
                holder = earlier_resource(uow, request) or claim(uow, request, made, now)
                if holder != made:
                    return self._progress(uow, _found(uow, actor, holder))
            sample = drawn_sample(sampling_units(uow, actor.tenant, now.date()), seed)
            strata = strata_text(sample)
            plan = StoredPlan(made, actor.tenant, now, seed, SAMPLING_RULE, strata)
            add_plan(uow, plan)
            facts = {"seed": seed, "rule": plan.rule, "sample": bytes_hash(strata.encode())}
            append(uow, actor, now, _PLANNED, plan.id, facts)
            return self._progress(uow, plan)

    def get(self, actor: Actor, plan: str) -> PlanProgress:
        """The actor's plan of this id. Raises ServiceRefused API-232."""
        with self.database.reading() as uow:
            return self._progress(uow, _found(uow, actor, plan))

    def listed(
        self, actor: Actor, limit: int, after: tuple[datetime, str] | None = None
    ) -> list[StoredPlan]:
        """The actor's plans, the newest first, behind `after`."""
        with self.database.reading() as uow:
            return plans_of(uow, actor.tenant, limit, after)

    def newest(self, actor: Actor) -> PlanProgress | None:
        """The actor's newest plan; None when none was drawn."""
        with self.database.reading() as uow:
            found = plans_of(uow, actor.tenant, 1)
            return self._progress(uow, found[0]) if found else None

    def _progress(self, uow: UnitOfWork, plan: StoredPlan) -> PlanProgress:
        today, sample = self.clock().date(), plan.sample
        numbers = [number for one in sample for number in one.drawn]
        known, told = find_certificates(uow, numbers), entries_of(uow, numbers)
        visits = []
        for number in numbers:
            at = [one.at for one in told[number] if one.action == _SURVEYED]
            since = min((moment for moment in at if moment >= plan.drawn_at), default=None)
            visits.append(_visit(known[number], since, today))
        return PlanProgress(plan, sample, tuple(visits))


def _visit(
    certificate: StoredCertificate, visited_at: datetime | None, today: date
) -> PlannedVisit:
    """A suspended certificate is visited all the more; what ended is not."""
    runs = certificate.status in CERTIFICATE_RULES["survey"].after
    if visited_at is not None:
        return PlannedVisit(certificate, "visited", visited_at)
    due: Due = "visit" if runs and certificate.valid_until >= today else "ended"
    return PlannedVisit(certificate, due, None)


def _found(uow: UnitOfWork, actor: Actor, plan: str) -> StoredPlan:
    found = find_plan(uow, actor.tenant, plan[:64])
    if found is None:
        raise UNKNOWN_PLAN.refuse(
            f"There is no plan {plan[:64]!r} among yours.",
            "GET /v1/surveillance/plans lists those that were drawn.",
        )
    return found
