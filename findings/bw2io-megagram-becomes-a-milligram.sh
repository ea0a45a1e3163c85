#!/usr/bin/env bash
# bw2io 0.9.17, SimaPro CSV: units that differ in a capital letter alone are one unit, so Mg is mg.
#
# Expected: in units the case of a letter is the prefix (SI brochure, table 7: M is a million, m a thousandth).
# 0.002 Mg of steel plate are 2 kg; what the table of the importer does not know stays and is left unlinked.
# Happens: units are looked up by a hash that is meant for names and folds case. The table knows mg, so 0.002 Mg
# become 2e-09 kg and are linked. Where it knows both, one wins: MBq is taken for mBq. mJ becomes MJ.
# Matters: plants and official statistics state masses in Mg. Such an input counts a billionth of itself, that
# is nothing, and no statistic of the import shows it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work/home" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$HOME" "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bw2io==0.9.17 bw2data==4.8 bw2calc==3.1.0
cat > "$work/plate.csv" <<'CSV'
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
material

Process identifier
DEMO1

Type
Unit process

Process name
Steel plate

Products
Steel plate;kg;1;100;not defined;Metals;

Emissions to air
Carbon dioxide, fossil;;kg;2;Undefined;0;0;0;
Radon-222;;MBq;1;Undefined;0;0;0;
Radon-222;;mBq;1;Undefined;0;0;0;

End

Process

Category type
material

Process identifier
DEMO2

Type
Unit process

Process name
Frame

Products
Frame;p;1;100;not defined;Parts;

Materials/fuels
Steel plate;Mg;0.002;Undefined;0;0;0;

End

CSV
status=0
"$work/venv/bin/python" -W ignore - "$work/plate.csv" > "$work/seen" 2>/dev/null <<'PY' || status=$?
import sys
from importlib.metadata import version

import bw2calc
import bw2data
import bw2io
from bw2io.units import normalize_units

bw2data.projects.set_current("units")
air = {"categories": ("air",), "type": "emission"}
bw2data.Database("biosphere3").write({
    ("biosphere3", "co2"): {"name": "Carbon dioxide, fossil", "unit": "kilogram"} | air,
    ("biosphere3", "rn"): {"name": "Radon-222", "unit": "kilo Becquerel"} | air})
bw2io.create_core_migrations()
importer = bw2io.SimaProCSVImporter(sys.argv[1], name="demo", delimiter=";")
importer.apply_strategies(verbose=False)
left = len(list(importer.unlinked))
importer.write_database()
method = bw2data.Method(("kg CO2",))
method.register()
method.write([(("biosphere3", "co2"), 1.0)])
frame = bw2data.get_node(database="demo", name="Frame")
(used,) = frame.technosphere()
plate = bw2data.get_node(database="demo", name="Steel plate")
radon = [(e["amount"], e["unit"]) for e in plate.biosphere() if e["name"] == "Radon-222"]
lca = bw2calc.LCA({frame: 1.0}, ("kg CO2",))
lca.lci()
lca.lcia()
print("SEEN bw2io", version("bw2io"))
print(f"SEEN 0.002 Mg of a plate of 2 kg CO2 per kg: {used['amount']:g} {used['unit']}, "
      f"{lca.score:g} kg CO2, {left} exchanges unlinked")
print("SEEN 1 MBq and 1 mBq of radon:", radon)
print("SEEN mJ and MJ:", normalize_units("mJ"), "and", normalize_units("MJ"))
sys.exit(0 if round(used["amount"], 12) == 2e-9 and not left and radon[0] == radon[1]
         and normalize_units("mJ") == "megajoule" else 1)
PY
sed -n 's/^SEEN //p' "$work/seen"
exit "$status"
