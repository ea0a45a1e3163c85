"""An export for corporate disclosure as a workbook: products, and sums by boundary and GWP set."""

from __future__ import annotations

import io
from typing import Any

from footprint.analysis.export import xml_cell
from footprint.sheets.timeless import without_clock

#: Sheets, in their order, with the English and Chinese name of each.
_SHEETS = (
    ("products", "Products 产品"),
    ("sold", "Sold 已售合计"),
    ("category_1", "Scope 3 category 1 范围三类别1"),
)


def disclosure_workbook(export: dict[str, Any]) -> bytes:
    """The workbook of `disclosure`. Figures are text with all digits. Same value, same bytes."""
    from openpyxl import Workbook  # noqa: PLC0415 - takes a tenth of a second

    book = Workbook(write_only=True)
    for name, title in _SHEETS:
        sheet = book.create_sheet(title)
        rows: list[dict[str, Any]] = export[name]
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns or ["-"])
        for row in rows:
            sheet.append([xml_cell(_text(row.get(column))) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def _text(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, list) else str(value)
