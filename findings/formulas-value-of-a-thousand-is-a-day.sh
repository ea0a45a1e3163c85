#!/usr/bin/env bash
# formulas 1.3.4: VALUE("1,234") is a day of the year 2134, and VALUE("12,500") an error.
#
# One would expect: VALUE turns a text that a program exported into its number, with marks of thousands
# and a per cent sign (ECMA-376 part 1, function VALUE: any of the formats of numbers that the application
# knows): 1234, 12500 and 0.05, as Excel and LibreOffice calculate where the comma marks thousands.
# What happens: a text with a comma is read as a date first. "1,234" is 85,469 (days since 1900), "1,000"
# and "1,5" are days of these years and change with the calendar; "12,500", "5%" and "12,345,678" are
# #VALUE!, so that the usual IFERROR(VALUE(...), 0) makes them 0. NUMBERVALUE reads all of them right.
# Why it matters here: costing sheets turn weights of an export into numbers with VALUE, and a sheet that
# a program wrote has no results until something calculates it. 1,234 g become 85 kg, 12,500 g nothing.
# We take the results that are stored in a workbook, and ask where there are none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check formulas==1.3.4 openpyxl==3.1.5
cat > "$folder/probe.py" <<'PY'
import sys
from importlib.metadata import version

import formulas
import openpyxl

TEXTS = ("1,234", "1,000", "12,500", "12,345,678", "5%")
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "S"
for row, text in enumerate(TEXTS, 1):
    sheet.cell(row, 1, text)
    sheet.cell(row, 2, f"=IFERROR(VALUE(A{row}),0)")
    sheet.cell(row, 3, f'=NUMBERVALUE(A{row},".",",")')
book.save(sys.argv[1])
made = formulas.ExcelModel().loads(sys.argv[1]).finish().calculate()


def cell(name):
    return float(made[f"'[one.xlsx]S'!{name}"].value[0, 0])


print("formulas", version("formulas"))
seen = [(cell(f"B{row}"), cell(f"C{row}")) for row in range(1, len(TEXTS) + 1)]
for text, (value, numbervalue) in zip(TEXTS, seen, strict=True):
    print(f"{text:>12}: VALUE {value:10g}  NUMBERVALUE {numbervalue:10g}")
assert [one[1] for one in seen] == [1234.0, 1000.0, 12500.0, 12345678.0, 0.05]
assert 80_000 < seen[0][0] < 90_000
assert seen[1][0] > 40_000
assert [one[0] for one in seen[2:]] == [0.0, 0.0, 0.0]
PY
"$folder/venv/bin/python" "$folder/probe.py" "$folder/one.xlsx" 2>/dev/null
