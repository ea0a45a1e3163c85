"""The matcher: a line's words in, ranked datasets out, and one of them accepted or none.

The score of a dataset depends on the line and on that dataset's family alone. What else the
inventory holds can make a match ambiguous; it never makes it better.
"""

from __future__ import annotations

import heapq
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from footprint.inventory.compiled import CompiledInventory, Entry, fold_name
from footprint.inventory.years import base_of
from footprint.matching.codes import agreement, codes_in, codes_of, with_codes, without_codes
from footprint.matching.index import Family, Index, build_index
from footprint.matching.lexicon import fold, lexicon
from footprint.matching.places import distance, fallback, places
from footprint.matching.score import Parsed, Reading, best_possible, read, words_score
from footprint.matching.stages import stage_factor
from footprint.matching.text import normal, pieces

#: Below this a candidate is a suggestion, not a match. Tuned on one half of the labelled lines.
THRESHOLD = 0.73
#: Two different products closer than this are too close to choose between.
MARGIN = 0.03
#: What one step further away costs a dataset in the order (never in the score): three steps, from
#: the own region to another country, settle what the words leave open.
_STEP = 0.012
#: Below this a dataset has nothing to do with the line and is not even suggested.
FLOOR = 0.3
#: A score of 1 is kept for a name as written; whatever was put together from words stays below.
_PUT_TOGETHER = 0.95


@dataclass(frozen=True, slots=True)
class Query:
    """What a line says: its name and note, its stage, its own location, the product's country."""

    text: str
    note: str = ""
    stage: str = "material"
    location: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dataset that may be meant: score 0 to 1, the name or code that matched, its language, how
    near its place is (`places.HERE` ...), and what to say if it is not the place asked for."""

    entry: Entry
    score: float
    matched: str
    language: str
    distance: int
    fallback: str

    @property
    def reason(self) -> str:
        """Why this dataset: the name or code that matched, and the stand-in for a place."""
        words = f"{self.matched!r} ({self.language})" if self.language else self.matched
        return f"{words}; {self.fallback}" if self.fallback else words

    @property
    def rank(self) -> float:
        """The order of candidates: the score, less a little for distance."""
        return self.score - _STEP * self.distance


@dataclass(frozen=True, slots=True)
class Outcome:
    """Candidates, best first; the one that is accepted, or None and why not."""

    candidates: tuple[Candidate, ...]
    accepted: Candidate | None
    refusal: str = ""


Fits = Callable[[Entry], bool]


class Matcher:
    """An index of datasets. `codes` are HS and CAS numbers by dataset id."""

    def __init__(
        self, entries: Iterable[Entry], codes: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        self._index: Index = build_index(entries)
        self._codes = codes or {}
        self._parsed = Parsed(self._index, lexicon())

    def match(self, query: Query, fits: Fits, top: int = 5) -> Outcome:
        """Rank the datasets for which `fits` (the line's unit can be converted) holds.

        Returns up to `top` candidates; the best is accepted if its score reaches `THRESHOLD` and
        no other product comes closer than `MARGIN`.
        """
        codes = codes_in(fold(f"{query.text} {query.note}"))
        exact = fold_name(without_codes(fold(query.text)))
        reading, named = self._read(query)
        place = query.location or named or query.country
        found: list[tuple[Candidate, Family]] = []
        ranks = [FLOOR] * top  # the best so far, as a heap: the least of them is to be beaten
        for family, explained in self._promising(reading, exact, codes):
            if not codes and best_possible(explained) < ranks[0]:
                break
            members = [entry for entry in family.members if fits(entry)]
            if not members:
                continue
            named_so = exact in family.names
            scored = self._scored(reading, family, explained, codes, named_so=named_so)
            stage = "" if named_so else query.stage
            near = [c for c in _nearest(scored, members, place, stage) if c.score >= FLOOR]
            for candidate in near:
                found.append((candidate, family))
                heapq.heappushpop(ranks, candidate.rank)
        found.sort(key=lambda pair: (-pair[0].rank, -pair[0].score, pair[0].entry.id))
        return _decided(found, top)

    def _read(self, query: Query) -> tuple[Reading, str]:
        """The words of a line, and the place that they name. The note counts when the name says
        nothing but a shape ("upper cover", note "ABS")."""
        words = lexicon()
        text, named = places().take(words.plain(without_codes(fold(query.text))))
        found = pieces(normal(text, words), words)
        if not any(piece.kind in {"core", "code", "part_number", "generic"} for piece in found):
            note, _ = places().take(words.plain(without_codes(fold(query.note))))
            found += tuple(
                piece for piece in pieces(normal(note, words), words) if piece.kind != "stop"
            )
        return read(found, query.stage, self._parsed), named

    def _promising(
        self, reading: Reading, exact: str, codes: frozenset[str]
    ) -> Iterable[tuple[Family, float]]:
        """Families and the share of the line that they explain, the largest first."""
        shares = dict(reading.explained)
        for at in self._index.names.get(exact, ()):
            shares[at] = 1.0
        if codes:
            for at, family in enumerate(self._index.families):
                if self._agreement(codes, family)[0] > 0:
                    shares.setdefault(at, 0.0)
        for at, share in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
            yield self._index.families[at], share

    def _scored(
        self,
        reading: Reading,
        family: Family,
        explained: float,
        codes: frozenset[str],
        *,
        named_so: bool,
    ) -> Candidate:
        """The family's score before its stage is looked at, told of its first member."""
        alias, score = words_score(reading, family, explained)
        score = 1.0 if named_so else min(score, _PUT_TOGETHER)
        matched, language = (alias.text, alias.language) if alias else ("", "")
        if codes:
            agreed, code = self._agreement(codes, family)
            score = with_codes(score, agreed)
            if code:
                matched = f"{matched}, {code}" if matched else code
        return Candidate(family.members[0], score, matched, language, 0, "")

    def _agreement(self, codes: frozenset[str], family: Family) -> tuple[float, str]:
        return max(
            agreement(codes, self._codes.get(entry.id, frozenset())) for entry in family.members
        )


def _nearest(scored: Candidate, members: list[Entry], place: str, stage: str) -> list[Candidate]:
    """The family's nearest dataset; several if equally near places could stand in."""
    ranked = sorted(members, key=lambda e: (distance(place, e.location), -e.year, e.id))
    nearest = distance(place, ranked[0].location)
    newest: dict[str, Entry] = {}
    for entry in ranked:
        if distance(place, entry.location) == nearest:
            newest.setdefault(entry.location, entry)
    return [
        replace(
            scored,
            entry=entry,
            score=round(scored.score * stage_factor(stage, entry), 4),
            distance=nearest,
            fallback=fallback(place, entry.location),
        )
        for entry in newest.values()
    ]


def _decided(found: list[tuple[Candidate, Family]], top: int) -> Outcome:
    candidates = tuple(candidate for candidate, _ in found[:top])
    if not found:
        return Outcome((), None, "nothing in the inventory resembles it")
    best, family = found[0]
    if best.score < THRESHOLD:
        return Outcome(candidates, None, f"the best candidate scores {best.score:.2f}")
    for rival, other in found[1:]:
        if best.rank - rival.rank >= MARGIN:
            break
        if other is family:
            places_ = f"{best.entry.location} and {rival.entry.location}"
            return Outcome(candidates, None, f"{places_} could stand in equally well")
        nearer = best.distance < rival.distance and fold_name(best.matched) in other.names
        if not nearer:
            return Outcome(
                candidates, None, f"{best.entry.id} and {rival.entry.id} fit about equally well"
            )
    return Outcome(candidates, best)


_matchers: dict[int, Matcher] = {}


def matcher_of(inventory: CompiledInventory) -> Matcher:
    """The matcher of an inventory, built on first use and kept as long as the inventory lives.

    Other years of a dataset (`footprint.inventory.years`) are not what words lead to.
    """
    key = id(inventory)
    found = _matchers.get(key)
    if found is None:
        datasets = inventory.datasets
        plain = [entry for entry in datasets.values() if base_of(entry, datasets) is None]
        found = _matchers[key] = Matcher(plain, codes_of(inventory))
        weakref.finalize(inventory, _matchers.pop, key, None)
    return found
