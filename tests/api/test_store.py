"""The store: migrations, tenants, the audit chain and idempotency keys, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from databases import BOTH, empty_database
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from api.faults import ServiceRefused
from api.store import (
    campaign_tables,
    claim_tables,
    console_tables,
    door_tables,
    hook_tables,
    partner_tables,
    register_tables,
    request_tables,
    room_tables,
    verifier_tables,
)
from api.store.audit import append, check_chain
from api.store.database import Database, UnitOfWork, open_database
from api.store.footprints import (
    FootprintSource,
    StoredFootprint,
    add_footprint,
    find_footprint,
)
from api.store.idempotency import Request, claim, earlier_resource
from api.store.migrate import upgrade
from api.store.tables import audit_log, metadata, tenants
from api.store.tenants import Actor, add_tenant

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ALICE = Actor("alice", "token:1")
HASH = "sha256:" + "1" * 64
FOOTPRINT = "6f1c2c9e-6d0e-4f5b-9a43-0d2f7a6f1b77"


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with empty_database(request.param, tmp_path) as opened:
        with opened.writing() as uow:
            add_tenant(uow, "alice", "Alice Ltd", NOON)
            add_tenant(uow, "bob", "Bob Ltd", NOON)
        yield opened


def _append(database: Database, subject: str) -> None:
    with database.writing() as uow:
        append(uow, ALICE, NOON, "test", subject, {"amount": 1.5, "名称": "铝"})


def _add_two(uow: UnitOfWork, first: str, second: str) -> None:
    add_tenant(uow, first, first, NOON)
    add_tenant(uow, second, second, NOON)


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(database: Database) -> None:
    beside = (
        *(console_tables.drafts, partner_tables.partners, room_tables.findings),
        *(campaign_tables.campaigns, request_tables.buyer_cases, claim_tables.order_keys),
        *(verifier_tables.verifiers, door_tables.sign_ins, hook_tables.webhooks),
        register_tables.register_pieces,
    )
    assert {one.name for one in beside} <= set(metadata.tables)
    with database.reading() as uow:
        context = MigrationContext.configure(uow.connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_upgrading_a_current_database_changes_nothing(database: Database) -> None:
    upgrade(database)
    with database.reading() as uow:
        assert uow.connection.scalar(sa.select(sa.func.count()).select_from(tenants)) == 2


def test_services_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, [database] * 4))
    with database.reading() as uow:
        assert uow.connection.scalar(sa.select(sa.func.count()).select_from(tenants)) == 0
    database.close()


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as uow:
        _add_two(uow, "carol", "bob")
    with database.reading() as uow:
        names = uow.connection.scalars(sa.select(tenants.c.id).order_by(tenants.c.id)).all()
    assert names == ["alice", "bob"]


def test_times_come_back_in_utc(database: Database) -> None:
    shanghai = timezone(timedelta(hours=8))
    with database.writing() as uow:
        add_tenant(uow, "dora", "Dora Ltd", NOON.astimezone(shanghai))
        found = uow.connection.scalar(sa.select(tenants.c.created_at).where(tenants.c.id == "dora"))
    assert found is not None
    assert found == NOON
    assert found.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with (
        pytest.raises(StatementError, match="without a zone"),
        database.writing() as uow,
    ):
        add_tenant(uow, "dora", "Dora Ltd", NOON.replace(tzinfo=None))


def test_a_footprint_is_found_by_its_owner_only(database: Database) -> None:
    stored = StoredFootprint(FOOTPRINT, "alice", NOON, "a.csv", HASH, '{"a":1}', HASH)
    with database.writing() as uow:
        add_footprint(uow, stored, FootprintSource(b"id,name", None, None))
    with database.reading() as uow:
        assert find_footprint(uow, "alice", FOOTPRINT) == stored
        assert find_footprint(uow, "bob", FOOTPRINT) is None
        assert find_footprint(uow, "alice", "6f1c2c9e\x00") is None


def test_a_row_of_an_unknown_tenant_is_refused(database: Database) -> None:
    stored = StoredFootprint(FOOTPRINT, "nobody", NOON, "a.csv", HASH, "{}", HASH)
    with pytest.raises(IntegrityError), database.writing() as uow:
        add_footprint(uow, stored, FootprintSource(b"", None, None))


def test_the_audit_chain_of_many_writers_is_intact_and_without_gaps(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(_append, [database] * 40, [f"s{number}" for number in range(40)]))
    with database.reading() as uow:
        report = check_chain(uow)
        subjects = set(uow.connection.scalars(sa.select(audit_log.c.subject)))
    assert report.intact
    assert report.entries == 40
    assert len(subjects) == 40


@pytest.mark.parametrize(
    "statement",
    [sa.update(audit_log).values(facts="{}"), sa.delete(audit_log)],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_change_the_audit_log(
    database: Database, statement: sa.Executable
) -> None:
    _append(database, "s1")
    with pytest.raises(DBAPIError, match="append-only"), database.writing() as uow:
        uow.connection.execute(statement)


@pytest.mark.parametrize("column", ["facts", "subject", "actor", "action", "tenant", "previous"])
def test_a_changed_entry_breaks_the_chain_where_it_was_changed(tmp_path: Path, column: str) -> None:
    with empty_database("sqlite", tmp_path) as database:
        for subject in ("s1", "s2", "s3"):
            _append(database, subject)
        with database.writing() as uow:  # as someone would who owns the file
            uow.connection.execute(sa.text("DROP TRIGGER audit_log_no_update"))
            changed = sa.update(audit_log).where(audit_log.c.sequence == 2)
            uow.connection.execute(changed.values({column: "forged"}))
        with database.reading() as uow:
            assert check_chain(uow).broken_at == 2


def test_a_removed_entry_breaks_the_chain(tmp_path: Path) -> None:
    with empty_database("sqlite", tmp_path) as database:
        for subject in ("s1", "s2", "s3"):
            _append(database, subject)
        with database.writing() as uow:
            uow.connection.execute(sa.text("DROP TRIGGER audit_log_no_delete"))
            uow.connection.execute(sa.delete(audit_log).where(audit_log.c.sequence == 2))
        with database.reading() as uow:
            assert check_chain(uow).broken_at == 3


def test_a_key_belongs_to_whoever_claimed_it_first(database: Database) -> None:
    request = Request("alice", "key", HASH)

    def attempt(resource: str) -> str:
        with database.writing() as uow:
            return claim(uow, request, resource, NOON)

    with ThreadPoolExecutor(8) as pool:
        holders = set(pool.map(attempt, [f"r{number}" for number in range(8)]))
    assert len(holders) == 1
    with database.reading() as uow:
        assert earlier_resource(uow, request) in holders


def test_tenants_do_not_share_keys(database: Database) -> None:
    with database.writing() as uow:
        claim(uow, Request("alice", "key", HASH), "r1", NOON)
    with database.reading() as uow:
        assert earlier_resource(uow, Request("bob", "key", HASH)) is None


def test_a_key_with_another_content_is_refused(database: Database) -> None:
    with database.writing() as uow:
        claim(uow, Request("alice", "key", HASH), "r1", NOON)
    other = Request("alice", "key", HASH.replace("1", "2"))
    with pytest.raises(ServiceRefused) as refused, database.reading() as uow:
        earlier_resource(uow, other)
    assert refused.value.fault.code == "API-401"


def test_clients_share_connections_and_a_database_in_memory_has_one(tmp_path: Path) -> None:
    file = open_database(f"sqlite:///{tmp_path}/a.sqlite3")
    memory = open_database("sqlite:///:memory:")
    for opened, status in ((file, "Pool size: 10 "), (memory, "SingletonThreadPool")):
        with opened.engine.connect() as connection:
            assert connection.scalar(sa.text("PRAGMA foreign_keys")) == 1
        assert opened.engine.pool.status().startswith(status)
        opened.close()
