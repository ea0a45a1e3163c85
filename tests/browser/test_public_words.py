"""The words of public pages: the same keys in all languages, none missing, none unused."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from evidence import some
from jinja2 import Environment, meta, nodes
from test_console_words import LOCALE, keys, table

from label_templates.console_files import FOLDER
from label_templates.console_pages import PUBLIC_PAGES
from label_templates.languages import LANGUAGES

OTHERS = tuple(one for one in LANGUAGES if one not in {"en", "zh"})
#: Words that the page of an answer is given by its route.
_GIVEN = (
    *(f"say.campaign_{one}" for one in ("quality", "measured", "partial", "partial_why")),
    *("say.campaign_least", "say.campaign_says_itself", "list_comma", "joiner"),
)
#: Groups whose words are those of the certificates.
_SHARED = ("units.", "outcomes.")


def public(language: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((LOCALE / f"public.{language}.yaml").read_text("utf-8"))
    return found


@cache
def asked() -> frozenset[str]:
    """Every word that a public template can ask for, by the keys of the English words."""
    known = [key for key, _ in keys(table("en"))]
    found = {*_GIVEN, *(key for key in known if key.startswith(("given_kinds.", "lacks.")))}
    for tree in trees():
        for path in called(tree):
            exact = path in known
            found |= {path} if exact else {key for key in known if key.startswith(path)}
    return frozenset(key for key in found if not key.startswith(_SHARED))


def trees() -> Iterator[nodes.Template]:
    """The public templates, and those that they rest on."""
    environment, seen = Environment(autoescape=True), set[str]()
    waiting = [f"{name}.html.j2" for name in PUBLIC_PAGES]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            tree = environment.parse((FOLDER / name).read_text("utf-8"))
            waiting += [one for one in meta.find_referenced_templates(tree) if one]
            yield tree


def called(tree: nodes.Template) -> Iterator[str]:
    """The keys that a template names; a group or a beginning of keys ends with a dot or `_`."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in {"say", "word"}:
            first = call.args[0]
            part = first.nodes[0] if isinstance(first, nodes.Concat) else first
            assert isinstance(part, nodes.Const)
            yield f"say.{part.value}" if call.node.name == "say" else f"{part.value}."
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.node, nodes.Name) and item.node.name == "words":
            assert isinstance(item.arg, nodes.Const)
            yield str(item.arg.value)


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_exactly_the_words_of_public_pages(language: str) -> None:
    assert len(asked()) > 200
    assert {key for key, _ in keys(public(language))} == asked()


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_has_the_gaps_of_the_english_one(language: str) -> None:
    english = dict(keys(table("en")))
    for key, gaps in some(list(keys(public(language)))):
        assert gaps == english[key], key


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_was_left_in_english_or_simplified_chinese(language: str) -> None:
    said, english, chinese = public(language)["say"], table("en")["say"], table("zh")["say"]
    long = [key for key in said if len(str(english[key]).split()) > 2]
    same = {key for key in some(long) if said[key] in (english[key], chinese[key])}
    # traditional and simplified characters coincide in a few short sentences
    assert len(same) <= (2 if language == "zh-Hant" else 0), same


#: Actions whose ends are states, as the services write them.
_ENDS = {
    "application.": ("submitted", "checked", "returned", "withdrawn", "issued"),
    "campaign.": ("accepted", "sent-back"),
    "objection.": ("upheld", "rejected"),
    "request.": ("accepted", "sent-back", "declined"),
}


def written_actions() -> Iterator[str]:
    """Every action that the code writes into the audit log."""
    for path in (Path(__file__).parents[2] / "api").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "append":
                continue
            for given in node.args[3:4]:
                if isinstance(given, ast.Constant):
                    yield str(given.value)
                elif isinstance(given, ast.JoinedStr) and isinstance(given.values[0], ast.Constant):
                    begin = str(given.values[0].value)
                    yield from (f"{begin}{end}" for end in _ENDS[begin])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_of_the_log_has_a_word(language: str) -> None:
    """A campaign stood in the public log as `campaign.started`."""
    words = (public(language) if language in OTHERS else table(language))["actions"]
    actions = set(written_actions())
    assert len(actions) > 40
    assert sorted(actions - set(words)) == []
