"""Matching on labelled lines: top-1, top-5, precision of what is accepted, refusals, time."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.labelled import BILLS, COUNTRY, NONE, PARTS, ROOT, Labelled, bill_lines, labelled_lines
from footprint.engine.resolve import Unresolved, dataset_of, query_of
from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory
from footprint.matching.candidates import candidates
from footprint.matching.match import Matcher
from footprint.matching.query import Query


@dataclass(frozen=True, slots=True)
class Result:
    """What the engine made of a line: the ids of the candidates, the accepted one or None."""

    labelled: Labelled
    candidates: tuple[str, ...]
    accepted: str | None
    seconds: float

    @property
    def right(self) -> bool:
        """Whether the accepted dataset is one of those that are right."""
        return self.accepted is not None and self.labelled.is_right(self.accepted)

    @property
    def first(self) -> bool:
        """Whether the dataset that is offered first is right."""
        return any(map(self.labelled.is_right, self.candidates[:1]))


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
        offers = candidates(query_of(labelled.line, COUNTRY), inventory)
        ids = tuple(o.candidate.entry.id for o in offers if not o.candidate.refused)
        results.append(Result(labelled, ids, accepted, seconds))
    return results


def shares(results: Sequence[Result]) -> dict[str, float]:
    """Top-1 and top-5 of the lines that have a dataset; precision of the accepted; share of those
    lines that is accepted and right; share of the others that is refused."""
    fitting = [r for r in results if NONE not in r.labelled.expected]
    others = [r for r in results if NONE in r.labelled.expected]
    accepted = [r for r in results if r.accepted is not None]
    right = [r for r in accepted if r.right]

    def among(count: int) -> float:
        hits = [r for r in fitting if any(map(r.labelled.is_right, r.candidates[:count]))]
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


def bill_shares(results: Sequence[Result]) -> dict[str, float]:
    """Of all lines of bills: right at the first try; that, or the right class of material; that,
    where a figure of the class could be given, for the mass is known. Precision of the accepted."""
    count = len(results)
    classed = [
        r for r in results if r.first or r.labelled.found_class == r.labelled.material_class != NONE
    ]
    weighed = [r for r in classed if r.first or r.labelled.line.unit_mass_kg is not None]
    accepted = [r for r in results if r.accepted is not None]
    return {
        "first try": sum(r.first for r in results) / count,
        "or right class": len(classed) / count,
        "with a mass": len(weighed) / count,
        "precision": sum(r.right for r in accepted) / max(1, len(accepted)),
        "taken": len(accepted) / count,
    }


def bill_report(results: Sequence[Result]) -> str:
    """The shares of all bills, of both halves, and bill by bill."""
    parts = {
        "all bills": list(results),
        "tuned on": [r for r in results if not r.labelled.held_out],
        "held out": [r for r in results if r.labelled.held_out],
    }
    for result in results:
        parts.setdefault(result.labelled.bill, []).append(result)
    rows = []
    for name, part in parts.items():
        if part:
            values = "  ".join(f"{key} {value:6.1%}" for key, value in bill_shares(part).items())
            rows.append(f"  {name:<18}{len(part):>4} lines  {values}")
    return "\n".join(rows)


def main() -> None:
    """Print the quality of the matches, and seconds for this inventory and for 20,000 names."""
    inventory = ensure_compiled(ROOT / ".cache" / "footprint")
    lines = labelled_lines()
    run(lines[:1], inventory)
    results = run(lines, inventory)
    print(report(results))
    for name in (BILLS, PARTS):
        print(f"{name}\n{bill_report(run(bill_lines(name), inventory))}")
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
