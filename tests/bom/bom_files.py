"""Small bills of materials for tests, as the bytes of files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

HEADER = "id,parent,name,quantity,unit,dataset,location,stage,loss,transport,unit_mass"
FACTS = "# name: Test product\n"


def csv_file(*lines: str, header: str = HEADER, facts: str = FACTS) -> bytes:
    """A CSV file with product facts, a header and lines."""
    return (facts + "\n".join((header, *lines)) + "\n").encode()


def xlsx_file(
    rows: Sequence[Sequence[Any]], product: Sequence[tuple[str, str]] = (("name", "Test product"),)
) -> bytes:
    """A workbook with a sheet of lines and a sheet of product facts."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    facts = book.create_sheet("product")
    for fact in product:
        facts.append(list(fact))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
