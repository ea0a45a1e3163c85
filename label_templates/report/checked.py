"""The sections of a report that tell what was checked, and how to calculate it again."""

from __future__ import annotations

from footprint.inventory.model import GWP_RULES
from footprint.report.model import FootprintReport
from footprint.report.table_rows import CheckRow
from label_templates.report.blocks import Cell, Fact, facts_block, fine_print, prose
from label_templates.report.evidence import Blocks, data_table
from label_templates.report.words import ReportWords


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
        blocks.append(data_table(columns, rows, words))
    for outcome in ("pass", "not-applicable"):
        told = tuple(
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
        told, place = words.sentence(one.message), words.place(one.where)
        told = words.say("notice_at", says=told, place=place) if place else told
        alike.setdefault((one.code, words.sentence(one.hint)), []).append(told)
    rows = tuple(
        (Cell(code), Cell(words["semicolon"].join(told), hint))
        for (code, hint), told in alike.items()
    )
    columns = (("code", False, 0.8), ("message", False, 9))
    return (prose(words.say("notices_1")), data_table(columns, rows, words))


def provenance(report: FootprintReport, words: ReportWords) -> Blocks:
    """Hashes and versions, and how to calculate it again."""
    origin = report.origin

    def fact(label: str, value: str, code: bool = True) -> Fact:
        return Fact(words.word("labels", label), value, code)

    market = report.electricity is not None and report.electricity.basis == "market"
    options = f"--gwp {report.gwp_set}" + (" --electricity market" if market else "")
    if not report.quality.complete:
        options += " --allow-gaps"
    if report.quality.screened.value:
        options += " --screening"
    again = words.say("provenance_2", file=origin.file, options=options)
    return (
        prose(words.say("provenance_1"), again),
        facts_block(
            fact("date", report.date, code=False),
            fact("engine", f"footprint {origin.engine}", code=False),
            fact("gwp_set", words.say("gwp_value", set=report.gwp_set), code=False),
            fact("gwp_rule", GWP_RULES[report.gwp_set][words.language == "zh"], code=False),
            fact("gwp_sets_used", words.gwp_sets(report.gwp_sets_used), code=False),
            fact("file", origin.file, code=False),
            fact("inventory", origin.inventory),
            fact("bom", origin.bom),
            fact("result", origin.document),
        ),
    )


def _of_rule(one: CheckRow, words: ReportWords) -> str:
    """Where a rule stands, and how sure its text is."""
    return f"{one.source}{words['joiner']}{words.word('confidences', one.confidence)}"
