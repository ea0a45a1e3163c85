"""The sections of a report that are checked: lines, datasets, sources, checks, provenance."""

from __future__ import annotations

from footprint.inventory.model import GWP_RULES
from footprint.report.model import FootprintReport
from footprint.report.shown_names import names_apart
from footprint.report.table_rows import LineRow
from label_templates.report.blocks import Cell, Fact, ReportBlock, ReportColumn, facts_block, prose
from label_templates.report.words import ReportWords

Blocks = tuple[ReportBlock, ...]


def inventory(report: FootprintReport, words: ReportWords) -> Blocks:
    """Every line: amount times factor, with dataset, source and kind of data."""
    rows = tuple(
        (
            Cell(str(line.number)),
            Cell(line.shown.of(words.reads), _joined(line, words)),
            Cell(words.word("stages", line.stage), line.location),
            Cell(words.pick(line.dataset_name, line.dataset_name_zh), line.dataset),
            Cell(f"{line.amount.text} {line.unit}"),
            Cell(line.factor.text if line.factor else "–"),
            Cell(line.kg.text + ("" if line.inside else words.say("outside_mark"))),
            Cell(line.share.text),
            Cell(
                words.word("data_types", line.data_type),
                words.word("matched", line.matched_by),
            ),
            Cell(line.source or "–"),
        )
        for line in report.lines
    )
    columns = (
        ("number", True, 0.55),
        ("name", False, 3.2),
        ("stage", False, 1.5),
        ("dataset", False, 4),
        ("amount", True, 1.6),
        ("factor", True, 1.2),
        ("kg", True, 1.3),
        ("share", True, 0.9),
        ("data", False, 1.3),
        ("source", False, 1.6),
    )
    gwp = words.say("gwp_value", set=report.gwp_set)
    said = [words.say("inventory_1", gwp=gwp), words.say("inventory_2")]
    if any(line.name != line.shown.of(words.reads) for line in report.lines):
        said.append(words.say("inventory_names"))
    return prose(*said), _table(columns, rows, words)


def datasets(report: FootprintReport, words: ReportWords) -> Blocks:
    """The datasets behind the lines."""
    rows = tuple(
        (
            Cell(words.pick(one.name, one.name_zh), one.id),
            Cell(one.location, one.year),
            Cell(words.word("boundaries", one.boundary)),
            Cell(one.factor.text, f"kg CO2e / {one.unit}"),
            Cell(one.technological),
            Cell(
                words["joiner"].join(words.word("data_kinds", kind) for kind in one.data_kinds),
                f"{words.word('columns', 'figures')}{words['colon']}{one.figures}",
            ),
            Cell(one.pedigree or "–"),
            Cell(one.source, one.locator),
            Cell(", ".join(map(str, one.lines))),
        )
        for one in report.datasets
    )
    columns = (
        ("dataset", False, 3.6),
        ("location", False, 0.9),
        ("boundary", False, 1.3),
        ("factor", True, 1.6),
        ("technological", True, 1.0),
        ("data_kinds", False, 1.4),
        ("pedigree", False, 1.3),
        ("source", False, 4),
        ("used_by", False, 1.4),
    )
    return (prose(words.say("datasets_1")), _table(columns, rows, words))


def sources(report: FootprintReport, words: ReportWords) -> Blocks:
    """Every source with its licence."""
    rows = tuple(
        (Cell(one.id), Cell(one.citation, one.url), Cell(one.licence)) for one in report.sources
    )
    columns = (("source", False, 1.3), ("citation", False, 4), ("licence", False, 2.4))
    return (prose(words.say("sources_1")), _table(columns, rows, words))


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
    return (prose(words.say("documents_1")), _table(columns, rows, words))


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


def checks(report: FootprintReport, words: ReportWords) -> Blocks:
    """The method checks, one by one."""
    rows = tuple(
        (
            Cell(one.id),
            Cell(words.word("outcomes", one.outcome), strong=one.outcome in {"fail", "warn"}),
            Cell(words.pick(one.says, one.says_zh)),
            Cell(one.source),
            Cell(words.word("confidences", one.confidence)),
        )
        for one in report.checks
    )
    columns = (
        ("check", False, 1.7),
        ("outcome", False, 1.1),
        ("says", False, 4),
        ("source", False, 2),
        ("confidence", False, 1.1),
    )
    return (prose(words.say("checks_1")), _table(columns, rows, words))


def notices(report: FootprintReport, words: ReportWords) -> Blocks:
    """What the calculation noticed."""
    if not report.notices:
        return (prose(words.say("no_notices")),)
    rows = tuple(
        (Cell(one.code), Cell(one.message, one.hint), Cell(one.place or "–"))
        for one in report.notices
    )
    columns = (("code", False, 0.8), ("message", False, 4.5), ("where", False, 2))
    return (prose(words.say("notices_1")), _table(columns, rows, words))


def provenance(report: FootprintReport, words: ReportWords) -> Blocks:
    """Hashes and versions, and how to calculate it again."""
    origin = report.origin

    def fact(label: str, value: str, code: bool = True) -> Fact:
        return Fact(words.word("labels", label), value, code)

    market = report.electricity is not None and report.electricity.basis == "market"
    options = f"--gwp {report.gwp_set}" + (" --electricity market" if market else "")
    if not report.quality.complete:
        options += " --allow-gaps"
    again = words.say("provenance_2", file=origin.file, options=options)
    return (
        prose(words.say("provenance_1"), again),
        facts_block(
            fact("date", report.date, code=False),
            fact("engine", f"footprint {origin.engine}", code=False),
            fact("gwp_set", words.say("gwp_value", set=report.gwp_set), code=False),
            fact("gwp_rule", GWP_RULES[report.gwp_set][words.language == "zh"], code=False),
            fact("gwp_sets_used", ", ".join(report.gwp_sets_used), code=False),
            fact("file", origin.file, code=False),
            fact("inventory", origin.inventory),
            fact("bom", origin.bom),
            fact("result", origin.document),
        ),
    )


def _joined(line: LineRow, words: ReportWords) -> str:
    """Id, the name as the list has it where the report calls the line otherwise, and note."""
    own = "" if line.name == line.shown.of(words.reads) else line.name
    return " · ".join(text for text in (line.line, own, line.note) if text)


def _table(
    columns: tuple[tuple[str, bool, float], ...],
    rows: tuple[tuple[Cell, ...], ...],
    words: ReportWords,
) -> ReportBlock:
    made = tuple(
        ReportColumn(words.word("columns", name), numbers, width)
        for name, numbers, width in columns
    )
    return ReportBlock("table", columns=made, rows=rows)
