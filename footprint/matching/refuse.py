"""What speaks against a dataset although its words fit: the part, the purpose, the stated mass."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import lru_cache

from footprint.inventory.compiled import Entry
from footprint.matching.facts import piece_facts
from footprint.matching.index import Family
from footprint.matching.kinds import MatchKind, kind_of, match_kinds
from footprint.matching.lexicon import fold_width, lexicon
from footprint.matching.materials import MaterialClass, material_class_of, materials
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


def against_material(kind: MatchKind | None) -> str:
    """Why a family of another kind is not taken for a part."""
    return f"a part ({kind.id if kind else ''}) is more than the material that its name mentions"


def against_purpose(query: Query, purpose: int) -> str:
    """Why a family that is made for a purpose (see `purpose_of`) is not taken, or "" if the line
    names that purpose."""
    made_for = piece_facts().purposes[purpose - 1]
    return (
        ""
        if made_for.line.search(fold_width(query.words))
        else f"it is made for {made_for.purpose}, which the line does not name"
    )


def against_device(query: Query, family: Family) -> str:
    """Why a device is not taken for what only covers or carries one, or ""."""
    end = _holder_end(query.name)
    if not end or not piece_facts().holders.devices.search(family.members[0].name_en):
        return ""
    own = re.compile(rf"(?<![a-z]){re.escape(end)}(?![a-z])", re.IGNORECASE)
    if any(own.search(alias.text) for alias in family.aliases):
        return ""  # a server case, an internet box
    return f"{end!r} is what holds or covers such a thing, and not the thing itself"


@lru_cache(maxsize=256)  # asked of a line once for each dataset that it may be
def _holder_end(name: str) -> str:
    """The word at the end of a name that holds or covers a device, or ""."""
    end = piece_facts().holders.ends.search(fold_width(name).strip().rstrip(".,;:"))
    return end[0] if end else ""


def against_substance(query: Query, family: Family) -> str:
    """Why a family is not taken for what the material column says, or "": it is another substance,
    as a resin is for a fabric of the same polymer."""
    stated, own = materials().found(query.made_of), materials().found(family.members[0].name_en)
    if stated is None or own is None or not _differ(stated, own):
        return ""
    return f"{query.made_of!r} is {stated.name_en}, this is {own.name_en}"


def kinds_of(family: Family) -> frozenset[str]:
    """The kinds of part that a family's names name."""
    named = (kind_of(alias.text) for alias in family.aliases)
    return frozenset(kind.id for kind in named if kind is not None)


def against_entry(query: Query, entry: Entry) -> str:
    """Why a dataset per piece is not taken: the line's piece weighs something else; or ""."""
    if query.mass_kg is None or query.unit != "piece" or entry.unit != "piece":
        return ""
    own = entry.mass_kg_per_unit
    low, high = (own, own) if own else piece_facts().masses.get(entry.id, (0.0, float("inf")))
    if low / MASS_FACTOR <= query.mass_kg <= high * MASS_FACTOR:
        return ""
    weighs = f"{low:g} kg" if low == high else f"{low:g} to {high:g} kg"
    return f"a piece of it weighs {weighs}, the line says {query.mass_kg:g} kg"


def against_model(query: Query, words: str, kind: MatchKind, entry: Entry) -> str:
    """Why a part model is not taken: the line says that the part is made of another material than
    the model; or "". `words` are all of the line's, plain."""
    not_for, only_of = _materials_of_model(entry.id)
    for told in not_for:
        if found := told.search(words):
            return f"it is not made of {found[0]!r}"
    other = f"it is not made of {query.made_of or query.name!r}"
    if query.made_of and only_of:
        return "" if only_of.search(materials().plain(query.made_of)) else other
    own = materials().found(entry.name_en)
    stated = material_class_of(query)
    if kind.own or own is None or stated is None or not _differ(own, stated):
        return ""
    if kind.material_class == "textile" and {own.id, stated.id} == {"textile", "plastic"}:
        return ""  # a zip of nylon, a thread of polyester
    return other


@lru_cache(maxsize=1024)  # there are 400 models, and a line asks for up to 20 of them
def _materials_of_model(model: str) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str] | None]:
    """What says that a part is not one of a model, and what of its material alone says that it is;
    None where other materials are no matter."""
    known = match_kinds()
    not_for = tuple(told for name, told in known.not_for.items() if fnmatchcase(model, name))
    only_of = (told for name, told in known.made_only_of.items() if fnmatchcase(model, name))
    return not_for, next(only_of, None)


def _differ(one: MaterialClass, other: MaterialClass) -> bool:
    """Whether two classes are of different substances, neither of them within the other."""
    if one.id == other.id or not {one.id, other.id} <= _SUBSTANCES:
        return False
    if {one.id, other.id} == {"steel", "steel-stainless"}:  # a third more of alloys, twice the CO2e
        return True
    return one.id not in {other.parent, "metal"} and other.id not in {one.parent, "metal"}


def contradiction(query: Query) -> str:
    """Why a line cannot be matched at all: its material column names one material, its category or
    specification another; or ""."""
    if not query.made_of:
        return ""
    known = materials()
    stated = known.found(query.made_of)
    if stated is None:
        return ""
    for text in (query.category, query.specification):
        other = known.found(text) if text else None
        if other is not None and _differ(stated, other):
            return f"the material column says {query.made_of!r}, another column {text!r}"
    return ""


def plain_name(query: Query) -> str:
    """A line's name without coats, so that "zinc plated" is not read as zinc."""
    return materials().coats.sub(" ", lexicon().plain(query.name))
