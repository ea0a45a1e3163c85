"""From a line to the dataset that stands for it, and from the line's unit to the dataset's.

A line names its dataset by id; with an empty id, a dataset whose name or synonym is the line's
name is taken, or one that the matcher (`footprint.matching`) is sure of, and the result says so.
Nothing is guessed: no match, or several, is an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from footprint import units
from footprint.bom.choices import BY_CLASS
from footprint.engine import faults
from footprint.faults import Problem, Where
from footprint.inventory.compiled import CompiledInventory, Entry, fold_name
from footprint.inventory.part_models import PART
from footprint.matching.fit import UnitFits, is_coal, mass_of, units_per
from footprint.matching.fit import any_unit as fits_any
from footprint.matching.outcome import SURE
from footprint.matching.places import distance, fallback
from footprint.values.line import Line
from footprint.values.result import MatchedBy

if TYPE_CHECKING:
    from footprint.matching.outcome import Candidate, Outcome
    from footprint.matching.query import Query

#: Which dataset carries a tonne-kilometre of a mode, and the words for the mode.
TRANSPORT_MODES = {
    "road": "freight-road-hgv-average-gb",
    "rail": "freight-rail-gb",
    "sea": "freight-sea-container-glo",
    "air": "freight-air-longhaul-glo",
}
_MODE_WORDS = {
    "road": ("road", "truck", "lorry", "公路", "卡车", "货车", "汽运", "陆运", "公路运输"),
    "rail": ("rail", "train", "铁路", "火车", "铁路运输"),
    "sea": ("sea", "ship", "ocean", "vessel", "海运", "船运", "海路", "水运"),
    "air": ("air", "plane", "flight", "空运", "航空"),
}
MODE_OF = {fold_name(word): mode for mode, words in _MODE_WORDS.items() for word in words}
#: What is advised beside everything else, until a line is left out.
LEAVE_OUT = ". Or leave it out, and the total says at least: --allow-gaps"


class Unresolved(Exception):
    """A line that has no dataset; carries the problem to report, and what came closest."""

    def __init__(self, problem: Problem, candidates: tuple[Candidate, ...] = ()) -> None:
        self.problem = problem
        self.candidates = candidates
        super().__init__(str(problem))


#: How datasets are found without an id: what nobody has confirmed.
UNCONFIRMED = frozenset(("name", "material", "part"))


class Match(NamedTuple):
    """The dataset of a line, how it was found, and its units per unit of the line.

    `score` (0 to 1) and `reason` say why, where it was found by name.
    """

    entry: Entry
    matched_by: MatchedBy
    per_line_unit: float
    score: float = 1.0
    reason: str = ""

    @property
    def guessed(self) -> bool:
        """Whether words found it without being sure of it: it waits to be confirmed. By the score
        as its warning prints it, from which documents tell guesses too (`guesses_in`)."""
        return self.matched_by in UNCONFIRMED and round(self.score, 2) < SURE


def dataset_of(line: Line, inventory: CompiledInventory, country: str, file: str) -> Match:
    """The dataset of a line. Raises `Unresolved` (ENG-001, ENG-002, BOM-012)."""
    if line.dataset.startswith(BY_CLASS):  # figures of classes go by mass, in `items`
        message = f"{line.name!r} counts by its material, and the mass of one is not known"
        where = Where(file, line.row, "unit_mass")
        raise Unresolved(faults.NO_MASS.at(where, message, "Give the mass of one unit."))
    if line.dataset:
        entry = inventory.datasets.get(line.dataset)
        if entry is None:
            where = Where(file, line.row, "dataset")
            hint = "See: footprint data list. Or leave it empty to match by name."
            message = (
                f"no dataset has the id {line.dataset!r}, chosen by {line.chosen_by}"
                if line.chosen_by
                else f"no dataset has the id {line.dataset!r}"
            )
            raise Unresolved(faults.NO_DATASET.at(where, message, hint))
        if line.chosen_by:
            amount = _chosen_units(line, entry, inventory, country, file)
            return Match(entry, "pick", amount, reason=f"chosen by {line.chosen_by}")
        return Match(entry, "id", dataset_units(line, entry, file))
    candidates = inventory.by_name.get(fold_name(line.name), ())
    if not candidates or line.material or any(entry.kind == PART for entry in candidates):
        return _matched(line, inventory, country, file)
    entry = _nearest(line, candidates, line.location or country, file)
    if _speaks_against(line, entry, country):
        return _matched(line, inventory, country, file)
    away = fallback(line.location or country, entry.location)
    reason = f"its name; {away}" if away else "its name"
    return Match(entry, "name", dataset_units(line, entry, file), reason=reason)


def _chosen_units(
    line: Line, entry: Entry, inventory: CompiledInventory, country: str, file: str
) -> float:
    """As `dataset_units`; of the model of a part that somebody chose also what the line's words
    tell (the area of a carton). Raises `Unresolved` (BOM-012)."""
    if entry.kind == PART and _units_per(line, entry) is None:
        found = match_line(line, inventory, country, any_unit=False).candidates
        told = next((one.amount for one in found if one.entry.id == entry.id), None)
        if told is not None:
            return told
    return dataset_units(line, entry, file)


def match_line(
    line: Line, inventory: CompiledInventory, country: str, *, any_unit: bool
) -> Outcome:
    """What the matcher makes of a line's words, among the datasets that its unit fits, or all."""
    query = query_of(line, country)
    # Kept with the inventory: a list is calculated after each choice in it, and the lines that are
    # still open are 50 ms of matching each time.
    key = ("outcome", query, any_unit)
    found: Outcome | None = inventory.remembered.get(key)
    if found is None:
        found = inventory.remembered[key] = _outcome(query, inventory, any_unit=any_unit)
    return found


def _outcome(query: Query, inventory: CompiledInventory, *, any_unit: bool) -> Outcome:
    # Most lines name an id; the matcher's index takes 0.2 s to build.
    from footprint.matching.match import matcher_of  # noqa: PLC0415
    from footprint.matching.part_models import match_query  # noqa: PLC0415

    if any_unit:
        return matcher_of(inventory).match(query, fits_any)
    return match_query(query, inventory, UnitFits(query.unit, query.mass_kg is not None))


def query_of(line: Line, country: str) -> Query:
    """What a line says of itself; `country` is the product's."""
    from footprint.matching.query import Query  # noqa: PLC0415  # with the matcher, see above

    return Query(
        name=line.name,
        note=line.note,
        stage=stage_said(line),
        location=line.location,
        country=country,
        material=line.material,
        specification=line.specification,
        category=line.category,
        unit=_unit_of(line),
        mass_kg=line.unit_mass_kg,
    )


def stage_said(line: Line) -> str:
    """The stage by which a line's words are read: the file's. What was derived from a dataset does
    not choose another."""
    return "material" if line.stage_open else line.stage


def _unit_of(line: Line) -> str:
    """The usual name of the line's unit; as written where it is none that is known."""
    try:
        return units.common_unit(line.unit)
    except units.UnitError:
        return line.unit


def _matched(line: Line, inventory: CompiledInventory, country: str, file: str) -> Match:
    """The dataset that the matcher is sure of. Raises `Unresolved` with what came closest."""
    outcome = match_line(line, inventory, country, any_unit=False)
    found = outcome.accepted
    if found is not None:
        amount = found.amount or dataset_units(line, found.entry, file)
        return Match(found.entry, found.by, amount, found.score, found.reason)
    if _may_mean_another_unit(query_of(line, country), inventory):
        meant = match_line(line, inventory, country, any_unit=True).accepted
        if meant is not None:
            dataset_units(line, meant.entry, file)  # raises: had the unit fitted, it was accepted
    message = f"no dataset matches {line.name!r}: {outcome.refusal}"
    closest = ", ".join(f"{c.entry.id} ({c.score:.2f})" for c in outcome.candidates[:3])
    hint = "Choose one (footprint match FILE --pick ROW=DATASET) or name it in column dataset; " + (
        f"closest: {closest}" if closest else "see: footprint data search TEXT"
    )
    if line.near_choice:
        hint += f". Chosen for lines of this name that say something else: {line.near_choice}"
    hint += LEAVE_OUT
    where = Where(file, line.row, "name")
    raise Unresolved(faults.NO_DATASET.at(where, message, hint), outcome.candidates)


def _may_mean_another_unit(query: Query, inventory: CompiledInventory) -> bool:
    """Whether words may lead to a dataset in another unit; most that lead nowhere do not."""
    from footprint.matching.match import matcher_of  # noqa: PLC0415  # with the matcher, see above

    fits = UnitFits(query.unit, query.mass_kg is not None)
    return matcher_of(inventory).may_mean_another_unit(query, fits)


def _speaks_against(line: Line, entry: Entry, country: str) -> bool:
    """Whether a dataset of the line's very name is for another purpose, or its piece weighs
    something else."""
    from footprint.matching.facts import purpose_of  # noqa: PLC0415  # with the matcher, see above
    from footprint.matching.refuse import against_entry, against_purpose  # noqa: PLC0415

    query = query_of(line, country)
    purpose = purpose_of(entry.name_en)
    return bool((purpose and against_purpose(query, purpose)) or against_entry(query, entry))


def _nearest(line: Line, candidates: tuple[Entry, ...], place: str, file: str) -> Entry:
    """The one candidate whose unit fits and whose location is nearest. Raises `Unresolved`."""
    fitting = [entry for entry in candidates if _units_per(line, entry) is not None] or [
        *candidates
    ]
    ranked = sorted(fitting, key=lambda entry: (distance(place, entry.location), entry.id))
    nearest = distance(place, ranked[0].location)
    best = [entry for entry in ranked if distance(place, entry.location) == nearest]
    if len(best) > 1:
        names = ", ".join(entry.id for entry in best[:5])
        message = f"{line.name!r} is the name of {len(best)} datasets: {names}"
        hint = "Write the id of the right one in column dataset."
        where = Where(file, line.row, "name")
        raise Unresolved(faults.AMBIGUOUS_NAME.at(where, message, hint))
    return best[0]


def dataset_units(line: Line, entry: Entry, file: str) -> float:
    """How many of the dataset's unit one of the line's unit is. Raises `Unresolved` (BOM-012)."""
    amount = _units_per(line, entry)
    if amount is None:
        where = Where(file, line.row, "unit")
        message = f"{line.unit!r} is not convertible to {entry.unit} of {entry.id}"
        hint = "Use the dataset's unit, or give the mass of one unit in column unit_mass."
        if is_coal(line.unit):
            message, hint = _of_coal(line.unit, entry)
        raise Unresolved(faults.NOT_CONVERTIBLE.at(where, message, hint))
    return amount


def _of_coal(unit: str, entry: Entry) -> tuple[str, str]:
    """Why standard coal cannot be counted as a dataset, and what to do."""
    if units.convertible(entry.unit, "kWh"):
        return (
            f"{unit!r} of {entry.id} may be the energy itself (0.1229 kgce per kWh of electricity) "
            "or the coal burned for it, which is more and changes by year and plant",
            "Write what was metered: kWh, MJ or GJ.",
        )
    return (
        f"{unit!r} counts heat, and {entry.id} is per {entry.unit}",
        "Write the amount as bought (kg, m3), or name a dataset per MJ of the fuel.",
    )


def _units_per(line: Line, entry: Entry) -> float | None:
    return units_per(line.unit, line.unit_mass_kg, entry)


def mass_per_unit(line: Line, entry: Entry | None) -> float | None:
    """Mass in kg of one unit of the line (`footprint.matching.fit.mass_of`)."""
    return mass_of(line.unit, line.unit_mass_kg, entry)


def transport_dataset(mode: str, inventory: CompiledInventory, line: Line, file: str) -> Entry:
    """The dataset of a transport mode or of a dataset id per tkm. Raises `Unresolved` (ENG-004)."""
    name = TRANSPORT_MODES.get(MODE_OF.get(fold_name(mode), ""), mode)
    entry = inventory.datasets.get(name)
    if entry is None or not units.convertible(entry.unit, "tkm"):
        message = f"transport mode {mode!r} is unknown"
        hint = f"Known: {', '.join(TRANSPORT_MODES)}, or the id of a dataset per tkm."
        raise Unresolved(faults.UNKNOWN_MODE.at(Where(file, line.row, "transport"), message, hint))
    return entry
