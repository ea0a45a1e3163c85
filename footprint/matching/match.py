"""The matcher: what a line says in, ranked datasets out, and one of them accepted or none.

The score of a dataset depends on the line and on that dataset's family alone. What else the
inventory holds can make a match ambiguous; it never makes it better.
"""

from __future__ import annotations

import heapq
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.inventory.years import base_of
from footprint.matching.codes import agreement, codes_in, codes_of, with_codes
from footprint.matching.fit import UnitFits, any_unit
from footprint.matching.hits import Hit, Scored, hit_of, near_enough, outcome_of_hits
from footprint.matching.index import Family, Index, build_index
from footprint.matching.kinds import MatchKind
from footprint.matching.lexicon import fold_width, lexicon
from footprint.matching.line_words import LineWords, words_of_line
from footprint.matching.outcome import THRESHOLD, Near, Outcome, nearest_dataset
from footprint.matching.query import Query
from footprint.matching.refuse import (
    against_device,
    against_entry,
    against_material,
    against_purpose,
    against_substance,
    contradiction,
    kinds_of,
)
from footprint.matching.score import LineReading, Parsed, read_pieces, words_score

#: Below this a dataset has nothing to do with the line and is not even suggested.
FLOOR = 0.3
#: A score of 1 is kept for a name as written; whatever was put together from words stays below.
_PUT_TOGETHER = 0.95
#: The most that a score gains where it is rounded.
_ROUNDED = 0.0001
#: So many lines, and so many pairs of unit and place, are remembered.
_REMEMBERED = 4_096

Fits = Callable[[Entry], bool]


class Promising(NamedTuple):
    """Families that may be meant, by place in the index, with the share of the line that each
    explains and the most that it can score."""

    families: NDArray[np.intp]
    explained: NDArray[np.float64]
    most: NDArray[np.float64]

    def among(self, kept: NDArray[np.bool_], least: float) -> Iterator[tuple[int, float, float]]:
        """Those that are kept (an array over all families) and can score so much, one by one."""
        held = kept[self.families] & (self.most >= least)
        columns = (column[held].tolist() for column in self)
        return zip(*columns, strict=True)


class _Read(NamedTuple):
    """What a line says, its features as the index has them with how surely each was read, its
    codes, the families that may be meant, and those scored so far."""

    said: LineWords
    features: dict[str, float]
    codes: frozenset[str]
    promising: Promising
    scored: dict[int, Scored]


class Matcher:
    """An index of datasets. `codes` are HS and CAS numbers by dataset id."""

    def __init__(
        self, entries: Iterable[Entry], codes: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        self._index: Index = build_index(entries)
        self._codes = codes or {}
        self._parsed = Parsed(self._index, lexicon())
        self._kinds: dict[str, frozenset[int]] = {}
        self._lines: dict[tuple[str, ...], _Read] = {}
        self._near: dict[tuple[Fits, str], dict[int, list[Near]]] = {}
        self._may_fit: dict[Fits, NDArray[np.bool_]] = {}
        self._beside: dict[UnitFits, NDArray[np.bool_]] = {}

    def match(self, query: Query, fits: Fits, top: int = 5) -> Outcome:
        """Rank the datasets for which `fits` (the line's unit can be converted) holds.

        Returns up to `top` candidates, those that are refused last; the best is accepted if nothing
        speaks against it (`footprint.matching.refuse`), its score reaches `THRESHOLD` and no other
        product comes closer than `MARGIN`.
        """
        line = self._read(query)
        said = line.said
        place = query.location or said.named or query.country
        found: list[Hit] = []
        own = self._of_kind(said.kind)
        near, may_fit = self._known_of(fits, place)
        # The best so far, as heaps whose least is to be beaten: what may be taken, and the rest.
        ranks, others = [FLOOR] * top, [FLOOR] * top
        for at, explained, most in line.promising.among(may_fit, FLOOR):
            heap = ranks if own is None or at in own else others
            if most < heap[0]:
                continue
            family = self._index.families[at]
            if at not in near:
                near[at] = nearest_dataset([one for one in family.members if fits(one)], place)
                may_fit[at] = bool(near[at])
            scored = self._score_of(line, at, explained)
            if not near[at] or scored.score < heap[0]:
                continue
            of_family = (
                against_material(said.kind) if heap is others else _against(query, said, family)
            )
            stage = "" if said.exact in family.names and said.by == "name" else query.stage
            for one, score in near_enough(scored, near[at], stage, FLOOR):
                against = of_family or against_entry(query, one.entry)
                hit = hit_of(family, scored, one, score, against)
                found.append(hit)
                heapq.heappushpop(others if against else heap, -hit.behind)
        return outcome_of_hits(found, top, contradiction(query))

    def _known_of(self, fits: Fits, place: str) -> tuple[dict[int, list[Near]], NDArray[np.bool_]]:
        """What is known of families, by place in the index: the datasets that fit, nearest to a
        place, and which are not known to have none. It is kept for what is asked again."""
        if fits is not any_unit and not isinstance(fits, UnitFits):
            return {}, np.ones(len(self._index.families), np.bool_)
        if len(self._near) > _REMEMBERED:
            self._near.clear()
            self._may_fit.clear()
        if fits not in self._may_fit:
            self._may_fit[fits] = np.ones(len(self._index.families), np.bool_)
        return self._near.setdefault((fits, place), {}), self._may_fit[fits]

    def may_mean_another_unit(self, query: Query, fits: UnitFits) -> bool:
        """Whether a dataset that does not fit may be accepted where all units are: False is sure.

        Only a score of `THRESHOLD` is, and no family scores more than the share that it explains.
        """
        line = self._read(query)
        if line.codes:
            return True
        enough = THRESHOLD - _ROUNDED
        return any(
            self._score_of(line, at, explained).score >= enough
            for at, explained, _ in line.promising.among(self._with_others(fits), enough)
        )

    def _with_others(self, fits: UnitFits) -> NDArray[np.bool_]:
        """Which families have a dataset that does not fit."""
        found = self._beside.get(fits)
        if found is None:
            if len(self._beside) > _REMEMBERED:
                self._beside.clear()
            families = self._index.families
            found = np.array([not all(map(fits, one.members)) for one in families], np.bool_)
            self._beside[fits] = found
        return found

    def _score_of(self, line: _Read, at: int, explained: float) -> Scored:
        """The score of a family for a line: once for all units and places."""
        found = line.scored.get(at)
        if found is None:
            found = self._scored(line, self._index.families[at], explained)
            line.scored[at] = found
        return found

    def _read(self, query: Query) -> _Read:
        """A line's words read against the index: once for all units and places of a name."""
        words = (query.name, query.note, query.stage, query.material)
        key = (*words, query.specification, query.category)
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) > _REMEMBERED:
                self._lines.clear()
            codes = codes_in(fold_width(f"{query.name} {query.note}"))
            said = words_of_line(query)
            reading = read_pieces(said.pieces, query.stage, self._parsed)
            promising = self._promising(reading, said.exact, codes)
            found = self._lines[key] = _Read(said, reading.features, codes, promising, {})
        return found

    def _promising(self, reading: LineReading, exact: str, codes: frozenset[str]) -> Promising:
        """The families that can reach `FLOOR`, those first that explain the largest share of the
        line. Codes may raise any of them."""
        explained, most = reading.explained, reading.most
        named = list(self._index.names.get(exact, ()))
        explained[named] = most[named] = 1.0
        if codes:
            families = enumerate(self._index.families)
            agreeing = [at for at, one in families if self._agreement(codes, one)[0] > 0]
            most[explained > 0.0] = most[agreeing] = 1.0
        at = np.flatnonzero(most >= FLOOR)
        at = at[np.argsort(-explained[at], kind="stable")]
        return Promising(at, explained[at], most[at])

    def _of_kind(self, kind: MatchKind | None) -> frozenset[int] | None:
        """The families that may stand for a part of a kind; None if all may."""
        if kind is None or not kind.strict:
            return None
        if not self._kinds:
            found: dict[str, set[int]] = {}
            for at, family in enumerate(self._index.families):
                for named in kinds_of(family):
                    found.setdefault(named, set()).add(at)
            self._kinds = {named: frozenset(ats) for named, ats in found.items()}
        return self._kinds.get(kind.id, frozenset())

    def _scored(self, line: _Read, family: Family, explained: float) -> Scored:
        """The family's score before its stage is looked at. A material that is named as written
        still leaves open what was made of it."""
        said, codes = line.said, line.codes
        named_so = said.exact in family.names
        alias, score = words_score(line.features, family, explained)
        score = 1.0 if named_so and said.by == "name" else min(score, _PUT_TOGETHER)
        matched, language = (alias.text, alias.language) if alias else ("", "")
        if codes:
            agreed, code = self._agreement(codes, family)
            score = with_codes(score, agreed)
            if code:
                matched = f"{matched}, {code}" if matched else code
        return Scored(score, matched, language, said.by)

    def _agreement(self, codes: frozenset[str], family: Family) -> tuple[float, str]:
        return max(
            agreement(codes, self._codes.get(entry.id, frozenset())) for entry in family.members
        )


def _against(query: Query, said: LineWords, family: Family) -> str:
    """Why a family that may stand for the line is not taken without a question, or ""."""
    if family.purpose:
        return against_purpose(query, family.purpose)
    if said.by == "material":
        return against_substance(query, family)
    return against_device(query, family)


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
