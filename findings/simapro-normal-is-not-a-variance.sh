#!/usr/bin/env bash
# SimaPro CSV, a normal distribution: bw2io 0.9.17 takes the square root of the stated width.
#
# Expected: SimaPro states the width of a normal distribution as twice the standard deviation, in the
# unit of the amount, as EcoSpold 1 does (standardDeviation95: "the double standard deviation (2*SD)").
# 100 kg with a 2*SD of 16 kg vary from 84 to 116 (95 %): a scale of 8.
# Happens: the importer sets scale = sqrt(16) = 4, as if the column were a variance. bw2io's own
# EcoSpold 1 reader halves the same quantity, so that one process read from two exports differs.
# Matters: an interval is wrong by a factor that depends on the unit: 16 kg gives 4 kg, 0.016 t gives
# 0.126 t. A width stated in grams is far too narrow, one in tonnes absurdly wide, and nothing warns.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work/home" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$HOME" "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bw2io==0.9.17 bw2data==4.8
"$work/venv/bin/python" -W ignore - <<'PY'
import math, sys
from importlib.metadata import version
from bw2io.extractors.simapro_csv import SimaProCSVExtractor as Reader
print("bw2io", version("bw2io"))
found = {}
for unit, amount, width in (("kg", 100.0, 16.0), ("t", 0.1, 0.016), ("g", 100000.0, 16000.0)):
    made = Reader.create_distribution(str(amount), "Normal", str(width), "0", "0")
    found[unit] = made["scale"] / made["amount"]
    print(f"{amount:g} {unit}, stated width {width:g} {unit}: scale {made['scale']:.4g} {unit}, "
          f"{found[unit]:.4%} of the amount; half the width would be {width / 2 / amount:.4%}")
if len({round(share, 9) for share in found.values()}) == 1:
    sys.exit("the width follows the unit now")
print("the same quantity in three units has three relative widths:", math.isclose(found["kg"], 0.04))
PY
