"""Labelled lines: what factories write, and the datasets, parts and classes that are right."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from footprint import units
from footprint.engine.resolve import query_of
from footprint.matching.materials import material_class_of
from footprint.values.line import Line

ROOT = Path(__file__).parents[1]
#: Bills in the layouts of design tools and ERP systems; files of parts in both languages.
BILLS, PARTS = "bills.csv", "parts.csv"
FOLDER = ROOT / "tests" / "matching"
#: Where the labelled lines are bought or made when they name no place.
COUNTRY = "CN"
#: No dataset fits; such a line has to be refused.
NONE = "NONE"
#: A part, by its kind: only a model of that kind is right, never the material that its name names.
PART = "PART:"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line as a file writes it, the datasets (ids, or patterns of them) that are right for it,
    its class of material ("" = not labelled), its language and its half."""

    line: Line
    expected: frozenset[str]
    language: str
    held_out: bool
    material_class: str = ""
    bill: str = ""

    @property
    def fits_none(self) -> bool:
        """Whether the line has to be refused."""
        return self.expected == {NONE}

    def is_right(self, dataset: str) -> bool:
        """Whether a dataset is one of those that are right."""
        return any(fnmatchcase(dataset, one) for one in self.expected)

    @property
    def found_class(self) -> str:
        """The class of material that the line falls into, or NONE."""
        found = material_class_of(query_of(self.line, COUNTRY))
        return found.id if found else NONE


def labelled_lines() -> list[Labelled]:
    """Single lines. Half of them, chosen by hash, was never looked at while tuning.

    Lines counted in pieces come with a mass per piece, without which no kilogram can be found.
    """
    found = []
    for number, row in enumerate(_rows("labelled.csv"), 2):
        unit = units.normal_unit(row["unit"])
        mass = 0.01 if units.convertible(unit, "piece") else None
        key = "|".join((row["name"], row["unit"], row["location"]))
        held_out = hashlib.sha256(key.encode()).digest()[0] % 2 == 1
        line = _line(number, row, unit, mass)
        found.append(Labelled(line, _expected(row), row["language"], held_out))
    return found


def bill_lines(name: str = BILLS) -> list[Labelled]:
    """Lines of whole bills of materials, with the columns and masses that they have.

    Those of `BILLS` were all looked at while tuning; of `PARTS` the files that a hash of their
    name chooses were not.
    """
    return [
        Labelled(
            _line(number, row, row["unit"], float(row["mass_kg"]) if row["mass_kg"] else None),
            _expected(row),
            row["language"],
            name != BILLS and hashlib.sha256(row["bill"].encode()).digest()[0] % 2 == 1,
            row["class"],
            row["bill"],
        )
        for number, row in enumerate(_rows(name), 2)
    ]


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _expected(row: dict[str, str]) -> frozenset[str]:
    named = frozenset(row["expected"].split("|"))
    return frozenset(name for name in named if not name.startswith(PART)) or frozenset((NONE,))


def _line(number: int, row: dict[str, str], unit: str, mass: float | None) -> Line:
    return Line(
        number,
        f"L{number}",
        row["name"],
        1.0,
        unit,
        location=row["location"],
        stage=row["stage"],  # type: ignore[arg-type]
        unit_mass_kg=mass,
        note=row.get("note", ""),
        material=row.get("material", ""),
        specification=row.get("specification", ""),
        category=row.get("category", ""),
    )
