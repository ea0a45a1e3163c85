#!/usr/bin/env bash
# pyexcel 0.7.6 (pyexcel-io 0.6.8): the amount 1,5 of a CSV file is read as 15.
#
# Expected: a reader of CSV files either leaves texts as they are, or takes for a number what Python's float() takes:
# "1.5", not "1,5". A part number that begins with a zero is kept as text, so is care taken with what looks alike.
# Happens: commas are left out before the test for a number, wherever they stand: 1,5 is 15 and 12,5 is 125. Amounts
# below 1 (0,125, a leading zero) and those with both marks stay texts. 12E5, a part number, becomes 1,200,000.
# Matters: in a file with semicolons, as spreadsheets write it where the comma is decimal, amounts become 10 or 100
# times themselves, and only those with decimals. What stays text hides that the rest was read with another mark.
# Read with auto_detect_float=False and auto_detect_int=False, and parse by the mark that the file has.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pyexcel==0.7.6 pyexcel-io==0.6.8
printf 'part;kg\n00471;1,5\n12E5;12,25\nA7;0,125\nA8;2\n' > "$work/parts.csv"
"$work/venv/bin/python" -W ignore - "$work/parts.csv" <<'PY'
import sys
from importlib.metadata import version

import pyexcel

for name in ("pyexcel", "pyexcel-io"):
    print(name, version(name))
print(open(sys.argv[1]).read())
rows = pyexcel.get_array(file_name=sys.argv[1], delimiter=";")[1:]
plain = pyexcel.get_array(file_name=sys.argv[1], delimiter=";", auto_detect_float=False, auto_detect_int=False)[1:]
print("read as usual:", rows)
print("without detection:", plain)
sys.exit(0 if rows == [["00471", 15], [1200000.0, 1225], ["A7", "0,125"], ["A8", 2]]
         and plain[0] == ["00471", "1,5"] else 1)
PY
