"""Listing among many published footprints: processor time of a page, for each filter.

Rows go straight into the tables; what is measured is `list_published`, as a request calls it, on
SQLite and PostgreSQL, with the time of PostgreSQL's own process for the connection. Documents are
as long as real ones (2.2 kB).

    python -m bench.partners [sqlite] [postgresql]
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from api.partners.filters import Wanted
from api.partners.published import EVERYONE, PagePlace, list_published
from api.store.database import Database, UnitOfWork, open_database
from api.store.migrate import upgrade
from api.store.partner_tables import (
    pact_footprints,
    pact_group_values,
    pact_groups,
    pact_products,
)
from api.store.tables import footprints, tenants

TENANT, AT = "bench", datetime(2026, 1, 1, tzinfo=UTC)
COUNTRIES = ("cn", "de", "vn", "jp", "kr", "in", "mx", "us", "fr", "it")
CLASSES = tuple(f"urn:pact:productclassification:un-cpc:{number}" for number in range(100, 200))
COMPANY = "urn:uuid:7b0f3a5e-5a0e-4b0f-8c39-0d0b3c1f9a11"
PAGE, ROUNDS, CHUNK = 100, 20, 20_000


def main(count: int = 0, kinds: Sequence[str] = ()) -> None:
    """Print milliseconds of processor time of a page for each filter, on both databases."""
    count = count or int(os.environ.get("FOOTPRINT_PUBLISHED", "1000000"))
    for kind, database in _databases(kinds or ("sqlite", "postgresql")):
        started = time.perf_counter()
        fill_published(database, count)
        print(f"{kind}: {count:,} footprints stored in {time.perf_counter() - started:.0f} s")
        for name, wanted in _filters(count).items():
            print(f"  {name:<28} {_page(database, wanted)}")
        database.close()


def _page(database: Database, wanted: Wanted) -> str:
    pages, after = [], PagePlace()
    for _ in range(ROUNDS):
        with database.reading() as uow:
            server = _backend(uow)
            began = time.process_time() + _on_processor(server)
            found = list_published(uow, TENANT, "reader", wanted, PAGE + 1, after)
            pages.append((time.process_time() + _on_processor(server) - began) * 1000)
        if len(found) <= PAGE:
            after = PagePlace()
        else:
            after = PagePlace(found[PAGE - 1].group_id, found[PAGE - 1].number)
    pages.sort()
    middle = pages[len(pages) // 2]
    return f"median {middle:6.2f} ms, worst {pages[-1]:6.2f} ms, last page of {len(found)}"


def _backend(uow: UnitOfWork) -> int:
    """The process of PostgreSQL that serves a connection; 0 for a database in this process."""
    if uow.connection.dialect.name != "postgresql":
        return 0
    return int(uow.connection.exec_driver_sql("select pg_backend_pid()").scalar_one())


def _on_processor(process: int) -> float:
    """Seconds that another process of this machine has been running (Linux, in nanoseconds)."""
    if not process:
        return 0.0
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def _filters(count: int) -> Mapping[str, Wanted]:
    day = AT + timedelta(days=40)
    return {
        "none": Wanted(),
        "productId": Wanted(products=(f"urn:gtin:{count // 2:014d}",)),
        "companyId": Wanted(companies=(COMPANY,)),
        "geography": Wanted(geographies=("jp",)),
        "geography that none has": Wanted(geographies=("zz",)),
        "classification": Wanted(classifications=(CLASSES[10],)),
        "status": Wanted(statuses=("deprecated",)),
        "validOn": Wanted(valid_on=day),
        "validOn that none has": Wanted(valid_on=AT - timedelta(days=4000)),
        "validAfter": Wanted(valid_after=day),
        "validBefore": Wanted(valid_before=AT + timedelta(days=1200)),
        "all but the product": Wanted(
            companies=(COMPANY,),
            geographies=("de",),
            classifications=(CLASSES[5],),
            statuses=("active",),
            valid_on=day,
        ),
    }


def _databases(kinds: Sequence[str]) -> Iterator[tuple[str, Database]]:
    if "sqlite" in kinds:
        with tempfile.TemporaryDirectory() as folder:
            yield "SQLite", _opened(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
    if "postgresql" not in kinds:
        return
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "api"))
    from databases import database_address

    with database_address("postgresql", Path()) as address:
        yield "PostgreSQL", _opened(address.replace("postgresql://", "postgresql+psycopg://"))


def _opened(address: str) -> Database:
    database = open_database(address)
    upgrade(database)
    return database


def fill_published(database: Database, count: int) -> None:
    """Store this many published footprints, of all that filters ask for."""
    chance = random.Random(4711)  # noqa: S311 - a benchmark
    groups = [
        (status, country, month, number)
        for status in ("active", "deprecated")
        for country in COUNTRIES
        for month in range(24)
        for number in range(0, 100, 5)
    ]
    sizes = [0] * len(groups)
    with database.writing() as uow:
        run = uow.connection.execute
        run(insert(tenants), {"id": TENANT, "name": "Bench", "created_at": AT})
        run(insert(pact_groups), [_group(at, *one[:3]) for at, one in enumerate(groups)])
        run(
            insert(pact_group_values),
            [row for at, one in enumerate(groups) for row in _values(at, one[3])],
        )
    text = "{" + " " * 2_200 + "}"
    for start in range(0, count, CHUNK):
        numbers = range(start + 1, min(count, start + CHUNK) + 1)
        chosen = [chance.randrange(len(groups)) for _ in numbers]
        for at in chosen:
            sizes[at] += 1
        with database.writing() as uow:
            run = uow.connection.execute
            run(insert(footprints), [_footprint(number) for number in numbers])
            run(
                insert(pact_footprints),
                [
                    {
                        "number": number,
                        "id": _id(number),
                        "tenant": TENANT,
                        "group_id": at + 1,
                        "document": text,
                        "published_at": AT,
                    }
                    for number, at in zip(numbers, chosen, strict=True)
                ],
            )
            run(
                insert(pact_products),
                [
                    {"tenant": TENANT, "product": f"urn:gtin:{number:014d}", "number": number}
                    for number in numbers
                ],
            )
    with database.writing() as uow:
        for at, size in enumerate(sizes):
            where = pact_groups.update().where(pact_groups.c.id == at + 1)
            uow.connection.execute(where.values(size=size))
        if uow.connection.dialect.name == "postgresql":
            uow.connection.exec_driver_sql("ANALYZE")


def _group(at: int, status: str, country: str, month: int) -> dict[str, Any]:
    start = AT + timedelta(days=30 * month)
    return {
        "id": at + 1,
        "tenant": TENANT,
        "hash": f"sha256:{at:064x}",
        "status": status,
        "geography": country,
        "valid_from": start,
        "valid_until": start + timedelta(days=1095),
        "size": 0,
    }


def _values(at: int, number: int) -> list[dict[str, Any]]:
    pairs = (("company", COMPANY), ("classification", CLASSES[number]), ("reader", EVERYONE))
    return [{"group_id": at + 1, "kind": kind, "value": value} for kind, value in pairs]


def _footprint(number: int) -> dict[str, Any]:
    return {
        "id": _id(number),
        "tenant": TENANT,
        "created_at": AT,
        "file": "bom.csv",
        "bom": b"",
        "file_hash": "sha256:0",
        "document": "{}",
        "document_hash": "sha256:0",
        "commitment": "",
        "public_hash": "",
        "documents": "{}",
        "electricity": "location",
    }


def _id(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


if __name__ == "__main__":
    main(kinds=sys.argv[1:])
