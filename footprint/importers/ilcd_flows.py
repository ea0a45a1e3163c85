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
from footprint.importers.xmlfile import element_text, read_xml, text_in_language


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
    return element_text(root, ".//{*}dataSetInformation/{*}UUID")


def _unit_group(root: Any, units: FileUnits) -> str:
    """The reference unit of a group; what the others are of it goes to `units`."""
    wanted = element_text(root, ".//{*}referenceToReferenceUnit", "0")
    given = {unit.get("dataSetInternalID"): unit for unit in root.iterfind("{*}units/{*}unit")}
    reference = element_text(given.get(wanted), "{*}name")
    for unit in given.values():
        factor = optional_figure(element_text(unit, "{*}meanValue"))
        if factor and reference:
            units.setdefault(element_text(unit, "{*}name"), (factor, reference))
    return reference


def _flow(root: Any, properties: dict[str, str]) -> IlcdFlow:
    wanted = element_text(root, ".//{*}referenceToReferenceFlowProperty", "0")
    unit = ""
    for given in root.iterfind("{*}flowProperties/{*}flowProperty"):
        reference = given.find("{*}referenceToFlowPropertyDataSet")
        if given.get("dataSetInternalID") == wanted and reference is not None:
            unit = properties.get(reference.get("refObjectId", ""), "")
    base = ".//{*}dataSetInformation/{*}name/{*}baseName"
    return IlcdFlow(
        name=text_in_language(root, base, "en") or element_text(root, base),
        name_zh=text_in_language(root, base, "zh"),
        kind=element_text(root, ".//{*}LCIMethod/{*}typeOfDataSet"),
        cas=element_text(root, ".//{*}CASNumber"),
        compartment=tuple(
            " ".join((found.text or "").split())
            for found in root.iterfind(".//{*}elementaryFlowCategorization/{*}category")
        ),
        unit=unit,
    )
