"""The register's search at many certificates: processor time of each kind of question.

FOOTPRINT_BENCH_CERTIFICATES sets how many (100,000); FOOTPRINT_BENCH_DATABASE an address, else
SQLite in a folder of its own. A PostgreSQL on this machine counts with the process that answers.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, text

from api.store.database import Database, UnitOfWork, open_database
from api.store.migrate import upgrade
from api.store.register_seal import settle_register
from api.store.register_search import Search, search
from api.store.tables import certificates, footprints, signing_keys
from api.store.tenants import add_tenant

COUNT = int(os.environ.get("FOOTPRINT_BENCH_CERTIFICATES", "100000"))
START = datetime(2024, 1, 1, tzinfo=UTC)
TODAY = date(2026, 11, 20)
_HASH = "sha256:" + "0" * 64
_THINGS = (
    "bracket",
    "housing",
    "kettle",
    "T-shirt",
    "支架",
    "外壳",
    "battery",
    "carton",
    "biscuit",
)
_MAKERS = ("Example Metal", "Sample Textiles", "示例塑料", "Trial Foods", "Probe Electronics")
_SCHEMES = ("th-tgo", "kr-keiti", "uk-ct", "cn-cec", "jp-sumpo")
#: Milliseconds that a page of the register may take.
BAR = 10.0
_STATES = ("issued",) * 90 + ("revoked",) * 4 + ("suspended",) * 3 + ("superseded",) * 3


def rows(count: int, seed: int = 1, width: int = 8_000) -> Iterator[dict[str, Any]]:
    """Certificates of made-up products; `width` is that of each stored document, in bytes."""
    random = Random(seed)  # noqa: S311  # of a bench
    document = "{" + "x" * width + "}"
    for at in range(count):
        product = f"{random.choice(_THINGS)} {random.randrange(count):06} {random.choice('ABC')}"
        company = f"{random.choice(_MAKERS)} {random.randrange(300)}"
        issued = START + timedelta(seconds=60 * (at // 3))
        yield {
            "number": f"FP-{at:08}",
            "tenant": "t",
            "footprint": "f",
            "scheme": random.choice(_SCHEMES),
            "tier": random.choice(("disclosure", "low", "neutral")),
            "issued_at": issued,
            "valid_from": issued.date(),
            "valid_until": issued.date() + timedelta(days=random.choice((365, 1095))),
            "status": random.choice(_STATES),
            "status_at": issued,
            "status_reason": "",
            "status_list": 1 + at // 131_072,
            "status_index": at % 131_072,
            "evidence": "",
            "decision": document,
            "view": '{"draft":true,' + document[1:] if at % 500 == 7 else document,
            "credential": document,
            "key_id": "k",
            "subject": "product",
            "product": product,
            "company": company,
            "words": f"{product}\n{company}\nurn:gtin:{random.randrange(10**13)}".casefold(),
            "inventory": _HASH,
            "rules": _HASH,
            "maker": "",
            "checker": "",
            "approver": "",
        }


def fill(database: Database, made: Iterator[dict[str, Any]]) -> None:
    """Write certificates, and what they belong to."""
    with database.writing() as uow:
        add_tenant(uow, "t", "t", START)
        key = {"id": "k", "public_jwk": "{}", "created_at": START}
        uow.connection.execute(insert(signing_keys), [_whole(signing_keys, key)])
        made_of = {"tenant": "t", "id": "f", "created_at": START, "electricity": "location"}
        uow.connection.execute(insert(footprints), [_whole(footprints, made_of)])
        block: list[dict[str, Any]] = []
        for row in made:
            block.append(row)
            if len(block) == 1_000:
                uow.connection.execute(insert(certificates), block)
                block = []
        if block:
            uow.connection.execute(insert(certificates), block)


def _whole(table: Any, given: dict[str, Any]) -> dict[str, Any]:
    """A row with something in every column that needs something."""
    found = dict(given)
    for column in table.columns:
        if column.key not in found and not column.nullable:
            kind = column.type.python_type
            found[column.key] = _HASH if kind is str else START if kind is datetime else kind()
    return found


QUESTIONS = {
    "newest": Search(),
    "a number": Search(number="FP-00000042"),
    "a rare word": Search(product="000123"),
    "a common word": Search(product="bracket"),
    "a Chinese word of two letters": Search(product="支架"),
    "product and company": Search(product="kettle", company="Trial Foods 17"),
    "a scheme": Search(scheme="th-tgo"),
    "a tier": Search(tier="low"),
    "a scheme, a tier and a word": Search(scheme="uk-ct", tier="low", product="carton"),
    "revoked": Search(state="revoked"),
    "expired": Search(state="expired"),
    "in force": Search(state="issued"),
    "drafts": Search(state="draft"),
    "two frequent words": Search(product="kettle", company="Trial Foods"),
    "two words that never meet": Search(product="kettle", company="bracket"),
    "a word, revoked": Search(product="carton", state="revoked"),
    "a word, expired, scheme, tier": Search("", "carton", "", "uk-ct", "low", "expired"),
    "a word in drafts": Search(product="carton", state="draft"),
    "a word and a scheme without any": Search(product="carton", scheme="none"),
}


def page_time(uow: UnitOfWork, wanted: Search, after: Any) -> tuple[list[Any], float]:
    """A page, and the milliseconds of processor time that it took here and in the database."""
    server = None
    if uow.connection.dialect.name == "postgresql":
        process = uow.connection.scalar(text("SELECT pg_backend_pid()"))
        server = Path(f"/proc/{process}/schedstat")

    def spent() -> float:
        elsewhere = 0 if server is None else int(server.read_text().split()[0])
        return time.process_time_ns() + elsewhere

    start = spent()
    page = search(uow, wanted, TODAY, 50, after)
    return page, (spent() - start) / 1e6


def main() -> None:
    """Print milliseconds of processor time, first page and tenth."""
    with tempfile.TemporaryDirectory() as folder:
        address = os.environ.get("FOOTPRINT_BENCH_DATABASE") or f"sqlite:///{folder}/r.sqlite3"
        database = open_database(address)
        upgrade(database)
        width = 200 if COUNT > 200_000 else 8_000
        start = time.process_time()
        fill(database, rows(COUNT, width=width))
        print(f"  {COUNT:,} certificates written in {time.process_time() - start:.0f} s")
        start = time.process_time()
        settle_register(database)
        print(f"  blocks made in {time.process_time() - start:.0f} s")
        if database.engine.dialect.name == "postgresql":
            alone = database.engine.execution_options(isolation_level="AUTOCOMMIT")
            with alone.connect() as connection:  # as its autovacuum does, a minute after they came
                connection.execute(text("VACUUM ANALYZE"))
        for name, wanted in QUESTIONS.items():
            after = None
            took = []
            for _ in range(10):
                with database.snapshot() as uow:
                    page, milliseconds = page_time(uow, wanted, after)
                    took.append(milliseconds)
                if not page:
                    break
                after = (page[-1].issued_at, page[-1].number)
            told = "met" if max(took[1:] or took) <= BAR else "MISSED"  # the first one warms up
            print(
                f"  {name:<32}{took[0]:9.2f} ms  page {len(took):>2}: {took[-1]:8.2f} ms"
                f"  bar {BAR:.0f}: {told}"
            )
        database.close()


if __name__ == "__main__":
    main()
