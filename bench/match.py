"""Matching on labelled lines: top-1, top-5, precision of what is accepted, refusals, time."""

from __future__ import annotations

import csv
import hashlib
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from footprint import units
from footprint.bom.model import Line
from footprint.engine.resolve import Unresolved, dataset_of, match_line
from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory
from footprint.matching.match import Matcher
from footprint.matching.query import Query

ROOT = Path(__file__).parents[1]
LABELLED = ROOT / "tests" / "matching" / "labelled.csv"
#: Where the labelled lines are bought or made when they name no place.
COUNTRY = "CN"
#: No dataset fits; such a line has to be refused.
NONE = "NONE"
#: A part, by its kind: only a model of that kind is right, never the material that its name names.
PART = "PART:"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line as a factory writes it, the datasets that are right for it, and its half."""

    line: Line
    expected: frozenset[str]
    language: str
    held_out: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What the engine made of a line: the ids of the candidates, the accepted one or None."""

    labelled: Labelled
    candidates: tuple[str, ...]
    accepted: str | None
    seconds: float


def labelled_lines(path: Path = LABELLED) -> list[Labelled]:
    """The labelled lines. Half of them, chosen by hash, was never looked at while tuning.

    Lines counted in pieces come with a mass per piece, without which no kilogram can be found.
    """
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            unit = units.normal_unit(row["unit"])
            mass = 0.01 if units.convertible(unit, "piece") else None
            line = Line(
                number,
                f"L{number}",
                row["name"],
                1.0,
                unit,
                location=row["location"],
                stage=row["stage"],  # type: ignore[arg-type]
                unit_mass_kg=mass,
                note=row["note"],
            )
            key = "|".join((row["name"], row["unit"], row["location"]))
            held_out = hashlib.sha256(key.encode()).digest()[0] % 2 == 1
            named = frozenset(row["expected"].split("|"))
            expected = {name for name in named if not name.startswith(PART)} or {NONE}
            found.append(Labelled(line, frozenset(expected), row["language"], held_out))
    return found


def run(lines: Sequence[Labelled], inventory: CompiledInventory) -> list[Result]:
    """Match every line as the engine does."""
    results = []
    for labelled in lines:
        start = time.perf_counter()
        try:
            accepted: str | None = dataset_of(labelled.line, inventory, COUNTRY, "").entry.id
        except Unresolved:
            accepted = None
        seconds = time.perf_counter() - start
        outcome = match_line(labelled.line, inventory, COUNTRY, any_unit=False)
        ids = tuple(candidate.entry.id for candidate in outcome.candidates)
        results.append(Result(labelled, ids, accepted, seconds))
    return results


def shares(results: Sequence[Result]) -> dict[str, float]:
    """Top-1 and top-5 of the lines that have a dataset; precision of the accepted; share of those
    lines that is accepted and right; share of the others that is refused."""
    fitting = [r for r in results if NONE not in r.labelled.expected]
    others = [r for r in results if NONE in r.labelled.expected]
    accepted = [r for r in results if r.accepted is not None]
    right = [r for r in accepted if r.accepted in r.labelled.expected]

    def among(count: int) -> float:
        hits = [r for r in fitting if r.labelled.expected & set(r.candidates[:count])]
        return len(hits) / len(fitting)

    return {
        "top-1": among(1),
        "top-5": among(5),
        "precision": len(right) / len(accepted),
        "accepted and right": len(right) / len(fitting),
        "refused rightly": sum(r.accepted is None for r in others) / len(others),
    }


def report(results: Sequence[Result]) -> str:
    """The shares of all lines, of both halves, and by language."""
    parts = {
        "all lines": results,
        "tuned on": [r for r in results if not r.labelled.held_out],
        "held out": [r for r in results if r.labelled.held_out],
    }
    for language in ("en", "zh", "mixed"):
        parts[language] = [r for r in results if r.labelled.language == language]
    rows = []
    for name, part in parts.items():
        values = "  ".join(f"{key} {value:6.1%}" for key, value in shares(part).items())
        rows.append(f"  {name:<10}{len(part):>5} lines  {values}")
    return "\n".join(rows)


def main() -> None:
    """Print the quality of the matches, and seconds for this inventory and for 20,000 names."""
    inventory = ensure_compiled(ROOT / ".cache" / "footprint")
    lines = labelled_lines()
    run(lines[:1], inventory)
    results = run(lines, inventory)
    print(report(results))
    times = sorted(r.seconds for r in results)
    print(
        f"  one line   median {times[len(times) // 2] * 1e3:.2f} ms, longest {times[-1] * 1e3:.1f}"
    )
    for count in (len(inventory.datasets), 20_000):
        _print_speed(lines, inventory, count)


def _print_speed(lines: Sequence[Labelled], inventory: CompiledInventory, count: int) -> None:
    """Time the index and the queries alone, on so many datasets with names made from ours."""
    chance = random.Random(0)  # noqa: S311  # made-up names, no secret
    entries = list(inventory.datasets.values())
    words = sorted({word for entry in entries for word in entry.name_en.replace(",", "").split()})
    while len(entries) < count:
        name = " ".join(chance.sample(words, 3)) + f", {chance.choice(words)}"
        made = replace(chance.choice(entries), id=f"made-{len(entries)}", name_en=name)
        entries.append(replace(made, name_zh=made.name_zh[:4], synonyms=made.synonyms[:1]))
    start = time.perf_counter()
    matcher = Matcher(entries)
    built = time.perf_counter() - start
    start = time.perf_counter()
    for labelled in lines:
        query = Query(labelled.line.name, stage=labelled.line.stage, country=COUNTRY)
        matcher.match(query, lambda entry: entry.unit == "kg")
    mean = (time.perf_counter() - start) / len(lines)
    print(f"  {len(entries):>6} datasets: index {built:.2f} s, {mean * 1e3:.2f} ms a query")


if __name__ == "__main__":
    main()
