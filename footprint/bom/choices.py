"""Datasets that people chose for lines, kept and used again for lines of the same name and unit.

They stand in `matches.yaml` beside the files of a folder, or in `NAME.matches.yaml` for one file:

    matches:
      - name: 自攻螺丝 PWA3x10
        unit: piece
        dataset: part-screw-pan-m3x10
        by: Wang Li
        day: 2026-11-29

Where a line has a material or a specification in a column of its own, the choice has it too, and
holds for lines that say the same. `mass_kg` is what one unit weighs, where the chooser knows it and
the file does not. Instead of a dataset's id there may be a class of material (`screening-plastic`:
its wide figure by mass), a supplier's document by its name (`supplier:speaker.json`), or
`not-a-part`: such lines are no part of the product.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from footprint import units
from footprint.bom import faults
from footprint.bom.plausible import MOST_OF_A_PIECE
from footprint.faults import InputRefused, Where
from footprint.sidecar import read_sidecar
from footprint.values.line import Line
from footprint.values.stages import fold_keyword

#: The file of a folder, and what a file of one table is called instead of its own ending.
FOLDER_FILE, SUFFIX = "matches.yaml", ".matches.yaml"
#: Ids of screening figures begin so: a class of material stands for a line, by its mass.
BY_CLASS = "screening-"
#: A supplier's document that comes with the table stands for the line: this, and its name.
BY_SUPPLIER = "supplier:"
#: Instead of a dataset: lines of this name are no part of the product.
NOT_A_PART = "not-a-part"

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """The dataset that somebody (`by`) chose on a day for lines of this name and unit, and of this
    material and specification where the line had these columns ("" = it had not). `mass_kg` is the
    mass of one unit as the chooser states it; with it `dataset` may be "" (not chosen yet)."""

    name: str
    unit: str
    dataset: str
    by: str
    day: date
    material: str = ""
    specification: str = ""
    mass_kg: float | None = None

    @property
    def key(self) -> Key:
        """What lines and choices are compared by."""
        return _key(self.name, self.unit, self.material, self.specification)

    @property
    def said(self) -> str:
        """By whom and when, for results."""
        return f"{self.by}, {self.day.isoformat()}"


def choice_of(line: Line, dataset: str, by: str, day: date) -> Choice:
    """The choice of a dataset for lines such as this one."""
    return Choice(line.name, line.unit, dataset, by, day, line.material, line.specification)


def with_choices(lines: Sequence[Line], choices: Iterable[Choice]) -> list[Line]:
    """The lines, with the datasets of earlier choices where they name none themselves.

    Of two choices for one kind of line the later in the file counts. `Line.chosen_by` says whose
    choice it was. Lines that were chosen to be no part of the product are not among them.
    """
    known = {choice.key: choice for choice in choices}
    if not known:
        return list(lines)
    left_out = {line.row for line, _ in not_parts(lines, known.values())}
    near = {key[:2]: choice for key, choice in known.items()}
    return [_chosen(line, known, near) for line in lines if line.row not in left_out]


def not_parts(lines: Sequence[Line], choices: Iterable[Choice]) -> list[tuple[Line, Choice]]:
    """The lines that somebody chose to be no part of the product, each with that choice. An
    assembly is none of them: its parts would have nowhere to be."""
    known = {choice.key: choice for choice in choices if choice.dataset == NOT_A_PART}
    if not known:
        return []
    parents = {line.parent for line in lines}
    leaves = [line for line in lines if line.id not in parents and _open(line)]
    return [(line, known[key]) for line in leaves if (key := choice_key(line)) in known]


def _open(line: Line) -> bool:
    """Whether the line leaves open what stands for it."""
    return not (line.dataset or line.supplier_pcf or line.stage == "direct_emission")


def _chosen(
    line: Line, known: Mapping[Key, Choice], near: Mapping[tuple[str, str], Choice]
) -> Line:
    if not _open(line):
        return line
    key = choice_key(line)
    choice = known.get(key)
    if choice is None:
        other = near.get(key[:2])
        return line if other is None else replace(line, near_choice=_other(other))
    if choice.dataset == NOT_A_PART:
        return line
    mass = line.unit_mass_kg if choice.mass_kg is None else choice.mass_kg
    said = choice.said if choice.dataset else ""
    if choice.dataset.startswith(BY_SUPPLIER):
        name = choice.dataset.removeprefix(BY_SUPPLIER)
        return replace(line, supplier_pcf=name, chosen_by=said, unit_mass_kg=mass)
    return replace(line, dataset=choice.dataset, chosen_by=said, unit_mass_kg=mass)


def _other(choice: Choice) -> str:
    """A choice for lines that say something else besides name and unit, for a hint."""
    of = ", ".join(text for text in (choice.material, choice.specification) if text)
    chosen = choice.dataset or "a mass"
    return f"{chosen} for {of or 'no material and specification'} ({choice.said})"


def choice_key(line: Line) -> Key:
    """What a line is compared with choices by."""
    return _key(line.name, line.unit, line.material, line.specification)


def _key(name: str, unit: str, material: str, specification: str) -> Key:
    return (
        fold_keyword(name),
        units.common_unit(unit),
        fold_keyword(material),
        fold_keyword(specification),
    )


def merged(choices: Iterable[Choice], new: Iterable[Choice]) -> list[Choice]:
    """The choices with new ones, which replace those for the same kind of line."""
    by_key = {choice.key: choice for choice in choices}
    by_key.update((choice.key, choice) for choice in new)
    return list(by_key.values())


def read_choices(data: bytes, filename: str) -> list[Choice]:
    """The choices in a file. Raises `InputRefused` (BOM-033) with everything that is malformed."""
    where = Where(filename)
    document = read_sidecar(data, faults.BAD_CHOICE, where)
    rows = document.get("matches")
    if not isinstance(rows, list) or set(document) != {"matches"}:
        raise faults.BAD_CHOICE.refuse("the file is not 'matches:' with a list", where)
    found, problems = [], []
    for number, row in enumerate(rows, 1):
        wrong = _wrong(row)
        if wrong:
            problems.append(faults.BAD_CHOICE.at(where, f"entry {number} {wrong}"))
            continue
        mass = row.get("mass_kg")
        read = {"day": _day(row["day"]), "mass_kg": None if mass is None else float(mass)}
        found.append(Choice(**({"dataset": ""} | row | read)))
    if problems:
        raise InputRefused(problems)
    return found


_NAMES = {field.name for field in fields(Choice)}
_NEEDED = ("name", "unit", "by", "day")


def _wrong(row: Any) -> str:
    """What is wrong with an entry, or ""."""
    if not isinstance(row, dict):
        return "is no mapping"
    unknown = sorted(map(str, set(row) - _NAMES))
    if unknown:
        return f"has the unknown key {unknown[0]!r}"
    missing = [name for name in _NEEDED if not row.get(name)]
    if not row.get("dataset") and row.get("mass_kg") is None:
        missing.append("dataset")
    if missing:
        return f"has no {missing[0]}"
    if row.get("mass_kg") is not None and not _is_mass(row["mass_kg"]):
        return f"has a mass_kg that is no number above zero: {row['mass_kg']!r}"
    if row.get("mass_kg") is not None and float(row["mass_kg"]) >= MOST_OF_A_PIECE:
        return f"has a mass_kg of a thousand tonnes or more: {row['mass_kg']!r}"
    if not _is_unit(row["unit"]):
        return f"has an unknown unit: {row['unit']!r}"
    texts = (value for name, value in row.items() if name not in {"day", "mass_kg"})
    if any(not isinstance(value, str) for value in texts):
        return "has a value that is no text: put it in quotation marks"
    return "" if _day(row["day"]) else f"has no day YYYY-MM-DD: {row['day']!r}"


def _is_mass(value: Any) -> bool:
    known = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return known and 0 < float(value) < math.inf


def _is_unit(value: Any) -> bool:
    try:
        units.common_unit(str(value))
    except units.UnitError:
        return False
    return True


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def choices_text(choices: Iterable[Choice]) -> str:
    """The file of these choices, in their order."""
    rows = [
        {
            name: value.isoformat() if isinstance(value, date) else value
            for name in _NAMES_IN_ORDER
            if (value := getattr(choice, name))
        }
        for choice in choices
    ]
    import yaml  # noqa: PLC0415  15 ms of every command

    text = yaml.safe_dump({"matches": rows}, allow_unicode=True, sort_keys=False, width=1000)
    return f"# Datasets chosen for lines of the same name and unit. Edit or delete freely.\n{text}"


_NAMES_IN_ORDER = (
    "name", "material", "specification", "unit", "dataset", "mass_kg", "by", "day"
)  # fmt: skip
