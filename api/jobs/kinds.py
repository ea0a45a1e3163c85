"""The kinds of jobs, by name. A kind is a function of an open installation and a task."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from api.jobs.model import Kind, Outcome, Task
from api.store.footprints import packed, unpacked
from footprint.study import Inputs

if TYPE_CHECKING:
    from api.services.service import Service

#: The kind whose payload is `footprint_payload`, and whose result names the footprint.
FOOTPRINT = "footprint"
_FILES = ("data", "product_file", "site_file", "matches_file", "mapping_file")


def footprint_payload(inputs: Inputs) -> dict[str, Any]:
    """All files of a bill of materials as JSON, for a job."""

    def text(data: bytes | None) -> str | None:
        return None if data is None else b64encode(data).decode()

    return {
        "file": inputs.file,
        "data": text(inputs.data),
        "product_file": text(inputs.product_file),
        "gwp_set": inputs.gwp_set,
        "site_file": text(inputs.site_file),
        "documents": packed(inputs.documents),
        "electricity": inputs.electricity,
        "matches_file": text(inputs.matches_file),
        "mapping_file": text(inputs.mapping_file),
    }


def calculate_footprint(service: Service, task: Task) -> Outcome:
    """Calculate a footprint; the result has its `footprint_id` and address."""
    given = dict(task.payload)
    for name in _FILES:
        given[name] = None if given[name] is None else b64decode(given[name])
    given["documents"] = unpacked(given["documents"])
    task.report(0, 2)
    footprints = service.footprints
    inputs = footprints.matches.with_choices(task.actor, Inputs(**given))
    made = footprints.make(task.actor, inputs)
    task.report(1, 2)
    footprint = made.footprint
    url = f"{service.settings.base_url}/v1/footprints/{footprint.id}"
    return Outcome(
        {"footprint_id": footprint.id, "url": url},
        lambda uow: service.footprints.keep(uow, task.actor, made),
    )


KINDS: Mapping[str, Kind] = MappingProxyType({FOOTPRINT: calculate_footprint})
