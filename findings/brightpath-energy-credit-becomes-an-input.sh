#!/usr/bin/env bash
# brightpath 0.0.4: electricity that a waste incineration gives away is written to SimaPro as electricity used.
#
# Expected: burning 1 kg of waste emits 2.4 kg CO2 and gives 1.25 kWh, which Brightway has as an input of
# -1.25 kWh. SimaPro takes negative amounts, and the converter writes -1.25 of a process that makes heat.
# Happens: of a waste treatment every negative input loses its sign: the file says 1.25 kWh of electricity used.
# Amounts are written with 4 digits, and bounds of triangles and uniform spreads as 0 and 0 (the converter looks
# for `min` and `max` where Brightway says `minimum` and `maximum`).
# Matters: the credit of an incineration is of the size of its emissions. At 0.6 kg CO2 per kWh the
# treatment has 3.15 kg in SimaPro and 1.65 kg in Brightway; nothing of it is said.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work/home" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$HOME" "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check brightpath==0.0.4 bw2io==0.9.17 bw2data==4.8
cd "$work"
"$work/venv/bin/python" -W ignore - 2>/dev/null > "$work/seen" <<'PY' || status=$?
import sys
from importlib.metadata import version

from brightpath import BrightwayConverter

power = {"name": "market for electricity, medium voltage", "reference product": "electricity, medium voltage",
         "location": "CN", "unit": "kilowatt hour", "amount": -1.25, "type": "technosphere",
         "uncertainty type": 5, "loc": -1.25, "minimum": -2.0, "maximum": -1.0}
gas = {"name": "Carbon dioxide, fossil", "categories": ("air",), "unit": "kilogram", "amount": 2.41234,
       "type": "biosphere"}


def written(name, product, unit, amount, category):
    """The row of electricity and that of CO2 in the SimaPro file of one process."""
    known = {"name": name, "reference product": product, "location": "CN", "unit": unit}
    made = known | {"amount": amount, "type": "production", "simapro category": category}
    rows = BrightwayConverter(data=[known | {"exchanges": [made, power, gas]}]).convert_to_simapro(format="data")
    return [next(row for row in rows if len(row) > 4 and row[0].startswith(begin))
            for begin in ("Electricity", "Carbon dioxide")]


heat = written("heat production", "heat", "megajoule", 1.0, "energy/Heat")
waste = written("treatment of waste plastic, municipal incineration", "waste plastic", "kilogram", -1.0,
                "waste treatment/Incineration")
print("SEEN brightpath", version("brightpath"))
print("SEEN -1.25 kWh of a heat plant:", heat[0][1:7])
print("SEEN -1.25 kWh of an incineration:", waste[0][1:7])
print("SEEN 2.41234 kg CO2:", waste[1][2:4])
as_seen = (heat[0][2], waste[0][2], waste[1][3]) == ("-1.250E+00", "1.250E+00", "2.412E+00")
sys.exit(0 if as_seen and waste[0][5:7] == ["0.000E+00", "0.000E+00"] else 1)
PY
sed -n 's/^SEEN //p' "$work/seen"
exit "${status:-0}"
