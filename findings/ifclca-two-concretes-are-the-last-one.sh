#!/usr/bin/env bash
# ifclca 0.1.0a2: of two materials that are mapped to one dataset the last one is the footprint.
#
# Expected: `run` gives "total impacts by database material ID". Walls of C25/30 (10 m3) and of C30/37 (2 m3) that are
# both mapped to the one dataset for concrete are 12 m3: 2,880 kg CO2e at 0.1 per kg.
# Happens: each material replaces what was there under the dataset: 480 kg, or 2,400 kg if the mapping names them the
# other way round. The one line of the details has the amount of one material under the name of the other. Volumes are
# taken for cubic metres whatever the model says, so that 10 m3 of a model in cubic feet (353) count as 353 m3; of
# gross and net volume the gross one is taken, windows and doors filled in.
# Matters: a model has a dozen names for concrete, and a database one or two datasets that fit. All but one of the names
# are missing from the total, and which one is left depends on the order of a dictionary. No message.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check ifclca==0.1.0a2 ifcopenshell==0.9.0.post1
cd "$work"
"$work/venv/bin/python" - <<'PY'
import json
import sys
from importlib.metadata import version

from ifcopenshell.api import material, project, pset, root, unit
from IfcLCA import IfcLCAAnalysis
from IfcLCA.db_reader import CustomJSONReader

json.dump({"concrete": {"name": "Concrete", "category": "Concrete", "density": 2400, "gwp": 0.1, "penr": 1, "ubp": 1}},
          open("own.json", "w"))


def model(volume, *parts):
    file = project.create_file()
    root.create_entity(file, ifc_class="IfcProject", name="house")
    volumes = unit.add_conversion_based_unit(file, name="cubic foot") if volume == "ft3" else \
        unit.add_si_unit(file, unit_type="VOLUMEUNIT")
    unit.assign_unit(file, units=[unit.add_si_unit(file, unit_type="LENGTHUNIT"), volumes])
    for name, quantities in parts:
        part = root.create_entity(file, ifc_class="IfcWall", name=name)
        made_of = material.add_material(file, name=name)
        material.assign_material(file, products=[part], material=made_of)
        amounts = pset.add_qto(file, product=part, name="Qto_WallBaseQuantities")
        pset.edit_qto(file, qto=amounts, properties=quantities)
    return file


def total(file, *names):
    analysis = IfcLCAAnalysis(file, CustomJSONReader("own.json"), {name: "concrete" for name in names})
    return round(analysis.run()["concrete"], 3), analysis


print("ifclca", version("ifclca"))
both = model("m3", ("C25/30", {"GrossVolume": 10.0}), ("C30/37", {"GrossVolume": 2.0}))
one, _ = total(both, "C25/30", "C30/37")
other, analysis = total(both, "C30/37", "C25/30")
print("10 m3 and 2 m3 at 240 kg CO2e per m3:", one, "kg, in the other order", other)
row, = [line for line in analysis.get_detailed_results().items()]
print("the one line of the details:", row[0], row[1]["total_volume"], "m3")
feet, _ = total(model("ft3", ("C25/30", {"GrossVolume": 353.0})), "C25/30")
gross, _ = total(model("m3", ("C25/30", {"GrossVolume": 10.0, "NetVolume": 7.0})), "C25/30")
print("353 cubic feet:", feet, "kg; 7 m3 net of 10 m3 gross:", gross)
sys.exit(0 if (one, other, feet, gross) == (480.0, 2400.0, 84720.0, 2400.0) and row[0] == "C30/37"
         and row[1]["total_volume"] == 10.0 else 1)
PY
