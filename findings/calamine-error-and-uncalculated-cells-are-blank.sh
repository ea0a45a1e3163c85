#!/usr/bin/env bash
# To calamine, a cell that holds #REF! or #N/A, one whose formula was never calculated, and a blank
# one are all the same empty text.
#
# Expected: an error value is told apart from an empty cell, as openpyxl (type "e", text '#REF!') and
# xlrd (a cell type of its own) do. What happens: python-calamine gives '' for all three, and offers
# no other way to see the cell.
# Why it matters: costing sheets look masses up in other files. When a link breaks, the mass of a part
# is #REF!, and a reader of values sees a part that has no mass yet: the sum over the rest looks sound.
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

print("openpyxl", openpyxl.__version__, "python-calamine", about.version("python-calamine"))
book = openpyxl.Workbook()
sheet = book.active
sheet.append(["broken link", "never calculated", "blank", "end"])
sheet["A2"] = "#REF!"
sheet["A2"].data_type = "e"
sheet["B2"] = "=2*3"
sheet["D2"] = 1
data = io.BytesIO()
book.save(data)
data.seek(0)
row = python_calamine.load_workbook(data).get_sheet_by_index(0).to_python()[1]
data.seek(0)
kinds = [cell.data_type for cell in openpyxl.load_workbook(data).active[2]]
print(f"calamine: {row!r}")
print(f"types of the cells according to openpyxl: {kinds!r}")
assert row == ["", "", "", 1.0], row
assert kinds == ["e", "f", "n", "n"], kinds
PY
