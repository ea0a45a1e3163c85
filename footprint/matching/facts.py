"""Facts by which a dataset is refused although its words fit: the data file `facts.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from footprint.shipped_yaml import shipped_yaml


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a line has to say (`line`) for the datasets whose English name `dataset` finds."""

    dataset: re.Pattern[str]
    line: re.Pattern[str]
    purpose: str


@dataclass(frozen=True, slots=True)
class Packaging:
    """What is packaging: datasets (patterns of ids), words of a line, kinds that may be it."""

    datasets: tuple[str, ...]
    words: re.Pattern[str]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Holders:
    """What covers or carries a device: devices by English name, and how such a line ends."""

    devices: re.Pattern[str]
    ends: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class PieceFacts:
    """What pieces of datasets weigh (kg, from and to), purposes that a line has to name, what is
    packaging, the names of things that are counted by the energy they hold, and what only holds a
    device."""

    masses: dict[str, tuple[float, float]]
    purposes: tuple[Purpose, ...]
    packaging: Packaging
    stores_energy: re.Pattern[str]
    holders: Holders


@cache
def piece_facts() -> PieceFacts:
    """The facts that ship with the program, read once."""
    data: dict[str, Any] = shipped_yaml("footprint.matching", "facts.yaml")
    packaging = data["packaging"]
    return PieceFacts(
        {name: (row[0], row[1]) for name, row in data["piece_masses_kg"].items()},
        tuple(
            Purpose(re.compile(row["dataset"], re.I), re.compile(row["line"], re.I), row["purpose"])
            for row in data["purposes"]
        ),
        Packaging(
            tuple(packaging["datasets"].split()),
            re.compile(packaging["words"], re.I),
            frozenset(packaging["kinds"].split()),
        ),
        re.compile(data["stores_energy"], re.I),
        Holders(*(re.compile(data["holders"][name], re.I) for name in ("devices", "ends"))),
    )


def purpose_of(name: str) -> int:
    """The number, from 1, of the purpose that a dataset of this English name is made for; 0 if
    none."""
    return next(
        (n for n, one in enumerate(piece_facts().purposes, 1) if one.dataset.search(name)), 0
    )
