"""Reading lists of parts in thousands of forms, with a known answer: no silent wrong number.

A number is silently wrong where the reading gives it and asks no question that concerns it: a
quantity, mass or loss unlike the answer, a part that is left out, a row that is no part and counted
as one. A file that is refused or asked about gives no number; how many are is printed, for a reader
that asks about everything would never be wrong.
"""

from __future__ import annotations

import importlib
import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from bench.reading_files import Made, Part, make
from footprint.faults import InputRefused

Reader = Callable[[bytes, str], dict[str, Any]]
#: What a question about the whole file has to be about to concern a number.
_CONCERNS = {
    "quantity": {"quantity", "unit", "base_quantity", "declared_unit", "level", "variant"},
    "mass": {"unit_mass", "mass_unit", "line_mass", "quantity", "unit", "base_quantity", "level"},
    "loss": {"loss"},
}
_TO_BASE = {"kg": ("kg", 1.0), "g": ("kg", 1e-3), "m": ("m", 1.0), "mm": ("m", 1e-3)}

#: Cases of a whole soak (`python -m bench soak`).
COUNT = 2_000


def reader() -> Reader:
    """Bytes and name of a file to the reading's JSON."""
    read = importlib.import_module("footprint.reading.read").read_table
    document = importlib.import_module("footprint.reading.document").reading_document
    return lambda data, name: document(read(data, name))


def silent_wrongs(reading: dict[str, Any], made: Made) -> Iterator[str]:
    """Everything that is silently wrong in a reading."""
    lines = {row["row"]: row for row in reading["lines"]}
    base = float((reading.get("base_quantity") or {}).get("quantity") or 1)
    for row, line in lines.items():
        if row not in made.parts and not line["skip"] and not _asked(reading, row, "quantity"):
            yield f"row {row} is no part: {line.get('name')!r}"
    yield from _total(reading, made)
    for row, part in made.parts.items():
        found = lines.get(row)
        if found is None or found["skip"]:
            if not _asked(reading, row, "quantity"):
                yield f"row {row} is left out: {part.name!r} ({(found or {}).get('reason')})"
            continue
        yield from _quantity(reading, lines, row, part, base)
        yield from _mass(reading, found, row, part, base, made)
        loss = found.get("loss") or 0.0
        if abs(loss - (part.loss or 0.0)) > 1e-9 and not _asked(reading, row, "loss"):
            yield f"row {row}: loss {loss}, not {part.loss}"


def _quantity(
    reading: dict[str, Any], lines: dict[int, Any], row: int, part: Part, base: float
) -> Iterator[str]:
    amount = _whole(lines, row)
    if amount is None:
        if not _asked(reading, row, "quantity"):
            yield f"row {row}: no quantity and no question"
        return
    unit, factor = _TO_BASE.get(str(lines[row]["unit"]), (lines[row]["unit"], 1.0))
    wrong = abs(amount * factor / base - part.whole) > 1e-6 * part.whole or unit != part.unit
    if wrong and not _asked(reading, row, "quantity"):
        yield f"row {row}: {amount / base:g} {lines[row]['unit']}, not {part.whole:g} {part.unit}"


def _whole(lines: dict[int, Any], row: int | None) -> float | None:
    amount = 1.0
    for _ in range(20):
        if row is None:
            return amount
        line = lines.get(row)
        if line is None or line.get("quantity") is None:
            return None
        amount, row = amount * line["quantity"], line.get("parent_row")
    return None


def _mass(
    reading: dict[str, Any], found: dict[str, Any], row: int, part: Part, base: float, made: Made
) -> Iterator[str]:
    mass = found.get("mass_kg")
    if mass is None or part.assembly or _asked(reading, row, "mass"):
        return
    known = part.whole if part.unit == "kg" else None
    if part.unit_mass is not None and part.unit == "piece":
        known = part.whole * part.unit_mass
        if made.form.mass == "none":
            yield f"row {row}: {mass:g} kg of a mass without a unit"
            return
    if known is None or abs(mass / base - known) > 1e-3 * known:
        yield f"row {row}: {mass / base:g} kg, not {known}"


def _total(reading: dict[str, Any], made: Made) -> Iterator[str]:
    """A stated total is that of all lines: an assembly counts by its parts."""
    total = reading.get("total_mass_kg")
    if total is None or any(_asked(reading, row, "mass") for row in made.parts):
        return
    lines = [part for part in made.parts.values() if not part.assembly]
    known = [
        part.whole if part.unit == "kg" else part.whole * (part.unit_mass or 0.0) for part in lines
    ]
    if abs(total - sum(known)) > 1e-3 * total:
        yield f"total {total:g} kg, not {sum(known):g}"


def _asked(reading: dict[str, Any], row: int, number: str) -> bool:
    return any(
        row in ask["rows"] if ask["rows"] is not None else ask["about"] in _CONCERNS[number]
        for ask in reading["asks"]
    )


def run(count: int, seed: int, read: Reader | None = None) -> int:
    """Read `count` files drawn from `seed`, and print what came out.

    Returns the number of files with a silent wrong number. An error other than a refusal is a fault
    of the reader and stops the run.
    """
    read = read or reader()
    seen: Counter[str] = Counter()
    failures = 0
    for number in range(count):
        made = make(random.Random(f"{seed}-{number}"))  # noqa: S311  a draw, no secret
        try:
            reading = read(made.data, made.name)
        except InputRefused as refused:
            seen["refused " + refused.problems[0].code] += 1
            continue
        wrong = list(silent_wrongs(reading, made))
        asked = any(_asked(reading, row, what) for row in made.parts for what in _CONCERNS)
        seen["asked" if asked else "read without a question"] += 1
        if wrong:
            failures += 1
            if failures <= 10:
                print(f"  {seed}-{number} {made.form}\n    {wrong[0]} ({len(wrong)} in all)")
    print(f"  {count} files: {dict(sorted(seen.items()))}; {failures} with a silent wrong number")
    return failures


def main() -> None:
    """The whole soak: 2,000 files."""
    if run(2_000, 1):
        raise SystemExit("a number was silently wrong")
