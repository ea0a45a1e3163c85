#!/usr/bin/env bash
# bw2io 0.9.17, Excel importer: part numbers that are text become numbers, and two codes become one.
#
# Expected: a cell that a sheet keeps as text stays text: that is why somebody formatted part numbers as text.
# Codes 00471 and 471 are two activities, 12E5 is a code.
# Happens: every text that Python's float() takes is made a number, in all fields of activities and exchanges but
# the name of the activity: 00471 and 471 are both 471.0, 12E5 is 1200000.0. Writing
# them is refused as "non-unique codes", of codes that are unique; without such a pair the database is written,
# and 12E5 is not found in it under the code that the sheet says.
# Matters: bills of materials are full of such numbers (leading zeros, E as a series). Whoever imports his own list
# looks in vain for a code that stands twice, or links to parts that are called otherwise.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    bw2io==0.9.17 bw2data==4.8 bw2calc==3.1.0 openpyxl==3.1.5
cd "$work"
venv/bin/python -W ignore - 2>/dev/null <<'PY'
import contextlib
import io
import sys
from importlib.metadata import version

import bw2data
import bw2io
import openpyxl

PARTS = {"bracket": "00471", "cover": "471", "screw": "12E5"}
book = openpyxl.Workbook()
sheet = book.active
sheet.append(["Database", "parts"])
for name, code in PARTS.items():
    for row in ([], ["Activity", name], ["code", code], ["location", "CN"], ["unit", "unit"],
                ["Exchanges"], ["name", "amount", "unit", "type"],
                [name, 1, "unit", "production"]):
        sheet.append(row)
book.save("parts.xlsx")
again = openpyxl.load_workbook("parts.xlsx").active
kept = [row[1] for row in again.iter_rows(values_only=True) if row[0] == "code"]

bw2data.projects.set_current("codes")
with contextlib.redirect_stdout(io.StringIO()):
    read = bw2io.ExcelImporter("parts.xlsx")
    read.apply_strategies(verbose=False)
    codes = {one["name"]: one["code"] for one in read.data}
    try:
        read.write_database()
        refused = ""
    except bw2io.errors.NonuniqueCode as error:
        refused = str(error)
    read.data = [one for one in read.data if one["name"] == "screw"]
    read.match_database(fields=["name"])
    read.write_database()
stored = [one["code"] for one in bw2data.Database("parts")]
for name in ("bw2io", "bw2data", "openpyxl"):
    print(name, version(name))
print("codes in the sheet:     ", kept)
print("codes after the import: ", codes)
print("written together:       ", refused)
print("the screw alone, stored:", stored)
same = codes == {"bracket": 471.0, "cover": 471.0, "screw": 1200000.0}
sys.exit(0 if same and kept == list(PARTS.values()) and "cover" in refused and stored == ["1200000.0"] else 1)
PY
