"""Lists of the register are read in their order from an index, never sorted whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from api.store.database import open_database
from api.store.migrate import upgrade
from api.store.register_search import Search, search

_WANTED = (
    Search(),
    Search(scheme="th-tgo"),
    Search(tier="low"),
    Search(scheme="th-tgo", tier="low"),
    Search(state="revoked"),
    Search(state="issued"),
)


@pytest.mark.parametrize("wanted", _WANTED, ids=str)
def test_sqlite_reads_a_list_from_an_index(tmp_path: Path, wanted: Search) -> None:
    database = open_database(f"sqlite:///{tmp_path}/r.sqlite3")
    upgrade(database)
    asked: list[tuple[str, Any]] = []

    def keep(_1: Any, _2: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with database.reading() as uow:
        event.listen(uow.connection, "before_cursor_execute", keep)
        assert search(uow, wanted, date(2026, 11, 20), 50) == []
        event.remove(uow.connection, "before_cursor_execute", keep)
        statement, parameters = next(one for one in asked if "ORDER BY" in one[0])
        rows = uow.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plan = [row[3] for row in rows]
    database.close()
    assert any("USING" in step and "INDEX ix_certificates" in step for step in plan), plan
    assert not any(step.endswith("B-TREE FOR ORDER BY") for step in plan), plan
