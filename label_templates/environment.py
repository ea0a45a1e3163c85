"""The template engine, and the language tags that documents carry."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from label_templates.plain_calls import PlainCalls
from label_templates.type import typesetting
from label_templates.words import Language

#: Language and region of each language's PDF: its `/Lang` is `language-REGION`.
LANGUAGE_TAGS: dict[Language, tuple[str, str]] = {
    "en": ("en", "gb"),
    "zh": ("zh", "cn"),
    "zh-Hant": ("zh", "tw"),
    "ja": ("ja", "jp"),
    "ko": ("ko", "kr"),
    "th": ("th", "th"),
    "de": ("de", "de"),
    "fr": ("fr", "fr"),
}


@cache
def environment() -> Environment:
    """Templates escape every text, and a missing value is an error."""
    made = Environment(
        loader=FileSystemLoader(typesetting.TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # templates are files of the package
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.context_class = PlainCalls
    made.filters["utc"] = in_utc
    return made


def in_utc(moment: datetime) -> str:
    """A moment as pages write it: in UTC, to the minute."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
