"""Short plain words are not measured: they fit whatever their letters are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from label_templates.type import breaks
from label_templates.type.breaks import breakable
from label_templates.type.fit import text_width, widest_plain
from label_templates.words import LANGUAGES

#: Plain letters of all widths, joints, marks, and letters that are never plain.
TEXTS = st.lists(
    st.one_of(
        st.characters(min_codepoint=32, max_codepoint=126),
        st.sampled_from(["W" * 9, "@" * 27, "m-m/", " ", "ก", "ข", "漢", "é", "\u0301", "ﷺ", "⸻"]),
        st.just("sha256:" + "a" * 64),
    ),
    max_size=40,
).map("".join)


@given(text=TEXTS, room=st.sampled_from([2.0, 5.5, 26.0]), at_joints=st.booleans())
def test_the_short_cut_divides_as_measuring_each_word_does(
    text: str, room: float, at_joints: bool
) -> None:
    for language in ("en", "zh", "th"):
        short = breakable(text, language, room, at_joints=at_joints)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(breaks, "widest_plain", lambda _: float("inf"))  # nothing is short then
            assert short == breakable(text, language, room, at_joints=at_joints)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_plain_character_is_wider_than_the_widest(language: str) -> None:
    plain = "".join(map(chr, range(128)))
    assert 0.5 < widest_plain(language) < 2.0
    assert max(text_width(one, 1, language) for one in plain) == widest_plain(language)
