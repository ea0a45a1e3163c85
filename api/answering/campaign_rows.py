"""Rows of campaigns, their suppliers, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from api.answering.campaign_model import Campaign, CampaignSupplier, GivenAnswer
from api.store.campaign_tables import (
    campaign_answers,
    campaign_suppliers,
    campaigns,
    withdrawn_links,
)
from api.store.database import UnitOfWork
from api.store.rows import columns, newest_first, record, record_of

_Place = tuple[datetime, str] | None


def add_campaign(uow: UnitOfWork, campaign: Campaign, them: Sequence[CampaignSupplier]) -> None:
    """Store a new campaign with its suppliers."""
    uow.connection.execute(insert(campaigns).values(asdict(campaign)))
    uow.connection.execute(insert(campaign_suppliers), [asdict(one) for one in them])


def find_campaign(uow: UnitOfWork, tenant: str, campaign: str) -> Campaign | None:
    """The tenant's campaign of this id."""
    table = campaigns
    return record_of(uow, Campaign, {table.c.tenant: tenant, table.c.id: campaign})


def list_campaigns(uow: UnitOfWork, tenant: str, limit: int, after: _Place) -> list[Campaign]:
    """The tenant's campaigns, newest first, behind `after`."""
    table = campaigns
    query = select(*columns(Campaign, table)).where(table.c.tenant == tenant)
    query = newest_first(query, table.c.made_at, table.c.id, limit, after)
    return [record(Campaign, row) for row in uow.connection.execute(query)]


def supplier_counts(uow: UnitOfWork, campaign: str) -> dict[str, int]:
    """How many suppliers of a campaign are in each state."""
    table = campaign_suppliers
    query = select(table.c.state, func.count()).where(table.c.campaign == campaign)
    return {str(state): int(n) for state, n in uow.connection.execute(query.group_by("state"))}


def suppliers_of(uow: UnitOfWork, campaign: str) -> list[CampaignSupplier]:
    """All suppliers of a campaign, in the order of the list."""
    table = campaign_suppliers
    query = select(*columns(CampaignSupplier, table)).where(table.c.campaign == campaign)
    found = uow.connection.execute(query.order_by(table.c.position))
    return [record(CampaignSupplier, row) for row in found]


def supplier_by_link(uow: UnitOfWork, secret_hash: str) -> CampaignSupplier | None:
    """Whose link this is."""
    table = campaign_suppliers
    return record_of(uow, CampaignSupplier, {table.c.secret_hash: secret_hash})


def is_withdrawn(uow: UnitOfWork, secret_hash: str) -> bool:
    """Whether this link was one, and was withdrawn."""
    query = select(withdrawn_links.c.supplier).where(withdrawn_links.c.secret_hash == secret_hash)
    return uow.connection.execute(query).one_or_none() is not None


def withdraw_link(uow: UnitOfWork, supplier: CampaignSupplier) -> None:
    """Remember that the link which a supplier has now was withdrawn."""
    values = {"secret_hash": supplier.secret_hash, "supplier": supplier.id}
    uow.connection.execute(insert(withdrawn_links).values(values))


def change_supplier(uow: UnitOfWork, supplier: CampaignSupplier) -> None:
    """Store a supplier as he is now."""
    values = asdict(supplier)
    table = campaign_suppliers
    for name in ("id", "tenant", "campaign", "position"):
        del values[name]
    uow.connection.execute(update(table).where(table.c.id == supplier.id).values(**values))


def lock_supplier(uow: UnitOfWork, supplier: str) -> CampaignSupplier | None:
    """A supplier, whom nobody else changes until the transaction ends."""
    table = campaign_suppliers
    query = select(*columns(CampaignSupplier, table)).where(table.c.id == supplier)
    row = uow.connection.execute(query.with_for_update()).one_or_none()
    return None if row is None else record(CampaignSupplier, row)


def put_answer(uow: UnitOfWork, answer: GivenAnswer) -> None:
    """Store what was given for a product, in place of what was given before."""
    table = campaign_answers
    same = (table.c.supplier == answer.supplier) & (table.c.product == answer.product)
    uow.connection.execute(delete(table).where(same))
    uow.connection.execute(insert(table).values(asdict(answer)))


def supplier_answers(uow: UnitOfWork, suppliers: Sequence[str]) -> dict[str, list[GivenAnswer]]:
    """What each of these suppliers gave, by product."""
    table = campaign_answers
    query = select(*columns(GivenAnswer, table)).where(table.c.supplier.in_(list(suppliers)))
    found: dict[str, list[GivenAnswer]] = {one: [] for one in suppliers}
    for row in uow.connection.execute(query.order_by(table.c.product)):
        found[row.supplier].append(record(GivenAnswer, row))
    return found
