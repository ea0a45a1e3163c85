"""The register finds what a look at every certificate would, whatever index it uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest
from databases import BOTH, empty_database
from evidence import some
from sqlalchemy import case, func, insert, select, update

from api.store import register_blocks, register_counts, register_seal, register_tables
from api.store.database import Database
from api.store.register_order import blocks_of
from api.store.register_seal import settle_register
from api.store.register_search import (
    Search,
    SearchState,
    count_states,
    numbers_in_force,
    search,
)
from api.store.register_tables import register_changes, register_places, register_waiting
from api.store.tables import certificates
from bench.register import TODAY, fill, rows

MADE = [
    row | {"issued_at": row["issued_at"] + timedelta(hours=at % 7)}
    for at, row in enumerate(rows(400, seed=7, width=20))
]
for at in range(3, len(MADE), 10):
    MADE[at] |= {"view": '{"draft":true}'}
#: All pieces of a word are there, and not the word.
MADE[18] |= {"product": "bra ack ket", "words": "bra ack ket\nnobody"}
MADE[17] |= {"product": "100 % Öl_x", "words": "100 % öl_x\nnobody"}
_BLOCK = register_places.c.place // 64
TEXTS = ("", "bracket", "BRACKET", "支架", "支", "0 %", "öl_", "l_x", "_", '"', "kettle 0", "none")


@pytest.fixture(scope="module", params=BOTH)
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """Certificates that came out of their order, most of them in blocks, some changed since."""
    mixed = [*MADE]
    Random(3).shuffle(mixed)  # noqa: S311  # an order, no secret
    with (
        empty_database(request.param, tmp_path_factory.mktemp("register")) as found,
        pytest.MonkeyPatch.context() as small,
    ):
        small.setattr(register_tables, "BLOCK", 64)
        small.setattr(register_seal, "ENOUGH_WAITING", 30)
        fill(found, iter(mixed[:70]))
        settle_register(found)
        for start in (70, 160, 250):
            add(found, mixed[start : start + 90])
            settle_register(found)
        add(found, mixed[340:380])
        settle_register(found)
        add(found, mixed[380:])
        change(found, MADE[::40], "superseded")
        settle_register(found)
        yield found


def add(database: Database, made: list[dict[str, Any]]) -> None:
    with database.writing() as uow:
        uow.connection.execute(insert(certificates), made)


def change(database: Database, made: list[dict[str, Any]], status: str) -> None:
    """Change the status of certificates, and what is expected."""
    with database.writing() as uow:
        for row in made:
            row["status"] = status
            query = update(certificates).where(certificates.c.number == row["number"])
            uow.connection.execute(query.values(status=status))


def test_blocks_keep_their_order_and_leave_few_waiting(database: Database) -> None:
    with database.reading() as uow:
        blocks = blocks_of(uow)
        waiting = uow.connection.scalar(select(func.count()).select_from(register_waiting))
        changed = uow.connection.scalar(select(func.count()).select_from(register_changes))
        numbers = list(
            uow.connection.scalars(
                select(register_places.c.number).order_by(
                    case({one.id: at for at, one in enumerate(blocks)}, value=_BLOCK),
                    register_places.c.place,
                )
            )
        )
    assert len(blocks) > 6
    assert max(one.size for one in blocks) <= 64
    assert waiting
    assert waiting < 30
    assert changed
    assert sum(one.size for one in blocks) == len(numbers) == len(MADE) - waiting
    assert numbers == [one for one in expected(Search()) if one in set(numbers)]


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


@pytest.mark.parametrize("product", TEXTS)
def test_words_are_found_however_many_hold_them(database: Database, product: str) -> None:
    for wanted in some(
        [
            Search(product=product),
            Search(product=product, company="example metal"),
            Search(product=product, tier="low", state="issued"),
        ]
    ):
        assert pages(database, wanted) == expected(wanted)


@pytest.mark.parametrize("few", [0, 64])
@pytest.mark.parametrize("state", ["issued", "draft", "expired", "revoked", "superseded"])
def test_states_and_schemes_are_found_in_order(
    database: Database, monkeypatch: pytest.MonkeyPatch, state: Any, few: int
) -> None:
    monkeypatch.setattr(register_blocks, "FEW", few)
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


@pytest.mark.parametrize("few", [0, 64])
@pytest.mark.parametrize("wanted", [Search(), Search(product="bracket"), Search(tier="low")])
def test_states_are_counted(
    database: Database, monkeypatch: pytest.MonkeyPatch, wanted: Search, few: int
) -> None:
    monkeypatch.setattr(register_counts, "FEW", few)
    with database.reading() as uow:
        counts = count_states(uow, wanted, TODAY)
    states: tuple[SearchState, ...] = get_args(SearchState)
    for state in some(states):
        assert counts.get(state, 0) == len(expected(replace(wanted, state=state))), state
    assert sum(counts.values()) == len(expected(wanted)) > 0


def test_pages_go_on_behind_a_place_that_no_certificate_has(database: Database) -> None:
    first = MADE[200]
    after = (first["issued_at"], first["number"] + "-")
    with database.reading() as uow:
        found = [one.number for one in search(uow, Search(), TODAY, 20, after)]
    ordered = expected(Search())
    at = ordered.index(first["number"]) + 1
    assert found == ordered[at : at + 20]


def test_a_number_is_found_only_where_everything_else_fits(database: Database) -> None:
    row = next(one for one in MADE if one["status"] == "revoked")
    fits = Search(number=row["number"], scheme=row["scheme"], state="revoked")
    with database.reading() as uow:
        assert [one.number for one in search(uow, fits, TODAY, 9)] == [row["number"]]
        assert count_states(uow, fits, TODAY) == {"revoked": 1}
        for other in some([replace(fits, scheme="none"), replace(fits, state="issued")]):
            assert search(uow, other, TODAY, 9) == []


@pytest.mark.parametrize("kind", BOTH[1:])
def test_blocks_are_made_without_waiting_for_a_row_that_another_one_changes(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row goes on waiting, and is found as soon as it is as it will be."""
    monkeypatch.setattr(register_seal, "ENOUGH_WAITING", 10)
    with empty_database(kind, tmp_path) as database:
        fill(database, rows(20, width=20))
        held = certificates.c.number == "FP-00000007"
        with database.writing() as uow:
            uow.connection.execute(update(certificates).where(held).values(status="suspended"))
            settle_register(database)
            with database.reading() as other:
                waiting = list(other.connection.scalars(select(register_waiting.c.number)))
        assert waiting == ["FP-00000007"]
        with database.reading() as uow:
            found = search(uow, Search(state="suspended"), TODAY, 50)
            assert len(search(uow, Search(), TODAY, 50)) == 20
    assert "FP-00000007" in {one.number for one in found}


def test_status_that_changed_is_found_before_and_after_blocks_know_of_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_blocks, "FEW", 0)
    row = next(one for one in MADE if one["status"] == "suspended")
    for enough in some([1_000, 1]):
        change(database, [row], "revoked" if enough > 1 else "suspended")
        monkeypatch.setattr(register_seal, "ENOUGH_CHANGED", enough)
        settle_register(database)
        for wanted in some([Search(state="revoked"), Search(state="suspended")]):
            assert pages(database, wanted) == expected(wanted)
    with database.reading() as uow:
        assert not uow.connection.scalar(select(func.count()).select_from(register_changes))
