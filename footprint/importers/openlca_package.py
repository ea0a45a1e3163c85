"""The reference data of an openLCA package: flows, units, properties, locations, by their ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from footprint.faults import InputRefused
from footprint.importers.figures import optional_figure
from footprint.importers.jsonfile import inner, read_object, word
from footprint.importers.measures import FileUnits
from footprint.importers.members import Member, Members
from footprint.importers.report import Log

_REFERENCE = ("flows", "locations", "unit_groups", "flow_properties", "categories")


@dataclass(slots=True)
class Package:
    """What the processes of a package refer to. Real packages leave parts of it out."""

    flows: dict[str, dict[str, Any]] = field(default_factory=dict)
    locations: dict[str, str] = field(default_factory=dict)
    units: FileUnits = field(default_factory=dict)
    #: Per property: the name of the reference unit, and of each unit its factor to it.
    properties: dict[str, tuple[str, dict[str, float]]] = field(default_factory=dict)
    processes: list[Member] = field(default_factory=list)
    categories: dict[str, dict[str, Any]] = field(default_factory=dict)

    def path(self, category: Any) -> tuple[str, ...]:
        """The names of a category and those around it: schema 2 writes them as one text, schema 1
        refers to a category that refers to its parent."""
        if isinstance(category, str):
            return tuple(part.strip() for part in category.split("/") if part.strip())
        names: list[str] = []
        while isinstance(category, dict) and len(names) < 20:
            whole = self.categories.get(word(category, "@id"), category)
            names.append(word(whole, "name"))
            category = whole.get("category")
        return tuple(reversed(names))

    def in_reference(
        self, amount: float, unit: str, flow: dict[str, Any], used: str
    ) -> tuple[float, str]:
        """An amount in the property `used`, in the flow's reference property where that differs.

        A flow states how much of a property one unit of its reference property has. Without the
        package's unit groups the amount stays as it is.
        """
        given = flow.get("flowProperties")
        factors = [item for item in given if isinstance(item, dict)] if given else []
        reference = next(
            (f for f in factors if _flag(f, "isRefFlowProperty", "referenceFlowProperty")), None
        )
        own = next((f for f in factors if inner(f, "flowProperty").get("@id") == used), None)
        if reference is None or own is None or own is reference:
            return amount, unit
        target = self.properties.get(word(inner(reference, "flowProperty"), "@id"))
        source = self.properties.get(used)
        factor = optional_figure(own.get("conversionFactor"))
        if not (target and source and factor and unit in source[1]):
            return amount, unit
        return amount * source[1][unit] / factor, target[0]


def _flag(item: dict[str, Any], *names: str) -> bool:
    """A flag that schema 1 and schema 2 call by different names."""
    return any(item.get(name) is True for name in names)


def read_package(members: Members, log: Log) -> Package:
    """Sort the files of a package by their folder; the processes stay unread."""
    package = Package()
    package.processes = [
        m for m in members.files if m.suffix == ".json" and m.folder == "processes"
    ]
    objects = {folder: _objects(members, folder, log) for folder in _REFERENCE}
    package.flows = objects["flows"]
    package.categories = objects["categories"]
    for name, value in objects["locations"].items():
        package.locations[name] = word(value, "code") or word(value, "name")
    groups = {name: _unit_group(value) for name, value in objects["unit_groups"].items()}
    for name, value in objects["flow_properties"].items():
        group = word(inner(value, "unitGroup"), "@id")
        if group in groups:
            package.properties[name] = groups[group]
    for reference, factors in groups.values():
        for unit, factor in factors.items():
            package.units.setdefault(unit, (factor, reference))
    return package


def _objects(members: Members, folder: str, log: Log) -> dict[str, dict[str, Any]]:
    found = {}
    for member in members.files:
        if member.suffix != ".json" or member.folder != folder:
            continue
        try:
            value = read_object(member)
        except InputRefused as refused:
            log.take(refused)
            continue
        found[word(value, "@id")] = value
    return found


def _unit_group(value: dict[str, Any]) -> tuple[str, dict[str, float]]:
    given = value.get("units")
    units = [unit for unit in given if isinstance(unit, dict)] if isinstance(given, list) else []
    reference = next((u for u in units if _flag(u, "isRefUnit", "referenceUnit")), {})
    factors = {}
    for unit in units:
        factor = optional_figure(unit.get("conversionFactor"))
        if factor:
            factors[word(unit, "name")] = factor
    return word(reference, "name"), factors
