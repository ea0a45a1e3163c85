#!/usr/bin/env bash
# quantulum3 0.10.0: "1,5 kg" is 5 kg, "0,125 kg" 125 kg, and "10 mt" ten million tonnes.
#
# Expected: of a text with a decimal comma the number, or nothing: the SI (resolution 10 of the 22nd CGPM) has
# either mark. 1,000 is a thousand in English, so "1,5" at least cannot be read in two ways.
# Happens: a comma that is not followed by three digits ends a number. There are two quantities, 1 without a unit and
# 5 kg; "0,125 kg" is one of 125 kg. "10 mt" of a bill of lading is 10 megatons, in pint 10 kg, and 5 cwt
# (hundredweights, 227 or 254 kg) are in a unit "speed of light watt tonne".
# Matters: whoever takes the quantity with a mass from a line of text gets a number of kilograms and no doubt.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check quantulum3==0.10.0 setuptools==80.9.0
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

from quantulum3 import parser

print("quantulum3", version("quantulum3"))
texts = ("1.5 kg", "1,5 kg of solder", "0,125 kg of gold", "10 mt of steel", "5 cwt of wire")
seen = {text: [(one.value, one.unit.name) for one in parser.parse(text)] for text in texts}
for text, found in seen.items():
    print(f"  {text!r}: {found}")
sys.exit(0 if seen["1.5 kg"] == [(1.5, "kilogram")] and (5.0, "kilogram") in seen["1,5 kg of solder"]
         and (125.0, "kilogram") in seen["0,125 kg of gold"] and seen["10 mt of steel"] == [(10.0, "megaton")]
         and seen["5 cwt of wire"][0][1] == "speed of light watt tonne" else 1)
PY
