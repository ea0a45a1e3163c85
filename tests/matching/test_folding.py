"""Texts of ASCII are folded on a way of their own, to what every text is folded to."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from footprint.inventory.compiled import fold_name
from footprint.matching.codes import codes_in, without_codes
from footprint.matching.lexicon import fold_width

ASCII = st.text(st.characters(max_codepoint=127))


@given(ASCII | st.text())
def test_width_and_case_are_folded_as_unicode_says(text: str) -> None:
    once = unicodedata.normalize("NFKC", text).casefold()
    assert fold_width(text) == unicodedata.normalize("NFKC", once)
    assert fold_name(text) == "".join(char for char in once if char.isalnum() or char in "%+")


@given(st.text("ab hs编码.", max_size=20))
def test_a_text_without_digits_has_no_codes(text: str) -> None:
    assert codes_in(text) == frozenset()
    assert without_codes(text) == text
