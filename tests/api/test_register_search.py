"""The register finds what a look at every certificate would, whatever index it uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from databases import BOTH, empty_database
from evidence import some
from sqlalchemy import event

from api.store import register_words
from api.store.database import Database
from api.store.register_search import Search, count_states, numbers_in_force, search
from bench.register import TODAY, fill, rows

MADE = [
    row | {"issued_at": row["issued_at"] + timedelta(hours=at % 7)}
    for at, row in enumerate(rows(400, seed=7, width=20))
]
for at in range(3, len(MADE), 10):
    MADE[at] |= {"view": '{"draft":true}'}
MADE[17] |= {"product": "100 % Öl_x", "words": "100 % öl_x\nnobody"}
TEXTS = ("", "bracket", "BRACKET", "支架", "支", "0 %", "öl_", "l_x", "_", '"', "kettle 0", "none")


@pytest.fixture(scope="module", params=BOTH)
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    with empty_database(request.param, tmp_path_factory.mktemp("register")) as found:
        fill(found, iter(MADE))
        yield found


def expected(wanted: Search) -> list[str]:
    """By a look at every row."""

    def fits(row: dict[str, Any]) -> bool:
        late = row["status"] == "issued" and row["valid_until"] < TODAY
        draft = row["status"] == "issued" and row["view"].startswith('{"draft":true')
        state = "expired" if late else "draft" if draft else row["status"]
        words = (wanted.product, wanted.company)
        return (
            all(text.casefold() in row["words"] for text in words)
            and wanted.scheme in {"", row["scheme"]}
            and wanted.tier in {"", row["tier"]}
            and wanted.state in {None, state}
        )

    found = [row for row in MADE if fits(row)]
    found.sort(key=lambda row: row["number"])
    found.sort(key=lambda row: row["issued_at"], reverse=True)
    return [row["number"] for row in found]


def pages(database: Database, wanted: Search, limit: int = 33) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        with database.reading() as uow:
            page = search(uow, wanted, TODAY, limit, after)
        found += [one.number for one in page]
        if len(page) < limit:
            return found
        after = (page[-1].issued_at, page[-1].number)


@pytest.mark.parametrize("few", [0, 20, 3_000])
@pytest.mark.parametrize("product", TEXTS)
def test_words_are_found_however_many_hold_them(
    database: Database, monkeypatch: pytest.MonkeyPatch, product: str, few: int
) -> None:
    monkeypatch.setattr(register_words, "FEW", few)
    for wanted in some(
        [
            Search(product=product),
            Search(product=product, company="example metal"),
            Search(product=product, tier="low", state="issued"),
        ]
    ):
        assert pages(database, wanted) == expected(wanted)


@pytest.mark.parametrize("state", ["issued", "draft", "expired", "revoked", "superseded"])
def test_states_and_schemes_are_found_in_order(database: Database, state: Any) -> None:
    for wanted in some([Search(state=state), Search(state=state, scheme="th-tgo", tier="neutral")]):
        assert pages(database, wanted) == expected(wanted)
        with database.reading() as uow:
            counts = count_states(uow, wanted, TODAY)
        assert counts.get(state, 0) == len(expected(wanted))


def test_what_is_in_force_are_no_drafts(database: Database) -> None:
    wanted = expected(Search(state="issued"))
    running = {row["number"] for row in MADE if row["valid_from"] <= TODAY}
    with database.reading() as uow:
        assert numbers_in_force(uow, TODAY) == sorted(running.intersection(wanted))
    assert set(expected(Search(state="draft"))).isdisjoint(wanted)


@pytest.mark.parametrize("database", BOTH[1:], indirect=True)
def test_postgresql_compares_no_list_of_drafts_with_every_row(database: Database) -> None:
    """Whatever it takes drafts to be: once told of the rows, it takes nearly all for drafts."""
    assert database.engine.dialect.name == "postgresql"
    asked: list[tuple[str, Any]] = []
    with database.reading() as uow:
        uow.connection.exec_driver_sql("ANALYZE certificates")
        event.listen(uow.connection, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
        assert search(uow, Search(state="issued"), TODAY, 50)
        statement, parameters = asked[0]
        rows = uow.connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
        plan = [row[0] for row in rows]
    assert not any("SubPlan" in step for step in plan), plan


def test_words_are_counted_by_state(database: Database) -> None:
    wanted = Search(product="bracket")
    with database.reading() as uow:
        counts = count_states(uow, wanted, TODAY)
    assert sum(counts.values()) == len(expected(wanted)) > 0


def test_without_trigrams_words_are_found_too(tmp_path: Path) -> None:
    with empty_database("sqlite", tmp_path) as plain:
        with plain.writing() as uow:
            uow.connection.exec_driver_sql("DROP TRIGGER register_words_trigrams")
            uow.connection.exec_driver_sql("DROP TABLE register_trigrams")
        fill(plain, iter(MADE))
        wanted = Search(product="bracket")
        assert pages(plain, wanted) == expected(wanted)
