"""Which certificates hold some words, on SQLite: a narrow table of words and its trigrams.

Rows of certificates are wide, and reading the words of one means to pass its documents. Migration
0017 makes both tables, and triggers keep them; PostgreSQL has an index on the words instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    column,
    inspect,
    select,
    table,
    text,
)

from api.store.types import UtcDateTime

register_words = Table(
    "register_words",
    MetaData(),  # of SQLite alone, so not among the tables that every store has
    Column("id", Integer, primary_key=True),
    Column("number", String(32), nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("words", Text, nullable=False),
)
_TRIGRAMS = table("register_trigrams", column("rowid"))
#: Up to so many are looked up one by one; the newest of more are soon found in the order of issue.
FEW = 3_000
#: A trigram needs as many characters.
_SHORTEST = 3


def holding(words: Sequence[str]) -> list[ColumnElement[bool]]:
    """Conditions on the narrow table: its words hold all of these."""
    return [register_words.c.words.contains(word, autoescape=True) for word in words]


def few_holding(connection: Connection, words: Sequence[str]) -> Select[Any] | None:
    """The numbers of the certificates that hold all of these words, where there are few of them;
    None where there are many, or where nothing tells without looking at all of them."""
    long = [word for word in words if len(word) >= _SHORTEST]
    if not long or not inspect(connection).has_table(_TRIGRAMS.name):
        return None
    phrases = " AND ".join('"' + word.replace('"', '""') + '"' for word in long)
    match = text("register_trigrams MATCH :phrases").bindparams(phrases=phrases)
    hits = list(connection.scalars(select(_TRIGRAMS.c.rowid).where(match).limit(FEW + 1)))
    if len(hits) > FEW:
        return None
    return select(register_words.c.number).where(register_words.c.id.in_(hits), *holding(words))
