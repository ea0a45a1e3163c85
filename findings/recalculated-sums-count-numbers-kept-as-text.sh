#!/usr/bin/env bash
# formulas 1.3.4, pycel 1.0b30, xlcalculator 0.5.0: one SUM of a sheet is 10, 15 or 16, and -B1^2 is -100.
#
# Expected: packages that calculate a sheet's formulas give what a spreadsheet shows. SUM over cells counts the
# numbers in them and leaves out a number that is kept as text, and TRUE; the minus of -B1^2 binds closer
# than the power (ECMA-376 part 1, 18.17.2.2), so that it is 100 for 10.
# Happens: of 10, "5" (text), blank and TRUE the sum is 10 in pycel, 15 in formulas and 16 in xlcalculator. pycel
# gives -100 for -B1^2 and -4 for -2^2. SUMPRODUCT takes "5" for 5 in formulas and xlcalculator.
# Matters: a costing sheet that a program wrote has no calculated values until somebody opens it, so that it
# is calculated by one of these. A mass that is kept as text (an import, a leading apostrophe) is left out of the
# total that people see, and counted in the one that the program passes on.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  formulas==1.3.4 pycel==1.0b30 xlcalculator==0.5.0 openpyxl==3.1.5
cat > "$work/sheet.py" <<'PY'
import sys
from importlib.metadata import version

import openpyxl

file = f"{sys.argv[1]}/costs.xlsx"
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "S"
for cell, value in {"A1": 10, "A2": "5", "A4": True, "B1": 10, "B2": 2, "C1": "=SUM(A1:A4)", "C2": "=-B1^2",
                    "C3": "=-2^2", "C4": "=SUMPRODUCT(A1:A2,B1:B2)"}.items():
    sheet[cell] = value
book.save(file)
cells = ("C1", "C2", "C3", "C4")


def by_pycel():
    from pycel import ExcelCompiler
    model = ExcelCompiler(filename=file)
    return [float(model.evaluate(f"S!{cell}")) for cell in cells]


def by_formulas():
    import formulas
    solved = formulas.ExcelModel().loads(file).finish().calculate()
    values = {str(name).split("!")[-1].strip("'"): value for name, value in solved.items()}
    return [float(values[cell].value[0, 0]) for cell in cells]


def by_xlcalculator():
    from xlcalculator import Evaluator, ModelCompiler
    model = Evaluator(ModelCompiler().read_and_parse_archive(file))
    return [float(model.evaluate(f"S!{cell}").value) for cell in cells]


seen = {"pycel": by_pycel(), "formulas": by_formulas(), "xlcalculator": by_xlcalculator()}
print("SEEN =SUM(10, \"5\", blank, TRUE as cells), =-B1^2, =-2^2, =SUMPRODUCT(10 and \"5\", 10 and 2)")
for name, values in seen.items():
    print(f"SEEN {name} {version(name)}: {values}")
as_seen = {"pycel": [10.0, -100.0, -4.0, 100.0], "formulas": [15.0, 100.0, 4.0, 110.0],
           "xlcalculator": [16.0, 100.0, 4.0, 110.0]}
sys.exit(0 if seen == as_seen else 1)
PY
status=0
"$work/venv/bin/python" -W ignore "$work/sheet.py" "$work" > "$work/seen" 2> "$work/noise" || status=$?
sed -n 's/^SEEN //p' "$work/seen"
exit "$status"
