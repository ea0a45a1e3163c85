"""Suppliers' footprints: what was asked, what came, and in which of our footprints it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import exists, insert, select, update

from api.store.database import UnitOfWork
from api.store.partner_tables import supplier_asks, supplier_pcfs, supplier_uses
from api.store.rows import columns, newest_first, record, record_of

AskWay = Literal["event", "list", "ids"]
#: `waiting` goes on by itself; the others are final.
AskState = Literal["waiting", "answered", "rejected", "failed"]
_Place = tuple[datetime, str] | None


@dataclass(frozen=True, slots=True)
class SupplierAsk:
    """What a supplier was asked for. `wanted` is JSON: filters of the protocol, or ids."""

    id: str
    tenant: str
    partner: str
    way: AskWay
    wanted: str
    asked_at: datetime
    due_at: datetime
    state: AskState = "waiting"
    said: str = ""
    attempts: int = 0
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptPcf:
    """A supplier's footprint as it came. `document` is JSON in ASCII; `findings` are problems."""

    tenant: str
    id: str
    partner: str
    ask: str
    document: str
    company: str
    product: str
    status: str
    usable: bool
    findings: str
    received_at: datetime
    replaced_by: str = ""

    @property
    def file(self) -> str:
        """The name by which a line uses it, in the column supplier_pcf."""
        return f"{self.id}.json"


@dataclass(frozen=True, slots=True)
class SupplierUse:
    """One of our footprints that rests on a supplier's, by the name of the document there."""

    footprint: str
    file: str


def add_ask(uow: UnitOfWork, ask: SupplierAsk) -> None:
    """Store what is asked."""
    uow.connection.execute(insert(supplier_asks).values(asdict(ask)))


def find_ask(uow: UnitOfWork, tenant: str, ask: str) -> SupplierAsk | None:
    """What the tenant asked under this id."""
    table = supplier_asks
    return record_of(uow, SupplierAsk, {table.c.tenant: tenant, table.c.id: ask})


def list_asks(uow: UnitOfWork, tenant: str, limit: int, after: _Place) -> list[SupplierAsk]:
    """What the tenant asked, newest first, behind `after` (time and id)."""
    table = supplier_asks
    query = select(*columns(SupplierAsk, table)).where(table.c.tenant == tenant)
    query = newest_first(query, table.c.asked_at, table.c.id, limit, after)
    return [record(SupplierAsk, row) for row in uow.connection.execute(query)]


def wanted_of(uow: UnitOfWork, partner: str) -> list[str]:
    """What a partner was ever asked for by us, as JSON."""
    table = supplier_asks
    query = select(table.c.wanted).where(table.c.partner == partner, table.c.way != "ids")
    return list(uow.connection.scalars(query.distinct()))


def is_ask_due(uow: UnitOfWork, now: datetime) -> bool:
    """Whether something is to be fetched."""
    table = supplier_asks
    due = exists().where(table.c.state == "waiting", table.c.way != "event", table.c.due_at <= now)
    return bool(uow.connection.scalar(select(due)))


def due_asks(uow: UnitOfWork, now: datetime, until: datetime, limit: int) -> list[SupplierAsk]:
    """What is to be fetched now; no other server takes it before `until`."""
    table = supplier_asks
    query = select(*columns(SupplierAsk, table)).where(
        table.c.state == "waiting", table.c.way != "event", table.c.due_at <= now
    )
    query = query.order_by(table.c.due_at, table.c.id).limit(limit)
    query = query.with_for_update(skip_locked=True)
    found = [record(SupplierAsk, row) for row in uow.connection.execute(query)]
    if found:
        taken = update(table).where(table.c.id.in_([one.id for one in found]))
        uow.connection.execute(taken.values(due_at=until))
    return found


def end_ask(uow: UnitOfWork, ask: str, state: AskState, said: str, at: datetime) -> None:
    """Write what became of it; nothing where it has ended already."""
    table = supplier_asks
    query = update(table).where(table.c.id == ask, table.c.state == "waiting")
    uow.connection.execute(query.values(state=state, said=said[:2000], answered_at=at))


def try_again(uow: UnitOfWork, ask: SupplierAsk, at: datetime, said: str) -> None:
    """Fetch it again at `at`; `said` is why it failed."""
    table = supplier_asks
    query = update(table).where(table.c.id == ask.id, table.c.state == "waiting")
    uow.connection.execute(query.values(due_at=at, said=said[:2000], attempts=ask.attempts + 1))


def fail_asks(uow: UnitOfWork, partner: str, said: str, at: datetime) -> None:
    """End all that a partner was asked for and has not answered."""
    table = supplier_asks
    query = update(table).where(table.c.partner == partner, table.c.state == "waiting")
    uow.connection.execute(query.values(state="failed", said=said, answered_at=at))


def add_pcf(uow: UnitOfWork, pcf: KeptPcf) -> None:
    """Store a supplier's footprint."""
    uow.connection.execute(insert(supplier_pcfs).values(asdict(pcf)))


def find_pcf(uow: UnitOfWork, tenant: str, pcf: str) -> KeptPcf | None:
    """The tenant's kept footprint of this id."""
    table = supplier_pcfs
    return record_of(uow, KeptPcf, {table.c.tenant: tenant, table.c.id: pcf})


def find_pcfs(uow: UnitOfWork, tenant: str, pcfs: Sequence[str]) -> list[KeptPcf]:
    """Those of these ids that the tenant keeps."""
    table = supplier_pcfs
    query = select(*columns(KeptPcf, table)).where(table.c.tenant == tenant, table.c.id.in_(pcfs))
    return [record(KeptPcf, row) for row in uow.connection.execute(query)]


def list_pcfs(uow: UnitOfWork, tenant: str, limit: int, after: _Place) -> list[KeptPcf]:
    """The tenant's kept footprints, newest first, behind `after` (time and id)."""
    table = supplier_pcfs
    query = select(*columns(KeptPcf, table)).where(table.c.tenant == tenant)
    query = newest_first(query, table.c.received_at, table.c.id, limit, after)
    return [record(KeptPcf, row) for row in uow.connection.execute(query)]


def replace_pcf(uow: UnitOfWork, tenant: str, pcf: str, by: str) -> None:
    """Write that a kept footprint counts no more; `by` is its successor, where one is known."""
    table = supplier_pcfs
    query = update(table).where(table.c.tenant == tenant, table.c.id == pcf)
    values = {"status": "Deprecated"} | ({"replaced_by": by} if by else {})
    uow.connection.execute(query.values(**values))


def add_supplier_uses(
    uow: UnitOfWork, tenant: str, footprint: str, uses: Iterable[tuple[str, str]]
) -> None:
    """Write which suppliers' footprints (id, name of the document) a footprint of ours rests on."""
    rows = [
        {"tenant": tenant, "footprint": footprint, "pcf": pcf, "file": file}
        for pcf, file in sorted(dict(uses).items())
    ]
    if rows:
        uow.connection.execute(insert(supplier_uses), rows)


def footprints_using(uow: UnitOfWork, tenant: str, pcf: str) -> list[SupplierUse]:
    """Our footprints that rest on this supplier's footprint."""
    table = supplier_uses
    query = select(*columns(SupplierUse, table)).where(table.c.tenant == tenant, table.c.pcf == pcf)
    found = uow.connection.execute(query.order_by(table.c.footprint))
    return [record(SupplierUse, row) for row in found]
