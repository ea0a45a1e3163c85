"""The kinds of jobs, by name. A kind is a function of an open installation and a task."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from api.jobs.model import JobOutcome, JobTask
from api.jobs.payload import FOOTPRINT, inputs_in
from api.services.service import Service


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


KINDS: Mapping[str, JobKind] = MappingProxyType({FOOTPRINT: calculate_footprint})
