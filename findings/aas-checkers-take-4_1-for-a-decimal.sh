#!/usr/bin/env bash
# aas-test-engines 1.0.3, basyx-python-sdk 2.2.0: `4_1` is a sound xs:decimal, and means 41.
#
# One would expect: the checker of the metamodel refuses a property of the type xs:decimal whose value
# is none: `4_1`, `NaN`, `INF`, `1e5`, or digits of another script (XML Schema 1.0, part 2, 3.2.3).
# What happens: the checker finds nothing, and basyx reads 41, NaN, Infinity, 100,000 and 4: both ask
# Python's Decimal, which takes more than XML Schema. aas-core3.0 1.1.4 refuses each of them.
# Why it matters here: the total of a footprint is an xs:decimal (IDTA 02023, PcfCO2eq). A package with
# a total of NaN passes the check of its buyer, and one of `4_1` is ten times what was meant. Our reader
# takes numbers as XML Schema and JSON spell them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  aas-test-engines==1.0.3 basyx-python-sdk==2.2.0 aas-core3.0==1.1.4
cat > "$folder/probe.py" <<'PY'
import io
import json
from importlib.metadata import version

import aas_core3.jsonization as core_json
from aas_core3 import verification
from aas_test_engines.file import check_json_file
from basyx.aas.adapter.json import read_aas_json_file


def environment(value):
    total = {"modelType": "Property", "idShort": "PcfCO2eq", "valueType": "xs:decimal",
             "value": value}
    submodel = {"modelType": "Submodel", "id": "urn:example:1", "submodelElements": [total]}
    return {"submodels": [submodel]}


def found(value):
    document = environment(value)
    engines = check_json_file(io.StringIO(json.dumps(document))).ok()
    (submodel,) = read_aas_json_file(io.StringIO(json.dumps(document)), failsafe=False)
    basyx = str(next(iter(submodel.submodel_element)).value)
    core = not list(verification.verify(core_json.environment_from_jsonable(document)))
    return engines, basyx, core


for name in ("aas-test-engines", "basyx-python-sdk", "aas-core3.0"):
    print(name, version(name))
seen = {value: found(value) for value in ("4.1", "4_1", "NaN", "INF", "1e5", "\u0664")}
for value, (engines, basyx, core) in seen.items():
    print(f"{value!r:>8}: checker {'ok' if engines else 'error'}, basyx {basyx}, "
          f"aas-core {'ok' if core else 'error'}")
assert seen.pop("4.1") == (True, "4.1", True)
assert [one[:2] for one in seen.values()] == [
    (True, "41"), (True, "NaN"), (True, "Infinity"), (True, "1E+5"), (True, "4")]
assert not any(core for _, _, core in seen.values())
PY
"$folder/venv/bin/python" "$folder/probe.py"
