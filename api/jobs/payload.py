"""The files of a bill of materials as JSON, for the table of jobs."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from api.store.footprints import packed, unpacked_files
from footprint.study import Inputs

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
        "allow_gaps": inputs.allow_gaps,
        "screening": inputs.screening,
    }


def inputs_in(payload: Mapping[str, Any]) -> Inputs:
    """The files that `footprint_payload` wrote."""
    given = dict(payload)
    for name in _FILES:
        given[name] = None if given[name] is None else b64decode(given[name])
    given["documents"] = unpacked_files(given["documents"])
    return Inputs(**given)
