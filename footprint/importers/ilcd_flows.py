"""Flows, flow properties and unit groups of an ILCD package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from footprint.faults import InputRefused
from footprint.importers.figures import optional_figure
from footprint.importers.measures import FileUnits
from footprint.importers.members import Members
from footprint.importers.report import Log
from footprint.importers.xmlfile import in_language, read_xml, text_of


@dataclass(frozen=True, slots=True)
class IlcdFlow:
    """What an exchange needs of a flow data set."""

    name: str
    name_zh: str
    kind: str
    cas: str
    compartment: tuple[str, ...]
    unit: str


def roots_in(members: Members, folder: str, log: Log) -> Iterator[Any]:
    for member in members.files:
        if member.folder == folder and member.suffix == ".xml":
            try:
                yield read_xml(member)
            except InputRefused as refused:
                log.take(refused)


def flows_in(members: Members, log: Log, units: FileUnits) -> dict[str, IlcdFlow]:
    """All flows of a package by their ids, each in the unit of its reference property."""
    groups: dict[str, str] = {}
    for root in roots_in(members, "unitgroups", log):
        groups[uuid_of(root)] = _unit_group(root, units)
    properties = {}
    for root in roots_in(members, "flowproperties", log):
        group = root.find(".//{*}referenceToReferenceUnitGroup")
        if group is not None:
            properties[uuid_of(root)] = groups.get(group.get("refObjectId", ""), "")
    return {uuid_of(root): _flow(root, properties) for root in roots_in(members, "flows", log)}


def uuid_of(root: Any) -> str:
    return text_of(root, ".//{*}dataSetInformation/{*}UUID")


def _unit_group(root: Any, units: FileUnits) -> str:
    """The reference unit of a group; what the others are of it goes to `units`."""
    wanted = text_of(root, ".//{*}referenceToReferenceUnit", "0")
    given = {unit.get("dataSetInternalID"): unit for unit in root.iterfind("{*}units/{*}unit")}
    reference = text_of(given.get(wanted), "{*}name")
    for unit in given.values():
        factor = optional_figure(text_of(unit, "{*}meanValue"))
        if factor and reference:
            units.setdefault(text_of(unit, "{*}name"), (factor, reference))
    return reference


def _flow(root: Any, properties: dict[str, str]) -> IlcdFlow:
    wanted = text_of(root, ".//{*}referenceToReferenceFlowProperty", "0")
    unit = ""
    for given in root.iterfind("{*}flowProperties/{*}flowProperty"):
        reference = given.find("{*}referenceToFlowPropertyDataSet")
        if given.get("dataSetInternalID") == wanted and reference is not None:
            unit = properties.get(reference.get("refObjectId", ""), "")
    base = ".//{*}dataSetInformation/{*}name/{*}baseName"
    return IlcdFlow(
        name=in_language(root, base, "en") or text_of(root, base),
        name_zh=in_language(root, base, "zh"),
        kind=text_of(root, ".//{*}LCIMethod/{*}typeOfDataSet"),
        cas=text_of(root, ".//{*}CASNumber"),
        compartment=tuple(
            " ".join((found.text or "").split())
            for found in root.iterfind(".//{*}elementaryFlowCategorization/{*}category")
        ),
        unit=unit,
    )
