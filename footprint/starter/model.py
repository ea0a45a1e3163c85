"""The data of the starter workbooks: words in two languages, and an example for each industry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from footprint.shipped_yaml import shipped_yaml

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
#: The industries that have an example, in the order in which they are offered.
INDUSTRIES = ("electronics", "machine", "garment", "food", "packaging", "furniture")


@dataclass(frozen=True, slots=True)
class StarterColumn:
    """A column of the table: its key, its heading, and what it holds."""

    key: str
    heading: str
    holds: str


@dataclass(frozen=True, slots=True)
class StarterWords:
    """The words of a workbook in one language."""

    sheets: dict[str, str]
    columns: tuple[StarterColumn, ...]
    facts: dict[str, str]
    units: dict[str, str]
    stages: dict[str, str]
    modes: dict[str, str]
    locations: tuple[str, ...]
    example_note: str
    company: str
    description: str
    help: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StarterLine:
    """A row of an example. `loss` in percent; `unit_mass` with its unit; "" is left empty."""

    id: str
    name: str
    quantity: float
    unit: str
    location: str
    stage: str
    loss: float
    transport: str
    unit_mass: str
    dataset: str


@dataclass(frozen=True, slots=True)
class Example:
    """An example product: its facts by key, and its lines."""

    facts: dict[str, str]
    lines: tuple[StarterLine, ...]


@cache
def _data(name: str) -> Any:
    return shipped_yaml("footprint.starter", name)


@cache
def starter_words(language: Language) -> StarterWords:
    """The words of the workbook in a language."""
    data, at = _data("words.yaml"), LANGUAGES.index(language)

    def pick(pairs: Any) -> dict[str, str]:
        named = pairs.items() if isinstance(pairs, dict) else ((pair[0], pair) for pair in pairs)
        return {key: pair[at] for key, pair in named}

    return StarterWords(
        sheets=pick(data["sheets"]),
        columns=tuple(
            StarterColumn(key, heading[at], holds[at])
            for key, (heading, holds) in data["columns"].items()
        ),
        facts=pick(data["facts"]),
        units=pick(data["units"]),
        stages=pick(data["stages"]),
        modes=pick(data["modes"]),
        locations=tuple(data["locations"]),
        example_note=data["example_note"][at],
        company=data["company"][at],
        description=data["description"][at],
        help=tuple(pair[at] for pair in data["help"]),
    )


def example(industry: str, language: Language) -> Example:
    """The example of an industry, in the words of a language. Raises KeyError for another one."""
    data, used, at = (
        _data("examples.yaml")[industry],
        starter_words(language),
        ("en", "zh").index(language),
    )
    english, chinese, declared, mass, country, year, category = data["product"]
    facts = {
        "name": (english, chinese)[at],
        "declared_unit": declared,
        "mass": mass,
        "country": country,
        "reference_period": str(year),
        "company": used.company,
        "category": category,
        "description": used.description,
    }
    return Example(facts, tuple(_line(row, used, at) for row in data["lines"]))


def _line(row: list[Any], used: StarterWords, at: int) -> StarterLine:
    part, english, chinese, quantity, unit, location, stage, loss, legs, mass, dataset = row
    transport = legs
    for mode, word in used.modes.items():
        transport = transport.replace(f"{mode} ", f"{word} ")
    return StarterLine(
        part,
        (english, chinese)[at],
        float(quantity),
        used.units[unit],
        location,
        used.stages[stage],
        float(loss),
        transport,
        mass,
        dataset,
    )
