"""Whether a dataset is of the kind that a life-cycle stage asks for, and which stage a line is of
where its list says none."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Literal, NamedTuple

from footprint import units
from footprint.inventory.compiled import Entry
from footprint.matching.facts import piece_facts
from footprint.matching.fit import remembered_convertible
from footprint.matching.kinds import kind_of_query
from footprint.matching.lexicon import fold_width
from footprint.matching.query import Query

#: A dataset of another kind than the stage asks for stays possible: stages are often left at their
#: default, so the factor settles what the words leave open and rarely more.
_OTHER_KIND = 0.88
_MATERIALS = frozenset(("material", "packaging"))
_WASTE = frozenset(("waste", "end_of_life"))


def stage_factor(stage: str, entry: Entry) -> float:
    """1 if the dataset is of the kind that the stage asks for ("" = any), otherwise less."""
    if not stage:
        return 1.0
    if entry.boundary == "treatment":
        return 1.0 if stage in _WASTE or stage == "production" else _OTHER_KIND
    if stage in _WASTE:
        return 1.0 if units.convertible(entry.unit, "tkm") else _OTHER_KIND
    if stage in _MATERIALS and entry.boundary in {"gate-to-gate", "combustion", "well-to-tank"}:
        return _OTHER_KIND
    return 1.0


#: The stages that a line's own words or dataset can tell, and by what they told it.
ToldStage = Literal["production", "packaging", "inbound_transport", "waste"]
ToldBy = Literal["unit", "category", "name", "dataset"]
_PROCESSES = frozenset(("gate-to-gate", "combustion", "well-to-tank", "well-to-wheel"))


class Told(NamedTuple):
    """The stage of a line as what it is tells it, and by what."""

    stage: ToldStage
    by: ToldBy


def stage_told(query: Query, entry: Entry | None) -> Told | None:
    """The stage of a line in a list without stages, where it is plainly no material: energy and
    processes, transport, treatment of waste, packaging. `entry` is its dataset, if it has one.
    """
    if piece_facts().stores_energy.search(
        fold_width(f"{query.name} {entry.name_en if entry else ''}")
    ):
        return None
    by_unit = _by_unit(query.unit)
    if by_unit is not None:
        return Told(by_unit, "unit")
    by_dataset = _by_unit(entry.unit) if entry is not None else None
    if by_dataset is not None:
        return Told(by_dataset, "dataset")
    if entry is not None and entry.boundary == "treatment":
        return Told("waste", "dataset")
    if entry is not None and entry.boundary in _PROCESSES:
        return Told("production", "dataset")
    by_words = _packaging_words(query)
    if by_words is not None:
        return Told("packaging", by_words)
    packaging = piece_facts().packaging
    if entry is not None and any(fnmatchcase(entry.id, one) for one in packaging.datasets):
        return Told("packaging", "dataset")
    return None


def _by_unit(unit: str) -> ToldStage | None:
    """What is counted in a unit of energy or of transport is no material."""
    if unit and remembered_convertible(unit, "kWh"):
        return "production"
    return "inbound_transport" if unit and remembered_convertible(unit, "tkm") else None


def _packaging_words(query: Query) -> Literal["category", "name"] | None:
    """Whether the category says packaging, or the name: but not of a part of another kind."""
    packaging = piece_facts().packaging
    if packaging.words.search(fold_width(query.category)):
        return "category"
    if not packaging.words.search(fold_width(query.name)):
        return None
    kind = kind_of_query(query)
    return "name" if kind is None or kind.id in packaging.kinds else None
