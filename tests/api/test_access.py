"""Keys and tokens: made on the first start, kept private, and the same at every later start."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from databases import empty_database
from evidence import some

from api.scopes import SCOPES
from api.services.access import entry_for, first_token, let_in, new_secret
from api.services.keyring import open_keyring
from api.store.database import Database
from api.store.tenants import Actor
from footprint.certificates.keys import dump_jwk, generate_key, load_jwk
from footprint.faults import InputRefused

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with empty_database("sqlite", tmp_path) as opened:
        yield opened


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_start_makes_a_key_that_only_its_owner_can_read(
    tmp_path: Path, database: Database
) -> None:
    ring = open_keyring(tmp_path, database, NOON)
    files = list((tmp_path / "keys").iterdir())
    assert [_mode(file) for file in files] == [0o600]
    assert _mode(tmp_path / "keys") == 0o700
    assert load_jwk(files[0].read_bytes()).is_private
    assert [key["kid"] for key in ring.jwks["keys"]] == [ring.active_id]


def test_the_public_set_holds_no_private_part(tmp_path: Path, database: Database) -> None:
    ring = open_keyring(tmp_path, database, NOON)
    assert all("d" not in key for key in some(ring.jwks["keys"]))


def test_later_starts_use_the_same_key(tmp_path: Path, database: Database) -> None:
    first = open_keyring(tmp_path, database, NOON)
    assert open_keyring(tmp_path, database, NOON).active_id == first.active_id


def test_starts_at_the_same_time_agree_on_one_key(tmp_path: Path, database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        rings = list(pool.map(lambda _: open_keyring(tmp_path, database, NOON), range(4)))
    assert len({ring.active_id for ring in rings}) == 1


def test_the_newest_key_signs_and_the_old_one_stays_public(
    tmp_path: Path, database: Database
) -> None:
    old = open_keyring(tmp_path, database, NOON).active_id
    (tmp_path / "keys" / "signing-0002.jwk.json").write_text(dump_jwk(generate_key()))
    (tmp_path / "keys" / "signing-0001.jwk.json").unlink()
    new = open_keyring(tmp_path, database, NOON)
    assert new.active_id != old
    assert {key["kid"] for key in new.jwks["keys"]} == {old, new.active_id}


def test_a_broken_key_file_stops_the_start(tmp_path: Path, database: Database) -> None:
    open_keyring(tmp_path, database, NOON)
    (tmp_path / "keys" / "signing-0001.jwk.json").write_text("{}")
    with pytest.raises(InputRefused, match="CER-008"):
        open_keyring(tmp_path, database, NOON)


def test_the_first_token_is_in_a_private_file_and_lets_the_default_tenant_in(
    tmp_path: Path, database: Database
) -> None:
    path = first_token(tmp_path, database, NOON, os.urandom)
    entry = entry_for(database, path.read_text().strip(), NOON)
    actor = None if entry is None else entry[0]
    assert _mode(path) == 0o600
    assert actor is not None
    assert actor.tenant == "default"


def test_the_first_token_is_not_made_again(tmp_path: Path, database: Database) -> None:
    path = first_token(tmp_path, database, NOON, os.urandom)
    path.unlink()
    first_token(tmp_path, database, NOON, os.urandom)
    assert not path.exists()


def test_a_token_file_opens_a_new_database_of_the_same_store(tmp_path: Path) -> None:
    secret = new_secret(os.urandom)
    (tmp_path / "access-token").write_text(secret + "\n")
    with empty_database("sqlite", tmp_path) as database:
        first_token(tmp_path, database, NOON, os.urandom)
        assert entry_for(database, secret, NOON) is not None


def test_the_secret_itself_is_not_in_the_database(tmp_path: Path, database: Database) -> None:
    secret = first_token(tmp_path, database, NOON, os.urandom).read_text().strip()
    database.close()
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("test.sqlite3*"))
    assert b"first token" in stored
    assert secret.encode() not in stored


@pytest.mark.parametrize("change", ["", "x", "A"])
def test_a_changed_secret_lets_nobody_in(database: Database, change: str) -> None:
    secret = new_secret(lambda count: b"\x01" * count)
    let_in(database, "alice", "laptop", secret, NOON, bytes(16))
    entry = entry_for(database, secret, NOON)
    assert entry == (Actor("alice", f"token:{_id_of_zeros()}"), frozenset(SCOPES))
    assert entry_for(database, change + secret[1:], NOON) is None


def _id_of_zeros() -> str:
    return "00000000-0000-4000-8000-000000000000"
