#!/usr/bin/env bash
# bw2io 0.9.17, SimaPro CSV: a minute becomes 60 hours, and a day the 24th part of an hour.
#
# Expected: the importer brings units to those of its databases (migration "default-units"). 30 minutes of a
# machine that is stated per hour are 0.5 h, as 2 MWh become 2,000 kWh.
# Happens: the factors of all four units of time are turned round. 30 min become 1,800 h, 30 s 108,000 h,
# 1 day 0.042 h and 1 year 0.0001 h; the exchange is then linked to the process per hour. The nautical mile of
# the same table is 1,547.896 m (it is 1,852 m).
# Matters: working time of machines is what processing steps are stated in. The 6 kg CO2 per hour of this mill
# give 10,800 kg for half an hour instead of 3; no message, nothing unlinked.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work/home" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$HOME" "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bw2io==0.9.17 bw2data==4.8 bw2calc==3.1.0
cat > "$work/mill.csv" <<'CSV'
{SimaPro 9.5.0.0}
{processes}
{Project: demo}
{CSV Format version: 9.0.0}
{CSV separator: Semicolon}
{Decimal separator: .}
{Date separator: -}
{Short date format: yyyy-MM-dd}

Process

Category type
processing

Process identifier
DEMO1

Type
Unit process

Process name
Milling

Products
Milling;hr;1;100;not defined;Processing;

Emissions to air
Carbon dioxide, fossil;;kg;6;Undefined;0;0;0;

End

Process

Category type
material

Process identifier
DEMO2

Type
Unit process

Process name
Bracket

Products
Bracket;p;1;100;not defined;Parts;

Materials/fuels
Milling;min;30;Undefined;0;0;0;

End

CSV
status=0
"$work/venv/bin/python" -W ignore - "$work/mill.csv" > "$work/seen" 2>/dev/null <<'PY' || status=$?
import sys
from importlib.metadata import version

import bw2calc
import bw2data
import bw2io
from bw2io.units import DEFAULT_UNITS_CONVERSION

bw2data.projects.set_current("units")
gas = {"name": "Carbon dioxide, fossil", "unit": "kilogram", "categories": ("air",), "type": "emission"}
bw2data.Database("biosphere3").write({("biosphere3", "co2"): gas})
bw2io.create_core_migrations()
importer = bw2io.SimaProCSVImporter(sys.argv[1], name="demo", delimiter=";")
importer.apply_strategies(verbose=False)
left = len(list(importer.unlinked))
importer.write_database()
method = bw2data.Method(("kg CO2",))
method.register()
method.write([(("biosphere3", "co2"), 1.0)])
bracket = bw2data.get_node(database="demo", name="Bracket")
(used,) = bracket.technosphere()
lca = bw2calc.LCA({bracket: 1.0}, ("kg CO2",))
lca.lci()
lca.lcia()
factors = {old: factor for old, new, factor in DEFAULT_UNITS_CONVERSION if new == "hour"}
mile = [factor for old, _new, factor in DEFAULT_UNITS_CONVERSION if old.startswith("Nautic")]
print("SEEN bw2io", version("bw2io"))
print("SEEN factors to the hour:", factors, "and of the nautical mile to the metre:", mile[0])
print(f"SEEN 30 min of a mill of 6 kg CO2 per hour: {used['amount']:g} {used['unit']}, {lca.score:g} kg, "
      f"{left} exchanges unlinked")
as_seen = (used["unit"] == "hour", used["amount"], round(lca.score), left) == (True, 1800.0, 10800, 0)
sys.exit(0 if as_seen and factors["s"] == 3600.0 and factors["day"] == 1 / 24 else 1)
PY
sed -n 's/^SEEN //p' "$work/seen"
exit "$status"
