"""What an operator tells an importer under the border adjustment, as a workbook of our own layout.

The official template's field list was not read, so this is none: it holds what the calculation
here needs and gives, one thing a row, with the words that it is no footprint.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from footprint.analysis.export import xml_cell
from footprint.rules.modules.questions import CbamQuestion
from footprint.rules.words import exact_text
from footprint.sheets.timeless import without_clock

_Row = tuple[str, str, str]


def cbam_workbook(question: CbamQuestion, reply: dict[str, Any]) -> bytes:
    """The workbook: goods and plant, emissions, precursors, sources. Same arguments, same bytes."""
    from openpyxl import Workbook  # noqa: PLC0415 - takes a tenth of a second

    book = Workbook(write_only=True)
    for name, rows in (
        ("Goods", list(_goods(question, reply))),
        ("Emissions", list(_emissions(reply))),
        ("Precursors", list(_precursors(question))),
        ("Sources", list(_sources(reply))),
    ):
        sheet = book.create_sheet(name)
        sheet.append(["what", "value", "unit or note"])
        for row in rows:
            sheet.append([xml_cell(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def _goods(question: CbamQuestion, reply: dict[str, Any]) -> Iterator[_Row]:
    yield "Note", reply["not_a_footprint"], ""
    yield "CN code", question.cn, ""
    yield "Country of origin", question.origin or "", ""
    yield "Operator", question.operator or "", ""
    yield "Plant", question.plant or "", ""
    yield "Year of the data", str(question.year or ""), ""
    yield "In scope", reply["scope"]["reply"], reply["scope"]["says"]
    yield "Sector", reply["sector"] or "", ""
    yield "Day asked for", reply["as_of"], reply["applies"]["says"]
    if "threshold" in reply:
        yield "Above the mass threshold", reply["threshold"]["reply"], reply["threshold"]["says"]


def _emissions(reply: dict[str, Any]) -> Iterator[_Row]:
    if "actual" in reply:
        actual = reply["actual"]
        per = f"t CO2e per {actual['per']}"
        yield "Specific direct embedded emissions", actual["direct_t_co2e"], per
        indirect = actual["indirect_t_co2e"]
        yield "Specific indirect embedded emissions", indirect or "do not count", per
    if "default" in reply:
        default = reply["default"]
        yield "Default value", default["value"], f"{default['source']}, {default['year']}"
        yield "Default value with mark-up", default["with_mark_up"], default["mark_up"]["says"]


def _precursors(question: CbamQuestion) -> Iterator[_Row]:
    for one in question.precursors:
        yield f"Amount of {one.cn}", exact_text(one.amount), "in its own unit"
        yield f"Direct emissions of {one.cn}", exact_text(one.direct), "t CO2e per unit"
        indirect = "" if one.indirect is None else exact_text(one.indirect)
        yield f"Indirect emissions of {one.cn}", indirect, "t CO2e per unit"


def _sources(reply: dict[str, Any]) -> Iterator[_Row]:
    seen = set()
    for answer in reply.values():
        if isinstance(answer, dict):
            for source in answer.get("sources", ()):
                row = (source["title"], source["article"], source["url"])
                if row not in seen:
                    seen.add(row)
                    yield row
