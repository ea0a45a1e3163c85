"""What each column means: its heading first, then what stands in it; no two are the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from footprint.reading import (
    column_amounts,
    column_kinds,
    column_languages,
    column_masses,
    column_names,
    column_numbers,
    column_recipes,
)
from footprint.reading.chooser import Chooser
from footprint.reading.column_documents import groups_inside, numbers_of_rows
from footprint.reading.column_heads import names_a_product
from footprint.reading.header import FoundTable
from footprint.reading.model import Column
from footprint.reading.units import LENGTH, MASS, unit_of
from footprint.reading.vocabulary import fold

#: Columns that a file may have once only; a second one that means the same is set aside.
_ONCE = frozenset(
    """
    name quantity unit id level parent unit_mass line_mass loss material designators
    base_quantity quantity_per total_quantity length width thickness areal_mass linear_mass
    density volume scrap_mass area dimensions line_no dnp fitted description stage location note
    share assemblies
    """.split()
)
_FIRST_WINS = frozenset(("note", "description", "line_no", "material", "location", "unit"))
#: Further rows inside such documents, which are no components.
_BESIDE = frozenset(("operations", "by products", "byproducts", "work orders", "workorders"))
#: Beside the product of such a document: how many the inputs below make.
_MADE = frozenset(("output", "outputs", "yield", "makes", "produces", "batch"))
#: Meanings of the documented form: only its own headings have them, no longer phrase.
_DOCUMENTED = frozenset(("dataset", "stage", "supplier_pcf", "group"))
_HEAD = {
    "name": "head",
    "id": "head",
    "quantity": "base_quantity",
    "unit": "base_unit",
    "parent": "head",
    "head_name": "head_name",
    "lot_size": "base_quantity",
}


@dataclass(slots=True)
class Meanings:
    """The columns of a table as understood, and what could not be decided."""

    columns: list[Column]
    variants: tuple[str, ...] = ()
    doubts: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    head: frozenset[int] = frozenset()
    #: Whether a second table stands right of the first one, which is not read.
    beside: bool = False
    #: Columns of crosses: variants of the product, or steps of work.
    marked: tuple[int, ...] = ()
    #: What columns mean beside their first meaning: names in a second language describe as well.
    also: Mapping[str, int] = field(default_factory=dict)
    _units: dict[str, str | None] = field(init=False)

    def __post_init__(self) -> None:
        self._units = {one.means: one.unit for one in reversed(self.columns)}

    def index(self, means: str) -> int | None:
        """The number of the column that means this, from 1; None if there is none."""
        return next((one.index for one in self.columns if one.means == means), None)

    def unit(self, means: str) -> str | None:
        """The unit in the heading of the column that means this."""
        return self._units.get(means)


def understand(
    table: FoundTable, mapping: Mapping[str, tuple[str, str | None]] | None = None
) -> Meanings:
    """What each column of the table means.

    `mapping` is what the user says: heading -> (meaning, unit).
    """
    chooser = Chooser(table, mapping or {})
    if not table.header_row:  # no headings: what nobody says of a column is no guess of ours
        return _as_told(chooser)
    beside = column_recipes.second_table(chooser)
    head = _first_guess(chooser, beside)
    column_kinds.german_prices(chooser)
    column_kinds.required_or_not(chooser)
    column_kinds.counts_of_yarn(chooser)
    column_numbers.numbers_and_levels(chooser)
    column_numbers.designators(chooser)
    column_names.parents(chooser)
    column_languages.beside_the_name(chooser)
    column_names.names(chooser)
    column_recipes.settle(chooser)
    column_amounts.bases(chooser, head)
    variants = column_amounts.variants(chooser)
    column_amounts.quantities(chooser)
    column_amounts.losses(chooser)
    column_masses.masses(chooser)
    column_amounts.geometry(chooser)
    _set_aside(chooser)
    marked = column_recipes.marked_columns(chooser)
    also = column_languages.second_names(chooser, beside | head)
    columns = [
        Column(
            at, heading.text, chooser.means.get(at, "other"), chooser.units.get(at, heading.unit)
        )
        for at, heading in chooser.headings.items()
    ]
    return Meanings(columns, variants, chooser.doubts, frozenset(head), bool(beside), marked, also)


def _as_told(chooser: Chooser) -> Meanings:
    told = chooser.told
    return Meanings(
        [
            Column(at, heading.text, *told.get(at, ("unknown", None)))
            for at, heading in chooser.headings.items()
        ]
    )


def _first_guess(chooser: Chooser, beside: frozenset[int]) -> set[int]:
    head: set[int] = set()
    paths = {at: one.group for at, one in chooser.headings.items() if one.group}
    inside = groups_inside(chooser, paths)
    for at, heading in chooser.headings.items():
        if at in beside:
            chooser.means[at] = "other"
            continue
        if at in chooser.told:
            chooser.means[at], unit = chooser.told[at]
            chooser.units[at] = unit or heading.unit
            continue
        means = heading.means[0] if heading.means else "unknown"
        if means in _DOCUMENTED and heading.score < 1.0:
            means = "unknown"
        if inside and paths.get(at) not in inside:
            head.add(at)
            made = means == "base_quantity" or fold(heading.text) in _MADE
            means = "base_quantity" if made else _HEAD.get(means, "other")
            if paths.get(at) in _BESIDE:
                means = "other"
            named = means == "head" and heading.means[0] == "name"
            if named or (means == "other" and names_a_product(heading.text)):
                means = "head_name"
        chooser.means[at] = means
    if inside:
        numbers_of_rows(chooser, [at for at, group in paths.items() if group in inside])
    _only_as_told(chooser)
    return head


def _only_as_told(chooser: Chooser) -> None:
    """Where a person says which column is the quantity or the mass, no other one is."""
    told = {chooser.means[at] for at in chooser.headings if chooser.by_user(at)} & _ONCE
    for at, means in chooser.means.items():
        if means in told and not chooser.by_user(at):
            chooser.means[at] = "other"


def _unit_of_quantity(chooser: Chooser) -> None:
    """Of several columns of units the one beside the quantity is its unit; a lone one behind masses
    or lengths that holds nothing else is theirs."""
    quantity = chooser.with_meaning("quantity")
    columns = chooser.with_meaning("unit")
    if len(columns) == 1 and quantity and not chooser.by_user(columns[0]):
        at = columns[0]
        of_lengths = chooser.means.get(at - 1) in {"length", "width", "thickness", "height"}
        if of_lengths and {unit_of(one) for one in chooser.values(at)} <= LENGTH.keys():
            chooser.means[at] = "length_unit"
        of_masses = chooser.means.get(at - 1) in {"unit_mass", "line_mass"}
        if of_masses and {unit_of(one) for one in chooser.values(at)} <= MASS.keys():
            chooser.means[at] = "mass_unit"
    if len(columns) < 2 or not quantity or any(map(chooser.by_user, columns)):
        return
    beside = [at for at in (quantity[0] + 1, quantity[0] - 1) if at in columns]
    for at in columns if beside else ():
        if at < beside[0]:
            chooser.means[at] = "other"


def _set_aside(chooser: Chooser) -> None:
    """The second column of a meaning is another one; what is left unknown stays unknown."""
    _unit_of_quantity(chooser)
    column_masses.units_beside(chooser)
    seen: dict[str, int] = {}
    for at, means in sorted(chooser.means.items()):
        if means in _ONCE and means in seen:
            first = seen[means]
            better = chooser.headings[at].score > chooser.headings[first].score
            if better and means not in _FIRST_WINS:
                chooser.means[first], seen[means] = "other", at
            else:
                more = means == "description" and "spec" not in seen
                chooser.means[at] = "spec" if more else "other"
                if means == "unit" and chooser.means.get(at - 1) == "unit_mass":
                    chooser.means[at] = "mass_unit"
        else:
            seen[means] = at
