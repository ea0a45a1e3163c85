#!/usr/bin/env bash
# A quantity corrected by hand in Excel (10 struck through, 12 beside it in one cell) reads as 1012.
#
# Expected: some reader of values marks or leaves out text that is struck through, or at least tells
# that a cell has several character formats. What happens: calamine and openpyxl as people call it
# join the runs of a rich text; the value is a plain str that parses as a number. openpyxl shows the
# runs only with rich_text=True; the font of the cell itself says nothing of the strike.
# Why it matters: lists of parts are corrected so in Asian and European factories alike; 1012 screws
# instead of 12 is a silent factor of 84.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
"$dir/venv/bin/python" - <<'PY'
import importlib.metadata as about
import io

import openpyxl
import python_calamine
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

print("openpyxl", openpyxl.__version__, "python-calamine", about.version("python-calamine"))
book = openpyxl.Workbook()
book.active.append(["Part", "Quantity"])
book.active["A2"] = "Screw"
book.active["B2"] = CellRichText(TextBlock(InlineFont(strike=True), "10"), "12")
data = io.BytesIO()
book.save(data)


def fresh():
    return io.BytesIO(data.getvalue())


by_calamine = python_calamine.load_workbook(fresh()).get_sheet_by_index(0).to_python()[1][1]
cell = openpyxl.load_workbook(fresh()).active["B2"]
rich = openpyxl.load_workbook(fresh(), rich_text=True).active["B2"].value
print(f"calamine: {by_calamine!r}")
print(f"openpyxl: {cell.value!r}, struck according to the font of the cell: {cell.font.strike}")
print(f"openpyxl with rich_text=True: {list(rich)!r}")
assert (by_calamine, cell.value, bool(cell.font.strike)) == ("1012", "1012", False)
assert rich[0].font.strike and rich[0].text == "10"
PY
