"""A report in one language: its first page and its sections in their order."""

from __future__ import annotations

from collections.abc import Callable

from footprint.report.model import FootprintReport
from label_templates.report import checked, evidence
from label_templates.report import sections as read
from label_templates.report.blocks import ReportBlock, ReportSection, ReportSheet
from label_templates.report.front import front_of
from label_templates.report.words import ReportWords

_Maker = Callable[[FootprintReport, ReportWords], tuple[ReportBlock, ...]]
_SECTIONS: tuple[tuple[str, _Maker], ...] = (
    ("goal", read.goal),
    ("product", read.product),
    ("boundary", read.boundary_section),
    ("results", read.results),
    ("hot_spots", read.hot_spot_section),
    ("quality", read.quality),
    ("uncertainty", evidence.uncertainty_section),
    ("electricity", evidence.electricity),
    ("allocation", evidence.allocation),
    ("cut_offs", read.cut_off_section),
    ("limitations", read.limitation_section),
    ("comparison", read.comparison),
    ("inventory", evidence.inventory),
    ("datasets", evidence.datasets),
    ("sources", evidence.sources),
    ("documents", evidence.documents),
    ("checks", checked.checks),
    ("notices", checked.notices),
    ("provenance", checked.provenance),
)
#: Sections whose tables need a page of landscape format where a browser prints them.
_WIDE = frozenset(("inventory", "datasets"))
#: Sections that stand beside one another on paper, column by column. Of a report of 14 lines they
#: would take two pages more one below the other, with half of each line empty.
_SIDE_BY_SIDE: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("goal",), ("product",)),
    (
        ("quality", "uncertainty", "electricity", "allocation"),
        ("cut_offs", "limitations", "comparison"),
    ),
)


def bands(sheet: ReportSheet) -> list[list[list[ReportSection]]]:
    """The sections as they stand on paper: bands from top to bottom, of columns, of sections."""
    named = {section.name: section for section in sheet.sections}
    beside = {columns[0][0]: columns for columns in _SIDE_BY_SIDE}
    below = {name for columns in _SIDE_BY_SIDE for column in columns for name in column}
    return [
        [[named[one] for one in column] for column in beside.get(name, ((name,),))]
        for name in named
        if name in beside or name not in below
    ]


def report_sheet(report: FootprintReport, words: ReportWords) -> ReportSheet:
    """Everything that the report says in the language of `words`, laid out by no one yet."""
    sections = tuple(
        ReportSection(name, number, words.word("titles", name), make(report, words), name in _WIDE)
        for number, (name, make) in enumerate(_SECTIONS, start=1)
    )
    return ReportSheet(front_of(report, words), sections)
