#!/usr/bin/env bash
# pint 0.25.3: `doz` is a unit of mass, `kilos` one of time, and `bbl` no barrel of oil.
#
# One would expect: of a word that a parts list or an invoice has, either its meaning in trade, or an
# error that the unit is unknown. pint knows no dozen (UNECE Recommendation 20: DZN), so that `doz`
# should be refused, as `dz` and `dozen` are.
# What happens: any prefix is taken before any symbol, and prefixes are matched greedily, so that `doz`
# is deci-ounce (2.83 g), `ct` a carat, `mt` a thousandth of a tonne (1 kg) where freight papers mean
# the tonne, `kilos` 1,000 seconds, `pcs` parsecs; and `bbl` is 119 litres, the US barrel of liquids,
# where energy statistics mean 158.987 litres (42 US gallons).
# Why it matters here: none of them fails where only the kind of quantity is checked: 2 `doz` of a part
# are 5.7 g of it, and a price or a factor per `bbl` is 25 % off. Our table of units is built with pint
# from our own definitions, with a list of which prefix may stand before which unit.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pint==0.25.3
cat > "$folder/probe.py" <<'PY'
from importlib.metadata import version

from pint import UnitRegistry
from pint.errors import UndefinedUnitError

units = UnitRegistry()
print("pint", version("pint"))
wanted = {"doz": "g", "ct": "g", "mt": "kg", "kilos": "s", "pcs": "m", "bbl": "liter"}
seen = {}
for word, unit in wanted.items():
    one = units.Quantity(1, word)
    seen[word] = float(one.to(unit).magnitude)
    print(f"1 {word} = 1 {one.units} = {seen[word]:.6g} {unit}")
assert abs(seen["doz"] - 2.8349523125) < 1e-9
assert abs(seen["ct"] - 0.2) < 1e-12
assert abs(seen["mt"] - 1.0) < 1e-12
assert abs(seen["kilos"] - 1000.0) < 1e-9
assert seen["pcs"] > 1e16
assert abs(seen["bbl"] - 119.2405) < 1e-3
oil = float(units.Quantity(1, "oil_bbl").to("liter").magnitude)
print(f"1 oil_bbl = {oil:.6g} liter")
assert abs(oil - 158.987) < 1e-3
for word in ("dz", "dozen", "kwh", "gsm"):
    try:
        units.Quantity(1, word)
    except UndefinedUnitError:
        print(f"{word}: unknown")
    else:
        raise SystemExit(f"{word} is known now")
PY
"$folder/venv/bin/python" "$folder/probe.py"
