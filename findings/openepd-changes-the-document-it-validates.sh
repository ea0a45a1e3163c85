#!/usr/bin/env bash
# openepd 8.0.0: validating a dict puts model objects into it, and megajoules pass as kg CO2e.
#
# One would expect: `EpdV0.model_validate(document)` looks at the document and leaves it alone, and an
# impact whose class says `allowed_units = "kgCO2e"` refuses MJ.
# What happens: afterwards the impacts in the caller's own dict are objects of the package, so that it
# is no JSON any more. And any unit passes until a validator of one's own is set for the process.
# Why it matters here: a declaration is checked first and read after; what is read would be another
# thing than what was checked. A document in MJ would be a footprint.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openepd==8.0.0
cat > "$folder/probe.py" <<'PY'
import json
from importlib.metadata import version

from openepd.model.epd import EpdV0

document = {
    "doctype": "openEPD",
    "declared_unit": {"qty": 1, "unit": "kg"},
    "impacts": {"EF 3.1": {"gwp-fossil": {"A1A2A3": {"mean": 1.5, "unit": "MJ"}}}},
}
before = json.dumps(document)
EpdV0.model_validate(document)
inside = document["impacts"]["EF 3.1"]["gwp-fossil"]
print("openepd", version("openepd"))
print("MJ as kgCO2e: taken")
print("in the caller's dict there is now a", type(inside).__name__)
try:
    json.dumps(document)
    changed = False
except TypeError as error:
    changed = True
    print("json.dumps:", error)
assert changed
assert not isinstance(inside, dict)
assert json.loads(before)["impacts"]["EF 3.1"]["gwp-fossil"]["A1A2A3"]["unit"] == "MJ"
PY
"$folder/venv/bin/python" "$folder/probe.py"
