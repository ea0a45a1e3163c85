"""The sheets of the report's workbook as plain tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from footprint.analysis.tables import AnalysisTable, Cell
from footprint.report.figure import Figure
from footprint.report.model import FootprintReport
from label_templates.report.blocks import Front, ReportBlock
from label_templates.report.front import joined_stages
from label_templates.report.sheet import report_sheet
from label_templates.report.words import ReportWords

Row = tuple[Cell, ...]


def report_tables(report: FootprintReport, words: ReportWords) -> tuple[AnalysisTable, ...]:
    """All sheets in their order. Numbers are unrounded; shares are parts of 1."""
    return (
        _summary(report, words),
        _lines(report, words),
        _stages(report, words),
        _split(report, words),
        _hot_spots(report, words),
        _datasets(report, words),
        _sources(report, words),
        _documents(report, words),
        _checks(report, words),
        _notices(report, words),
        _provenance(report, words),
    )


def _table(name: str, columns: str, rows: Sequence[Row], words: ReportWords) -> AnalysisTable:
    header = tuple(words.word("columns", column) for column in columns.split())
    return AnalysisTable(words.word("sheets", name), header, tuple(rows))


def _number(figure: Figure | None) -> Cell:
    return None if figure is None else figure.value


def _summary(report: FootprintReport, words: ReportWords) -> AnalysisTable:
    """The first page and the sentences and facts of every section, as they read elsewhere."""
    sheet = report_sheet(report, words)
    rows = list(_front(sheet.front, report, words))
    for section in sheet.sections:
        for block in section.blocks:
            rows += [(section.title, *pair) for pair in _pairs(block)]
    return _table("summary", "section item value", rows, words)


def _front(front: Front, report: FootprintReport, words: ReportWords) -> Iterator[Row]:
    def row(label: str, value: Cell) -> Row:
        return (front.title, words.word("labels", label), value)

    yield row("product", front.product)
    if front.product_other:
        yield row("product", front.product_other)
    yield row("company", front.company)
    yield row("date", report.date)
    yield row("total", f"{front.amount} {front.of}")
    yield (front.title, words.word("parts", "excluding_biogenic_uptake"), report.headline.kg.value)
    if report.headline.low and report.headline.high:
        yield row("interval", front.interval)
        yield row("interval", report.headline.low.value)
        yield row("interval", report.headline.high.value)
    if front.warning:
        yield row("coverage", front.warning)
    for fact in front.facts:
        yield (front.title, fact.label, fact.value)
    for text in front.not_covered.texts:
        yield (front.title, front.not_covered.title, text)


def _pairs(block: ReportBlock) -> Iterator[tuple[str, str]]:
    """Prose and facts; tables, and what is in fine print, have sheets of their own."""
    for text in () if block.fine else block.texts:
        yield "", text
    for fact in block.facts:
        yield fact.label, fact.value


def _lines(report: FootprintReport, words: ReportWords) -> AnalysisTable:
    columns = "number row line name own_name note stage location dataset dataset_name amount unit"
    columns += " factor_full kg share in_total data_type matched_by source"
    rows: list[Row] = [
        (
            *(one.number, one.row or None, one.line, one.shown.of(words.reads), one.name),
            one.note,
            *(words.word("stages", one.stage), one.location, one.dataset),
            words.pick(one.dataset_name, one.dataset_name_zh),
            *(one.amount.value, one.unit, _number(one.factor), one.kg.value, one.share.value),
            words.word("answers", "yes" if one.inside else "no"),
            words.word("data_types", one.data_type),
            words.word("matched", one.matched_by),
            one.source,
        )
        for one in report.lines
    ]
    return _table("lines", columns, rows, words)


def _stages(report: FootprintReport, words: ReportWords) -> AnalysisTable:
    rows: list[Row] = [
        (
            words.word("stages", one.stage),
            one.kg.value if one.lines else None,
            _number(one.share),
            one.lines,
            one.left_out,
            words.word("answers", "yes" if one.inside else "no"),
        )
        for one in report.stages
    ]
    return _table("stages", "stage kg share lines left_out in_total", rows, words)


def _split(report: FootprintReport, words: ReportWords) -> AnalysisTable:
    rows: list[Row] = [
        (
            words.word("parts", one.name),
            one.kg.value,
            _number(one.share),
            words.word("places", one.place),
        )
        for one in report.parts
    ]
    return _table("split", "part kg share place", rows, words)


def _hot_spots(report: FootprintReport, words: ReportWords) -> AnalysisTable:
    rows: list[Row] = [
        (
            *(rank, one.row or None, one.line, one.shown.of(words.reads)),
            joined_stages(one.stages, words),
            *(one.kg.value, one.share.value),
        )
        for rank, one in enumerate(report.hot_spots, start=1)
    ]
    return _table("hot_spots", "rank row line name stage kg share", rows, words)


def _datasets(report: FootprintReport, words: ReportWords) -> AnalysisTable:
    columns = "dataset dataset_name location year boundary unit factor_full technological"
    columns += " data_kinds figures pedigree source locator used_by"
    rows: list[Row] = [
        (
            *(one.id, words.pick(one.name, one.name_zh), one.location, one.year),
            *(words.word("boundaries", one.boundary), one.unit, one.factor.value),
            one.technological,
            words["joiner"].join(words.word("data_kinds", kind) for kind in one.data_kinds),
            *(one.figures, one.pedigree, one.source, one.locator),
            ", ".join(map(str, one.lines)),
        )
        for one in report.datasets
    ]
    return _table("datasets", columns, rows, words)


def _sources(report: FootprintReport, words: ReportWords) -> AnalysisTable:
    rows: list[Row] = [(one.id, one.citation, one.licence, one.url) for one in report.sources]
    return _table("sources", "source citation licence url", rows, words)


def _documents(report: FootprintReport, words: ReportWords) -> AnalysisTable:
    rows: list[Row] = [
        (
            *(one.company, words.word("document_kinds", one.kind), one.file, one.id),
            *(one.valid_until, _number(one.primary_data_share), one.hash),
        )
        for one in report.documents
    ]
    return _table("documents", "company kind file document valid_until primary hash", rows, words)


def _checks(report: FootprintReport, words: ReportWords) -> AnalysisTable:
    rows: list[Row] = [
        (
            *(one.id, words.word("outcomes", one.outcome), words.pick(one.says, one.says_zh)),
            *(one.source, words.word("confidences", one.confidence)),
        )
        for one in report.checks
    ]
    return _table("checks", "check outcome says source confidence", rows, words)


def _notices(report: FootprintReport, words: ReportWords) -> AnalysisTable:
    rows: list[Row] = [
        (one.code, words.sentence(one.message), words.sentence(one.hint), words.place(one.where))
        for one in report.notices
    ]
    return _table("notices", "code message hint where", rows, words)


def _provenance(report: FootprintReport, words: ReportWords) -> AnalysisTable:
    """Section 19 of the other forms, as a sheet that programs find."""
    section = next(s for s in report_sheet(report, words).sections if s.name == "provenance")
    rows: list[Row] = [(fact.label, fact.value) for block in section.blocks for fact in block.facts]
    return _table("provenance", "item value", rows, words)
