#!/usr/bin/env bash
# ifcopenshell 0.9.0.post1: 5 tonnes converted to kilograms are 5, and a model in kilograms has the scale 1,000.
#
# Expected: `convert_unit(value, from, to)` of two units of a model converts between them, as it does for lengths, areas
# and volumes: 5 t are 5,000 kg, 5 lb are 2.268 kg. `calculate_unit_scale` is "to convert to and from IFC project units
# and SI units": 1 for a model in kilograms.
# Happens: its table of units that are no SI units counts masses in kilograms, while the SI unit of mass has the name
# GRAM with the prefix KILO. From a tonne to kilograms both are divided: 5, and 5 lb are 0.00227 kg. The scale of
# mass is to grams, 1,000 for kilograms and 1,000,000 for tonnes. The pound of the table is 0.454 kg.
# Matters: quantities of a building (Qto, NetWeight) are multiplied by factors per kilogram. Masses in tonnes come out
# a thousandth, and the usual `quantity * scale` a thousand times too large.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check ifcopenshell==0.9.0.post1
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import ifcopenshell
import ifcopenshell.api.project
import ifcopenshell.api.unit
from ifcopenshell.util.unit import calculate_unit_scale, convert_unit

KINDS = {"MASSUNIT": ("kg", "tonne", "pound"), "LENGTHUNIT": ("m", "foot")}


def model(kind, name):
    made = ifcopenshell.api.project.create_file(version="IFC4")
    made.create_entity("IfcProject", ifcopenshell.guid.new(), None, "frame")
    if name == "kg":
        unit = ifcopenshell.api.unit.add_si_unit(made, unit_type=kind, prefix="KILO")
    elif name == "m":
        unit = ifcopenshell.api.unit.add_si_unit(made, unit_type=kind)
    else:
        unit = ifcopenshell.api.unit.add_conversion_based_unit(made, name=name)
    ifcopenshell.api.unit.assign_unit(made, units=[unit])
    return made, unit


print("ifcopenshell", version("ifcopenshell"))
seen = {}
for kind, names in KINDS.items():
    base = model(kind, names[0])[1]
    for name in names:
        made, unit = model(kind, name)
        seen[name] = (calculate_unit_scale(made, kind), convert_unit(5, unit, base))
        print(f"a model in {name}: scale {seen[name][0]:g}; 5 {name} = {seen[name][1]:.5g} {names[0]}")
right = {"kg": (1, 5), "tonne": (1000, 5000), "pound": (0.45359237, 2.26796185)}
print("the masses by definition:", right)
wrong = {"kg": (1000, 5), "tonne": (1e6, 5), "pound": (454, 0.00227), "m": (1, 5), "foot": (0.3048, 1.524)}
near = all(abs(a / b - 1) < 1e-6 for name in wrong for a, b in zip(seen[name], wrong[name], strict=True))
sys.exit(0 if near else 1)
PY
