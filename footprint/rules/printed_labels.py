"""The list of 19 carbon labels that was printed in 2021, beside what was found about each.

The printed value is kept as it stands, with its own source; nothing of it decides anything. What
decides are the rule files that a row points to.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from footprint.documents.places import error_path, error_words
from footprint.faults import InputRefused, Where
from footprint.plain_yaml import NotPlainYamlError, load_plain_yaml
from footprint.rules import faults
from footprint.rules.fields import BilingualText, Id, PlainDate, Strict, Words
from footprint.rules.schema import CitationEntry
from footprint.values.decision import Confidence, Tier

FILE = "printed_labels.yaml"


class PrintedLabel(Strict):
    """One row: as printed, and as found. `count` is the printed text; a slash means none given."""

    number: Annotated[int, Field(strict=True, ge=1)]
    place: BilingualText
    name: Words
    year: Words
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]
    count: Words
    found: BilingualText
    found_tiers: tuple[Tier, ...]
    confidence: Confidence
    reference: Annotated[tuple[CitationEntry, ...], Field(min_length=1)]
    schemes: Annotated[tuple[Id, ...], Field(min_length=1)]


class PrintedList(Strict):
    """The list, its source, and its rows in printed order."""

    id: Id
    source: CitationEntry
    about: BilingualText
    last_confirmed_on: PlainDate
    kind: Literal["printed list"]
    rows: Annotated[tuple[PrintedLabel, ...], Field(min_length=1)]


@cache
def load_printed_labels() -> PrintedList:
    """The list that ships, read once. Raises InputRefused (RUL-001, RUL-002) if its file is
    broken."""
    text = (resources.files("footprint.rules") / "data" / FILE).read_text("utf-8")
    return printed_labels_from_text(text)


def printed_labels_from_text(text: str) -> PrintedList:
    """The list in a YAML text. Raises InputRefused (RUL-001, RUL-002) with every problem."""
    try:
        return PrintedList.model_validate(load_plain_yaml(text))
    except NotPlainYamlError as error:
        raise faults.RULE_FILE_UNREADABLE.refuse(str(error), Where(FILE)) from None
    except ValidationError as error:
        raise InputRefused(
            faults.RULE_FILE_SHAPE.at(Where(FILE, column=error_path(detail)), error_words(detail))
            for detail in error.errors(include_url=False, include_input=False)
        ) from None
