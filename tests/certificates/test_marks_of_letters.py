"""Marks stand where the clusters of the typesetter look for them, and nowhere else."""

from __future__ import annotations

import unicodedata

from label_templates.type.clusters import clusters


def test_every_mark_stays_with_the_letter_before_it() -> None:
    marks = [
        chr(code)
        for code in range(0x300, 0x10000)
        if unicodedata.category(chr(code)) in ("Mn", "Me", "Mc")
    ]
    assert len(marks) > 1_000
    parted = [mark for mark in marks if clusters(f"a{mark}b") != [f"a{mark}", "b"]]
    assert parted == []
