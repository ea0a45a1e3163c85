"""What a block knows by pieces of words is what a look at every text tells."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from api.store.register_pieces import (
    DRAFT,
    DRAFTS,
    ENDS,
    STATES,
    WORDS,
    EntryOfBlock,
    bits_of_places,
    encoded,
    late_at,
    packed_places,
    pieces_of,
    scheme_piece,
    words_at,
)

AT = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def entry(at: int, words: str) -> EntryOfBlock:
    until = TODAY + timedelta(days=at % 5 * 40_000 - 1)
    status = ("issued", "revoked")[at % 2]
    return EntryOfBlock(f"FP-{at}", AT, until, "ab"[at % 2], "low", status, at % 3 == 0, words)


def places(data: bytes, size: int) -> list[int]:
    return [
        int(one) for one in np.flatnonzero(np.unpackbits(bits_of_places(data, size), count=size))
    ]


@given(st.lists(st.text("ab支\n𝟙", max_size=6), min_size=1, max_size=40))
def test_pieces_of_texts_are_those_that_each_text_holds(texts: list[str]) -> None:
    known = dict(encoded([entry(at, text) for at, text in enumerate(texts)]))
    expected = {
        text[at : at + size]
        for text in texts
        for size in (1, 2, 3)
        for at in range(len(text) - size + 1)
    }
    assert {name for name in known if len(name) <= 3} == expected
    size = len(texts)
    for piece in expected:
        holds = [at for at, text in enumerate(texts) if piece in text]
        assert places(known[piece], size) == holds
    every = range(size)
    assert [one.decode() for one in words_at(known[WORDS], size, every)] == texts
    assert places(known[scheme_piece("a")], size) == [at for at in every if at % 2 == 0]
    assert places(known[DRAFTS], size) == [at for at in every if at % 3 == 0]
    assert [one & DRAFT > 0 for one in known[STATES]] == [at % 3 == 0 for at in every]
    late = late_at(known[ENDS], np.arange(size), TODAY)
    assert late.tolist() == [at % 5 == 0 for at in every]


@given(st.text("abc", max_size=9), st.text("abc", max_size=5))
def test_what_holds_a_word_holds_its_pieces(text: str, word: str) -> None:
    if word in text:
        assert all(piece in text for piece in pieces_of(word))
    if len(word) <= 3:
        assert pieces_of(word) == ([word] if word else [])


@given(st.integers(1, 300), st.data())
def test_places_come_back_however_many_there_are(size: int, data: st.DataObject) -> None:
    held = sorted(data.draw(st.sets(st.integers(0, size - 1))))
    assert places(packed_places(np.array(held, np.uint16), size), size) == held
