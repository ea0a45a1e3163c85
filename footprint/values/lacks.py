"""What a total may lack, in English words, for documents that people read beside programs.

PACT v3 has no property for it, so it stands in the comment; what is written here is read here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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


_LEAST = "The total is at least what it says; it lacks: "
#: What credentials and passports say of such a total.
_BOUND = "The value is a lower bound"
_UNTOLD = "what it does not name"
_SCREENED = "SCREENING RESULT: "
_SHARE = re.compile(re.escape(_SCREENED) + r"(\d+(?:\.\d+)?)% of ")


def lacks_in_words(lacks: Iterable[str]) -> str:
    """The codes of `Completeness.lacks` in words; one that is not known as it is."""
    return ", ".join(LACKS.get(one, one) for one in lacks)


def least_sentence(lacks: Iterable[str]) -> str:
    """What a comment says of a total that lacks something."""
    return f"{_LEAST}{lacks_in_words(lacks)}."


def lower_bound(lacks: Sequence[str]) -> str:
    """What a credential or a passport says of a total that is not all of it."""
    return f"{_BOUND}; it lacks: {lacks_in_words(lacks)}" if lacks else _BOUND


def screening_sentence(share: float, says: str) -> str:
    """What a comment says of a screening result: the share of the mass, and what is true of it."""
    return f"{_SCREENED}{share:.1%} of {says}."


def lacks_told(comment: str) -> tuple[str, ...]:
    """What a document's comment says that its total lacks, in words; nothing where it is silent."""
    for head in (_LEAST, f"{_BOUND}; it lacks: "):
        _, found, rest = comment.partition(head)
        if found:
            return tuple(rest.partition(".")[0].split(", "))
    return (_UNTOLD,) if _BOUND in comment else ()


def screened_share_told(comment: str) -> float:
    """Which share of the mass, 0 to 1, has no data of its own by a document's comment."""
    found = _SHARE.search(comment)
    return min(1.0, float(found[1]) / 100.0) if found else 0.0
