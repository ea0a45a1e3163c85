"""A catalogue from files to files: in parts, in several processes, and again after a kill.

Each part is written beside the results under another name first and then renamed; whatever is
there is whole. The results are put together when all parts are there, in their order, so that they
are the same bytes whether one process made them, or ten, or a second call after the first was
killed.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from footprint.bom.supplier_files import Folder
from footprint.canonical import bytes_hash
from footprint.catalogue import faults
from footprint.catalogue.columns import REFUSED
from footprint.catalogue.decisions import SchemesAsked
from footprint.catalogue.keys import Keys
from footprint.catalogue.part import run_part
from footprint.catalogue.source import (
    PartOf,
    as_parquet,
    catalogue_parts,
    hash_of_file,
    read_part,
    tables_of_catalogue,
)
from footprint.faults import Where
from footprint.inventory.compiled import CompiledInventory
from footprint.uncertainty.ensemble import ensemble
from footprint.uncertainty.simulate import SimulationSettings
from footprint.version import __version__

#: Is told the lines that were done before this run, that are done now, and all of them.
Progress = Callable[[int, int, int], None]


@dataclass(frozen=True, slots=True)
class CatalogueQuestion:
    """What a run is asked: the catalogue, how to open the inventory (each process does), the GWP
    set; draws and decisions."""

    products: Path
    results: Path
    inventory: Callable[[], CompiledInventory]
    gwp_set: str = "AR6"
    draws: int | None = None
    seed: int = 1
    asked: SchemesAsked | None = None

    @property
    def settings(self) -> SimulationSettings | None:
        """How to draw; None without intervals."""
        return None if self.draws is None else SimulationSettings(self.draws, self.seed)

    @property
    def folder(self) -> Path:
        """Where the parts of an unfinished run are."""
        return self.results.with_suffix(".parts")

    @property
    def refused(self) -> Path:
        """The table of what was refused."""
        return self.results.with_suffix(".refused.parquet")

    @property
    def manifest(self) -> Path:
        """What the results were made of."""
        return self.results.with_suffix(".manifest.json")


@dataclass(slots=True)
class _Worker:
    """A process's inventory and what it found out so far."""

    question: CatalogueQuestion
    keys: Keys

    def run(self, part: PartOf, number: int) -> int:
        """Calculate one part and write it; returns its lines."""
        base = self.question.products
        documents = Folder(base if base.is_dir() else base.parent)
        made = run_part(read_part(part), part.first_row, self.keys, documents, part.file)
        for name, table in (("refused", made.refused), ("results", made.results)):
            target = _part_file(self.question, number, name)
            with (
                pa.OSFile(str(target) + ".new", "wb") as sink,
                pa.ipc.new_file(sink, table.schema) as writer,
            ):
                writer.write_table(table)
            Path(str(target) + ".new").replace(target)
        return part.lines


_WORKER: dict[str, _Worker] = {}


def _start(question: CatalogueQuestion) -> None:
    pa.set_cpu_count(1)
    # Arrow's own allocator gives memory back between parts: reading then takes three times as long.
    pa.set_memory_pool(pa.system_memory_pool())
    keys = Keys(question.inventory(), question.gwp_set, question.settings, question.asked)
    _WORKER["it"] = _Worker(question, keys)


def _work(part: PartOf, number: int) -> int:
    return _WORKER["it"].run(part, number)


def run_catalogue(
    question: CatalogueQuestion, processes: int, progress: Progress
) -> dict[str, Any]:
    """Calculate a catalogue and write results, refusals and manifest; returns the manifest.

    Goes on where a run that was killed stopped. Raises `InputRefused` (CAT codes).
    """
    files = tables_of_catalogue(question.products)
    _start(question)
    inventory = _WORKER["it"].keys.inventory
    inventory.table(question.gwp_set)
    if question.draws is not None:  # once, before several processes would
        ensemble(inventory, question.gwp_set, question.draws, question.seed, processes)
    asked = {
        "catalogue": [{"file": one.name, "hash": hash_of_file(one)} for one in files],
        "engine": __version__,
        "inventory": inventory.hash,
        "gwp_set": question.gwp_set,
        **({} if question.draws is None else {"draws": question.draws, "seed": question.seed}),
        **({} if question.asked is None else _decisions(question.asked)),
    }
    _begin(question, asked)
    parts = [part for one in files for part in catalogue_parts(_parquet(one, question), one.name)]
    open_parts = [
        at for at in range(len(parts)) if not _part_file(question, at, "results").is_file()
    ]
    whole = sum(part.lines for part in parts)
    before = done = whole - sum(parts[at].lines for at in open_parts)
    for lines in _all(question, parts, open_parts, processes):
        done += lines
        progress(before, done, whole)
    manifest = asked | _assemble(question, len(parts))
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    question.manifest.write_text(text, "utf-8")
    shutil.rmtree(question.folder)
    return manifest


def _decisions(asked: SchemesAsked) -> dict[str, Any]:
    """What decisions rest on, for the manifest."""
    asked.check()
    return {
        "schemes": list(asked.schemes),
        "evidence": bytes_hash(asked.evidence.encode()),
        "as_of": asked.as_of.isoformat(),
        "rules": asked.rules.hash,
    }


def _begin(question: CatalogueQuestion, asked: dict[str, Any]) -> None:
    """Make the folder of parts, or see that the one there is of the same question."""
    note = question.folder / "question.json"
    text = json.dumps(asked, sort_keys=True)
    try:
        question.folder.mkdir(exist_ok=True)
        if not note.exists():
            note.with_suffix(".new").write_text(text, "utf-8")
            note.with_suffix(".new").replace(note)
        before = note.read_text("utf-8")
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise faults.UNREADABLE.refuse(reason, Where(str(question.folder))) from None
    if before != text:
        message = "the parts here are of another catalogue, inventory or GWP set"
        hint = "Delete this folder to begin anew, or name other results."
        raise faults.OTHER_RUN.refuse(message, Where(str(question.folder)), hint)


def _parquet(path: Path, question: CatalogueQuestion) -> Path:
    """The file as Parquet in small row groups; written once, also if the run is killed."""
    done = question.folder / f"{path.name}.parquet"
    if done.is_file():
        return done
    scratch = question.folder / "scratch"
    scratch.mkdir(exist_ok=True)
    found = as_parquet(path, scratch)
    return found.replace(done) if found != path else path


def _all(
    question: CatalogueQuestion, parts: Sequence[PartOf], open_parts: Sequence[int], processes: int
) -> Iterator[int]:
    """Work through the parts; yields the lines of each that is done."""
    if processes == 1 or len(open_parts) < 2:
        for at in open_parts:
            yield _work(parts[at], at)
        return
    context = multiprocessing.get_context("spawn")  # Arrow's threads do not survive a fork
    with ProcessPoolExecutor(processes, context, _start, (question,)) as pool:
        for ready in as_completed([pool.submit(_work, parts[at], at) for at in open_parts]):
            yield ready.result()


def _part_file(question: CatalogueQuestion, number: int, name: str) -> Path:
    return question.folder / f"{number:06}.{name}.arrow"


def _assemble(question: CatalogueQuestion, count: int) -> dict[str, Any]:
    """Put the parts together in order; products that stand in several parts are refused."""
    names = [
        _read(question, at, "results").column("product").combine_chunks() for at in range(count)
    ]
    twice = _twice(names)
    kept = refused = 0
    extra: list[pa.Table] = []
    schema = _WORKER["it"].keys.schema
    with pq.ParquetWriter(_new(question.results), schema) as writer:
        for at in range(count):
            table = _read(question, at, "results")
            if twice is not None:
                again = pc.is_in(table.column("product"), value_set=twice)
                extra.append(_scattered(table.filter(again)))
                table = table.filter(pc.invert(again))
            kept += table.num_rows
            writer.write_table(table)
    with pq.ParquetWriter(_new(question.refused), REFUSED) as writer:
        for at in range(count):
            table = _read(question, at, "refused")
            table = pa.concat_tables([table, extra[at]]).sort_by("row") if extra else table
            refused += pc.count_distinct(table.column("product")).as_py()
            writer.write_table(table)
    found: dict[str, Any] = {"products": kept, "refused": refused}
    for name, path in (("results", question.results), ("refusals", question.refused)):
        _new(path).replace(path)
        found[f"{name}_hash"] = hash_of_file(path)
    return found


def _twice(names: Sequence[pa.Array]) -> pa.Array | None:
    """The products that stand in more than one part, or None."""
    column = pa.chunked_array(names, pa.string())
    if pc.count_distinct(column).as_py() == len(column):
        return None
    counted = pc.value_counts(column.combine_chunks())
    return counted.field("values").filter(pc.greater(counted.field("counts"), 1))


def _scattered(table: pa.Table) -> pa.Table:
    says = {
        "column": "product",
        "code": faults.SCATTERED.code,
        "message": "the lines of this product do not follow one another",
        "hint": "Sort the table by product.",
    }
    rows = table.select(["product", "file", "row"]).to_pylist()
    return pa.Table.from_pylist([row | says for row in rows], REFUSED)


def _read(question: CatalogueQuestion, number: int, name: str) -> pa.Table:
    with pa.memory_map(str(_part_file(question, number, name))) as source:
        return pa.ipc.open_file(source).read_all()


def _new(path: Path) -> Path:
    return path.with_name(path.name + ".new")
