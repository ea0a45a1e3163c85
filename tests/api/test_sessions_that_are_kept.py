"""Sessions and links that sign in: whose they are, what he may, and when they are forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from meant_rows import tables_in_memory
from still_clock import NOON

from api.store.console_tables import sessions, sign_in_links
from api.store.database import UnitOfWork
from api.store.sessions import add_link, add_session, session_actor, use_link
from api.store.tenants import Actor
from footprint.certificates.lifecycle import Role

MOMENT = timedelta(seconds=1)
ENDS = {"past": NOON - MOMENT, "now": NOON, "later": NOON + MOMENT}


@pytest.fixture
def uow() -> Iterator[UnitOfWork]:
    with tables_in_memory() as connection:
        yield UnitOfWork(connection)


def _secrets(uow: UnitOfWork, table: sa.Table) -> set[str]:
    return set(uow.connection.scalars(sa.select(table.c.secret_hash)))


def test_whoever_comes_in_ends_what_is_over(uow: UnitOfWork) -> None:
    actor = Actor("t", "person:i", "Mai", ("maker",))
    for name, end in ENDS.items():
        add_session(uow, name, actor, "", NOON - 9 * MOMENT, end)
    for name, end in ENDS.items():
        add_link(uow, name, actor, end)
    assert _secrets(uow, sessions) == _secrets(uow, sign_in_links) == set(ENDS)
    add_session(uow, "new", actor, "", NOON, NOON + MOMENT)
    assert _secrets(uow, sessions) == {"later", "new"}
    assert _secrets(uow, sign_in_links) == {"later"}


@pytest.mark.parametrize("roles", [(), ("maker",), ("checker", "owner"), ("maker", "approver")])
def test_a_session_is_of_its_person_with_his_roles(
    roles: tuple[Role, ...], uow: UnitOfWork
) -> None:
    actor = Actor("t", "person:i", "Mai", roles)
    add_session(uow, "s", actor, "", NOON, NOON + MOMENT)
    add_link(uow, "l", actor, NOON + MOMENT)
    assert session_actor(uow, "s", NOON) == actor
    assert use_link(uow, "l", NOON) == actor
    assert use_link(uow, "l", NOON) is None
