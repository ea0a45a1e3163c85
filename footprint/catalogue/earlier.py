"""Results of before, and which of them still hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from footprint.catalogue import faults
from footprint.catalogue.cells import Flags, Ints
from footprint.catalogue.contents import SIZE
from footprint.catalogue.keys import Keys
from footprint.catalogue.memory import Remembered, changed_keys
from footprint.catalogue.part import PartResults
from footprint.catalogue.source import hash_of_file
from footprint.faults import Where
from footprint.version import __version__

#: What a run was asked, beside its catalogue: another answer changes every product.
_ASKED = (
    "gwp_set",
    "draws",
    "seed",
    "schemes",
    "evidence",
    "as_of",
    "rules",
    "allow_gaps",
    "screening",
)

#: And what changes files, but no result of a product.
_EVERYTHING = (*_ASKED, "engine", "inventory", "language")


def memory_files(results: Path) -> tuple[Path, Path]:
    """Where results remember: of their products, and of the cells of their keys."""
    return results.with_suffix(".memory.parquet"), results.with_suffix(".cells.parquet")


@dataclass(frozen=True, slots=True)
class Earlier:
    """Results of before by their position in `products`, what they remember, and `holds`: those
    that no other question and no other inventory touches. `parts` are whole ones by what they were
    made of, where nothing but lines can have changed."""

    products: pa.Table
    cells: pa.Table
    results: pa.Table
    holds: Flags
    parts: Mapping[str, tuple[PartResults, Remembered]]
    marks: frozenset[str]

    def has_lines(self, mark: str) -> bool:
        """Whether a part has the same lines in the same rows as one of before."""
        return mark in self.marks

    def named(self, names: pa.Array) -> Ints:
        """For each product the position of results that hold; -1 where there are none."""
        at = pc.index_in(names, value_set=self.products.column("product")).fill_null(-1)
        found = at.to_numpy().astype(np.int64)
        if not len(self.holds):
            return np.full(len(names), -1)
        return np.where((found >= 0) & self.holds[found], found, -1)

    def whole_part(self, mark: str) -> tuple[PartResults, Remembered] | None:
        """A part of the same lines in the same rows of a file of the same name."""
        return self.parts.get(mark)

    def same(self, names: pa.Array, contents: list[bytes], known: Flags) -> Ints:
        """For each product the position of results that hold, and that were made of the same lines;
        -1 where there are none. `known`: by its lines alone, and once in its part."""
        found = self.named(names)
        old = _digests(self.products.column("content"))
        new = np.frombuffer(b"".join(contents), dtype=np.uint8).reshape(-1, SIZE)
        if not len(old):
            return found
        equal = (old[found] == new).all(axis=1) & (found >= 0) & known
        return np.where(equal, found, -1)

    def remembered(self, at: Ints) -> Remembered:
        """What is remembered of some products."""
        products = self.products.take(pa.array(at))
        used = pc.unique(pc.list_flatten(products.column("keys")))
        return Remembered(
            products, self.cells.filter(pc.is_in(self.cells.column("key"), value_set=used))
        )


def earlier_results(path: Path, asked: dict[str, Any], keys: Keys) -> Earlier:
    """The results of a run that remembered, and which hold for what is `asked` now.

    Raises `InputRefused` (CAT-007) for what is not whole, or remembers nothing.
    """
    try:
        manifest = json.loads(path.with_suffix(".manifest.json").read_text("utf-8"))
        files = (path, path.with_suffix(".refused.parquet"), *memory_files(path))
        hashes = ("results_hash", "refusals_hash", "memory_hash", "cells_hash")
        for file, name in zip(files, hashes, strict=True):
            if manifest.get(name) != hash_of_file(file):
                raise faults.NO_MEMORY.refuse(
                    f"{file.name} is not the one that its manifest names", Where(str(path)), _HINT
                )
        results, refused, products, cells = (pq.read_table(file) for file in files)
    except (OSError, ValueError, pa.ArrowException):
        message = "these results remember nothing"
        raise faults.NO_MEMORY.refuse(message, Where(str(path)), _HINT) from None
    at = pc.index_in(products.column("product"), value_set=results.column("product"))
    there = at.is_valid().to_numpy() if len(at) else np.zeros(0, dtype=bool)
    rows = results.take(at.fill_null(0)) if len(results) else results
    holds = there & _untouched(manifest, asked, products, cells, keys)
    if not set(keys.schema.names) <= set(results.column_names):  # of an earlier version
        message = "these results lack columns that there are now"
        raise faults.NO_MEMORY.refuse(message, Where(str(path)), _HINT)
    parts: dict[str, tuple[PartResults, Remembered]] = {}
    text = (products.schema.metadata or {}).get(b"parts")
    told = [] if text is None else json.loads(text)
    if all(manifest.get(name) == asked.get(name) for name in _EVERYTHING):
        parts = _parts(told, results, refused, products, cells)
    marks = frozenset(mark for mark, _, _ in told)
    return Earlier(products, cells, rows, holds, parts, marks)


def _parts(
    told: list[tuple[str, int, int]],
    results: pa.Table,
    refused: pa.Table,
    products: pa.Table,
    cells: pa.Table,
) -> dict[str, tuple[PartResults, Remembered]]:
    """The parts of a run, cut out of its files, by what they were made of."""
    place = pc.index_in(results.column("product"), value_set=products.column("product"))
    remembered = np.concatenate(([0], np.cumsum(place.is_valid().to_numpy())))
    found, first, first_refused = {}, 0, 0
    for mark, count, bad in told:
        start, stop = remembered[first], remembered[first + count]
        made = PartResults(results.slice(first, count), refused.slice(first_refused, bad))
        own = products.slice(start, stop - start)
        found[mark] = made, Remembered(own, cells)
        first, first_refused = first + count, first_refused + bad
    return found


_HINT = "Run the whole catalogue with --remember; later runs may then name its results."


def _untouched(
    manifest: dict[str, Any], asked: dict[str, Any], products: pa.Table, cells: pa.Table, keys: Keys
) -> Flags:
    """The products that no other question, engine or inventory touches."""
    nothing = np.zeros(len(products), dtype=bool)
    other = any(manifest.get(name) != asked.get(name) for name in _ASKED)
    if other or manifest.get("engine") != __version__:
        return nothing
    if manifest.get("inventory") == asked["inventory"]:
        return ~nothing
    if "draws" in asked:  # a draw is of the whole background
        return nothing
    touched = np.asarray(products.column("alone").to_numpy())
    changed = changed_keys(cells, keys)
    lists = products.column("keys").combine_chunks()
    inside = pc.is_in(pc.list_flatten(lists), value_set=pa.array(changed, pa.int64()))
    owner = pc.list_parent_indices(lists).to_numpy()
    hit = nothing.copy()
    hit[owner[inside.to_numpy(zero_copy_only=False)]] = True
    return ~(touched | hit)


def _digests(column: pa.ChunkedArray) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(b"".join(column.to_pylist()), dtype=np.uint8).reshape(-1, SIZE)
