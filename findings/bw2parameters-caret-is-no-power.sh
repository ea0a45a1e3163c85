#!/usr/bin/env bash
# bw2parameters 1.1.0: a formula 10^2 is 8.
#
# Expected: formulas of an inventory are written as SimaPro, openLCA and every spreadsheet write them, where ^ is
# the power: 10^2 is 100, and 2.5^2 is 6.25. (The SimaPro importer of bw2io replaces the sign for that reason.)
# Happens: the formula is evaluated as Python, where ^ is the exclusive or of whole numbers: 10^2 gives 8 and
# 2^3 gives 1, without a message. With a decimal number it fails, so the fault shows only where all are whole.
# Likewise a decimal comma makes a tuple: 10,5 becomes (10, 5).
# Matters: a parameter that was copied from another tool or a sheet (a pipe's diameter^2, 10^3 for a unit) changes
# an amount by orders of magnitude, and the result looks like a number.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bw2parameters==1.1.0
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

from bw2parameters import ParameterSet


def value(formula):
    try:
        return ParameterSet({"x": {"formula": formula}}).evaluate()["x"]
    except Exception as error:
        return type(error).__name__


print("bw2parameters", version("bw2parameters"))
seen = {formula: value(formula) for formula in ("10^2", "2^3", "2.5^2", "10**2", "10,5")}
for formula, found in seen.items():
    print(f"{formula:>6} = {found}")
wanted = {"10^2": 8, "2^3": 1, "2.5^2": "TypeError", "10**2": 100, "10,5": (10, 5)}
sys.exit(0 if seen == wanted else 1)
PY
