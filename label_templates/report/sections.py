"""The sections of a report that are read: goal, product, boundary, results, quality, limits."""

from __future__ import annotations

from footprint.report.flows import flows_of
from footprint.report.model import FootprintReport
from label_templates.report.blocks import (
    Cell,
    Fact,
    ReportBlock,
    ReportColumn,
    facts_block,
    picture,
    points,
    prose,
)
from label_templates.report.boundary import boundary_drawing
from label_templates.report.front import (
    NARROW,
    WIDE,
    coverage_text,
    joined_stages,
    period_text,
    short_name,
)
from label_templates.report.sankey import sankey_drawing
from label_templates.report.words import ReportWords

Blocks = tuple[ReportBlock, ...]
#: So many rows of the bill of materials stand in the table of hot spots and in its picture.
_SPOTS = 15


def goal(report: FootprintReport, words: ReportWords) -> Blocks:
    """Why the report was made, and for whom."""
    subject = report.subject
    return (
        prose(
            words.say("goal_1", product=short_name(report, words), per=words.per(subject)),
            words.say("goal_2"),
            words.say("goal_3", checks=words.word("titles", "checks")),
            words.say("status"),
        ),
    )


def product(report: FootprintReport, words: ReportWords) -> Blocks:
    """All product facts that were given."""
    subject = report.subject

    def fact(label: str, value: str, code: bool = False) -> Fact:
        return Fact(words.word("labels", label), value, code)

    return (
        facts_block(
            fact("product", subject.name),
            fact("product_zh", subject.name_zh),
            fact("product_ids", ", ".join(subject.product_ids), code=True),
            fact("company", subject.company),
            fact("company_zh", subject.company_zh),
            fact("company_ids", ", ".join(subject.company_ids), code=True),
            fact("declared_unit", words.quantity(subject.amount, subject.unit)),
            fact("mass", f"{subject.mass_kg.text} kg" if subject.mass_kg else ""),
            fact("category", subject.category),
            fact("description", subject.description),
            fact("country", subject.country or words.say("not_given")),
            fact("period", period_text(report, words)),
            fact("date", report.date),
        ),
        prose(words.say("declared_1")),
    )


def boundary_section(report: FootprintReport, words: ReportWords) -> Blocks:
    """The boundary in words and as a picture."""
    says = "boundary_grave" if report.boundary == "cradle-to-grave" else "boundary_gate"
    return (
        prose(words.say(says)),
        picture(boundary_drawing(report, words, WIDE), boundary_drawing(report, words, NARROW)),
        prose(words.say("boundary_empty")),
    )


def results(report: FootprintReport, words: ReportWords) -> Blocks:
    """Totals, split, stages; their chart is on the first page."""
    return (
        prose(
            words.say("results_1", gwp=words.say("gwp_value", set=report.gwp_set)),
            words.say("results_2"),
        ),
        _parts_table(report, words),
        _stages_table(report, words),
    )


def _parts_table(report: FootprintReport, words: ReportWords) -> ReportBlock:
    rows = tuple(
        (
            Cell(words.word("parts", part.name), strong=part.place == "sum"),
            Cell(part.kg.text, strong=part.place == "sum"),
            Cell(part.share.text if part.share else "–", strong=part.place == "sum"),
            Cell(words.word("places", part.place)),
        )
        for part in report.parts
    )
    return ReportBlock(
        "table",
        title=words.word("titles", "by_part"),
        half=True,
        columns=(
            ReportColumn(words.word("columns", "part"), width=3.3),
            ReportColumn(words.word("columns", "kg"), numbers=True, width=1),
            ReportColumn(words.word("columns", "share"), numbers=True, width=1),
            ReportColumn(words.word("columns", "place"), width=2.5),
        ),
        rows=rows,
    )


def _stages_table(report: FootprintReport, words: ReportWords) -> ReportBlock:
    rows = tuple(
        (
            Cell(words.word("stages", row.stage), words.left_out(row.left_out)),
            Cell(row.kg.text),
            Cell(row.share.text if row.share else "–"),
            Cell(str(row.lines)),
            Cell(words.word("answers", "yes" if row.inside else "no")),
        )
        for row in report.stages
    )
    return ReportBlock(
        "table",
        title=words.word("titles", "by_stage"),
        half=True,
        columns=(
            ReportColumn(words.word("columns", "stage"), width=2.6),
            ReportColumn(words.word("columns", "kg"), numbers=True, width=1.2),
            ReportColumn(words.word("columns", "share"), numbers=True, width=1.05),
            ReportColumn(words.word("columns", "lines"), numbers=True, width=0.8),
            ReportColumn(words.word("columns", "in_total"), width=1.3),
        ),
        rows=rows,
    )


def hot_spot_section(report: FootprintReport, words: ReportWords) -> Blocks:
    """The largest rows as table and picture, and how lines become the total."""
    shown = report.hot_spots[:_SPOTS]
    rows = tuple(
        (
            Cell(str(rank)),
            Cell(spot.shown.of(words.reads)),
            Cell(joined_stages(spot.stages, words)),
            Cell(spot.line),
            Cell(str(spot.row) if spot.row else "–"),
            Cell(spot.kg.text),
            Cell(spot.share.text),
        )
        for rank, spot in enumerate(shown, start=1)
    )
    table = ReportBlock(
        "table",
        columns=(
            ReportColumn(words.word("columns", "rank"), numbers=True, width=0.6),
            ReportColumn(words.word("columns", "name"), width=5),
            ReportColumn(words.word("columns", "stage"), width=2.6),
            ReportColumn(words.word("columns", "line"), width=1.3),
            ReportColumn(words.word("columns", "row"), numbers=True, width=0.6),
            ReportColumn(words.word("columns", "kg"), numbers=True, width=1),
            ReportColumn(words.word("columns", "share"), numbers=True, width=0.8),
        ),
        rows=rows,
    )
    flows = flows_of(report, language=words.reads)
    drawn = sankey_drawing(flows, report, words)
    blocks = [prose(words.say("spots_1")), table]
    if drawn is not None:
        blocks.append(ReportBlock("picture", title=words.word("titles", "sankey"), drawing=drawn))
    if flows.credits_kg_co2e:
        blocks.append(prose(words.say("sankey_credits", kg=flows.credits_text)))
    return tuple(blocks)


def cut_off_section(report: FootprintReport, words: ReportWords) -> Blocks:
    """What was left out."""
    return (points(tuple(words.remark("cut_offs", one) for one in report.cut_offs)),)


def quality(report: FootprintReport, words: ReportWords) -> Blocks:
    """Primary data share, ratings, coverage."""
    found = report.quality

    def fact(label: str, value: str) -> Fact:
        return Fact(words.word("labels", label), value)

    return (
        prose(words.say("quality_1")),
        facts_block(
            fact("primary_share", found.primary_data_share.text),
            fact("technological", found.technological.text),
            fact("geographical", found.geographical.text),
            fact("temporal", found.temporal.text),
            fact("coverage", coverage_text(report, words)),
            fact("gwp_sets_used", words.gwp_sets(report.gwp_sets_used)),
        ),
    )


def limitation_section(report: FootprintReport, words: ReportWords) -> Blocks:
    """Where the result ends."""
    return (points(tuple(words.remark("limits", one) for one in report.limitations)),)


def comparison(_report: FootprintReport, words: ReportWords) -> Blocks:
    """When two numbers may be compared."""
    return (prose(words.say("comparison_1"), words.say("comparison_2")),)
