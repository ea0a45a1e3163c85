"""New stores for tests in a third of their time.

Each new store goes through all migrations and makes an RSA key: half a second of calculating, in
hundreds of tests that look at something else. Here the statements of the first one are repeated
on the next empty database, and a process makes a few keys and deals them out in turn. A store that
has tables already is migrated as ever, and what is started as a process of its own does all itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from cryptography.hazmat.primitives.asymmetric import rsa
from sqlalchemy import Connection, event, inspect

import api.store.migrate
import footprint.certificates.seal_keys

#: More seals than any test makes in one store: there each has a key of its own.
_KEYS = 12
_LOOKING = ("SELECT", "PRAGMA", "SHOW")


@contextmanager
def quick() -> Iterator[None]:
    """Make new stores so until the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api.store.migrate, "command", _Migrations())
        dealt = SimpleNamespace(**vars(rsa) | {"generate_private_key": _Keys().next})
        patch.setattr(footprint.certificates.seal_keys, "rsa", dealt)
        yield


@dataclass
class _Migrations:
    """Stands for `alembic.command`; what each kind of database was told, statement by statement."""

    said: dict[str, list[tuple[str, Any]]] = field(default_factory=dict)

    def upgrade(self, config: Config, revision: str) -> None:
        connection: Connection = config.attributes["connection"]
        kind = connection.dialect.name
        if inspect(connection).get_table_names():
            command.upgrade(config, revision)
        elif kind in self.said:
            for statement, parameters in self.said[kind]:
                connection.exec_driver_sql(statement, parameters)
        else:
            self.said[kind] = _heard(connection, config, revision)


def _heard(connection: Connection, config: Config, revision: str) -> list[tuple[str, Any]]:
    """Migrate, and return what was said."""
    said: list[tuple[str, Any]] = []

    def hear(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if not statement.lstrip().upper().startswith(_LOOKING):
            said.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", hear)
    try:
        command.upgrade(config, revision)
    finally:
        event.remove(connection, "before_cursor_execute", hear)
    return said


@dataclass
class _Keys:
    """Keys that are made as they are asked for first, and then dealt out again."""

    made: list[rsa.RSAPrivateKey] = field(default_factory=list)
    dealt: int = 0

    def next(self, public_exponent: int, key_size: int) -> rsa.RSAPrivateKey:
        """The next key. As any number of threads may ask, each asks for a place of its own."""
        at, self.dealt = self.dealt % _KEYS, self.dealt + 1
        while at >= len(self.made):
            self.made.append(rsa.generate_private_key(public_exponent, key_size))
        return self.made[at]
