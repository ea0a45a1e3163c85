"""What the categories of the register look like today, from all certificates in force."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Any

from api.faults import NO_BENCHMARK
from api.services.register import Register
from api.store.database import Database, UnitOfWork
from api.store.register_search import numbers_in_force, views_of
from footprint.analysis.benchmark_document import UNFIT_WORDS, benchmarks_document
from footprint.analysis.benchmark_entries import (
    BenchmarkEntry,
    Unfit,
    benchmark_entry,
    named_category,
)
from footprint.analysis.benchmark_groups import BenchmarkGroup, benchmark_groups
from footprint.certificates.number import parse_certificate_number

#: How many documents are read at a time, about 10 kB each.
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Today:
    """What was worked out for the certificates in force."""

    numbers: Sequence[str]
    groups: Sequence[BenchmarkGroup]
    left_out: Mapping[Unfit, int]


@dataclass(slots=True)
class Benchmarks:
    """Open to everyone: it rests on public certificates alone.

    What a certificate brings is kept in memory, about 1 kB each, because its text never changes;
    the groups are kept until the certificates in force are others.
    """

    database: Database
    register: Register
    clock: Callable[[], datetime]
    _read: dict[str, BenchmarkEntry | Unfit] = field(default_factory=dict)
    _today: _Today | None = None
    _lock: Lock = field(default_factory=Lock)

    def told(self, category: str, certificate: str, limit: int) -> dict[str, Any]:
        """The benchmarks document of today: all groups, those of a `category`, or those of a
        `certificate` (a number in any form that people type) with its rank in each.

        Raises InputRefused (CER-006, CER-007) for what is no number, ServiceRefused API-202 for one
        that was not issued here and API-527 for a certificate that is in no group.
        """
        number = parse_certificate_number(certificate) if certificate else ""
        day = self.clock().date()
        found = self._worked_out(day)
        if number:
            self._need_part(number)
        wanted = named_category(category) if category else None
        groups = [
            group
            for group in found.groups
            if (not category or (wanted is not None and wanted.key == group.category.key))
            and (not number or number in group.product_of)
        ]
        numbered = bool(category or number)
        return benchmarks_document(groups, found.left_out, day, limit, number, numbered=numbered)

    def _worked_out(self, day: date) -> _Today:
        with self._lock, self.database.reading() as uow:
            numbers = numbers_in_force(uow, day)
            if self._today is None or self._today.numbers != numbers:
                self._read_new(uow, numbers)
                parts = [self._read[number] for number in numbers]
                entries = [one for one in parts if isinstance(one, BenchmarkEntry)]
                unfit = Counter(one for one in parts if not isinstance(one, BenchmarkEntry))
                self._today = _Today(numbers, benchmark_groups(entries), unfit)
            return self._today

    def _read_new(self, uow: UnitOfWork, numbers: Sequence[str]) -> None:
        """Read what was not read yet, and forget what is no longer in force."""
        for gone in self._read.keys() - set(numbers):
            del self._read[gone]
        new = [number for number in numbers if number not in self._read]
        for start in range(0, len(new), _CHUNK):
            for number, view in views_of(uow, new[start : start + _CHUNK]).items():
                self._read[number] = _entry(view)

    def _need_part(self, number: str) -> None:
        part = self._read.get(number)
        if isinstance(part, BenchmarkEntry):
            return
        if part is None:
            self.register.certificate(number)
            why = "it is not in force today"
        else:
            why = UNFIT_WORDS[part].en
        raise NO_BENCHMARK.refuse(
            f"{number} is in no benchmark: {why}.",
            "Benchmarks rest on certificates of products that are in force and name a company and "
            "a category.",
        )


def _entry(view: str) -> BenchmarkEntry | Unfit:
    try:
        document: Any = json.loads(view)
    except ValueError:
        return "unreadable"
    return benchmark_entry(document) if isinstance(document, dict) else "unreadable"
