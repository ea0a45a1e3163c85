"""Candidates among the part models for the words of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from footprint.inventory.compiled import Entry
from footprint.inventory.part_models import PART, PREFIX
from footprint.late_pattern import late_pattern
from footprint.parts import areas
from footprint.parts.sizes import folded_size, reader
from footprint.shipped_yaml import shipped_yaml

#: How sure a candidate is: the size is among the sizes of the kind that is named; the kind is
#: general ("screw") and the usual design stands; only the kind is known.
SIZED, USUAL, KIND = 0.95, 0.8, 0.6
#: A stated mass further than this factor from the piece refuses the candidate.
MASS_FACTOR = 3.0

_STAINLESS = late_pattern(
    r"(?<![a-z0-9])(?:sus\s?)?(?:304|316)l?(?!\d)|(?<![a-z0-9])a[24](?:-\d\d)?(?![a-z0-9])"
    r"|stainless|不锈钢|不銹鋼"
)
#: Fasteners of these are no fasteners of steel. Nylon rings of lock nuts are.
_OTHER_MATERIAL = late_pattern(
    r"nylon screw|plastic screw|尼龙螺[丝钉栓柱]|塑料螺|铜螺[丝钉栓]|brass screw|钛螺|titanium|铝螺"
)


@dataclass(frozen=True, slots=True)
class PartCandidate:
    """A part model that a line may mean.

    `amount`: units of the dataset in one piece of the line (a carton's m2 of board, or the stated
    mass), None if `needs` has to be given first: `mass`, `area` or `length`. `size` is the size as
    the text names it, `evidence` the words and sizes that were understood.
    """

    dataset: str
    kind: str
    size: str
    amount: float | None
    unit: str
    confidence: float
    evidence: tuple[str, ...]
    needs: str = ""


@dataclass(frozen=True, slots=True)
class PartKind:
    """A kind of part: its words (`begins`: one by one), how its sizes are written, and its part
    models."""

    name: str
    words: re.Pattern[str]
    begins: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    size: str
    series: tuple[str, ...]
    a2: tuple[str, ...]
    model: str
    model_a2: str
    general: bool
    sides: int
    unless: re.Pattern[str] | None


def find(
    text: str, datasets: Mapping[str, Entry], *, mass_kg: float | None = None
) -> list[PartCandidate]:
    """Part models for a line, the likeliest first; none if its words name no part.

    text : name and specification of the line, in any spelling.
    datasets : the datasets of the inventory by id.
    mass_kg : the stated mass of one piece, kg. It refuses sizes that are further off than three
        times, and turns a model by mass into an amount.
    """
    folded = folded_size(text)
    found: dict[str, PartCandidate] = {}
    for kind, word, named in _kinds_in(folded):
        for candidate in _of_kind(kind, word, folded, datasets, mass_kg):
            if not named and not candidate.size:
                continue  # "10k" alone is no resistor; with a size code it is
            best = found.get(candidate.dataset)
            if best is None or candidate.confidence > best.confidence:
                found[candidate.dataset] = candidate
    return sorted(found.values(), key=lambda c: (-c.confidence, c.dataset))


def _kinds_in(text: str) -> list[tuple[PartKind, str, bool]]:
    """The kinds that a text names, each with the word and whether it is a word, not a pattern;
    general ones only where no other is."""
    named = []
    begun = _begun(text)
    for at, kind in enumerate(part_kinds()):
        if at not in begun and not kind.patterns:
            continue
        by_word = match = kind.words.search(text) if at in begun else None
        if match is None:
            match = next((m for p in kind.patterns if (m := p.search(text))), None)
        # Few texts name a kind at all: what rules it out is looked for last.
        if match is not None and not (kind.unless and kind.unless.search(text)):
            named.append((kind, match[0], by_word is not None))
    special = [found for found in named if not found[0].general]
    return special or named


#: So many characters of a word are looked for before the word is.
_START = 5


def _begun(text: str) -> set[int]:
    """The kinds of which a word may stand in a text: its first characters do. Most texts hold none
    of most kinds, and a search for all words of all kinds takes 50 times as long."""
    starts = _starts()
    places, sizes = range(len(text)), range(1, _START + 1)
    held = {text[at : at + size] for size in sizes for at in places} & starts.keys()
    return {kind for start in held for kind in starts[start]}


@lru_cache(maxsize=1)
def _starts() -> dict[str, frozenset[int]]:
    """The kinds, by position, one of whose words begins with these characters, or is no longer."""
    found: dict[str, set[int]] = {}
    for at, kind in enumerate(part_kinds()):
        for word in kind.begins:
            found.setdefault(word[:_START], set()).add(at)
    return {start: frozenset(ats) for start, ats in found.items()}


def _of_kind(
    kind: PartKind, word: str, text: str, datasets: Mapping[str, Entry], mass_kg: float | None
) -> Iterator[PartCandidate]:
    stainless = _STAINLESS.search(text)
    if kind.model_a2 and _OTHER_MATERIAL.search(text):
        return
    evidence = (word, *((stainless[0],) if stainless and kind.model_a2 else ()))
    series = kind.a2 if stainless and kind.a2 else kind.series
    model = kind.model_a2 if stainless and kind.model_a2 else kind.model
    sized = [
        candidate
        for at, name in enumerate(series)
        for candidate in _sizes(kind, name, at, text, datasets, evidence)
        if _mass_fits(datasets[candidate.dataset], mass_kg)
    ]
    yield from sized
    for candidate in _by_measure(kind, model, text, datasets, mass_kg, evidence):
        # A size that was found is surer than the model behind it.
        yield replace(candidate, confidence=0.5) if sized else candidate


def _sizes(
    kind: PartKind,
    series: str,
    at: int,
    text: str,
    datasets: Mapping[str, Entry],
    evidence: tuple[str, ...],
) -> Iterator[PartCandidate]:
    sure = (USUAL if kind.general else SIZED) - 0.1 * at
    area = areas.flat_area(text)
    for size in reader(kind.size)(text):
        for name in _ids(f"{PREFIX}{series}-{size}", datasets, kind):
            unit = datasets[name].unit
            piece = {"piece": 1.0, "m2": area and area * kind.sides}.get(unit)
            yield PartCandidate(
                name,
                kind.name,
                size,
                piece,
                unit,
                round(sure, 2),
                (*evidence, size),
                needs="" if piece else _NEEDS[unit],
            )


_NEEDS = {"m": "length", "m2": "area", "kg": "mass", "m3": "volume"}


def _ids(name: str, datasets: Mapping[str, Entry], kind: PartKind) -> tuple[str, ...]:
    """The dataset of a size; of a package without its body (LQFP-64), those of all bodies."""
    if name in datasets:
        return (name,)
    if kind.size != "package":
        return ()
    return tuple(sorted(i for i in datasets if i.startswith(f"{name}-")))[:3]


def _by_measure(
    kind: PartKind,
    model: str,
    text: str,
    datasets: Mapping[str, Entry],
    mass_kg: float | None,
    evidence: tuple[str, ...],
) -> Iterator[PartCandidate]:
    """The model behind the sizes, by the mass, area or volume of one piece."""
    layers = None
    area = None
    if kind.size == "carton":
        layers, area = areas.carton_layers(text), areas.carton_area(text)
        model = f"{model}-{layers}-layer" if layers else model
    elif kind.size == "board":
        layers, area = areas.board_layers(text), areas.flat_area(text)
        model = f"{model}-{layers or 2}-layer"
    elif kind.size == "area":
        area = areas.flat_area(text)
    name = f"{PREFIX}{model}"
    entry = datasets.get(name)
    if entry is None or entry.kind != PART:
        return
    amount = {"kg": mass_kg, "m2": area}.get(entry.unit)
    said = (f"{layers} layers",) if layers else ()
    measured = (f"{amount:.4g} {entry.unit}",) if amount is not None else ()
    sure = (SIZED if layers else USUAL) if amount is not None else KIND
    yield PartCandidate(
        name,
        kind.name,
        "",
        amount,
        entry.unit,
        sure,
        (*evidence, *said, *measured),
        needs="" if amount is not None else _NEEDS.get(entry.unit, "amount"),
    )


def _mass_fits(entry: Entry, mass_kg: float | None) -> bool:
    own = entry.mass_kg_per_unit
    if mass_kg is None or own is None or entry.unit != "piece" or mass_kg <= 0:
        return True
    return 1 / MASS_FACTOR <= mass_kg / own <= MASS_FACTOR


@lru_cache(maxsize=1)
def part_kinds() -> tuple[PartKind, ...]:
    """The kinds of parts, from `kinds.yaml`."""
    rows = shipped_yaml("footprint.parts", "kinds.yaml")
    return tuple(
        PartKind(
            row["kind"],
            _words([folded_size(str(word)) for word in row["words"]]),
            tuple(folded_size(str(word)) for word in row["words"]),
            tuple(re.compile(pattern) for pattern in row.get("patterns", ())),
            row["size"],
            tuple(row.get("series", ())),
            tuple(row.get("a2", ())),
            row.get("model", ""),
            row.get("model_a2", ""),
            row.get("general", False),
            row.get("sides", 1),
            _words([folded_size(word) for word in row["unless"]]) if "unless" in row else None,
        )
        for row in rows
    )


def _words(words: list[str]) -> re.Pattern[str]:
    """One pattern for all: English words whole, Chinese ones also inside others; longest first."""
    ordered = sorted(words, key=len, reverse=True)
    parts = [
        rf"(?<![a-z0-9]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)
        for word in ordered
    ]
    return re.compile("|".join(parts))
