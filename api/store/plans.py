"""Samples for surveillance: what they are drawn from, and those that were drawn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import insert, not_, select

from api.store.claim_tables import surveillance_plans
from api.store.database import UnitOfWork
from api.store.drafts_apart import is_draft
from api.store.rows import columns, newest_first, record, record_of
from api.store.tables import certificates
from footprint.canonical import canonical_json
from footprint.certificates.sampling import SamplingUnit, Stratum


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A sample that was drawn by a seed; `strata` is the JSON of it."""

    id: str
    tenant: str
    drawn_at: datetime
    seed: str
    rule: str
    strata: str

    @property
    def sample(self) -> tuple[Stratum, ...]:
        """What was drawn, by scheme and tier."""
        return tuple(
            Stratum(scheme, tier, size, tuple(drawn))
            for scheme, tier, size, drawn in json.loads(self.strata)
        )


def strata_text(sample: Sequence[Stratum]) -> str:
    """A sample as a plan keeps it."""
    return canonical_json([list(one) for one in sample]).decode()


def sampling_units(uow: UnitOfWork, tenant: str, today: date) -> list[SamplingUnit]:
    """A tenant's certificates in force on this day, without drafts, by number."""
    table = certificates
    query = (
        select(table.c.number, table.c.scheme, table.c.tier)
        .where(
            table.c.tenant == tenant,
            table.c.status == "issued",
            table.c.valid_from <= today,
            table.c.valid_until >= today,
            not_(is_draft),
        )
        .order_by(table.c.number)
    )
    return [SamplingUnit(*row) for row in uow.connection.execute(query)]


def add_plan(uow: UnitOfWork, plan: StoredPlan) -> None:
    """Store a new plan."""
    uow.connection.execute(insert(surveillance_plans).values(asdict(plan)))


def find_plan(uow: UnitOfWork, tenant: str, plan: str) -> StoredPlan | None:
    """The tenant's plan of this id; None when there is none, or it is another tenant's."""
    table = surveillance_plans
    return record_of(uow, StoredPlan, {table.c.tenant: tenant, table.c.id: plan})


def plans_of(
    uow: UnitOfWork, tenant: str, limit: int, after: tuple[datetime, str] | None = None
) -> list[StoredPlan]:
    """A tenant's plans, the newest first, behind `after`."""
    table = surveillance_plans
    query = select(*columns(StoredPlan, table)).where(table.c.tenant == tenant)
    query = newest_first(query, table.c.drawn_at, table.c.id, limit, after)
    return [record(StoredPlan, row) for row in uow.connection.execute(query)]
