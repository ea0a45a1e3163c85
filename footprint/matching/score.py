"""How well words agree: the share of the line that a dataset explains, and of the dataset's name
that the line gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from footprint.matching.index import Alias, Family, Index
from footprint.matching.lexicon import Kind, Lexicon
from footprint.matching.text import Piece

#: Weight of a piece of the line that the dataset explains, and of one that it leaves open. An
#: unknown grade number weighs most: 316L is not 304.
EXPLAINED: dict[Kind, float] = {
    "core": 1.0,
    "code": 1.0,
    "part_number": 1.0,
    "generic": 1.0,
    "process": 1.0,
    "colour": 0.3,
    "form": 0.3,
    "stop": 0.05,
}
LEFT_OPEN: dict[Kind, float] = {
    "core": 1.2,
    "code": 2.0,
    "part_number": 0.2,
    "generic": 0.3,
    "process": 1.0,
    "colour": 0.05,
    "form": 0.3,
    "stop": 0.05,
}
#: An unknown word weighs this share after the thing itself was named, and this one where a line is
#: no material: of energy, transport and waste it says for which machine, from where, of what.
_LATE, _NO_MATERIAL = 0.35, 0.5
#: The end of a Chinese word, left open, makes it another thing: 花生酱 is no peanut.
_HEAD = 1.5
#: Of a material a process says how it was made; there it weighs no more than a shape.
_PROCESS_OF_MATERIAL = 0.3
_MATERIALS = frozenset(("material", "packaging"))
#: Exponents of the two shares in the score.
_NAME, _LINE = 0.5, 0.5


@dataclass(frozen=True, slots=True)
class LineReading:
    """A line's features with how surely each was read; of each family, by place in the index, the
    share of the line that it explains (0 to 1) and the most that `words_score` can give it."""

    features: dict[str, float]
    explained: NDArray[np.float64]
    most: NDArray[np.float64]


class Parsed:
    """Words of the index, and what a word of a line may stand for (remembered)."""

    def __init__(self, index: Index, lexicon: Lexicon) -> None:
        self.index = index
        self._lexicon = lexicon
        self._meanings: dict[str, tuple[tuple[str, float], ...]] = {}

    def meanings(self, feature: str) -> tuple[tuple[str, float], ...]:
        """Features of the index that a feature of a line stands for, with a factor up to 1."""
        found = self._meanings.get(feature)
        if found is None:
            exact = ((feature, 1.0),) if feature in self.index.postings else ()
            found = (*exact, *self._corrected(feature))
            if len(self._meanings) > 50_000:  # a service sees strangers' words for months
                self._meanings.clear()
            self._meanings[feature] = found
        return found

    def _corrected(self, feature: str) -> Sequence[tuple[str, float]]:
        known = self.index.words.get(feature[:1])
        if not known:
            return ()
        from footprint.matching.spelling import corrections  # noqa: PLC0415  # rapidfuzz: 50 ms

        return corrections(feature, known, self._lexicon.never_typos)


def read_pieces(found: Sequence[Piece], stage: str, parsed: Parsed) -> LineReading:
    """Read a line's pieces against the index: against all families at once, as a common word stands
    in hundreds of them."""
    features: dict[str, float] = {}
    size = len(parsed.index.families)
    gained, spared = np.zeros(size), np.zeros(size)
    open_weight = 0.0
    for piece in found:
        explains, leaves = weights_of(piece, stage)
        open_weight += leaves
        meanings = parsed.meanings(piece.feature)
        for meant, surely in meanings:
            features[meant] = max(surely, features.get(meant, 0.0))
        if piece.kind != "stop" and meanings:
            families, sure = _read_as(meanings, parsed.index)
            gained[families] += explains * sure
            spared[families] += leaves * sure
    whole = gained + np.maximum(0.0, open_weight - spared)
    explained = np.divide(gained, whole, out=np.zeros(size), where=gained > 0.0)
    return LineReading(features, explained, _most_of(features, explained, parsed.index))


def _read_as(
    meanings: Sequence[tuple[str, float]], index: Index
) -> tuple[NDArray[np.intp] | slice, NDArray[np.float64] | float]:
    """The families in which what a piece may stand for occurs, and how surely it was read so."""
    if len(meanings) == 1:
        [(meant, surely)] = meanings
        return index.postings[meant].families, surely
    best = np.zeros(len(index.families))
    for meant, surely in sorted(meanings, key=itemgetter(1)):  # the surest last, and so it stays
        best[index.postings[meant].families] = surely
    return slice(None), best


def _most_of(
    features: Mapping[str, float], explained: NDArray[np.float64], index: Index
) -> NDArray[np.float64]:
    """The most that `words_score` can give each family: as if all that the line gives stood in one
    of its names."""
    given = np.zeros(len(explained))
    for feature, surely in features.items():
        posting = index.postings[feature]
        given[posting.families] += posting.weights * surely
    # A little more, for it is summed up in another order.
    return np.sqrt(given * explained) * (1.0 + 1e-9)


def weights_of(piece: Piece, stage: str) -> tuple[float, float]:
    """The weight of a piece of a line where it is explained, and where it is left open."""
    if piece.kind == "process" and stage in _MATERIALS:
        weight = _PROCESS_OF_MATERIAL * piece.share
        return weight, weight
    left_open = LEFT_OPEN[piece.kind] * piece.share
    if piece.head:
        left_open *= _HEAD
    if piece.kind in {"core", "process"}:
        left_open *= _LATE if piece.late else 1.0
        left_open *= 1.0 if stage in _MATERIALS else _NO_MATERIAL
    return EXPLAINED[piece.kind] * piece.share, left_open


def best_possible(explained: float) -> float:
    """The most that `words_score` can give a family that explains this share of a line."""
    return float(explained**_LINE)


def words_score(
    features: Mapping[str, float], family: Family, explained: float
) -> tuple[Alias | None, float]:
    """The family's best name for a line of these features, and the score of its words: the
    geometric mean of the share of that name which the line gives and of the share of the line which
    the family explains.
    """
    best: Alias | None = None
    share = 0.0
    for alias in family.aliases:
        if alias.known.isdisjoint(features):
            continue
        given = 0.0  # the share of this name, by weight, that the line gives
        for feature, weight in alias.features:
            if feature in features:
                given += weight * features[feature]
        if given > share:
            best, share = alias, given
    return best, share**_NAME * best_possible(explained)
