"""The kinds of jobs, by name. A kind is a function of an open installation and a task."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from api.jobs.model import JobOutcome, JobTask
from api.jobs.payload import FOOTPRINT, inputs_in
from api.services.catalogues import CATALOGUE, RESULTS
from api.services.service import Service
from api.store.audit import append
from api.store.database import UnitOfWork
from footprint.catalogue.gaps import Gaps


class JobKind(Protocol):
    """A kind of job. It raises InputRefused for what it refuses; anything else is our failure."""

    def __call__(self, service: Service, task: JobTask) -> JobOutcome: ...


def calculate_footprint(service: Service, task: JobTask) -> JobOutcome:
    """Calculate a footprint; the result has its `footprint_id` and address."""
    task.report(0, 2)
    footprints = service.footprints
    inputs = footprints.completed(task.actor, inputs_in(task.payload))
    made = footprints.make(task.actor, inputs)
    task.report(1, 2)
    footprint = made.footprint
    url = f"{service.settings.base_url}/v1/footprints/{footprint.id}"
    return JobOutcome(
        {"footprint_id": footprint.id, "url": url},
        lambda uow: service.footprints.keep(uow, task.actor, made),
    )


def calculate_catalogue(service: Service, task: JobTask) -> JobOutcome:
    """Calculate a catalogue from its table in the store to results beside it; the result counts
    products and says where the tables are. Begun again, it goes on with the parts that are done."""
    from footprint.catalogue.question import CatalogueQuestion  # noqa: PLC0415 - Arrow
    from footprint.catalogue.run import run_catalogue  # noqa: PLC0415 - Arrow

    job = task.payload["catalogue"]
    folder = service.settings.catalogues_folder / job
    question = CatalogueQuestion(
        folder / task.payload["table"],
        folder / RESULTS,
        lambda: service.inventory,
        task.payload["gwp_set"],
        gaps=Gaps(*(task.payload.get(one, False) for one in ("allow_gaps", "screening"))),
    )
    made = run_catalogue(question, 1, lambda _, done, whole: task.report(done, whole))
    facts = {
        name: made[name] for name in ("catalogue", "inventory", "results_hash", "refusals_hash")
    }

    def store(uow: UnitOfWork) -> None:
        append(uow, task.actor, service.clock(), "catalogue.calculated", job, facts)

    address = f"{service.settings.base_url}/v1/catalogues/{job}"
    counts = {name: made[name] for name in ("products", "refused")}
    return JobOutcome(
        {"url": f"{address}/{RESULTS}", "refused_url": f"{address}/refused.parquet", **counts},
        store,
    )


KINDS: Mapping[str, JobKind] = MappingProxyType(
    {FOOTPRINT: calculate_footprint, CATALOGUE: calculate_catalogue}
)
