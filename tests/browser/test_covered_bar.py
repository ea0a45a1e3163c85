"""The bar of what is counted: what is left can be seen, and no box has a length below zero."""

from __future__ import annotations

import pytest

from api.console.total_view import covered_bar


@pytest.mark.parametrize("share", [-0.1, 0.0, 1e-9, 0.5, 0.97, 0.998, 0.99999, 1.0, 1.2])
def test_no_box_has_a_length_below_zero(share: float) -> None:
    drawn = covered_bar(share, "t", "d")
    assert all(box.width > 0 for box in drawn.boxes)
    assert sum(box.width for box in drawn.boxes) <= drawn.width
    assert len(drawn.boxes) == (2 if 0 < share < 1 else 1)
