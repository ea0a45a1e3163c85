"""Pages of the console: Jinja2 templates with the words of one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from label_templates.console_files import FOLDER, static_address
from label_templates.drawing.shapes import Drawing
from label_templates.drawing.svg import drawing_svg, screen_families
from label_templates.words import Words

ConsoleLanguage = Literal["en", "zh"]
CONSOLE_LANGUAGES: tuple[ConsoleLanguage, ...] = ("en", "zh")
#: What each language calls itself, and its tag in HTML.
OWN_NAMES: dict[ConsoleLanguage, str] = {"en": "English", "zh": "中文"}
TAGS: dict[ConsoleLanguage, str] = {"en": "en", "zh": "zh-Hans"}


@cache
def console_words(language: ConsoleLanguage) -> Words:
    """The words of `language`. Raises ValueError for a language without a file."""
    if language not in CONSOLE_LANGUAGES:
        raise ValueError(f"no console in {language!r}; known: {', '.join(CONSOLE_LANGUAGES)}")
    table: dict[str, Any] = {}
    for name in ("console", "console-buyers"):
        path = files(__package__).joinpath("locale", f"{name}.{language}.yaml")
        for key, value in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            table[key] = {**table.get(key, {}), **value} if isinstance(value, dict) else value
    return Words(language, table)


def page(template: str, language: ConsoleLanguage, values: Mapping[str, Any]) -> str:
    """A page or a part of one. The same values give the same text."""
    words = console_words(language)
    return (
        _environment()
        .get_template(template)
        .render(
            words=words,
            say=words.say,
            word=words.word,
            pick=words.pick,
            language=language,
            tag=TAGS[language],
            own_names=OWN_NAMES,
            tags=TAGS,
            static=static_address,
            svg=lambda drawing: _svg(drawing, language),
            **values,
        )
    )


@cache
def _environment() -> Environment:
    """Templates escape every text, and a missing value is an error."""
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _svg(drawing: Drawing, language: ConsoleLanguage) -> Markup:
    """A drawing inside a page: escaped by its own template already."""
    return Markup(drawing_svg(drawing, screen_families(language)))  # noqa: S704
