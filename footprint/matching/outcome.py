"""What the matcher answers: candidates with score and reason, and one of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from footprint.inventory.compiled import Entry, fold_name
from footprint.matching.places import distance, fallback

if TYPE_CHECKING:  # the patterns of names are compiled by whoever matches
    from footprint.matching.index import Family

#: Below this a candidate is a suggestion, not a match. Tuned on one half of the labelled lines.
THRESHOLD = 0.73
#: Below this what is accepted is a guess: half of the words are not explained, or the kind of the
#: part is only the nearest that there is. Somebody is to confirm it.
SURE = 0.8
#: Two different products closer than this are too close to choose between.
MARGIN = 0.03
#: What one step further away costs a dataset in the order (never in the score): three steps, from
#: the own region to another country, settle what the words leave open.
_STEP = 0.012

#: What a candidate was found by: the line's words, its material column, or the model of a part.
FoundBy = Literal["name", "material", "part"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dataset that may be meant: score 0 to 1, the name or code that matched, its language, how
    near its place is (`places.HERE` ...), and what to say if it is not the place asked for.

    `by` is "material" where only what the part is made of was found: its making is not in the
    figure. `refused` says why it is not taken without a question ("" = it may be). `amount` is what
    one piece of the line is in units of a part model, where its words tell (the board of a carton);
    `needs` what is lacking for that.
    """

    entry: Entry
    score: float
    matched: str
    language: str
    distance: int
    fallback: str
    by: FoundBy = "name"
    refused: str = ""
    amount: float | None = None
    needs: str = ""

    @property
    def reason(self) -> str:
        """Why this dataset: the name or code that matched, and the stand-in for a place."""
        words = f"{self.matched!r} ({self.language})" if self.language else self.matched
        if self.by == "part":
            words = f"the model of a part: {words}"
            if self.entry.lacks_en:
                words += f"; it lacks {', '.join(self.entry.lacks_en)}"
        if self.by == "material":
            words = f"its material by mass, without the making of the part: {words}"
        return "; ".join(text for text in (words, self.fallback, self.refused, self.needs) if text)

    @property
    def rank(self) -> float:
        """The order of candidates: the score, less a little for distance."""
        return rank_of(self.score, self.distance)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Candidates, best first; the one that is accepted, or None and why not."""

    candidates: tuple[Candidate, ...]
    accepted: Candidate | None
    refusal: str = ""


def rank_of(score: float, distance: int) -> float:
    """The order of candidates: the score, less a little for distance."""
    return score - _STEP * distance


class Near(NamedTuple):
    """A dataset that is as near to a place as any of its family: how near, and what to say."""

    entry: Entry
    distance: int
    fallback: str


def nearest_dataset(members: list[Entry], place: str) -> list[Near]:
    """The family's nearest dataset; several if equally near places could stand in."""
    if len(members) == 1:
        [entry] = members
        away = distance(place, entry.location)
        return [Near(entry, away, fallback(place, entry.location))]
    distances = [distance(place, entry.location) for entry in members]
    closest = min(distances, default=0)
    near = [entry for entry, at in zip(members, distances, strict=True) if at == closest]
    newest: dict[str, Entry] = {}
    for entry in sorted(near, key=lambda e: (-e.year, e.id)) if len(near) > 1 else near:
        newest.setdefault(entry.location, entry)
    return [Near(entry, closest, fallback(place, entry.location)) for entry in newest.values()]


def outcome_of(found: Sequence[tuple[Candidate, Family]], top: int, refusal: str = "") -> Outcome:
    """The outcome of ranked candidates: the best is accepted if its score reaches `THRESHOLD` and
    no other product comes closer than `MARGIN`. `refusal` is why none may be, whatever its score.
    """
    candidates = tuple(candidate for candidate, _ in found[:top])
    if refusal:
        return Outcome(candidates, None, refusal)
    if not found:
        return Outcome((), None, "nothing in the inventory resembles it")
    best, family = found[0]
    if best.refused:
        return Outcome(candidates, None, f"{best.entry.id}: {best.refused}")
    if best.score < THRESHOLD:
        return Outcome(candidates, None, f"the best candidate scores {best.score:.2f}")
    for rival, other in found[1:]:
        if rival.refused or best.rank - rival.rank >= MARGIN:
            break
        if other is family:
            places = f"{best.entry.location} and {rival.entry.location}"
            return Outcome(candidates, None, f"{places} could stand in equally well")
        nearer = best.distance < rival.distance and fold_name(best.matched) in other.names
        if not nearer:
            return Outcome(
                candidates, None, f"{best.entry.id} and {rival.entry.id} fit about equally well"
            )
    return Outcome(candidates, best)
