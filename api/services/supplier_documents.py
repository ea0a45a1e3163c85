"""Suppliers' footprints that are kept, as the documents that lines of a list name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from api.store.database import Database
from api.store.supplier_pcfs import find_pcf
from footprint.study import Inputs

_NAME = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json")


@dataclass(frozen=True, slots=True)
class WithKept(Mapping[str, bytes]):
    """Documents that came along, and behind them those kept for the tenant as `ID.json`. Only
    what came along is listed: what is kept is looked up when a line names it."""

    given: Mapping[str, bytes]
    database: Database
    tenant: str

    def __getitem__(self, name: str) -> bytes:
        if name in self.given:
            return self.given[name]
        found = _NAME.fullmatch(name)
        if found is None:
            raise KeyError(name)
        with self.database.reading() as uow:
            kept = find_pcf(uow, self.tenant, found[1])
        if kept is None:
            raise KeyError(name)
        return kept.document.encode()

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


def with_kept(database: Database, tenant: str, inputs: Inputs) -> Inputs:
    """The files of a list, which may name suppliers' footprints that the tenant keeps."""
    return replace(inputs, documents=WithKept(inputs.documents, database, tenant))
