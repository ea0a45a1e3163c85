"""The files that a footprint is made from, as their owner keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from footprint.bom.model import Bom
from footprint.bom.read import read_bom_bytes
from footprint.canonical import bytes_hash
from footprint.engine.items import Basis
from footprint.inventory.model import DEFAULT_GWP_SET


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a certified footprint is made from, beside the inventory.

    `file` names the bill of materials, `data` are its bytes; `product_file`, `site_file` and
    `mapping_file` (the answers to what the table leaves open) are YAML or None, as is
    `matches_file` (datasets that people chose before); `documents` are
    suppliers' footprints by the names that lines give. `allow_gaps` and `screening` are what
    `calculate` makes of lines without a dataset.
    """

    file: str
    data: bytes
    product_file: bytes | None = None
    gwp_set: str = DEFAULT_GWP_SET
    site_file: bytes | None = None
    documents: Mapping[str, bytes] = field(default_factory=dict)
    electricity: Basis = "location"
    matches_file: bytes | None = None
    mapping_file: bytes | None = None
    allow_gaps: bool = False
    screening: bool = False

    def read(self) -> Bom:
        """The bill of materials. Raises InputRefused with every problem of the files."""
        return read_bom_bytes(
            self.data,
            self.file,
            self.product_file,
            documents=self.documents,
            site=self.site_file,
            mapping=self.mapping_file,
            matches=self.matches_file,
        )

    def fingerprint(self) -> dict[str, object]:
        """Hashes of the files, byte for byte, and what was chosen. What was not given is left out,
        so that a new kind of file changes no commitment of before."""
        found: dict[str, object] = {
            "file_sha256": bytes_hash(self.data),
            "product_file_sha256": _hash_of(self.product_file),
        }
        if self.site_file is not None:
            found["site_file_sha256"] = _hash_of(self.site_file)
        if self.mapping_file is not None:
            found["mapping_file_sha256"] = _hash_of(self.mapping_file)
        if self.matches_file is not None:
            found["matches_file_sha256"] = _hash_of(self.matches_file)
        if self.documents:
            found["documents_sha256"] = {
                name: _hash_of(data) for name, data in sorted(self.documents.items())
            }
        if self.electricity != "location":
            found["electricity"] = self.electricity
        if self.allow_gaps:
            found["allow_gaps"] = True
        if self.screening:
            found["screening"] = True
        return found


def _hash_of(data: bytes | None) -> str | None:
    return None if data is None else bytes_hash(data)
