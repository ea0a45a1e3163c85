"""Catalogues of tenants: a table that was sent, calculated as a job, and what comes of it.

The files lie in a folder of the store that has the job's id; the job says whose they are.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import UUID

from api.faults import CATALOGUE_OPEN
from api.jobs.model import OPEN, Job
from api.jobs.queue import KEPT_AS, Jobs
from api.jobs.rows import states_of
from api.services.requests import creation
from api.store.idempotency import earlier_resource
from api.store.tenants import Actor
from footprint.extras import not_installed

#: The kind of job whose payload names a table and whose result says what came of it.
CATALOGUE = "catalogue"
RESULTS = "results.parquet"
#: What can be had of a catalogue that is done, by the names of its files.
FILES = {
    "results": RESULTS,
    "refused": "results.refused.parquet",
    "manifest": "results.manifest.json",
}


@dataclass(slots=True)
class Arriving:
    """A table on its way to the disk, piece by piece, so that it may be larger than the memory."""

    id: str
    path: Path
    digest: Any = field(default_factory=hashlib.sha256)

    def add(self, piece: bytes) -> None:
        """Write the next bytes. Raises OSError where the disk will not have them."""
        with self.path.open("ab") as file:
            file.write(piece)
        self.digest.update(piece)

    def drop(self) -> None:
        """Remove all of it."""
        shutil.rmtree(self.path.parent, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Catalogues:
    """The catalogues of all tenants; each method names whose it is about."""

    jobs: Jobs
    folder: Path
    entropy: Callable[[int], bytes]

    def arriving(self, name: str) -> Arriving:
        """A place for a table that is about to come; `name` has the ending of its form.

        Raises InputRefused (EXT-001) where the library that reads tables is not installed."""
        if find_spec("pyarrow") is None:
            raise not_installed("catalogue", "pyarrow")
        made = str(UUID(bytes=self.entropy(16), version=4))
        place = self.folder / made
        place.mkdir(mode=0o700, parents=True)
        (place / name).touch(mode=0o600)
        return Arriving(made, place / name)

    def submit(
        self,
        actor: Actor,
        table: Arriving,
        choices: Mapping[str, str | bool],
        idempotency_key: str | None,
    ) -> Job:
        """Hand in a table that has come; the job has its id. `choices` are `gwp_set`, `allow_gaps`
        and `screening`. The same `idempotency_key` with the same table and choices gives the job
        made before, and the table that came is removed.

        Raises ServiceRefused API-401 and API-402 (key), API-601 (too many jobs).
        """
        self._sweep()
        name = table.path.name
        chosen = [choices["gwp_set"], *(one for one in choices if choices[one] is True)]
        content = [CATALOGUE, table.digest.hexdigest(), name, *chosen]
        try:
            request = creation(actor.tenant, idempotency_key, content)
            if request is not None:
                with self.jobs.database.reading() as uow:
                    earlier = earlier_resource(uow, request)
                if earlier is not None:
                    table.drop()
                    return self.jobs.get(actor, earlier.removeprefix(KEPT_AS))
            payload = {"catalogue": table.id, "table": name, **choices}
            made = self.jobs.submit(actor, CATALOGUE, payload, request, table.id)
        except BaseException:
            table.drop()
            raise
        if made.id != table.id:
            table.drop()
        return made

    def file(self, actor: Actor, job: str, name: str) -> Path:
        """A file of the actor's catalogue, by its name in `FILES`.

        Raises ServiceRefused API-208 (unknown), API-604 (not done, or its files were removed).
        """
        found = self.jobs.get(actor, job)
        path = self.folder / found.id / FILES[name]
        if found.kind != CATALOGUE or found.state != "done" or not path.is_file():
            state = found.state if found.state != "done" else "without files"
            raise CATALOGUE_OPEN.refuse(
                f"The job is {state}: there is no table of a catalogue to have.",
                "Ask after the job until it is done.",
            )
        return path

    def remove(self, actor: Actor, job: str) -> None:
        """Remove all files of the actor's catalogue, whose job has ended; that it was stays known.

        Raises ServiceRefused API-208, API-604 (it waits or runs: cancel it first).
        """
        found = self.jobs.get(actor, job)
        if found.kind != CATALOGUE or found.state in OPEN:
            raise CATALOGUE_OPEN.refuse(
                f"The job is {found.state}, of the kind {found.kind}: it has nothing to remove.",
                "Cancel it first.",
            )
        shutil.rmtree(self.folder / found.id, ignore_errors=True)

    def _sweep(self) -> None:
        """Remove what jobs left behind that were cancelled or refused."""
        there = [one.name for one in self.folder.iterdir() if one.is_dir()]
        with self.jobs.database.reading() as uow:
            states = states_of(uow, there)
        for name, state in states.items():
            if state in ("cancelled", "failed"):
                shutil.rmtree(self.folder / name, ignore_errors=True)
