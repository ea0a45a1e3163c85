#!/usr/bin/env bash
# xlsx2csv 0.8.6: a cell of 12.75 that is shown as "12.75 mm" becomes 0.00" 01", and 0.0004 becomes 0.00.
#
# Expected: a converter gives the value of a cell, 12.75, or what is shown, 12.75 mm. Units in quotes are usual in formats
# (0.00" mm"); what is quoted is text (ECMA-376 part 1, 18.8.31) and no code for months or days.
# Happens: a format with a letter of dates anywhere is one of a date, and the number is a day in 1900: 12.75 mm becomes
# 0.00" 01" (January), 1.25 h 0.00" 06" (six o'clock), 12.5 d 0.0" 11", and 12 years 0" years". 3 kg and 2.5 t are 3 and
# 2.50000. A mass of 0.0004 shown with two decimals is written as 0.00, one of 1e-7 without a format as 0, 0.125 shown
# as per cent 13%.
# Matters: whoever takes the number at the beginning of the cell has 0 for each length, time and life of the list, and for
# small parts too; the kilograms beside them are right. No message. ignore_formats=["date", "float", "percentage"] gives
# all of them as they are.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5
cd "$work"
venv/bin/python - <<'PY'
import csv
import io
import sys
from importlib.metadata import version

from openpyxl import Workbook
from xlsx2csv import Xlsx2csv

CELLS = [(3, '0" kg"'), (2.5, '0.0" t"'), (12.75, '0.00" mm"'), (1.25, '0.00" h"'), (12.5, '0.0" d"'), (12, '0" years"'),
         (0.0004, "0.00"), (1e-7, "General"), (0.125, "0%")]
book = Workbook()
for at, (value, shown_as) in enumerate(CELLS, 1):
    book.active.cell(at, 1, value).number_format = shown_as
book.save("parts.xlsx")


def read(**options):
    text = io.StringIO()
    Xlsx2csv("parts.xlsx", **options).convert(text)
    return [row[0] for row in csv.reader(io.StringIO(text.getvalue()))]


print("xlsx2csv", version("xlsx2csv"))
seen = read()
for (value, shown_as), text in zip(CELLS, seen):
    print(f"  {value} as {shown_as}: {text}")
print("  with ignore_formats date, float, percentage:", read(ignore_formats=["date", "float", "percentage"]))
sys.exit(0 if seen == ["3", "2.50000", '0.00" 01"', '0.00" 06"', '0.0" 11"', '0" years"', "0.00", "0", "13%"] else 1)
PY
