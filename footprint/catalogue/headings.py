"""What the headings of a stranger's table mean: our own names, words of other languages, or what a
person says.

Words are those of a single list of parts (`footprint.reading`). Only a heading that is a known word
as a whole is taken; one that nothing would read is refused, never dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from footprint.catalogue import faults
from footprint.catalogue.columns import FACTS, NEEDED, NUMBERS, TEXTS
from footprint.faults import InputRefused, Problem, Where
from footprint.reading.column_heads import product_heading
from footprint.reading.heading_means import TRIMMED
from footprint.reading.heading_units import split_unit
from footprint.reading.headings import read_heading
from footprint.reading.units import MASS, unit_of
from footprint.reading.vocabulary import fold

#: What a person says of a column that is not to be read.
LEFT_OUT = "other"
#: Meanings of a column of a list of parts, and what a catalogue calls it.
_MEANT = {
    **dict.fromkeys(("id", "line_no"), "line"),
    **dict.fromkeys(("spec", "description"), "specification"),
    **{
        one: one
        for one in (
            *("parent", "name", "dataset", "unit", "stage", "location", "data_type", "transport"),
            *("supplier_pcf", "recycled_content", "recycled_dataset", "contract", "note"),
            *("material", "category", "uncertainty", "quantity", "loss", "unit_mass"),
        )
    },
}
#: Facts of a product that a list of parts says above its table.
_FACTS = {
    "country": "生产国|产品国家|生产国家|country of production|country of manufacture|"
    "herstellungsland|produktionsland",
    "reference_period": "参考期|报告期|核算期|统计期|核算期间|报告年度|period|reporting period|"
    "year|bezugszeitraum|berichtsjahr",
    "product_mass": "产品重量|产品质量|产品净重|成品重量|成品净重|product weight|product mass|"
    "net product weight|produktgewicht",
}
_FACT_OF = {fold(word): name for name, words in _FACTS.items() for word in words.split("|")}
_KNOWN = {fold(name): name for name in (*TEXTS, *FACTS, *NUMBERS)}
_WEIGHED = ("unit_mass", "product_mass")


@dataclass(frozen=True, slots=True)
class ColumnMeant:
    """A heading, the column that it means (empty: left out), the factor from its unit to the
    column's own, and the unit of a quantity that stands in the heading alone."""

    heading: str
    column: str
    factor: float = 1.0
    unit: str = ""


#: What a person says: heading -> (column, unit or "").
Told = Mapping[str, tuple[str, str]]


def column_told(text: str) -> tuple[str, tuple[str, str]]:
    """`单重=unit_mass:g` as heading, column and unit. Raises `InputRefused` (CAT-001)."""
    heading, mark, answer = text.rpartition("=")
    column, _, unit = (part.strip() for part in answer.partition(":"))
    where = Where(column="--map")
    if not mark or not heading.strip():
        raise faults.COLUMNS.refuse(f"{text!r} is not HEADING=column", where)
    if column not in {*_KNOWN.values(), LEFT_OUT}:
        raise faults.COLUMNS.refuse(
            f"there is no column {column!r} of a catalogue", where, _known()
        )
    if unit and _factor(column, unit) is None and not (column == "quantity" and unit_of(unit)):
        raise faults.COLUMNS.refuse(f"{column} cannot be in {unit!r}", where)
    return heading.strip(), (column, unit)


def columns_meant(headings: Sequence[str], told: Told, file: str) -> tuple[ColumnMeant, ...]:
    """What each heading means, in their order.

    Raises `InputRefused` (CAT-001) with every column that is missing, doubled or not understood.
    """
    problems: list[Problem] = []
    there = {one.strip() for one in headings}
    for heading in told:
        if heading not in there:
            message = f"there is no column {heading!r}"
            problems.append(faults.COLUMNS.at(Where(file, 1, heading), message))
    named = _names_of_products(headings)
    found = [_meant(one, named.get(one, ""), told, file, problems) for one in headings]
    found = _without_row_numbers(found, told)
    counted = Counter(one.column for one in found)
    for one in dict.fromkeys(found):
        if one.column and counted[one.column] > 1:
            message = f"the column {one.column!r} is there twice"
            if one.heading != one.column:
                message = (
                    f"the heading {one.heading!r} would be the column {one.column!r} once more"
                )
            problems.append(faults.COLUMNS.at(Where(file, 1, one.heading), message, _say(one)))
    units = any(one.unit for one in found if one.column == "quantity")
    if units and counted["unit"]:
        message = "the unit stands in the heading of the quantity and in a column of its own"
        hint = "Say which one counts: --map 'HEADING=quantity' for the column."
        problems.append(faults.COLUMNS.at(Where(file, 1, "quantity"), message, hint))
    for name in NEEDED:
        missing = counted[name] == 0 and not (name == "unit" and units)
        if missing and not any(one.where.column == name for one in problems):
            message = f"there is no column {name!r}"
            hint = f"Say which one it is: --map 'HEADING={name}'"
            problems.append(faults.COLUMNS.at(Where(file, 1, name), message, hint))
    if problems:
        raise InputRefused(problems)
    return tuple(found)


def _names_of_products(headings: Sequence[str]) -> dict[str, str]:
    """The headings of products: the code is the product and a name its name; a name alone is the
    product."""
    kinds = {one: kind for one in headings if (kind := product_heading(one))}
    coded = "code" in kinds.values() or "product" in map(_known_name, headings)
    return {
        one: "product_name" if kind == "name" and coded else "product"
        for one, kind in kinds.items()
    }


def _known_name(heading: str) -> str:
    return _KNOWN.get(fold(heading), "")


def _meant(
    heading: str, product: str, told: Told, file: str, problems: list[Problem]
) -> ColumnMeant:
    """What one heading means; what is wrong with it goes to `problems`."""
    if heading.strip() in told:
        column, unit = told[heading.strip()]
        if column == LEFT_OUT:
            return ColumnMeant(heading, "")
        if column == "quantity":
            return ColumnMeant(heading, column, unit=unit_of(unit) or "")
        return ColumnMeant(heading, column, _factor(column, unit) or 1.0)
    bare, _, _ = split_unit(heading.strip())
    column = _known_name(heading) or _FACT_OF.get(fold(bare), "") or product
    if column and (column not in _WEIGHED or _known_name(heading)):
        return ColumnMeant(heading, column)
    read = read_heading(heading.strip())
    column = column or (_MEANT.get(read.means[0], "") if read.score >= TRIMMED else "")
    if column == "quantity":
        return ColumnMeant(heading, column, unit=read.unit or "")
    factor = _factor(column, read.unit or "")
    if column in {*_WEIGHED, "loss"} and factor is None:
        given = "loss:%" if column == "loss" else f"{column}:g"
        message = f"the heading {heading!r} does not say its unit"
        hint = f"Say it: --map '{heading}={given}'"
        problems.append(faults.COLUMNS.at(Where(file, 1, heading), message, hint))
    elif not column:
        message = f"nothing would read the column {heading!r}"
        problems.append(faults.COLUMNS.at(Where(file, 1, heading), message, _known(heading)))
    return ColumnMeant(heading, column, factor or 1.0)


def _factor(column: str, unit: str) -> float | None:
    """From a unit in a heading to the column's own unit; None where it does not fit."""
    if column == "loss":
        return 0.01 if unit == "%" else None
    return MASS.get(unit_of(unit) or "") if column in _WEIGHED else None


def _without_row_numbers(found: Sequence[ColumnMeant], told: Told) -> list[ColumnMeant]:
    """Where codes name the lines, numbers of rows beside them are left out."""
    numbers = [
        one
        for one in found
        if one.column == "line" and one.heading.strip() not in told
        and not _known_name(one.heading)
        and read_heading(one.heading.strip()).means[0] == "line_no"
    ]  # fmt: skip
    if sum(one.column == "line" for one in found) == len(numbers) <= 1:
        return list(found)
    return [ColumnMeant(one.heading, "") if one in numbers else one for one in found]


def _say(one: ColumnMeant) -> str:
    return f"Say what it is: --map '{one.heading}=COLUMN', or ={LEFT_OUT} to leave it out."


def _known(heading: str = "HEADING") -> str:
    known = ", ".join(sorted(_KNOWN.values()))
    return (
        f"Say what it is: --map '{heading}=COLUMN', or ={LEFT_OUT} to leave it out. Known: {known}."
    )
