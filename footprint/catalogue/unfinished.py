"""The folder of an unfinished run: whatever has its name there is whole, whenever a run was killed.

Each file is written under a name of its writer's own first: a worker whose run was killed may write
a little longer beside the run that goes on.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa

from footprint.catalogue import faults
from footprint.catalogue.memory import Remembered
from footprint.catalogue.part import PartResults
from footprint.catalogue.question import CatalogueQuestion
from footprint.faults import Where


def begin_parts(question: CatalogueQuestion, asked: dict[str, Any]) -> None:
    """Make the folder of parts, or see that the one there is of the same question."""
    note = question.folder / "question.json"
    text = json.dumps(asked, sort_keys=True)
    shutil.rmtree(_done(question), ignore_errors=True)
    try:
        question.folder.mkdir(exist_ok=True)
        if not note.exists():
            write_whole(note, text)
        before = note.read_text("utf-8")
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise faults.UNREADABLE.refuse(reason, Where(str(question.folder))) from None
    if before != text:
        message = "the parts here are of another catalogue, inventory or GWP set"
        hint = "Delete this folder to begin anew, or name other results."
        raise faults.OTHER_RUN.refuse(message, Where(str(question.folder)), hint)


def end_parts(question: CatalogueQuestion) -> None:
    """Remove the folder, all of it or nothing: a half of it without its question would be taken for
    parts of the next one."""
    question.folder.rename(_done(question))
    shutil.rmtree(_done(question))


def write_whole(path: Path, text: str) -> None:
    """Write a file that is whole as soon as it has its name."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.write_text(text, "utf-8")
    new.replace(path)


def part_file(question: CatalogueQuestion, number: int, name: str) -> Path:
    """Where the results or refusals (`name`) of a part are, once it is done."""
    return question.folder / f"{number:06}.{name}.arrow"


def keep_part(
    question: CatalogueQuestion,
    number: int,
    made: PartResults,
    remembered: Remembered | None = None,
) -> None:
    """Write what a part came to; it is done when its results have their name."""
    memory = {} if remembered is None else remembered._asdict()
    tables = memory | {"refused": made.refused, "results": made.results}
    for name, table in tables.items():
        target = part_file(question, number, name)
        new = target.with_name(f"{target.name}.{os.getpid()}.new")
        with pa.OSFile(str(new), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table.combine_chunks())
        new.replace(target)


def kept_part(question: CatalogueQuestion, number: int, name: str) -> pa.Table:
    """The results or refusals of a part that is done."""
    with pa.memory_map(str(part_file(question, number, name))) as source:
        return pa.ipc.open_file(source).read_all()


def _done(question: CatalogueQuestion) -> Path:
    return question.folder.with_name(question.folder.name + ".done")
