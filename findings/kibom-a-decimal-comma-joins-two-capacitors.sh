#!/usr/bin/env bash
# KiBoM 1.9.1: capacitors of 0,1uF and 1uF are one line of two pieces, and 4,7k is not 4.7k but 47k.
#
# Expected: parts are grouped "by value", and values are compared as numbers with units, so that 100n and 0.1u are
# alike. A comma in a value is a decimal one (ISO 80000-1, 7.3.2: comma or point), or the texts are compared.
# Happens: commas are left out first, so that 0,1uF is "01uF", 1 microfarad. Both capacitors become one line with two
# references, under the value of one of them; 4,7k and 47k likewise, while 4.7k is a line of its own. Only where the
# locale of the process has the comma as its mark are they apart: in a container or an English system it has not.
# Matters: European circuit diagrams have commas. Drawn up at a desk in Munich and on a build server, one file has two
# lists: on the server one type of part twice and the other not at all, with the right number of parts in all.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check kibom==1.9.1
cd "$work"
"$work/venv/bin/python" - > board.xml <<'PY'
parts = {"C1": "0,1uF", "C2": "1uF", "C3": "220n", "C4": "0.22uF", "R1": "4,7k", "R2": "47k", "R3": "4.7k"}
kinds = {"C": "Capacitor_SMD:C_1206", "R": "Resistor_SMD:R_0603"}
print('<?xml version="1.0" encoding="UTF-8"?><export version="D">')
print("<design><source>board.sch</source></design><components>")
for reference, value in parts.items():
    kind = reference[0]
    print(f'<comp ref="{reference}"><value>{value}</value><footprint>{kinds[kind]}</footprint>'
          f'<libsource lib="Device" part="{kind}"/></comp>')
print("</components><libparts>")
for kind in kinds:
    print(f'<libpart lib="Device" part="{kind}"><description>{kind}</description></libpart>')
print("</libparts></export>")
PY
LC_ALL=C.UTF-8 "$work/venv/bin/KiBOM_CLI.py" board.xml list.csv > messages.txt
"$work/venv/bin/python" - <<'PY'
import csv
import sys
from importlib.metadata import version

from kibom import units

with open("list_bom_.csv", newline="") as file:
    lines = [line for line in csv.DictReader(file) if line["References"]]
groups = {line["References"]: (line["Value"], line["Quantity Per PCB"]) for line in lines}
print("kibom", version("kibom"))
for references, (value, count) in groups.items():
    print(f"{references}: {value}, {count} of it")
units.decimal_point = ","
apart = not units.compareValues("0,1uF", "1uF") and units.compareValues("4,7k", "4.7k")
print("told apart where the comma is the mark of the locale:", apart)
as_seen = set(groups) == {"C1 C2", "C3 C4", "R1 R2", "R3"} and groups["C1 C2"][1] == groups["R1 R2"][1] == "2"
sys.exit(0 if as_seen and apart else 1)
PY
