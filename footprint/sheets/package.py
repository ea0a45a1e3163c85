"""The parts of an XLSX and how they hang together (ECMA-376 part 2, relationships)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from footprint.sheets.archive import Members
from footprint.sheets.xml import attribute, local, read_sheet_xml

#: (kind of relation, path) by the id of the relation.
_Related = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SheetPackage:
    """The XML of each worksheet by the sheet's name, and what all sheets share."""

    sheets: dict[str, bytes]
    styles: bytes | None
    strings: bytes | None


def open_package(members: Members) -> SheetPackage:
    """The parts of a workbook. Raises KeyError without a workbook, and what `read_xml` does."""
    workbook = _workbook_name(members)
    related = _related(members, workbook)
    root = read_sheet_xml(members[workbook])
    entries = [entry for part in root if local(part.tag) == "sheets" for entry in part]
    sheets = {}
    for entry in entries:
        kind, path = related.get(attribute(entry, "id"), ("", ""))
        if kind == "worksheet" and path in members:
            sheets[attribute(entry, "name")] = members[path]

    def part(kind: str) -> bytes | None:
        path = next((path for found, path in related.values() if found == kind), "")
        return members.get(path)

    return SheetPackage(sheets, part("styles"), part("sharedStrings"))


def _workbook_name(members: Members) -> str:
    for kind, path in _related(members, "").values():
        if kind == "officeDocument":
            return path
    return "xl/workbook.xml"


def _related(members: Members, name: str) -> _Related:
    folder, base = posixpath.split(name)
    content = members.get(posixpath.join(folder, "_rels", base + ".rels"))
    related = {}
    for entry in read_sheet_xml(content) if content else ():
        target = attribute(entry, "Target").replace("\\", "/")
        path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        kind = attribute(entry, "Type").rpartition("/")[2]
        related[attribute(entry, "Id")] = (kind, posixpath.normpath(path))
    return related
