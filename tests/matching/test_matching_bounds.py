"""What is left unscored because it cannot score enough would not have been told."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from evidence import some

from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.years import base_of
from footprint.matching import match as matching
from footprint.matching.codes import codes_of
from footprint.matching.fit import UnitFits, any_unit
from footprint.matching.index import build_index
from footprint.matching.lexicon import lexicon
from footprint.matching.line_words import words_of_line
from footprint.matching.match import Matcher
from footprint.matching.outcome import Outcome
from footprint.matching.query import Query
from footprint.matching.score import LineReading, Parsed, read_pieces, weights_of, words_score
from footprint.matching.text import Piece

LETTERS = "abcdefghijklmnopqrstuvwxyz钢铝板塑纸箱ж아"
OTHERS = (
    *("Стальной лист 2 мм", "アルミニウム板", "강철 볼트 M6", "صفيحة فولاذ", "ไม้อัด", "鋁合金外殼"),
    *("Schraube M6x20 verzinkt", "vis à tête", "HS 720917 coil", "CAS 9003-07-0", "", "  ", "12"),
)


@pytest.fixture(scope="module")
def names(inventory: CompiledInventory) -> list[str]:
    """Names of datasets with a letter more, less or changed; ends of two in one; other scripts."""
    chance = random.Random(11)  # noqa: S311  # misspellings, no secret
    entries = sorted(inventory.datasets.values(), key=lambda entry: entry.id)
    known = [name for one in entries for name in (one.name_en, one.name_zh) if name]
    found = [*OTHERS]
    for name in chance.sample(known, 1500):
        at = chance.randrange(len(name))
        rest = chance.choice((name[at:], name[at + 1 :]))
        found.append(name[:at] + chance.choice((chance.choice(LETTERS), "")) + rest)
    for one, other in zip(found[::5], found[2::5], strict=False):
        found.append(f"{one[: len(one) // 2]} {other[len(other) // 2 :]}")
    return found


@pytest.fixture(scope="module")
def matchers(inventory: CompiledInventory) -> tuple[Matcher, Matcher]:
    """Two that know the same."""
    every = inventory.datasets
    entries = [entry for entry in every.values() if base_of(entry, every) is None]
    return Matcher(entries, codes_of(inventory)), Matcher(entries, codes_of(inventory))


def _all_may(reading: LineReading) -> LineReading:
    """The same as if nothing were known of how much a family can score."""
    most = np.where(reading.explained > 0.0, 1.0, 0.0)
    return LineReading(reading.features, reading.explained, most)


def test_what_cannot_score_enough_changes_no_outcome(
    matchers: tuple[Matcher, Matcher], names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    matcher, whole = matchers
    lines = (("kg", "", ""), ("piece", "ABS", ""), ("m2", "", "steel, 2 mm"))
    asked = []
    for at, name in enumerate(names):
        unit, material, specification = lines[at % len(lines)]
        query = Query(name, country="CN", unit=unit, material=material, specification=specification)
        asked.append((query, UnitFits(unit, at % 2 == 0)))
    found = [_outcomes(matcher, *one) for one in asked]
    monkeypatch.setattr(matching, "read_pieces", lambda *given: _all_may(read_pieces(*given)))
    assert sum(one[0].accepted is not None for one in found) > 300
    for (query, fits), one in zip(some(asked), found, strict=True):
        assert _outcomes(whole, query, fits) == one, query


def _outcomes(matcher: Matcher, query: Query, fits: UnitFits) -> tuple[Outcome, Outcome, bool]:
    return (
        matcher.match(query, fits),
        matcher.match(query, any_unit),
        matcher.may_mean_another_unit(query, fits),
    )


def test_shares_of_a_line_are_what_its_words_give_one_after_another(
    inventory: CompiledInventory, names: list[str]
) -> None:
    index = build_index(inventory.datasets.values())
    parsed = Parsed(index, lexicon())
    for name in some(names[::3]):
        for stage in ("material", "waste"):
            found = words_of_line(Query(name, stage=stage)).pieces
            reading = read_pieces(found, stage, parsed)
            shares = _one_by_one(found, stage, parsed)
            own = {at: share for at, share in enumerate(reading.explained.tolist()) if share}
            assert own == shares, name
            for at, share in shares.items():
                _, reached = words_score(reading.features, index.families[at], share)
                assert reached <= reading.most[at], (name, at)


def _one_by_one(found: Sequence[Piece], stage: str, parsed: Parsed) -> dict[int, float]:
    """The share of a line that each family explains, family by family."""
    gained: dict[int, float] = {}
    spared: dict[int, float] = {}
    left_open = 0.0
    for piece in found:
        explains, leaves = weights_of(piece, stage)
        left_open += leaves
        best: dict[int, float] = {}
        for meant, surely in parsed.meanings(piece.feature) if piece.kind != "stop" else ():
            for at in parsed.index.postings[meant].families.tolist():
                best[at] = max(surely, best.get(at, 0.0))
        for at, surely in best.items():
            gained[at] = gained.get(at, 0.0) + explains * surely
            spared[at] = spared.get(at, 0.0) + leaves * surely
    return {at: gain / (gain + max(0.0, left_open - spared[at])) for at, gain in gained.items()}
