"""What a total may lack, in English words, for documents that people read beside programs."""

from __future__ import annotations

from collections.abc import Iterable

LACKS: dict[str, str] = {
    "gaps": "lines that were left out",
    "screening": "lines that figures of classes stand for",
    "part_steps": "steps that models of parts do not have",
    "making_of_parts": "the making of parts of which only the material counts",
    "cut_off": "inputs that datasets were imported without",
    "supplier_coverage": "what suppliers' documents do not cover",
    "unlisted_mass": "what the product weighs beyond its lines",
    "exempted": "what its maker left out (exempted emissions)",
}


def lacks_in_words(lacks: Iterable[str]) -> str:
    """The codes of `Completeness.lacks` in words; one that is not known as it is."""
    return ", ".join(LACKS.get(one, one) for one in lacks)
