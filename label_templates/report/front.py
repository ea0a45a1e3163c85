"""The first page of a report: the number, what it is of, its quality, and what it leaves out."""

from __future__ import annotations

import math
from collections import Counter

from footprint.report.figures import fixed, percent, table_places
from footprint.report.model import FootprintReport, QualityFacts
from label_templates.drawing.bars import Bar, bars_drawing
from label_templates.drawing.shapes import Drawing
from label_templates.report.blocks import Cell, Fact, Front, ReportBlock, ReportColumn, points
from label_templates.report.words import ReportWords
from label_templates.type.fit import shortened

WIDE, NARROW = 700.0, 330.0
_TOP = 5
#: Points that a line of the first page holds, and sizes on it. Names longer than that are cut
#: there, so that it stays one page; the sections have them whole.
_LINE, _SMALL = 440.0, 10.0
_NAME_LINES, _ROW_POINTS = 5, 460.0


def short_name(report: FootprintReport, words: ReportWords) -> str:
    """The product's name, cut where it is longer than a few lines."""
    name = words.pick(report.subject.name, report.subject.name_zh)
    return shortened(name, _NAME_LINES * _LINE, _SMALL)


def front_of(report: FootprintReport, words: ReportWords) -> Front:
    """The first page."""
    subject = report.subject
    name = words.pick(subject.name, subject.name_zh)
    other = subject.name_zh if name == subject.name else subject.name
    quality = report.quality
    warning = "" if quality.complete else _counted(quality, words)
    if quality.screening:
        warning = words.say("screening_result", why=_screened(quality, words))
    return Front(
        title=words.word("titles", "report"),
        product=short_name(report, words),
        product_other="" if other == name else shortened(other, 2 * _LINE, _SMALL),
        company=shortened(words.pick(subject.company, subject.company_zh), _LINE, _SMALL),
        dated=f"{words.word('labels', 'date')}{words['colon']}{report.date}",
        amount=report.headline.kg.text,
        of=words.say("of" if quality.whole else "of_at_least", per=words.per(subject)),
        interval=interval_words(report, words),
        status=words.say("status"),
        warning=warning,
        facts=_facts(report, words),
        top=_top(report, words),
        chart=ReportBlock(
            "picture",
            title=words.word("front", "top_chart"),
            drawing=stage_chart(report, words, WIDE, "front-bars"),
            narrow=stage_chart(report, words, NARROW, "front-bars-tall"),
        ),
        not_covered=_not_covered(report, words),
    )


def interval_words(report: FootprintReport, words: ReportWords) -> str:
    """The interval in words; empty when none was drawn."""
    shown, drawn = report.headline, report.interval
    if drawn is None or shown.low is None or shown.high is None:
        return ""
    return words.say(
        "interval" if report.quality.whole else "interval_least",
        low=shown.low.text,
        high=shown.high.text,
        level=drawn.level.text,
        draws=drawn.draws,
    )


def period_text(report: FootprintReport, words: ReportWords) -> str:
    """The reference period, or that none was given."""
    start, end = report.subject.period_start, report.subject.period_end
    if not (start or end):
        return words.say("not_given")
    return words.say("period_value", start=start or "–", end=end or "–")


def coverage_text(report: FootprintReport, words: ReportWords) -> str:
    """How much of the product is counted, and how much of it by data that are not its own."""
    quality = report.quality
    screened = quality.screened.value > 0 or quality.screening or quality.unlisted.value > 0
    parts = (_counted(quality, words), _screened(quality, words) if screened else "")
    return words["semicolon"].join(part for part in parts if part)


def _counted(quality: QualityFacts, words: ReportWords) -> str:
    lines = quality.data_lines.text
    if quality.counted_mass is None or quality.data_mass is None:
        return words.say("coverage_lines", lines=lines)
    sentence = "coverage_value" if quality.complete else "coverage_partial"
    mass, data = quality.counted_mass.text, quality.data_mass.text
    return words.say(sentence, mass=mass, data=data, lines=lines)


def _screened(quality: QualityFacts, words: ReportWords) -> str:
    """What rests on screening figures, and what on nothing: the reasons of a screening result."""
    parts = []
    if quality.screened.value > 0:
        parts.append(words.say("screened_mass", mass=quality.screened.text))
    if quality.unknown is None:
        parts.append(words.say("unknown_masses"))
    elif quality.unknown.value > 0:
        parts.append(words.say("unknown_mass", mass=quality.unknown.text))
    if quality.unlisted.value > 0:
        parts.append(words.say("unlisted_mass", mass=quality.unlisted.text))
    return words["semicolon"].join(parts)


def ratings_text(report: FootprintReport, words: ReportWords) -> str:
    """The three data quality ratings."""
    quality = report.quality
    return words.say(
        "ratings_value",
        technological=quality.technological.text,
        geographical=quality.geographical.text,
        temporal=quality.temporal.text,
    )


def checks_text(report: FootprintReport, words: ReportWords) -> str:
    """How many checks had which outcome."""
    outcomes = [check.outcome for check in report.checks]
    return words.say(
        "checks_value",
        met=outcomes.count("pass"),
        warn=outcomes.count("warn"),
        failed=outcomes.count("fail"),
        na=outcomes.count("not-applicable"),
    )


def _facts(report: FootprintReport, words: ReportWords) -> tuple[Fact, ...]:
    def fact(label: str, value: str) -> Fact:
        return Fact(words.word("labels", label), value)

    return (
        fact("boundary", words.word("boundaries", report.boundary)),
        fact("period", period_text(report, words)),
        fact("country", report.subject.country or words.say("not_given")),
        fact("gwp_set", words.say("gwp_value", set=report.gwp_set)),
        fact("coverage", coverage_text(report, words)),
        fact("primary_share", report.quality.primary_data_share.text),
        fact("ratings", ratings_text(report, words)),
        fact("checks", checks_text(report, words)),
    )


def _top(report: FootprintReport, words: ReportWords) -> ReportBlock:
    """The five largest rows, and the rest in one row, so that the table adds up."""
    often = Counter(spot.shown.of(words.reads) for spot in report.hot_spots)
    rows = []
    for rank, spot in enumerate(report.hot_spots[:_TOP], start=1):
        name = spot.shown.of(words.reads)
        short = shortened(name, _ROW_POINTS, 8.0)
        if often[name] > 1:  # behind what is cut: what tells it from the other
            short = f"{short} ({spot.shown.mark(words.reads)})"
        stages = joined_stages(spot.stages, words)
        rows.append(
            (Cell(str(rank)), Cell(short, stages), Cell(spot.kg.text), Cell(spot.share.text))
        )
    rest = report.hot_spots[_TOP:]
    if rest:
        total = next(part.kg.value for part in report.parts if part.place == "sum")
        burden = math.fsum(spot.kg.value for spot in rest)
        shown = fixed(burden, table_places(total)).text
        share = percent(math.fsum(spot.share.value for spot in rest)).text
        rows.append((Cell(""), Cell(words.say("top_rest")), Cell(shown), Cell(share)))
    return ReportBlock(
        "table",
        title=words.word("front", "top"),
        columns=(
            ReportColumn(words.word("columns", "rank"), numbers=True, width=0.5),
            ReportColumn(words.word("columns", "name"), width=5),
            ReportColumn(words.word("columns", "kg"), numbers=True, width=1.2),
            ReportColumn(words.word("columns", "share"), numbers=True, width=0.9),
        ),
        rows=tuple(rows),
    )


def joined_stages(stages: tuple[str, ...], words: ReportWords) -> str:
    """The names of stages in one text."""
    return words["joiner"].join(words.word("stages", stage) for stage in stages)


def _not_covered(report: FootprintReport, words: ReportWords) -> ReportBlock:
    """The first limitations, which are ordered by importance."""
    listed = points(tuple(words.remark("limits", one) for one in report.limitations[:_TOP]))
    return ReportBlock("list", title=words.word("front", "not_covered"), texts=listed.texts)


def stage_chart(report: FootprintReport, words: ReportWords, width: float, name: str) -> Drawing:
    """The bar chart by stage."""
    bars = [
        Bar(
            words.word("stages", row.stage),
            row.kg.value,
            row.kg.text + (f" · {row.share.text}" if row.share and row.inside else ""),
            apart=not row.inside,
        )
        for row in report.stages
        if row.lines
    ]
    quality = report.quality
    if quality.gaps:
        mass = quality.unknown
        unknown = words.say("bars_unknown_untold")
        if mass is not None:
            unknown = words.say("bars_unknown_mass", share=mass.text)
        bars.append(Bar(words.say("bars_unknown", count=quality.gaps), 0.0, unknown, unknown=True))
    items = words["joiner"].join(f"{bar.name} {bar.text}" for bar in bars)
    described = words.say("bars_desc", per=words.per(report.subject), items=items)
    return bars_drawing(name, bars, width, words.say("bars_title"), described)
