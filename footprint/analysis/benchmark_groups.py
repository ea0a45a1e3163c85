"""Certificates that may be compared, in groups; in each, one number a product, and who made it.

A group is one category, reference unit, boundary and set of GWP values: numbers that differ in any
of them are never put side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from footprint.analysis.benchmark_entries import BenchmarkCategory, BenchmarkEntry


@dataclass(frozen=True, slots=True)
class BenchmarkGroup:
    """`newest` is the newest certificate of each product, `companies` whose product each is (a
    number, the same for the same company); `entries` are all certificates of the group."""

    category: BenchmarkCategory
    unit: str
    boundary: str
    gwp_sets: tuple[str, ...]
    entries: tuple[BenchmarkEntry, ...]
    newest: tuple[BenchmarkEntry, ...]
    companies: tuple[int, ...]
    product_of: dict[str, int]

    @property
    def values(self) -> list[Fraction]:
        """kg CO2e per `unit`, one a product, ascending."""
        return sorted(one.kg_co2e for one in self.newest)


def benchmark_groups(entries: Iterable[BenchmarkEntry]) -> list[BenchmarkGroup]:
    """The groups, those with most products first."""
    found: dict[tuple[str, str, str, tuple[str, ...]], list[BenchmarkEntry]] = defaultdict(list)
    shown: dict[str, BenchmarkCategory] = {}
    for entry in sorted(entries, key=lambda one: one.number):
        for category in entry.categories:
            shown.setdefault(category.key, category)
            found[category.key, entry.unit, entry.boundary, entry.gwp_sets].append(entry)
    groups = [_group(shown[key[0]], of_it) for key, of_it in found.items()]
    return sorted(groups, key=lambda one: (-len(one.newest), _name(one)))


def _name(group: BenchmarkGroup) -> tuple[str, str, str, tuple[str, ...]]:
    return group.category.key, group.unit, group.boundary, group.gwp_sets


def _group(category: BenchmarkCategory, entries: Sequence[BenchmarkEntry]) -> BenchmarkGroup:
    makers = _joined([_company_words(one) for one in entries])
    products = _joined(_product_words(entries, makers))
    newest: dict[int, tuple[BenchmarkEntry, int]] = {}
    for entry, maker, product in zip(entries, makers, products, strict=True):
        before = newest.get(product)
        if before is None or _age(before[0]) < _age(entry):
            newest[product] = (entry, maker)
    first = entries[0]
    return BenchmarkGroup(
        category,
        first.unit,
        first.boundary,
        first.gwp_sets,
        tuple(entries),
        tuple(entry for entry, _ in newest.values()),
        tuple(maker for _, maker in newest.values()),
        {one.number: product for one, product in zip(entries, products, strict=True)},
    )


def _age(entry: BenchmarkEntry) -> tuple[str, str]:
    return entry.issued_at, entry.number


def _company_words(entry: BenchmarkEntry) -> list[Hashable]:
    """One company where an identifier or the name is the same, so that it never counts as two."""
    named: list[Hashable] = [("id", word) for word in entry.company_ids]
    return named + ([("name", entry.company)] if entry.company else [])


def _product_words(
    entries: Sequence[BenchmarkEntry], makers: Sequence[int]
) -> list[list[Hashable]]:
    """One product of a company where an identifier is the same; without identifiers, its name."""
    bare = {
        (maker, entry.product)
        for entry, maker in zip(entries, makers, strict=True)
        if not entry.product_ids
    }
    found: list[list[Hashable]] = []
    for entry, maker in zip(entries, makers, strict=True):
        words: list[Hashable] = [("id", maker, word) for word in entry.product_ids]
        if (maker, entry.product) in bare:
            words.append(("name", maker, entry.product))
        found.append(words)
    return found


def _joined(words: Sequence[Sequence[Hashable]]) -> list[int]:
    """A number for each list: the same for lists that share a word, if only by way of others."""
    parent = list(range(len(words)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    first: dict[Hashable, int] = {}
    for place, of_it in enumerate(words):
        for word in of_it:
            parent[root(place)] = root(first.setdefault(word, place))
    return [root(place) for place in range(len(words))]
