"""Pages of the console: Jinja2 templates with the words of one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from label_templates.console_files import FOLDER, static_address
from label_templates.drawing.shapes import Drawing
from label_templates.drawing.svg import drawing_svg, screen_families
from label_templates.held_numbers import held_together
from label_templates.languages import LANGUAGES, Language
from label_templates.plain_calls import PlainCalls
from label_templates.words import Words, locale_file, own_names, words

ConsoleLanguage = Literal["en", "zh"]
#: Every page speaks these; the public ones speak all languages of certificates.
CONSOLE_LANGUAGES: tuple[ConsoleLanguage, ...] = ("en", "zh")
#: Pages that somebody sees who has no account here.
PUBLIC_PAGES = (
    "welcome",
    "guide",
    "verify",
    "register",
    "schemes",
    "scheme",
    "data",
    "dataset",
    "log",
    "refused",
    "open",
    "used",
    "sign_in",
    "answer",
)
#: Words that the public pages take from those of the certificates.
_SHARED = ("units", "outcomes")


def languages_of(template: str) -> tuple[Language, ...]:
    """The languages of the page that this template makes."""
    return LANGUAGES if template.partition(".")[0] in PUBLIC_PAGES else CONSOLE_LANGUAGES


def console_language(reader: Language) -> ConsoleLanguage:
    """The nearest language of pages and messages that have two: Chinese or English."""
    return "zh" if reader.startswith("zh") else "en"


@cache
def console_words(language: Language) -> Words:
    """The words of `language`: all of them in English and Chinese, those of public pages in the
    others. Raises ValueError for a language without a file."""
    if language not in LANGUAGES:
        raise ValueError(f"no console in {language!r}; known: {', '.join(LANGUAGES)}")
    table: dict[str, Any] = {}
    for name in ("console", "console-buyers") if language in CONSOLE_LANGUAGES else ("public",):
        for key, value in _read(f"{name}.{language}").items():
            table[key] = {**table.get(key, {}), **value} if isinstance(value, dict) else value
    if language not in CONSOLE_LANGUAGES:
        table |= {group: words(language).group(group) for group in _SHARED}
    return Words(language, table)


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = locale_file(name)
    return read


def page(template: str, language: Language, values: Mapping[str, Any]) -> str:
    """A page or a part of one. The same values give the same text."""
    said = console_words(language)
    made = (
        _environment()
        .get_template(template)
        .render(
            words=said,
            say=said.say,
            word=said.word,
            pick=said.pick,
            either=lambda english, chinese: _either(said, english, chinese),
            language=language,
            tag=tag_of(language),
            rule_tag=said.rule_language,
            own_names=own_names(),
            tag_of=tag_of,
            static=static_address,
            svg=lambda drawing: _svg(drawing, language),
            **values,
        )
    )
    return held_together(made)


def tag_of(language: Language) -> str:
    """The tag of a language in HTML."""
    return "zh-Hans" if language == "zh" else language


def _either(said: Words, english: str, chinese: str) -> Markup:
    """A text that is kept in two languages, marked as such where it is not that of the page."""
    text = said.pick(english, chinese)
    tag = "zh-Hans" if text and text == chinese and text != english else "en"
    if tag == tag_of(said.language):
        return escape(text)
    return Markup('<span lang="{}">{}</span>').format(tag, text)


@cache
def _environment() -> Environment:
    """Templates escape every text, and a missing value is an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # templates are files of the package
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.context_class = PlainCalls
    made.filters["theirs"] = _theirs
    made.filters["sentence"] = _sentence
    return made


def _theirs(text: str, *names: str) -> Markup:
    """A sentence of ours with the words of others in it marked: nobody knows their language."""
    marked = escape(text)
    for name in filter(None, names):
        whole = escape(name)
        span = Markup('<span lang="">{}</span>').format(name)
        marked = Markup(span).join(marked.split(whole, 1))  # noqa: S704  both are escaped
    return marked


def _sentence(text: str) -> str:
    """A text that begins as a sentence does."""
    return text[:1].upper() + text[1:]


def _svg(drawing: Drawing, language: Language) -> Markup:
    """A drawing inside a page: escaped by its own template already."""
    return Markup(drawing_svg(drawing, screen_families(language)))  # noqa: S704
