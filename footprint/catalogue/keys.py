"""What distinct lines lead to, each resolved once by the ordinary engine, as rows of a matrix.

Forty million lines have some ten thousand different (dataset or name, unit, stage, place); what
each is per unit of its line is a row of `Keys.dense`, and a catalogue one sparse product with it.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from footprint import units
from footprint.bom.cells import LineCells
from footprint.bom.faults import UNKNOWN_UNIT
from footprint.catalogue.facts import Facts, product_of
from footprint.catalogue.flags import AT_LEAST, bits
from footprint.catalogue.ids import Ids
from footprint.engine import faults
from footprint.engine.item import Item
from footprint.engine.known import Known, KnownLines
from footprint.engine.quality import temporal_rating
from footprint.engine.resolve import Unresolved
from footprint.engine.traits import Traits
from footprint.engine.warnings import match_warnings
from footprint.faults import Problem, Where
from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC
from footprint.reading.model import ReadLine
from footprint.values.line import Line, Stage

PARTS = 7
STAGES: tuple[Stage, ...] = (
    *("material", "production", "packaging", "inbound_transport", "waste", "distribution"),
)
#: Columns of `Keys.dense`: parts of the split, CO2e without gases by set, stages, weights.
UNSPLIT = slice(PARTS, len(CATEGORIES))
BY_STAGE = slice(UNSPLIT.stop, UNSPLIT.stop + len(STAGES))
WEIGHT, TECHNOLOGICAL, GEOGRAPHICAL, TEMPORAL = range(BY_STAGE.stop, BY_STAGE.stop + 4)
WIDTH = TEMPORAL + 1
#: Stages whose lines arrive at the plant: their transport is inbound.
ARRIVING = frozenset(("material", "packaging", "production"))
_ONE_BY_ONE = frozenset(("direct_emission", "use", "end_of_life"))


class Key(NamedTuple):
    """What lines with the same cells have in common. `mass` is the stated mass of one unit in kg:
    None, 1.0 for any (`Entry` names its dataset), or what the line says (found by name)."""

    dataset: str
    name: str
    unit: str
    stage: str
    location: str
    data_type: str
    facts: Facts
    mass: float | None


class Record(NamedTuple):
    """A resolved key. `per_mass`: its units per line unit go with the stated mass of one unit."""

    one_by_one: bool = False
    refused: bool = False
    per_mass: bool = False
    weighed: bool = False
    material: bool = False
    produces: bool = False
    screening: bool = False
    flags: int = 0
    mass: float = np.nan
    excluding: float = 0.0
    completeness: float = 1.0


#: `Record` as a row of an array; `dense` is per unit of the line, kg CO2e.
RECORD = np.dtype(
    [(name, np.bool_) for name in Record._fields[:7]]
    + [("flags", np.int64)]
    + [(name, np.float64) for name in Record._fields[8:]]
    + [("dense", np.float64, (WIDTH,))]
)


@dataclass(slots=True)
class Keys:
    """Resolved keys of an inventory and a GWP set; row 0 is nothing."""

    inventory: CompiledInventory
    gwp_set: str
    count: int = 0
    problems: dict[int, Problem] = field(default_factory=dict)
    known: dict[Hashable, int] = field(default_factory=dict)
    ids: Ids = field(default_factory=Ids)
    _records: NDArray[np.void] = field(default_factory=lambda: np.zeros(1024, RECORD))
    _lines: dict[Facts, KnownLines] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._add(Record())

    @property
    def records(self) -> NDArray[np.void]:
        """All records so far, of type `RECORD`."""
        return self._records[: self.count]

    def of(self, key: Key) -> int:
        """The row of a key; its record says if it was refused."""
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._resolve(key)
        return found

    def _resolve(self, key: Key) -> int:
        problems = list(product_of(key.facts)[1])
        line = line_of(key, problems)
        if line is None or problems:
            return self._refuse(problems[0])
        if line.stage in _ONE_BY_ONE:
            return self._add(Record(one_by_one=True))
        if not (key.dataset or key.name):  # an assembly: its parts count
            return 0
        try:
            known = self.lines_of(key.facts).of(line)
        except Unresolved as unresolved:
            return self._refuse(unresolved.problem)
        told = self.lines_of(key.facts).stage(line, known.entry) if line.stage_open else None
        if told is None:
            return self._found(key, line, known, [])
        if told.stage not in ARRIVING:  # the stage of its legs would be another one too
            return self._add(Record(one_by_one=True))
        staged = replace(line, stage=told.stage)
        return self._found(key, staged, known, [faults.DERIVED_STAGE.code])

    def _found(self, key: Key, line: Line, known: Known, said: list[str]) -> int:
        entry, per_unit = known.entry, known.per_line_unit
        per_mass = False
        if key.mass is not None and key.dataset:
            twice = self.lines_of(key.facts).of(line_of(key._replace(mass=2.0), []) or line)
            per_mass = twice.per_line_unit != per_unit
        item = Item(
            line,
            line.stage,
            1.0,
            entry.unit,
            entry,
            known.matched_by,
            known.score,
            known.reason,
            known.traits,
        )
        said = [*said, *(remark.code for remark in known.traits.remarks)]
        if known.matched_by != "id":
            bom = key.facts.bom("")
            said += [one.code for one in match_warnings(bom, item, entry, self.inventory)]
        row = self._row(entry, known.traits, line.stage, key.facts)
        record = Record(
            per_mass=per_mass,
            mass=np.nan if known.mass_kg is None else known.mass_kg,
            excluding=sum(row[BY_STAGE]) * per_unit,
            completeness=entry.completeness,
            flags=bits(said) | self._lacks(known),
            weighed=line.stage in {"material", "packaging"},
            material=line.stage == "material",
            produces=line.stage == "production",
            screening=entry.screening,
        )
        return self._add(record, [value * per_unit for value in row])

    @staticmethod
    def _lacks(known: Known) -> int:
        entry = known.entry
        lacks = entry.lacks_en or entry.status == "cut_off" or known.matched_by == "material"
        return AT_LEAST if lacks else 0

    def leg(self, mode: str, line: Line, facts: Facts, stage: Stage) -> int:
        """The row of a tonne-kilometre of a mode for a line. Raises `Unresolved` (ENG-004)."""
        place = line.location or facts.country
        key = ("leg", mode, place, stage, facts)
        found = self.known.get(key)
        if found is None:
            entry, traits = self.lines_of(facts).mode(mode, line)
            row = self._row(entry, traits, stage, facts)
            record = Record(
                excluding=sum(row[BY_STAGE]),
                flags=self._lacks(Known(entry, "transport-mode", 1.0, 1.0, "", None, traits)),
            )
            found = self.known[key] = self._add(record, row)
        return found

    def lines_of(self, facts: Facts) -> KnownLines:
        """What is known of the lines of products with these facts."""
        if facts not in self._lines:
            self._lines[facts] = KnownLines(facts.bom(""), self.inventory)
        return self._lines[facts]

    def _row(self, entry: Entry, traits: Traits, stage: Stage, facts: Facts) -> list[float]:
        intensity = self.inventory.rows(self.gwp_set)[entry.column]
        inside = stage != "distribution"
        row = np.zeros(WIDTH)
        excluding = float(intensity[list(EXCLUDING_BIOGENIC)].sum())
        row[BY_STAGE.start + STAGES.index(stage)] = excluding
        if inside:
            row[: UNSPLIT.stop] = intensity
            row[UNSPLIT] = abs(row[UNSPLIT])
            weight = abs(excluding)
            row[WEIGHT] = weight
            row[TECHNOLOGICAL] = weight * traits.technological
            row[GEOGRAPHICAL] = weight * traits.geographical
            row[TEMPORAL] = weight * temporal_rating(entry.year, facts.period_end)
        return row.tolist()

    def _refuse(self, problem: Problem) -> int:
        self.problems[self.count] = problem
        return self._add(Record(refused=True))

    def _add(self, record: Record, row: list[float] | None = None) -> int:
        if self.count == len(self._records):
            self._records = np.concatenate((self._records, np.zeros(self.count, RECORD)))
        self._records[self.count] = (*record, row or [0.0] * WIDTH)
        self.count += 1
        return self.count - 1


def line_of(key: Key, problems: list[Problem]) -> Line | None:
    """A line with the cells of a key, read as a bill of materials reads them."""
    texts = {
        "dataset": key.dataset,
        "stage": key.stage,
        "location": key.location,
        "data_type": key.data_type,
    }
    try:
        unit = units.normal_unit(key.unit)
    except units.UnitError as error:
        where = Where("", None, "unit")
        problems.append(UNKNOWN_UNIT.at(where, str(error)))
        return None
    cells = LineCells("", 0, texts, ".", True, problems)
    read = ReadLine(0, key.name or key.dataset or "-", 1.0, unit)
    return cells.line(read, 1.0, unit, key.mass)
