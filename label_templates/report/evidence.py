"""The sections of a report that figures rest on: lines, datasets, sources, documents, site."""

from __future__ import annotations

from footprint.report.model import FootprintReport
from footprint.report.shown_names import names_apart
from footprint.report.table_rows import LineRow, ReportedDataset
from label_templates.report.blocks import (
    Cell,
    Fact,
    ReportBlock,
    ReportColumn,
    facts_block,
    fine_print,
    prose,
)
from label_templates.report.words import ReportWords

Blocks = tuple[ReportBlock, ...]


def inventory(report: FootprintReport, words: ReportWords) -> Blocks:
    """Every line: amount times factor, with kind of data, and its dataset by the number that it has
    in the table of datasets: what a dataset is called and where it is from stands there once."""
    listed = {one.id: _listed(at) for at, one in enumerate(report.datasets, start=1)}
    first = {(line.row, line.line): line.number for line in reversed(report.lines)}
    rows = tuple(
        (
            Cell(str(line.number)),
            _inventory_name(line, words)
            if (number := first[line.row, line.line]) == line.number
            else Cell(words.say("same_line", number=number)),
            Cell(line.line),
            Cell(f"{words.word('stages', line.stage)} {line.location}".strip()),
            Cell(listed.get(line.dataset, "–")),
            Cell(f"{line.amount.text} {line.unit}"),
            Cell(line.factor.text if line.factor else "–"),
            Cell(line.kg.text + ("" if line.inside else words.say("outside_mark"))),
            Cell(line.share.text),
            Cell(
                f"{words.word('data_types', line.data_type)}{words['joiner']}"
                f"{words.word('matched', line.matched_by)}",
                "" if line.dataset in listed else _unlisted(line, words),
            ),
        )
        for line in report.lines
    )
    columns = (
        ("number", True, 0.75),
        ("name", False, 3.8),
        ("line", False, 1.2),
        ("stage", False, 3),
        ("dataset", False, 1.2),
        ("amount", True, 2.15),
        ("factor", True, 1.35),
        ("kg", True, 1.3),
        ("share", True, 1.1),
        ("data", False, 4),
    )
    gwp = words.say("gwp_value", set=report.gwp_set)
    said = [words.say("inventory_1", gwp=gwp), words.say("inventory_2")]
    others = tuple(
        f"{line.number} {line.name}"
        for line in report.lines
        if line.number == first[line.row, line.line] and line.name != line.shown.of(words.reads)
    )
    named = (fine_print(words.say("inventory_names"), others),) if others else ()
    return prose(*said), data_table(columns, rows, words), *named


def datasets(report: FootprintReport, words: ReportWords) -> Blocks:
    """The datasets behind the lines."""
    rows = tuple(
        (
            Cell(_listed(at)),
            Cell(words.pick(one.name, one.name_zh), one.id),
            Cell(f"{one.location} {one.year}", words.word("boundaries", one.boundary)),
            Cell(one.factor.text, f"kg CO2e / {one.unit}"),
            Cell(one.technological, one.pedigree or "–"),
            Cell(f"{one.source}{words['joiner']}{_figures(one, words)}", one.locator),
        )
        for at, one in enumerate(report.datasets, start=1)
    )
    columns = (
        ("number", True, 0.75),
        ("dataset_name", False, 7.1),
        ("location", False, 1.7),
        ("factor", True, 2),
        ("ratings", False, 1.7),
        ("source", False, 6.6),
    )
    return (prose(words.say("datasets_1")), data_table(columns, rows, words))


def sources(report: FootprintReport, words: ReportWords) -> Blocks:
    """Every source with its licence."""
    rows = tuple(
        (
            Cell(one.id),
            Cell(one.citation, words["semicolon"].join(filter(None, (one.licence, one.url)))),
        )
        for one in report.sources
    )
    columns = (("source", False, 1.3), ("citation_licence", False, 9))
    return (prose(words.say("sources_1")), data_table(columns, rows, words))


def documents(report: FootprintReport, words: ReportWords) -> Blocks:
    """The suppliers' documents."""
    if not report.documents:
        return (prose(words.say("no_documents")),)
    rows = tuple(
        (
            Cell(one.company, words.word("document_kinds", one.kind)),
            Cell(one.file, one.id),
            Cell(one.valid_until or "–"),
            Cell(one.primary_data_share.text if one.primary_data_share else "–"),
            Cell(one.hash),
        )
        for one in report.documents
    )
    columns = (
        ("company", False, 1.6),
        ("file", False, 1.8),
        ("valid_until", False, 1.0),
        ("primary", True, 0.9),
        ("hash", False, 2.4),
    )
    return (prose(words.say("documents_1")), data_table(columns, rows, words))


def allocation(report: FootprintReport, words: ReportWords) -> Blocks:
    """How a site's flows were shared out, and what the lines say of recycled content."""

    def fact(label: str, value: str, code: bool = False) -> Fact:
        return Fact(words.word("labels", label), value, code)

    recycled = facts_block()
    if report.recycled:
        share, stated = report.recycled
        recycled = facts_block(fact("recycled", share.text), fact("recycled_stated", stated.text))
    site = report.site
    if site is None:
        return (prose(words.say("allocation_none")), *_filled(recycled))
    return (
        prose(words.say("allocation_1")),
        facts_block(
            fact("method", words.word("methods", site.method)),
            fact("reason", site.reason),
            fact("year", str(site.year)),
            fact("site_product", site.product),
            fact("site_share", site.share.text),
            fact("outputs", str(site.outputs)),
            fact("metered", words["joiner"].join(site.metered)),
            fact("price_ratio", site.price_ratio.text if site.price_ratio else ""),
            fact("file", site.file),
            fact("site_hash", site.hash, code=True),
        ),
        *_filled(recycled),
    )


def _filled(block: ReportBlock) -> Blocks:
    return (block,) if block.facts else ()


def electricity(report: FootprintReport, words: ReportWords) -> Blocks:
    """Both totals, if a line has a contract."""
    found = report.electricity
    if found is None:
        return (prose(words.say("electricity_none")),)
    return (
        prose(words.say("electricity_1")),
        facts_block(
            Fact(words.word("labels", "location_based"), f"{found.location_based.text} kg CO2e"),
            Fact(words.word("labels", "market_based"), f"{found.market_based.text} kg CO2e"),
            Fact(words.word("labels", "basis"), words.word("bases", found.basis)),
        ),
    )


def uncertainty_section(report: FootprintReport, words: ReportWords) -> Blocks:
    """The interval and how it was drawn."""
    drawn, shown = report.interval, report.headline
    if drawn is None or shown.low is None or shown.high is None:
        return (prose(words.say("uncertainty_none")),)
    values = {
        "draws": drawn.draws,
        "level": drawn.level.text,
        "low": shown.low.text,
        "high": shown.high.text,
    }

    def fact(label: str, value: str) -> Fact:
        return Fact(words.word("labels", label), value)

    return (
        prose(words.say("uncertainty_1", **values), words.say("uncertainty_widened")),
        facts_block(
            fact("level", drawn.level.text),
            fact("draws", str(drawn.draws)),
            fact("seed", str(drawn.seed)),
            fact("settled", words.word("answers", "yes" if drawn.settled else "no")),
            fact("unstated", drawn.unstated.text),
            fact(
                "causes",
                words["joiner"].join(
                    f"{name} {share.text}"
                    for name, (_, share) in zip(
                        names_apart([name for name, _ in drawn.causes], words.reads),
                        drawn.causes,
                        strict=True,
                    )
                ),
            ),
        ),
    )


def _figures(one: ReportedDataset, words: ReportWords) -> str:
    """What kinds of figures a dataset is made of, and how many."""
    kinds = words["joiner"].join(words.word("data_kinds", kind) for kind in one.data_kinds)
    return f"{kinds} ({words.say('figures', count=one.figures)})"


def _unlisted(line: LineRow, words: ReportWords) -> str:
    """What stands for a line that no dataset does: a supplier's document, a gas, a class."""
    return f"{words.pick(line.dataset_name, line.dataset_name_zh)} {line.dataset}"


def _listed(number: int) -> str:
    """What lines call a dataset of the table of datasets."""
    return f"D{number}"


def _inventory_name(line: LineRow, words: ReportWords) -> Cell:
    """What a line is called; the name of its dataset stands whole in the next table."""
    shown = line.shown.of(words.reads)
    brief = shown == words.pick(line.dataset_name, line.dataset_name_zh)
    return Cell(shown, line.note, brief=brief)


def data_table(
    columns: tuple[tuple[str, bool, float], ...],
    rows: tuple[tuple[Cell, ...], ...],
    words: ReportWords,
) -> ReportBlock:
    """A table: of each column its word, whether it holds numbers, and its share of the width."""
    made = tuple(
        ReportColumn(words.word("columns", name), numbers, width)
        for name, numbers, width in columns
    )
    return ReportBlock("table", columns=made, rows=rows)
