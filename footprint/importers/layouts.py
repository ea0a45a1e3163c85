"""The layouts that can be read, and how a file shows which one it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from footprint.faults import Where
from footprint.importers import (
    brightway_excel,
    brightway_project,
    ecospold1,
    ecospold2,
    faults,
    ilcd,
    openlca,
    simapro,
)
from footprint.importers.measures import FileUnits
from footprint.importers.member import ImportMember
from footprint.importers.members import Members
from footprint.importers.neutral import Process
from footprint.importers.report import Log
from footprint.importers.workbook import read_workbook

Reader = Callable[[Members, Log, FileUnits], Iterator[Process]]


class FileLayout(StrEnum):
    """A layout of inventory files."""

    ECOSPOLD2 = "ecospold2"
    ECOSPOLD1 = "ecospold1"
    OPENLCA = "openlca"
    SIMAPRO = "simapro"
    ILCD = "ilcd"
    BRIGHTWAY_EXCEL = "brightway-excel"
    BRIGHTWAY_PROJECT = "brightway-project"
    TEMPLATE = "template"


#: The template is read by `template.py`: it is our own model already.
READERS: dict[FileLayout, Reader] = {
    FileLayout.ECOSPOLD2: ecospold2.read,
    FileLayout.ECOSPOLD1: ecospold1.read,
    FileLayout.OPENLCA: openlca.read,
    FileLayout.SIMAPRO: simapro.read,
    FileLayout.ILCD: ilcd.read,
    FileLayout.BRIGHTWAY_EXCEL: brightway_excel.read,
    FileLayout.BRIGHTWAY_PROJECT: brightway_project.read,
}
#: Files that are looked into before giving up.
_LOOKED_AT = 200


def recognise(members: Members) -> FileLayout:
    """The layout of an import. Raises `InputRefused` (IMP-006) if no file shows one."""
    names = {member.name.rpartition("/")[2].casefold() for member in members.files}
    if {"datasets.csv", "exchanges.csv"} <= names:
        return FileLayout.TEMPLATE
    if any(map(brightway_project.is_project, members.files)):
        return FileLayout.BRIGHTWAY_PROJECT
    for member in members.files[:_LOOKED_AT] + members.files[-_LOOKED_AT:]:
        found = _of_member(member)
        if found is not None:
            return found
    known = ", ".join(layout.value for layout in FileLayout)
    raise faults.UNKNOWN_LAYOUT.refuse(
        "no file shows which layout this is", Where(members.name), f"Known: {known}. See --layout."
    )


def _of_member(member: ImportMember) -> FileLayout | None:
    if member.suffix == ".xlsx":
        return _of_workbook(member)
    if member.suffix == ".json" and member.folder in {"processes", "flows", "unit_groups"}:
        return FileLayout.OPENLCA
    if member.suffix not in {".xml", ".spold", ".csv", ".txt"}:
        return None
    head = member.head().lower()
    if head.lstrip(b'\xef\xbb\xbf"').startswith(b"{simapro"):
        return FileLayout.SIMAPRO
    if b"ecospold02" in head:
        return FileLayout.ECOSPOLD2
    if b"ecospold01" in head or b"<ecospold" in head:
        return FileLayout.ECOSPOLD1
    if b"lca.jrc.it/ilcd/" in head:
        return FileLayout.ILCD
    return None


def _of_workbook(member: ImportMember) -> FileLayout:
    titles = {title.casefold() for title in read_workbook(member)}
    return (
        FileLayout.TEMPLATE if {"datasets", "exchanges"} <= titles else FileLayout.BRIGHTWAY_EXCEL
    )
