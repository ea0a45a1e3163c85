"""The result of a draft as a page shows it: how much, how sure, from where, what would help."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date

from api.console.figures import mass_text, rounded_percent, three
from api.console.pictures import Rest, rows_drawing
from api.console.total_view import TotalView, total_view
from api.language import Language
from footprint.analysis.contributions import is_inside
from footprint.certificates.display import exact, round_significant
from footprint.drafts.covered import covered, product_mass_kg
from footprint.drafts.work import LineKind, Work
from footprint.inventory.compiled import CompiledInventory
from footprint.report.build import footprint_report
from footprint.report.flows import flows_of
from footprint.values.line import STAGES
from footprint.values.result import Footprint
from label_templates.console_pages import console_words
from label_templates.drawing.shapes import Drawing
from label_templates.report.sankey import sankey_drawing
from label_templates.report.words import report_words
from label_templates.words import Words

#: Own rows that stand alone in picture and table.
TOP = 5
#: How far a result reaches, as a sentence.
BOUNDARY_SAYS: dict[str, str] = {
    "cradle-to-gate": "boundary_gate",
    "cradle-to-grave": "boundary_grave",
    "organisation": "boundary_whole",
    "event": "boundary_whole",
}


def reach_says(boundary: str, stages: Container[str]) -> str:
    """Which sentence says how far a result reaches; who has counted his own works is not asked to
    add their electricity."""
    says = BOUNDARY_SAYS[boundary]
    return "boundary_gate_made" if says == "boundary_gate" and "production" in stages else says


#: What helps a line that is counted by less than a figure of its own.
_HELP = {"screening": "help_screening", "guess": "help_guess"}
#: Stages whose lines are bought from somebody who can tell his own number.
_BOUGHT = frozenset(("material", "packaging"))
#: What would help most has so many lines.
HELPS = 3


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage of the life cycle: `done` when lines of it count, else what its part is; of how many
    lines of it something is left out."""

    stage: str
    kg: str
    done: bool
    inside: bool
    left_out: int


@dataclass(frozen=True, slots=True)
class RowView:
    """One of the user's own rows: what it adds, its share, and what stands for it."""

    key: str
    name: str
    kg: str
    share: str
    dataset: str
    name_en: str
    name_zh: str
    state: str


@dataclass(frozen=True, slots=True)
class Help:
    """Something that would help: the sentence with its effect, the name in it, where to do it."""

    says: str
    name: str
    line: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """The page of a result. `low` and `high` are of the 95 % interval ("" while not asked for)."""

    total: TotalView
    low: str
    high: str
    stages: tuple[StageView, ...]
    rows: tuple[RowView, ...]
    rest: RowView | None
    open: tuple[RowView, ...]
    lacks: tuple[str, ...]
    bars: tuple[Drawing, ...]
    sankey: Drawing | None
    helps: tuple[Help, ...]
    reaches: str
    like: str


def result_view(
    work: Work, inventory: CompiledInventory, language: Language, day: date
) -> ResultView:
    """The result of a draft now; the interval is there where the footprint has one."""
    made, words = work.footprint, console_words(language)
    counted = sorted(
        (kind for kind in work.settled if kind.whole_kg_co2e is not None),
        key=lambda kind: -(kind.whole_kg_co2e or 0.0),
    )
    rows = tuple(_row(kind, made.total) for kind in counted[:TOP])
    interval = made.uncertainty
    report = footprint_report(
        made, work.bom, inventory, day, places=_places(made.total), whole=False
    )
    flows = flows_of(report, _places(made.total))
    return ResultView(
        total_view(work, language),
        "" if interval is None else three(interval.low),
        "" if interval is None else three(interval.high),
        _stages(made, {row.stage: row.left_out for row in report.stages if row.left_out}),
        rows,
        _rest(counted[TOP:], made.total, words),
        tuple(_row(kind, made.total) for kind in work.open),
        made.completeness.lacks,
        _bars(work, counted, language),
        sankey_drawing(flows, report, report_words(language)),
        _helps(work, counted, product_mass_kg(work), words),
        reach_says(made.boundary, made.stages),
        _like(made, inventory, words),
    )


def _places(total: float) -> int:
    """Decimal places that give the total three digits."""
    rounded = round_significant(exact(total))
    exponent = rounded.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _row(kind: LineKind, total: float) -> RowView:
    known = kind.whole_kg_co2e is not None and total
    return RowView(
        kind.key,
        kind.line.name,
        "" if kind.whole_kg_co2e is None else three(kind.whole_kg_co2e),
        rounded_percent((kind.whole_kg_co2e or 0.0) / total) if known else mass_text(kind.mass_kg),
        kind.dataset,
        kind.name_en,
        kind.name_zh,
        kind.state,
    )


def _rest(kinds: list[LineKind], total: float, words: Words) -> RowView | None:
    if not kinds:
        return None
    kg = sum(kind.whole_kg_co2e or 0.0 for kind in kinds)
    share = rounded_percent(kg / total) if total else ""
    return RowView("", words.say("other_rows", count=len(kinds)), three(kg), share, "", "", "", "")


def _stages(made: Footprint, left: Mapping[str, int]) -> tuple[StageView, ...]:
    """Every stage in its order: done, left out, empty, or outside of what was looked at."""
    inside = {c.stage for c in made.contributions if is_inside(c, made)}
    grave = made.boundary != "cradle-to-gate"
    beyond = {"distribution", "use", "end_of_life"}
    return tuple(
        StageView(
            stage,
            three(made.stages[stage]) if stage in made.stages else "",
            stage in inside,
            grave or stage not in beyond,
            left.get(stage, 0),
        )
        for stage in STAGES
        if stage in inside
        or stage in left
        or stage in {"material", "packaging", "production", *beyond}
    )


def _bars(work: Work, counted: list[LineKind], language: Language) -> tuple[Drawing, ...]:
    """The largest rows as bars, and what is not counted as a hatched one with a question mark; for
    a wide page and for a phone."""
    if not counted:
        return ()
    found = covered(work)
    left = 1.0 - found.share if found.by_mass and work.open else None
    rest = Rest(counted[TOP:], left, len(work.open))
    return tuple(
        rows_drawing(counted[:TOP], rest, language, phone=phone) for phone in (False, True)
    )


def _helps(
    work: Work, counted: list[LineKind], whole: float | None, words: Words
) -> tuple[Help, ...]:
    """The three things that would make the number better, the largest effect first; `whole` is the
    mass of the product in kg."""
    found: list[tuple[float, Help]] = []
    for kind in work.open:
        weight = kind.mass_kg / whole if kind.mass_kg is not None and whole else None
        if kind.mass_kg is None and kind.has_mass:
            says = words.say("help_open_mass", name=kind.line.name)
        elif weight is None:
            says = words.say("help_open_flow", name=kind.line.name)
        else:
            says = words.say("help_open", name=kind.line.name, percent=rounded_percent(weight))
        found.append((0.1 if weight is None else weight, Help(says, kind.line.name, kind.key)))
    total = work.footprint.total
    for kind in counted:
        share = (kind.whole_kg_co2e or 0.0) / total if total else 0.0
        own = kind.state in _HELP or kind.line.stage in _BOUGHT
        if kind.line.supplier_pcf or not own:  # he was asked already; a flow has nobody to ask
            continue
        sentence = _HELP.get(kind.state, "help_supplier")
        says = words.say(sentence, name=kind.line.name, percent=rounded_percent(share))
        weight = share if kind.state in _HELP else share / 2
        found.append((weight, Help(says, kind.line.name, kind.key)))
    found.sort(key=lambda pair: -pair[0])
    return tuple(one for _, one in found[:HELPS])


#: What a layman's comparison rests on: a kilowatt hour of the country with the most makers.
_LIKE = "electricity-official-cn-2024"


def _like(made: Footprint, inventory: CompiledInventory, words: Words) -> str:
    """The total in everyday terms, with the source of its factor; "" where there is none."""
    entry = inventory.datasets.get(_LIKE)
    if entry is None or made.total <= 0:
        return ""
    factor = sum(
        inventory.intensity(_LIKE, made.gwp_set)[part]
        for part in ("fossil", "biogenic_non_co2", "land_use_change", "land_management")
    )
    if not factor:
        return ""
    source = inventory.sources[entry.source]
    return words.say(
        "like",
        kwh=three(made.total / factor),
        factor=three(factor),
        source=words.pick(source["title"], source["citation"]),
    )
