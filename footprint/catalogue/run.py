"""A catalogue from files to files: in parts, in several processes, and again after a kill.

Each part is written beside the results under another name first and then renamed; whatever is
there is whole. The results are put together when all parts are there, in their order, so that they
are the same bytes whether one process made them, or ten, or a second call after the first was
killed.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import Any

import pyarrow as pa

from footprint.apart import apart
from footprint.bom.supplier_files import Folder
from footprint.canonical import bytes_hash
from footprint.catalogue import faults
from footprint.catalogue.again import run_part_again
from footprint.catalogue.assemble import assemble_parts
from footprint.catalogue.decisions import SchemesAsked
from footprint.catalogue.earlier import Earlier, earlier_results
from footprint.catalogue.form import TableForm, forms_told
from footprint.catalogue.heap import keep_memory
from footprint.catalogue.keys import Keys
from footprint.catalogue.part import run_part
from footprint.catalogue.question import CatalogueQuestion
from footprint.catalogue.source import (
    PartOf,
    as_parquet,
    catalogue_parts,
    hash_of_file,
    read_part,
    table_form,
    tables_of_catalogue,
)
from footprint.catalogue.unfinished import begin_parts, end_parts, keep_part, part_file, write_whole
from footprint.collecting import collecting_later
from footprint.faults import InputRefused, Where
from footprint.inventory.compiled import CompiledInventory
from footprint.uncertainty.ensemble import ensemble
from footprint.version import __version__

#: Works through the parts with these numbers and keeps each; yields the lines of each that is done.
Workers = Callable[[CatalogueQuestion, Sequence[PartOf], Sequence[int]], Iterator[int]]
#: Is told the lines that were done before this run, that are done now, and all of them.
Progress = Callable[[int, int, int], None]


@dataclass(slots=True)
class _Worker:
    """A process's inventory and what it found out so far."""

    question: CatalogueQuestion
    keys: Keys
    earlier: Earlier | None

    def run(self, part: PartOf, number: int) -> int:
        """Calculate one part and write it; returns its lines."""
        with collecting_later():  # it took a twentieth of a run of 300,000 products
            self._run(part, number)
        return part.lines

    def _run(self, part: PartOf, number: int) -> None:
        base = self.question.products
        documents = Folder(base if base.is_dir() else base.parent)
        if self.question.remembers:
            both = run_part_again(part, self.keys, documents, self.earlier)
            keep_part(self.question, number, *both)
        else:
            made = run_part(read_part(part), part.first_row, self.keys, documents, part.file)
            keep_part(self.question, number, made)


_WORKER: dict[str, _Worker] = {}


def _start(question: CatalogueQuestion) -> None:
    pa.set_cpu_count(1)
    keep_memory()
    keys = Keys(
        question.inventory(), question.gwp_set, question.settings, question.asked, question.gaps
    )
    earlier = None
    if question.since is not None:
        earlier = earlier_results(question.since, _asked_of(question, keys.inventory), keys)
    _WORKER["it"] = _Worker(question, keys, earlier)
    if (parent := multiprocessing.parent_process()) is not None:
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(parent: int) -> None:
    """A killed run leaves no worker behind: it would wait for parts for ever."""
    wait([parent])
    os._exit(1)


def _work(part: PartOf, number: int) -> int:
    return _WORKER["it"].run(part, number)


def run_catalogue(
    question: CatalogueQuestion,
    processes: int,
    progress: Progress,
    workers: Callable[[CompiledInventory], Workers] | None = None,
) -> dict[str, Any]:
    """Calculate a catalogue and write results, refusals and manifest; returns the manifest.

    `workers`: who calculates the parts with this inventory; processes of this machine unless given.
    Goes on where a run that was killed stopped. Raises `InputRefused` (CAT codes).
    """
    files = tables_of_catalogue(question.products)
    forms = {one.name: table_form(one, question.answers) for one in files}
    if question.since is not None and question.since.resolve() == question.results.resolve():
        message = "results cannot replace those that they go on from"
        raise faults.NO_MEMORY.refuse(message, Where(str(question.results)), "Name other results.")
    _start(question)
    inventory = _WORKER["it"].keys.inventory
    inventory.table(question.gwp_set)
    if question.draws is not None:  # once, before several processes would
        ensemble(inventory, question.gwp_set, question.draws, question.seed, processes)
    asked = {
        "catalogue": [{"file": one.name, "hash": hash_of_file(one)} for one in files],
        **({"read_as": how} if (how := forms_told(forms)) else {}),
        **_asked_of(question, inventory),
    }
    begin_parts(question, asked | {"remembers": question.remembers})
    try:
        parts = [part for one in files for part in _parts(one, forms[one.name], question)]
    except InputRefused:  # nothing is done that a mended table could go on from
        end_parts(question)
        raise
    open_parts = [
        at for at in range(len(parts)) if not part_file(question, at, "results").is_file()
    ]
    whole = sum(part.lines for part in parts)
    before = done = whole - sum(parts[at].lines for at in open_parts)
    work = partial(_all, processes) if workers is None else workers(inventory)
    for lines in work(question, parts, open_parts):
        done += lines
        progress(before, done, whole)
    manifest = asked | assemble_parts(question, len(parts), _WORKER["it"].keys.schema)
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    write_whole(question.manifest, text)
    end_parts(question)
    return manifest


def _asked_of(question: CatalogueQuestion, inventory: CompiledInventory) -> dict[str, Any]:
    """What results rest on, beside the catalogue."""
    return {
        "engine": __version__,
        "inventory": inventory.hash,
        "gwp_set": question.gwp_set,
        **question.gaps.told(),
        **({} if question.language == "en" else {"language": question.language}),
        **({} if question.draws is None else {"draws": question.draws, "seed": question.seed}),
        **({} if question.asked is None else _decisions(question.asked)),
    }


def _decisions(asked: SchemesAsked) -> dict[str, Any]:
    """What decisions rest on, for the manifest."""
    asked.check()
    return {
        "schemes": list(asked.schemes),
        "evidence": bytes_hash(asked.evidence.encode()),
        "as_of": asked.as_of.isoformat(),
        "rules": asked.rules.hash,
    }


def _parts(path: Path, form: TableForm, question: CatalogueQuestion) -> list[PartOf]:
    """The parts of a file, which is written as Parquet in small row groups where it is not; once,
    also if the run is killed."""
    done = question.folder / f"{path.name}.parquet"
    if not done.is_file():
        scratch = question.folder / "scratch"
        scratch.mkdir(exist_ok=True)
        found = as_parquet(path, form, scratch)
        done = found.replace(done) if found != path else path
    return catalogue_parts(done, path.name, form.heading_row)


def _all(
    processes: int, question: CatalogueQuestion, parts: Sequence[PartOf], open_parts: Sequence[int]
) -> Iterator[int]:
    """Work through the parts; yields the lines of each that is done."""
    if processes == 1 or len(open_parts) < 2:
        for at in open_parts:
            yield _work(parts[at], at)
        return
    context = apart(__name__)  # Arrow's threads do not survive a fork of this process
    with ProcessPoolExecutor(processes, context, _start, (question,)) as pool:
        for ready in as_completed([pool.submit(_work, parts[at], at) for at in open_parts]):
            yield ready.result()
