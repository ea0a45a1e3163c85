"""The reference data of an openLCA package: flows, units, properties, locations, parameters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from footprint.faults import InputRefused, Where
from footprint.importers import faults
from footprint.importers.figures import optional_figure
from footprint.importers.jsonfile import inner, read_object, word_under
from footprint.importers.measures import FileUnits
from footprint.importers.member import ImportMember
from footprint.importers.members import Members
from footprint.importers.report import Log

_REFERENCE = ("flows", "locations", "unit_groups", "flow_properties", "categories", "parameters")
#: Folders that hold no inventory.
_OTHER = frozenset(
    (
        *("processes", "actors", "sources", "currencies", "dq_systems", "lcia_categories"),
        *("lcia_methods", "nw_sets", "social_indicators", "projects", "bin", "epds", "cost"),
    )
)
#: Files that say which schema a package has.
_HEADS = frozenset(("context.json", "olca-schema.json", "openlca.json"))
#: Properties of openLCA's reference data that packages refer to and leave out: their unit groups.
_WELL_KNOWN = {
    "93a60a56-a3c8-11da-a746-0800200b9a66": "kg",  # mass
    "f6811440-ee37-11de-8a39-0800200c9a66": "MJ",  # energy
    "93a60a56-a3c8-11da-a746-0800200c9a66": "MJ",  # net calorific value
    "93a60a56-a3c8-14da-a746-0800200c9a66": "MJ",  # gross calorific value
    "93a60a56-a3c8-22da-a746-0800200c9a66": "m3",  # volume
    "93a60a56-a3c8-19da-a746-0800200c9a66": "m2",  # area
    "838aaa23-0117-11db-92e3-0800200c9a66": "m",  # length
    "01846770-4cfe-4a25-8ad9-919d8d378345": "Item(s)",  # number of items
    "838aaa20-0117-11db-92e3-0800200c9a66": "t*km",  # goods transport
}


class NotConvertible(Exception):
    """An amount cannot be turned into the reference property of its flow; the text says why."""


@dataclass(frozen=True, slots=True)
class UnitFactors:
    """A unit group: its reference unit, and how many of it one of each unit is."""

    reference: str
    factors: dict[str, float]


@dataclass(slots=True)
class OpenLcaPackage:
    """What the processes of a package refer to. Real packages leave parts of it out."""

    flows: dict[str, dict[str, Any]] = field(default_factory=dict)
    locations: dict[str, str] = field(default_factory=dict)
    #: Units that all groups define alike; `twofold` are those that they do not.
    units: FileUnits = field(default_factory=dict)
    twofold: set[str] = field(default_factory=set)
    groups: dict[str, UnitFactors] = field(default_factory=dict)
    #: The unit group of each flow property, by id.
    properties: dict[str, str] = field(default_factory=dict)
    processes: list[ImportMember] = field(default_factory=list)
    categories: dict[str, dict[str, Any]] = field(default_factory=dict)
    parameters: list[dict[str, Any]] = field(default_factory=list)

    def path(self, category: Any) -> tuple[str, ...]:
        """The names of a category and those around it: schema 2 writes them as one text, schema 1
        refers to a category that refers to its parent."""
        if isinstance(category, str):
            return tuple(part.strip() for part in category.split("/") if part.strip())
        names: list[str] = []
        while isinstance(category, dict) and len(names) < 20:
            whole = self.categories.get(word_under(category, "@id"), category)
            names.append(word_under(whole, "name"))
            category = whole.get("category")
        return tuple(reversed(names))

    def in_reference(self, unit: str, flow: dict[str, Any], used: str) -> tuple[float, str]:
        """(factor, unit): what one `unit` of the property `used` is, in the flow's reference
        property. Raises `NotConvertible`.

        A flow states how much of a property one unit of its reference property has. A unit that two
        groups define in different ways is that of the property's own group.
        """
        reference, own = self._factors(flow, used)
        if reference is None or not used:
            return 1.0, unit
        target = word_under(inner(reference, "flowProperty"), "@id")
        if used == target:
            return self._plain(unit, used)
        factor = optional_figure(own.get("conversionFactor")) if own is not None else None
        if not factor:
            raise NotConvertible("its flow does not say how much of that property it has")
        if self.properties.get(used) == self.properties.get(target) is not None:
            count, of = self._plain(unit, used)
            return count / factor, of
        per, goal = self._to_reference(unit, used), self._reference_unit(target)
        if per is None or not goal:
            raise NotConvertible("the package leaves out the unit group of a flow property")
        return per / factor, goal

    def leaves_out(self, unit: str, used: str) -> bool:
        """Whether the package has the unit group of a property, and not this unit in it."""
        group = self.groups.get(self.properties.get(used, ""))
        return group is not None and unit not in group.factors

    def _factors(
        self, flow: dict[str, Any], used: str
    ) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        given = flow.get("flowProperties")
        factors = [item for item in given if isinstance(item, dict)] if given else []
        names = ("isRefFlowProperty", "referenceFlowProperty")
        reference = next((f for f in factors if _flag(f, *names)), None)
        if reference is None and len(factors) == 1:
            reference = factors[0]
        own = next((f for f in factors if inner(f, "flowProperty").get("@id") == used), None)
        return reference, own

    def _plain(self, unit: str, used: str) -> tuple[float, str]:
        group = self.groups.get(self.properties.get(used, ""))
        if unit in self.twofold and group is not None and unit in group.factors:
            return group.factors[unit], group.reference
        return 1.0, unit

    def _to_reference(self, unit: str, used: str) -> float | None:
        group = self.groups.get(self.properties.get(used, ""))
        if group is not None:
            return group.factors.get(unit)
        return 1.0 if unit == _WELL_KNOWN.get(used) else None

    def _reference_unit(self, prop: str) -> str:
        group = self.groups.get(self.properties.get(prop, ""))
        return group.reference if group is not None else _WELL_KNOWN.get(prop, "")


def _flag(item: dict[str, Any], *names: str) -> bool:
    """A flag that schema 1 and schema 2 call by different names."""
    return any(item.get(name) is True for name in names)


def read_package(members: Members, log: Log) -> OpenLcaPackage:
    """Sort the files of a package by their folder; the processes stay unread."""
    package = OpenLcaPackage()
    package.processes = [
        m for m in members.files if m.suffix == ".json" and m.folder == "processes"
    ]
    objects = {folder: _objects(members, folder, log) for folder in _REFERENCE}
    package.flows = objects["flows"]
    package.categories = objects["categories"]
    for name, value in objects["locations"].items():
        package.locations[name] = word_under(value, "code") or word_under(value, "name")
    package.parameters = list(objects["parameters"].values())
    package.groups = {name: _unit_group(value) for name, value in objects["unit_groups"].items()}
    for name, value in objects["flow_properties"].items():
        package.properties[name] = word_under(inner(value, "unitGroup"), "@id")
    for group in package.groups.values():
        for unit, factor in group.factors.items():
            same = package.units.setdefault(unit, (factor, group.reference))
            if same != (factor, group.reference):
                package.twofold.add(unit)
    for unit in package.twofold:
        del package.units[unit]
    _say_unknown(members, log)
    return package


def _say_unknown(members: Members, log: Log) -> None:
    given = (m for m in members.files if m.suffix == ".json" and m.folder)
    folders = sorted({m.folder for m in given if m.name.rpartition("/")[2] not in _HEADS})
    for folder in folders:
        if folder not in _REFERENCE and folder not in _OTHER:
            message = f"the folder {folder[:60]!r} of the package is not read"
            log.note(faults.NOT_UNDERSTOOD, Where(members.name), message)


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
        name = word_under(value, "@id")
        if not name:  # without it a flow's conversions would go unheard
            message = f"an object of {folder} has no @id, so that nothing can refer to it"
            log.note(faults.NOT_UNDERSTOOD, Where(member.name), message)
            continue
        found[name] = value
    return found


def _unit_group(value: dict[str, Any]) -> UnitFactors:
    given = value.get("units")
    units = [unit for unit in given if isinstance(unit, dict)] if isinstance(given, list) else []
    reference = next((u for u in units if _flag(u, "isRefUnit", "referenceUnit")), {})
    factors = {}
    for unit in units:
        factor = optional_figure(unit.get("conversionFactor"))
        if factor:
            factors[word_under(unit, "name")] = factor
    return UnitFactors(word_under(reference, "name"), factors)
