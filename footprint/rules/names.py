"""Names of companies, folded so that one company is known under every way of writing its name."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import category, normalize


def is_one_of(name: str, names: Iterable[str]) -> bool:
    """Whether `name` is one of `names` but for case, blanks, width and punctuation.

    Legal forms are part of a name: `Kettle Works Ltd` and `Kettle Works GmbH` are two companies.
    """
    folded = _folded(name)
    return bool(folded) and any(_folded(each) == folded for each in names)


def _folded(name: str) -> str:
    text = normalize("NFKC", normalize("NFKC", name).casefold())
    return "".join(each for each in text if category(each)[0] not in "PZC")
