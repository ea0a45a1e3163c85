#!/usr/bin/env bash
# tablib 3.10.0, OpenDocument sheets: a mass of 0.0004 kg that is shown with two decimals is read as 0.
#
# Expected: a cell has its value (the attribute office:value of OpenDocument 1.3, part 3) and in it the text that is
# shown. A reader of numbers gives the value, as ezodf does, and as tablib itself does for XLSX.
# Happens: the text that is shown is turned into a number. 0.0004 shown as 0.00 is 0.0, 1.2345 shown as 1.2 is 1.2, and
# 1,234.57 with a mark for thousands is a ValueError.
# Matters: lists of parts show two decimals. In kilograms every screw and resistor is then 0, which is a
# number and no gap; copied 10,000 times over a product line it is not small. What is shown can be changed by
# whoever looks at the sheet, and the footprint moves with it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check tablib==3.10.0 \
  odfpy==1.4.1 ezodf==0.3.2 lxml==6.0.2 openpyxl==3.1.5
cd "$work"
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import ezodf
import openpyxl
import tablib
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

MASSES = {"screw": (0.0004, "0.00"), "lid": (1.2345, "1.2"), "frame": (12.5, "12.50")}


def sheet(masses, path):
    document, table = OpenDocumentSpreadsheet(), Table(name="parts")
    for part, (kilograms, shown) in {"part": ("kg", "kg"), **masses}.items():
        row, name = TableRow(), TableCell(valuetype="string")
        cell = TableCell(valuetype="string") if part == "part" else TableCell(valuetype="float", value=kilograms)
        name.addElement(P(text=part))
        cell.addElement(P(text=shown))
        row.addElement(name)
        row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(path)


def read(path, form):
    with open(path, "rb") as file:
        return [mass for _, mass in tablib.Dataset().load(file.read(), format=form)]


sheet(MASSES, "parts.ods")
book = openpyxl.Workbook()
book.active.append(["part", "kg"])
for part, (kilograms, _) in MASSES.items():
    book.active.append([part, kilograms])
    book.active.cell(book.active.max_row, 2).number_format = "0.00"
book.save("parts.xlsx")
other = [row[1].value for row in list(ezodf.opendoc("parts.ods").sheets[0].rows())[1:]]
shown, kept = read("parts.ods", "ods"), read("parts.xlsx", "xlsx")
print("tablib", version("tablib"), "ods:", shown, "xlsx:", kept, "; ezodf, ods:", other)
sheet({"frame": (1234.5678, "1,234.57")}, "large.ods")
try:
    refused = f"read as {read('large.ods', 'ods')}"
except ValueError as error:
    refused = f"ValueError: {error}"
print("1234.5678 shown as 1,234.57:", refused)
values = [kilograms for kilograms, _ in MASSES.values()]
sys.exit(0 if shown == [0.0, 1.2, 12.5] and kept == other == values and refused.startswith("ValueError") else 1)
PY
