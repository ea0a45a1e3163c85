"""The sections of a report that are checked: lines, datasets, sources, checks, provenance."""

from __future__ import annotations

from footprint.inventory.model import GWP_RULES
from footprint.report.model import FootprintReport
from footprint.report.table_rows import CheckRow, ReportedDataset
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
            Cell(line.name, line.note)
            if (number := first[line.row, line.line]) == line.number
            else Cell(words.say("same_line", number=number)),
            Cell(line.line),
            Cell(f"{words.word('stages', line.stage)} {line.location}".strip()),
            Cell(listed[line.dataset])
            if line.dataset in listed
            else Cell(words.pick(line.dataset_name, line.dataset_name_zh), line.dataset),
            Cell(f"{line.amount.text} {line.unit}"),
            Cell(line.factor.text if line.factor else "–"),
            Cell(line.kg.text + ("" if line.inside else words.say("outside_mark"))),
            Cell(line.share.text),
            Cell(
                f"{words.word('data_types', line.data_type)}{words['joiner']}"
                f"{words.word('matched', line.matched_by)}"
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
    return (
        prose(words.say("inventory_1", gwp=gwp), words.say("inventory_2")),
        _table(columns, rows, words),
    )


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
    return (prose(words.say("datasets_1")), _table(columns, rows, words))


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
                words["joiner"].join(f"{name} {share.text}" for name, share in drawn.causes),
            ),
        ),
    )


def checks(report: FootprintReport, words: ReportWords) -> Blocks:
    """The method checks: those to look at one by one, the others by outcome."""
    open_ones = [one for one in report.checks if one.outcome in {"fail", "warn"}]
    rows = tuple(
        (
            Cell(one.id),
            Cell(words.word("outcomes", one.outcome), strong=True),
            Cell(words.pick(one.says, one.says_zh)),
            Cell(_of_rule(one, words)),
        )
        for one in open_ones
    )
    columns = (
        ("check", False, 1.8),
        ("outcome", False, 1.3),
        ("says", False, 7.2),
        ("rule", False, 4.2),
    )
    blocks = [prose(words.say("checks_1"))]
    if rows:
        blocks.append(_table(columns, rows, words))
    for outcome in ("pass", "not-applicable"):
        told = words["semicolon"].join(
            f"{one.id} {words.pick(one.says, one.says_zh)} ({_of_rule(one, words)})"
            for one in report.checks
            if one.outcome == outcome
        )
        if told:
            blocks.append(fine_print(words.word("told", outcome), told))
    return tuple(blocks)


def notices(report: FootprintReport, words: ReportWords) -> Blocks:
    """What the calculation noticed."""
    if not report.notices:
        return (prose(words.say("no_notices")),)
    alike: dict[tuple[str, str], list[str]] = {}
    for one in report.notices:
        told = f"{one.message} ({one.place})" if one.place else one.message
        alike.setdefault((one.code, one.hint), []).append(told)
    rows = tuple(
        (Cell(code), Cell(words["semicolon"].join(told), hint))
        for (code, hint), told in alike.items()
    )
    columns = (("code", False, 0.8), ("message", False, 9))
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


def _of_rule(one: CheckRow, words: ReportWords) -> str:
    """Where a rule stands, and how sure its text is."""
    return f"{one.source}{words['joiner']}{words.word('confidences', one.confidence)}"


def _figures(one: ReportedDataset, words: ReportWords) -> str:
    """What kinds of figures a dataset is made of, and how many."""
    kinds = words["joiner"].join(words.word("data_kinds", kind) for kind in one.data_kinds)
    return f"{kinds} ({words.say('figures', count=one.figures)})"


def _listed(number: int) -> str:
    """What lines call a dataset of the table of datasets."""
    return f"D{number}"


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
