"""Where suppliers' documents come from: files beside the table, or those sent along with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from footprint.bom import faults
from footprint.faults import InputRefused, Problem, Where
from footprint.values.line import Line
from footprint.values.supplier import SupplierPcf


@dataclass(frozen=True, slots=True)
class Folder(Mapping[str, bytes]):
    """The files of one folder by name, read when asked for. Names that lead elsewhere are none."""

    path: Path

    def __getitem__(self, name: str) -> bytes:
        found = self.path / name
        if name in {"", ".", ".."} or "/" in name or "\\" in name or not found.is_file():
            raise KeyError(name)
        from footprint.exchange.read import MAX_DOCUMENT  # noqa: PLC0415 - most lists name none

        with found.open("rb") as file:
            return file.read(MAX_DOCUMENT + 1)

    def __iter__(self) -> Iterator[str]:
        return (found.name for found in self.path.iterdir() if found.is_file())

    def __len__(self) -> int:
        return sum(1 for _ in self)


def read_suppliers(
    lines: Sequence[Line],
    filename: str,
    documents: Mapping[str, bytes] | None,
    accepted: Sequence[str] = (),
) -> tuple[tuple[SupplierPcf, ...], list[Problem]]:
    """The documents that lines name, each read once, and what is wrong with them (BOM-029, SUP).

    A document that several lines name is reported at the first of them. `accepted` are those whose
    stated total counts though the parts do not make it; one that no line names is BOM-019.
    """
    found: dict[str, SupplierPcf | None] = {}
    problems: list[Problem] = []
    for line in lines:
        if not line.supplier_pcf or line.supplier_pcf in found:
            continue
        name, where = line.supplier_pcf, Where(filename, line.row, "supplier_pcf")
        found[name] = None
        try:
            data = None if documents is None else documents[name]
        except (KeyError, OSError):
            data = None
        if data is None:
            message = f"the document {name!r} was not supplied"
            hint = "Put the file beside the table; a service that takes one file cannot use it."
            problems.append(faults.NO_DOCUMENT.at(where, message, hint))
            continue
        from footprint.exchange.read import read_supplier_document  # noqa: PLC0415 - see above

        try:
            found[name] = read_supplier_document(data, name, where, accept=name in accepted)
        except InputRefused as refused:
            problems += refused.problems
    for name in accepted:
        if name not in found:
            where = Where(filename, column="accept_stated_totals")
            message = f"accept_stated_totals: no line names a document {name!r}"
            problems.append(faults.BAD_PRODUCT.at(where, message))
    return tuple(one for one in found.values() if one is not None), problems
