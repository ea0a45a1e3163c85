"""What the matcher finds on its way, as light as it can be: most of it is never looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from footprint.matching.index import Family
from footprint.matching.outcome import (
    MARGIN,
    Candidate,
    FoundBy,
    Near,
    Outcome,
    outcome_of,
    rank_of,
)
from footprint.matching.stages import stage_factor


class Scored(NamedTuple):
    """The score of a family for a line before its stage is looked at, and the name or code that
    matched with its language."""

    score: float
    matched: str
    language: str
    by: FoundBy


class Hit(NamedTuple):
    """A dataset that may be meant. Hits sort as candidates are told: no two have one dataset."""

    is_refused: bool
    behind: float
    missing: float
    dataset: str
    near: Near
    scored: Scored
    refused: str
    family: Family

    @property
    def candidate(self) -> Candidate:
        """The same, as it is told."""
        entry, distance, fallback = self.near
        _, matched, language, by = self.scored
        score = -self.missing
        return Candidate(entry, score, matched, language, distance, fallback, by, self.refused)


def near_enough(
    scored: Scored, near: Iterable[Near], stage: str, floor: float
) -> Iterator[tuple[Near, float]]:
    """The datasets of a family that score at least `floor` at a stage, and their scores."""
    for one in near:
        score = round(scored.score * stage_factor(stage, one.entry), 4)
        if score >= floor:
            yield one, score


def hit_of(family: Family, scored: Scored, near: Near, score: float, refused: str) -> Hit:
    """A dataset of a family with this score."""
    rank = rank_of(score, near.distance)
    return Hit(bool(refused), -rank, -score, near.entry.id, near, scored, refused, family)


def outcome_of_hits(found: list[Hit], top: int, refusal: str) -> Outcome:
    """The outcome of what was found, in any order. Candidates are made of those alone that are told
    or come close to the best."""
    found.sort()
    told = found[:top]
    for one in found[top:]:
        if one.is_refused or one.behind - found[0].behind >= MARGIN:
            break
        told.append(one)
    return outcome_of([(one.candidate, one.family) for one in told], top, refusal)
