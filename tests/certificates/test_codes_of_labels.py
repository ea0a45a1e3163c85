"""QR codes are those that segno makes when it weighs the masks itself."""

from __future__ import annotations

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from label_templates.drawing.masks import best_code
from label_templates.drawing.qr import QUIET, qr_code

ADDRESSES = st.text(
    st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=150
).map("https://labels.example.com/verify/".__add__)


@given(ADDRESSES, st.sampled_from("LMQH"))
def test_the_mask_with_the_fewest_points_is_the_one_that_segno_takes(text: str, error: str) -> None:
    whole = segno.make_qr(text, error=error, boost_error=False)
    found = best_code(text, error)
    assert (found.version, found.mask, found.error) == (whole.version, whole.mask, whole.error)
    assert found.matrix == whole.matrix


@pytest.mark.parametrize("version", [1, 2, 3, 6, 7, 8, 13, 14, 21, 40])
def test_codes_of_every_size_are_weighed_alike(version: int) -> None:
    text = _filling(version)
    whole = segno.make_qr(text, error="q", boost_error=False)
    assert whole.version == version
    assert best_code(text, "q").matrix == whole.matrix


def _filling(version: int) -> str:
    """A text of bytes that needs this version at level Q."""
    low, high = 1, 1700
    while low < high:
        middle = (low + high) // 2
        code = segno.make_qr("a" * middle, error="q", boost_error=False, mask=0)
        if int(code.version) < version:
            low = middle + 1
        else:
            high = middle
    return "a" * low


def test_the_runs_of_a_code_are_its_dark_modules() -> None:
    text = "https://labels.example.com/verify/PCF-1"
    code = qr_code(text)
    matrix = segno.make_qr(text, error="q", boost_error=False).matrix
    dark = {(x, y) for y, row in enumerate(matrix) for x, one in enumerate(row) if one}
    drawn = [(x - QUIET + at, y - QUIET) for x, y, run in code.runs for at in range(run)]
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == dark
