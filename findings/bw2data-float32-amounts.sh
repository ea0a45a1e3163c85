#!/usr/bin/env bash
# Expected: an exchange of 0.1 kg CO2, characterised with 1, gives a score of 0.1: bw2data keeps the amount as
# the double that it was given, and bw2calc calculates in doubles.
# What happens: the score is 0.10000000149011612. On writing a database bw2data also writes the arrays that an
# LCA reads, and these hold amounts and factors in single precision. The same numbers in a datapackage made
# with bw_processing give 0.1 exactly.
# Why it matters: a project can be compared with another engine to about 1e-7 and no further, however exact the
# engine; tolerances of 1e-9 fail, and where large uptakes and releases cancel the error grows with them. The
# exact amount is still there, in the exchange itself, so exports and LCA of one project disagree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    bw2data==4.8 bw2calc==3.1.0 bw_processing==1.6
mkdir "$folder/brightway"
BRIGHTWAY2_DIR="$folder/brightway" "$folder/venv/bin/python" -W ignore - 2>/dev/null <<'PYTHON'
import sys
from importlib.metadata import version

import bw2calc
import bw2data
import bw_processing
import numpy as np

bw2data.projects.set_current("single")
bw2data.Database("air").write(
    {("air", "co2"): {"name": "Carbon dioxide", "unit": "kilogram", "type": "emission"}}
)
made = {"input": ("plant", "heat"), "amount": 1.0, "type": "production"}
gas = {"input": ("air", "co2"), "amount": 0.1, "type": "biosphere"}
bw2data.Database("plant").write(
    {("plant", "heat"): {"name": "heat", "unit": "megajoule", "exchanges": [made, gas]}}
)
method = bw2data.Method(("mass",))
method.register()
method.write([(("air", "co2"), 1.0)])
heat = bw2data.get_node(database="plant", code="heat")
project = bw2calc.LCA({heat: 1.0}, ("mass",))
project.lci()
project.lcia()
kept = next(iter(heat.biosphere()))["amount"]

package = bw_processing.create_datapackage()
for matrix, row, value in (
    ("technosphere_matrix", 1, 1.0),
    ("biosphere_matrix", 2, 0.1),
    ("characterization_matrix", 2, 1.0),
):
    column = 2 if matrix.startswith("char") else 1
    package.add_persistent_vector(
        matrix=matrix,
        indices_array=np.array([(row, column)], dtype=bw_processing.INDICES_DTYPE),
        data_array=np.array([value]),
    )
arrays = bw2calc.LCA({1: 1.0}, data_objs=[package])
arrays.lci()
arrays.lcia()
for name in ("bw2data", "bw2calc", "bw_processing"):
    print(name, version(name))
print("amount of the exchange in the project:", repr(kept))
print("score through the project:            ", repr(float(project.score)))
print("score through a datapackage:          ", repr(float(arrays.score)))
same = kept == 0.1 and arrays.score == 0.1 and project.score == float(np.float32(0.1))
sys.exit(0 if same else 1)
PYTHON
