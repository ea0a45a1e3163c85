"""`python -m footprint.reading.words_build`: write `words/folded.json` from the lists of words.

To read the lists and to fold each of their five thousand words took a sixth of the time of a
command; so the program reads the look-up tables as they come out. Run it after a change of
`columns.yaml`, `units.yaml`, `rows.yaml`, `facts.yaml` or `fold`; a test compares the two.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from footprint.reading.vocabulary import fold, load, words_of


def folded_tables() -> dict[str, Any]:
    """The tables that `footprint.reading.vocabulary` and `footprint.reading.units` read."""
    kinds, words = _headings()
    return {
        "facts": _facts(),
        "heading_kinds": kinds,
        "headings": words,
        "rows": {
            kind: sorted({fold(word) or word for word in words_of(text)})
            for kind, text in load("rows").items()
        },
        "units": _units(),
    }


def _headings() -> tuple[list[list[list[str]]], dict[str, int]]:
    """Meanings and languages of headings, each pair once; and the pair of each heading."""
    means: dict[str, list[str]] = {}
    languages: dict[str, set[str]] = {}
    for meaning, lists in load("columns").items():
        for language, text in lists.items():
            for word in words_of(text):
                key = fold(word)
                if key and meaning not in means.setdefault(key, []):
                    means[key].append(meaning)
                languages.setdefault(key, set()).add(language)
    kinds: list[list[list[str]]] = []
    words = {}
    for key, found in means.items():
        kind = [found, sorted(languages[key])]
        if kind not in kinds:
            kinds.append(kind)
        words[key] = kinds.index(kind)
    return kinds, words


def _facts() -> dict[str, str]:
    table: dict[str, str] = {}
    for fact, text in load("facts").items():
        for word in words_of(text):
            table.setdefault(fold(word), fact)
    return table


def _units() -> dict[str, str]:
    table: dict[str, str] = {}
    for word, text in load("units").items():
        for spelling in words_of(text):
            table.setdefault(fold(spelling) or spelling, word)
            table.setdefault(spelling.casefold(), word)
    return table


def tables_text() -> str:
    """The text of `words/folded.json`."""
    return json.dumps(folded_tables(), ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    file = files("footprint.reading") / "words" / "folded.json"
    Path(str(file)).write_text(tables_text(), "utf-8")
    sys.stdout.write("words/folded.json written\n")
