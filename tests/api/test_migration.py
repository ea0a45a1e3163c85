"""A store of the first schema is brought to the newest, with its certificates and its log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from databases import BOTH, database_address
from sqlalchemy.exc import DBAPIError

from api.partners.model import Partner
from api.partners.rows import add_partner, find_partner
from api.services.same_orders import in_the_way
from api.store.audit import FORGOTTEN, append, check_chain, entries_after
from api.store.certificates import find_certificate
from api.store.database import Database, open_database
from api.store.migrate import upgrade
from api.store.personal import entries_naming, replace_in_log
from api.store.register_search import Search, search
from api.store.tenants import ROLES, AccessToken, Actor, actor_of, add_token, entry_of
from footprint.canonical import content_hash
from footprint.certificates.register_log import GENESIS
from footprint.certificates.same_order import thing_ordered

AT = "2026-11-20T12:00:00+00:00"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HASH = "sha256:" + "1" * 64
OTHER_HASH = "sha256:" + "2" * 64
NUMBER = "FP-0000-0000-0"
VIEW = {
    "product_name": "Wall bracket",
    "product_name_zh": "墙面支架",
    "product_ids": ["urn:gtin:1"],
    "company": "Example Metal Ltd",
    "company_zh": "",
    "company_ids": [],
    "inventory_hash": HASH,
    "rules_hash": HASH,
}


def _entry() -> dict[str, Any]:
    """An entry of the log as the first schema hashed it."""
    content = {
        "sequence": 1,
        "at": AT,
        "tenant": "t",
        "actor": "local",
        "action": "certificate.issued",
        "subject": NUMBER,
        "facts": "{}",
        "previous": GENESIS,
    }
    return content | {"hash": content_hash(content | {"hash": ""})}


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "api.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@pytest.fixture(params=BOTH)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of the first schema with one certificate, one token and one entry."""
    with database_address(request.param, tmp_path) as address:
        database = open_database(address.replace("postgresql://", "postgresql+psycopg://"))
        with database.writing() as uow:
            command.upgrade(_config(uow.connection), "0001")
        with database.writing() as uow:
            for statement, values in _rows():
                uow.connection.execute(sa.text(statement), values)
        try:
            yield database
        finally:
            database.close()


def _insert(table: str, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    names = ", ".join(f'"{name}"' for name in values)
    places = ", ".join(f":{name}" for name in values)
    return f"INSERT INTO {table} ({names}) VALUES ({places})", values  # noqa: S608 - our own


def _rows() -> Iterator[tuple[str, dict[str, Any]]]:
    at = AT.removesuffix("+00:00").replace("T", " ") + ".000000"
    yield _insert("tenants", {"id": "t", "name": "t", "created_at": at})
    token = {"id": "1", "tenant": "t", "name": "first token", "secret_hash": HASH}
    yield _insert("access_tokens", token | {"created_at": at})
    yield _insert("signing_keys", {"id": "k", "public_jwk": "{}", "created_at": at})
    footprint = {"id": "f", "tenant": "t", "created_at": at, "file": "a.csv", "bom": b""}
    yield _insert(
        "footprints",
        footprint | {"bom_hash": HASH, "document": "{}", "document_hash": HASH},
    )
    yield _insert(
        "certificates",
        {
            "number": NUMBER,
            "tenant": "t",
            "footprint": "f",
            "scheme": "th-tgo",
            "tier": "disclosure",
            "issued_at": at,
            "valid_from": "2026-11-20",
            "valid_until": "2029-11-19",
            "status": "issued",
            "status_at": at,
            "status_reason": "",
            "status_list": 1,
            "status_index": 7,
            "evidence": "",
            "decision": "{}",
            "view": json.dumps(VIEW),
            "credential": "x.y.z",
            "key_id": "k",
        },
    )
    yield _insert("audit_log", _entry() | {"at": at})


def test_certificates_of_before_are_found_by_their_words(old: Database) -> None:
    upgrade(old)
    with old.reading() as uow:
        found = find_certificate(uow, NUMBER)
        assert found is not None
        assert (found.product, found.inventory, found.rules) == ("Wall bracket", HASH, HASH)
        assert (found.subject, found.surveillance_due, found.maker) == ("product", None, "")
        for words in ("bracket", "支架", "GTIN:1", "metal ltd"):
            assert [
                one.number for one in search(uow, Search(product=words), date(2026, 11, 21), 10)
            ] == [NUMBER]


def test_tokens_of_before_may_do_everything(old: Database) -> None:
    upgrade(old)
    with old.reading() as uow:
        assert actor_of(uow, HASH, NOW) == Actor("t", "token:1", "", ROLES)


def test_the_log_of_before_stays_intact_and_append_only_and_goes_on(old: Database) -> None:
    upgrade(old)
    with old.writing() as uow:
        append(uow, Actor("t", "local"), _at(uow), "certificate.revoked", NUMBER, {"to": "revoked"})
    with old.reading() as uow:
        report = check_chain(uow)
        assert (report.intact, report.entries) == (True, 2)
        first, second = entries_after(uow, 0, 10)
    assert (first.digest, second.previous) == ("", first.hash)
    for statement in ("UPDATE audit_log SET facts = '{}'", "DELETE FROM audit_log"):
        with pytest.raises(DBAPIError, match="append-only"), old.writing() as uow:
            uow.connection.execute(sa.text(statement))


def _at(uow: Any) -> Any:
    return entries_after(uow, 0, 1)[0].at


def test_the_newest_revision_is_reached_once(old: Database) -> None:
    upgrade(old)
    upgrade(old)
    with old.reading() as uow:
        assert MigrationContext.configure(uow.connection).get_current_revision() == "0033"


def test_the_newest_steps_are_taken_back_and_forward_with_what_is_stored(old: Database) -> None:
    """Certificate, token, log and partner stay; what only the newer schema can say is lost."""
    upgrade(old)
    with old.writing() as uow:
        token = AccessToken("2", "t", "new", OTHER_HASH, NOW, scopes="footprints:read")
        add_token(uow, token)
        partner = Partner("p", "t", "Buyer", "fpc_1", "", "", "", NOW, scopes="events:write")
        add_partner(uow, partner, HASH)
        append(uow, Actor("t", "local"), NOW, "person.invited", "m", {"name": "Li"})
        (entry,) = entries_naming(uow, "t", "Li")
        told = replace_in_log(uow, [entry], "Li", "person-1")
        append(uow, Actor("t", "local"), NOW, FORGOTTEN, "person-1", {"entries": told})
    with old.writing() as uow:
        command.downgrade(_config(uow.connection), "0018")
    for statement in ("UPDATE audit_log SET facts = facts", "DELETE FROM audit_log"):
        with pytest.raises(DBAPIError, match="append-only"), old.writing() as uow:
            uow.connection.execute(sa.text(statement))
    with old.reading() as uow:
        tables = set(sa.inspect(uow.connection).get_table_names())
        columns = {one["name"] for one in sa.inspect(uow.connection).get_columns("access_tokens")}
    assert not {"sign_ins", "door_counts"} & tables
    assert not {"scopes", "old_secret_hash"} & columns
    upgrade(old)
    with old.reading() as uow:
        assert entry_of(uow, HASH, NOW) == (Actor("t", "token:1", "", ROLES), "*")
        assert entry_of(uow, OTHER_HASH, NOW) == (Actor("t", "token:2", "", ROLES), "*")
        kept = find_partner(uow, "t", "p")
        assert kept is not None
        assert kept.scopes == "footprints:read events:write"
        assert find_certificate(uow, NUMBER) is not None
        assert (check_chain(uow).intact, check_chain(uow).entries) == (True, 3)
    with pytest.raises(DBAPIError, match="append-only"), old.writing() as uow:
        uow.connection.execute(sa.text("UPDATE audit_log SET actor = 'x'"))


def test_older_steps_are_not_taken_back(old: Database) -> None:
    upgrade(old)
    with pytest.raises(NotImplementedError), old.writing() as uow:
        command.downgrade(_config(uow.connection), "0017")
    with old.reading() as uow:
        assert MigrationContext.configure(uow.connection).get_current_revision() == "0033"


def test_certificates_of_before_stand_in_the_way_of_the_same_order(old: Database) -> None:
    upgrade(old)
    product = {"name": "Bracket", "company": "", "product_ids": ["URN:gtin: 1"]}
    thing = thing_ordered(product, "th-tgo", "disclosure")
    with old.reading() as uow:
        (found,) = in_the_way(uow, "t", thing, date(2026, 11, 21))
        assert found.number == NUMBER
        assert in_the_way(uow, "u", thing, date(2026, 11, 21)) == []
        assert in_the_way(uow, "t", thing, date(2029, 11, 20)) == []
