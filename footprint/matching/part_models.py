"""Part models for a line: the kind by the head of its name, the size by its words."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase

from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.late_pattern import late_pattern
from footprint.matching.fit import remembered_convertible, units_per
from footprint.matching.grids import with_grid
from footprint.matching.kinds import MatchKind, kind_of_query, match_kinds
from footprint.matching.lexicon import lexicon
from footprint.matching.match import Matcher, matcher_of
from footprint.matching.materials import materials
from footprint.matching.outcome import MARGIN, SURE, THRESHOLD, Candidate, Outcome
from footprint.matching.places import distance
from footprint.matching.query import Query
from footprint.matching.refuse import against_model
from footprint.parts import PartCandidate, find

#: Land patterns of IPC-7351 give chip sizes in metric (RESC1608); the models have them in inches.
_LAND_PATTERN = late_pattern(r"(?i)\b(res|cap|ind|led)c?(\d{4})(?:x\d+)?n?\b")
_INCHES = {
    "0603": "0201",
    "1005": "0402",
    "1608": "0603",
    "2012": "0805",
    "3216": "1206",
    "3225": "1210",
    "4532": "1812",
    "5025": "2010",
    "6332": "2512",
    "6432": "2512",
}
#: The score of a model that no word of the line names: its kind is but like that of the line (a
#: thermal pad counts as a seal of silicone). It is taken, and shown as a guess.
_NEAREST = SURE - 0.02
#: Stages whose lines can be parts.
_THINGS = frozenset(("material", "packaging"))


def match_query(
    query: Query, inventory: CompiledInventory, fits: Callable[[Entry], bool], top: int = 5
) -> Outcome:
    """What the words of a line find: part models and other datasets together.

    Of a part that is counted, a model of its kind and size comes first; of what is weighed, or is
    no more than its material, a dataset that the matcher is sure of. `fits` says for which datasets
    the line's unit can be converted.
    """
    return with_grid(_match_query(query, inventory, fits, top), query, inventory, top)


def _match_query(
    query: Query, inventory: CompiledInventory, fits: Callable[[Entry], bool], top: int
) -> Outcome:
    matcher: Matcher = matcher_of(inventory)
    words = matcher.match(query, fits, top)
    if query.stage not in _THINGS:
        return words
    kind = kind_of_query(query)
    parts = part_candidates(query, kind, inventory) if kind and kind.models else []
    if kind is None or not parts:
        return words
    weighed = bool(query.unit) and remembered_convertible(query.unit, "kg")
    by_name = words.accepted is not None and words.accepted.by == "name"
    by_words = words.accepted is not None and (weighed or (by_name and not kind.strict))
    found = _decided(parts)
    first, then = (words, found) if by_words else (found, words)
    both = (*first.candidates, *(c for c in then.candidates if not c.refused), *then.candidates)
    once = tuple({candidate.entry.id: candidate for candidate in reversed(both)}.values())[::-1]
    accepted = first.accepted or then.accepted
    ranked = once if accepted is None else (accepted, *(c for c in once if c is not accepted))
    return Outcome(ranked[:top], accepted, "" if accepted else first.refusal)


def part_candidates(query: Query, kind: MatchKind, inventory: CompiledInventory) -> list[Candidate]:
    """The part models of a kind that a line's words and sizes name, the likeliest first."""
    datasets, place = inventory.datasets, query.location or query.country
    mass = query.mass_kg if query.unit in {"piece", ""} else None
    key = ("parts", kind.id, query.words, query.made_of, query.category, query.specification, mass)
    named: list[PartCandidate] | None = inventory.remembered.get(key)
    if named is None:
        named = inventory.remembered[key] = _named(query, kind, datasets, mass)
    ranked = [_candidate(one, query, datasets[one.dataset], place) for one in named]
    return _by_mass(ranked, mass)


def _named(
    query: Query, kind: MatchKind, datasets: Mapping[str, Entry], mass: float | None
) -> list[PartCandidate]:
    """The part models of a kind that words and sizes name, but for those of another material."""
    text = _said(query)
    found = _of_kind(find(text, datasets, mass_kg=mass), kind)
    if not found and kind.find:
        nearest = _of_kind(find(f"{kind.find} {text}", datasets, mass_kg=mass), kind)
        found = [replace(one, confidence=min(one.confidence, _NEAREST)) for one in nearest]
    words = lexicon().plain(query.words)
    return [one for one in found if not against_model(query, words, kind, datasets[one.dataset])]


def _said(query: Query) -> str:
    """All that a line says, in the words of the library of parts."""
    made_of = materials().plain(query.made_of) if query.made_of else ""
    text = " ".join((query.name, query.category, query.specification, query.made_of, made_of))
    folded = text.casefold()
    # Most texts hold none of the words, which is seen 10 times as fast without the expressions.
    known = match_kinds().designs
    designs = [meant for word, begun, meant in known if word in folded and begun.search(folded)]
    return " ".join((*designs, _LAND_PATTERN.sub(_in_inches, text)))


def _by_mass(found: list[Candidate], mass: float | None) -> list[Candidate]:
    """Of several designs in one size, the one whose piece weighs what the line says comes first."""
    pieces = [one for one in found if one.entry.unit == "piece" and one.entry.mass_kg_per_unit]
    if not mass or len(pieces) < 2:
        return found
    best = min(pieces, key=lambda one: abs(math.log(mass / (one.entry.mass_kg_per_unit or mass))))
    top = max(one.score for one in pieces)
    others = [
        replace(one, score=min(one.score, top - MARGIN)) if one in pieces else one
        for one in found
        if one is not best
    ]
    return [replace(best, score=top), *others]


def _of_kind(found: list[PartCandidate], kind: MatchKind) -> list[PartCandidate]:
    return [one for one in found if any(fnmatchcase(one.dataset, m) for m in kind.models)]


def _in_inches(match: re.Match[str]) -> str:
    return f"{match[1]} {_INCHES.get(match[2], match[2])}"


def _candidate(one: PartCandidate, query: Query, entry: Entry, place: str) -> Candidate:
    amount = units_per(query.unit, query.mass_kg, entry) if query.unit else None
    if amount is None and query.unit == "piece":
        amount = one.amount
    needs = f"give the {one.needs or 'amount'} of one {query.unit or 'unit'}"
    return Candidate(
        entry,
        one.confidence,
        " ".join(one.evidence),
        "",
        distance(place, entry.location),
        "",
        "part",
        amount=amount,
        needs="" if amount is not None else needs,
    )


def _decided(parts: list[Candidate]) -> Outcome:
    """The best model is accepted if it is sure, its amount is known, and no other comes close."""
    usable = [one for one in parts if not one.needs]
    ordered = (*usable, *(one for one in parts if one.needs))
    if not usable:
        return Outcome(ordered, None, f"{parts[0].entry.id}: {parts[0].needs}")
    best = usable[0]
    if best.score < THRESHOLD:
        return Outcome(ordered, None, f"the best part model scores {best.score:.2f}")
    if len(usable) > 1 and best.score - usable[1].score < MARGIN:
        both = f"{best.entry.id} and {usable[1].entry.id}"
        return Outcome(ordered, None, f"{both} fit about equally well")
    return Outcome(ordered, best)
