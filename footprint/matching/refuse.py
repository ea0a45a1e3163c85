"""What speaks against a dataset although its words fit: the part, the purpose, the stated mass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from footprint.inventory.compiled import Entry
from footprint.matching.index import Family
from footprint.matching.kinds import Kind, kind_of
from footprint.matching.lexicon import lexicon
from footprint.matching.materials import materials
from footprint.matching.query import Query

#: A stated mass that is this many times off what a piece of a dataset weighs speaks of another
#: thing: 28 g is no mainboard of a server.
MASS_FACTOR = 3.0
#: Classes that say what a thing is made of: two of them for one part contradict each other.
_SUBSTANCES = frozenset(
    (
        "steel-stainless steel aluminium copper zinc metal rubber plastic glass paper wood textile "
        "leather"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What pieces of datasets weigh (kg, from and to), and purposes that a line has to name."""

    masses: dict[str, tuple[float, float]]
    purposes: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]


@cache
def facts() -> Facts:
    """The facts that ship with the program, read once."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("footprint.matching") / "facts.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, loader)  # noqa: S506  # both loaders are safe ones
    return Facts(
        {name: (row[0], row[1]) for name, row in data["piece_masses_kg"].items()},
        tuple(
            (re.compile(row["dataset"], re.I), re.compile(row["line"], re.I), row["purpose"])
            for row in data["purposes"]
        ),
    )


def against_family(query: Query, kind: Kind | None, family: Family) -> str:
    """Why a family is not taken without a question, or "": it is the material of a part whose
    kind it is not, or it is made for a purpose that the line does not name."""
    if kind is not None and kind.strict and kind.id not in kinds_of(family):
        return f"a part ({kind.id}) is more than the material that its name mentions"
    for made_for, says, purpose in facts().purposes:
        if made_for.search(family.members[0].name_en) and not says.search(query.words):
            return f"it is made for {purpose}, which the line does not name"
    return ""


def kinds_of(family: Family) -> frozenset[str]:
    """The kinds of part that a family's names name."""
    return _kinds_of(tuple(alias.text for alias in family.aliases))


@cache
def _kinds_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(kind.id for name in names if (kind := kind_of(name)) is not None)


def against_entry(query: Query, entry: Entry) -> str:
    """Why a dataset per piece is not taken: the line's piece weighs something else; or ""."""
    if query.mass_kg is None or query.unit != "piece" or entry.unit != "piece":
        return ""
    own = entry.mass_kg_per_unit
    low, high = (own, own) if own else facts().masses.get(entry.id, (0.0, float("inf")))
    if low / MASS_FACTOR <= query.mass_kg <= high * MASS_FACTOR:
        return ""
    weighs = f"{low:g} kg" if low == high else f"{low:g} to {high:g} kg"
    return f"a piece of it weighs {weighs}, the line says {query.mass_kg:g} kg"


def contradiction(query: Query) -> str:
    """Why a line cannot be matched at all: its material column names one material, its category or
    specification another; or ""."""
    if not query.made_of:
        return ""
    known = materials()
    stated = known.found(query.made_of)
    if stated is None or stated.id not in _SUBSTANCES:
        return ""
    for text in (query.category, query.specification):
        other = known.found(text) if text else None
        if other is None or other.id not in _SUBSTANCES or other.id == stated.id:
            continue
        if stated.id not in {other.parent, "metal"} and other.id not in {stated.parent, "metal"}:
            return f"the material column says {query.made_of!r}, another column {text!r}"
    return ""


def plain_name(query: Query) -> str:
    """A line's name without coats, so that "zinc plated" is not read as zinc."""
    return materials().coats.sub(" ", lexicon().plain(query.name))
