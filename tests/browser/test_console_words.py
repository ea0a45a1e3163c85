"""The words of the console: the same keys in both languages, no word missing, none unused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from evidence import some

from api.console.columns_view import MEANINGS
from label_templates.console_files import FOLDER

LOCALE = FOLDER.parent / "locale"
COLUMNS = Path(__file__).parents[2] / "footprint" / "reading" / "words" / "columns.yaml"
SOURCES = Path(__file__).parents[2] / "api" / "console"
_GAP = re.compile(r"\{(\w+)\}")


def table(language: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("console", "console-buyers"):
        file = yaml.safe_load((LOCALE / f"{name}.{language}.yaml").read_text("utf-8"))
        for key, value in file.items():
            if isinstance(value, dict):
                assert not set(found.get(key, {})) & set(value)
                found[key] = {**found.get(key, {}), **value}
            else:
                found[key] = value
    return found


def keys(words: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Every key with the gaps of its sentence."""
    for key, value in words.items():
        if isinstance(value, Mapping):
            yield from keys(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", frozenset(_GAP.findall(str(value)))


def test_both_languages_have_the_same_keys_and_gaps() -> None:
    assert dict(keys(table("en"))) == dict(keys(table("zh")))


def test_no_chinese_word_was_left_in_english() -> None:
    english, chinese = table("en")["say"], table("zh")["say"]
    same = {key for key in english if english[key] == chinese[key] and not key.startswith("wrong_")}
    assert not same


def test_every_sentence_of_a_template_is_there() -> None:
    said = table("en")["say"]
    texts = [path.read_text("utf-8") for path in (*FOLDER.glob("*.j2"), *SOURCES.glob("*.py"))]
    asked = {key for text in texts for key in re.findall(r"""say\(\s*["']([a-z_]+)["']""", text)}
    assert len(asked) > 100
    assert not {key for key in asked if key not in said and not key.endswith("_")}


def test_every_meaning_that_can_be_chosen_has_a_word() -> None:
    for language in ("en", "zh"):
        assert not set(MEANINGS) - set(table(language)["means"])


def test_every_meaning_that_a_heading_can_have_has_a_word() -> None:
    """No column is called by the name that the program has for it."""
    meant = set(yaml.safe_load(COLUMNS.read_text("utf-8")))
    assert len(meant) > 50
    for language in ("en", "zh"):
        assert not meant - set(table(language)["means"])


#: What a template says by itself, without expressions, code and what only a screen reader says.
_UNSEEN = re.compile(
    r"""\{#.*?#\}|<code.*?</code>|<span class="hidden"[^>]*>.*?</span>|<[^>]*>|\{%.*?%\}""",
    re.DOTALL,
)
_MARKS = re.compile(r"§ ?\((?!1 −)|§[:;]|[,;:] ?§")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.j2")), ids=lambda path: path.name)
def test_marks_between_words_are_those_of_the_language(path: Path) -> None:
    """Chinese has its own colon and brackets: they are words, no part of a template."""
    said = re.sub(r"\{\{.*?\}\}", "§", path.read_text("utf-8"))
    lines = [_UNSEEN.sub("", line) for line in said.splitlines() if 'lang="en"' not in line]
    assert not [line for line in lines if _MARKS.search(line)]


def test_the_words_of_a_choice_are_one_piece() -> None:
    """A label of a choice is a row of pieces with gaps: words in several of them stand apart."""
    texts = (path.read_text("utf-8") for path in FOLDER.glob("*.j2"))
    for label in some(re.findall(r'<label class="choice">(.*?)</label>', "".join(texts))):
        words = re.sub(r"^<input(?:\{%.*?%\}|[^>])*>", "", label).strip()
        whole = words.startswith("<span>") and words.endswith("</span>")
        assert whole or ("<span" not in words and "|theirs" not in words), words
