#!/usr/bin/env bash
# lcax 3.8.0: a declaration of 1,000 kg becomes one per kg, with the numbers of 1,000 kg.
#
# One would expect: `convert_ilcd` of a data set whose reference flow is 1,000 kg gives a declared unit
# of 1,000 kg, or numbers divided by it.
# What happens: the declared unit is kg and the global warming potential that of a tonne. A value of a
# scenario that follows the plain one replaces it. The date of validity, a year in the data set, is its
# first day.
# Why it matters here: data sets of metals and minerals count for 1,000 kg. Whoever compares readers
# of declarations must know which of them is off by a factor of a thousand.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check lcax==3.8.0
cat > "$folder/probe.py" <<'PY'
import json
from importlib.metadata import version

import lcax


def link(uuid, kind, text):
    return {"refObjectId": uuid, "type": kind, "uri": f"../{uuid}", "version": "00.01.000",
            "shortDescription": [{"value": text, "lang": "en"}]}


def document(amount, *values):
    total = "6a37f984-a4b3-458a-a20a-64418c145fa2"
    name = "Global Warming Potential - total (GWP-total)"
    return {
        "processInformation": {
            "dataSetInformation": {"UUID": "503dfca1-0000-4000-8000-000000000001",
                                   "name": {"baseName": [{"value": "Sand", "lang": "en"}]}},
            "quantitativeReference": {"referenceToReferenceFlow": [0]},
            "time": {"referenceYear": 2024, "dataSetValidUntil": 2030},
            "geography": {"locationOfOperationSupplyOrProduction": {"location": "DE"}},
        },
        "modellingAndValidation": {
            "LCIMethodAndAllocation": {"other": {"anies": [
                {"name": "subType", "value": "specific dataset"}]}},
            "complianceDeclarations": {"compliance": [
                {"referenceToComplianceSystem": link("a", "source data set", "EN 15804+A2")}]},
        },
        "exchanges": {"exchange": [{
            "dataSetInternalID": 0, "referenceFlow": True, "exchange direction": "OUTPUT",
            "referenceToFlowDataSet": link("f", "flow data set", "Sand"),
            "meanAmount": 1.0, "resultingflowAmount": amount, "materialProperties": [],
            "flowProperties": [{"name": [{"value": "Mass", "lang": "en"}],
                                "uuid": "93a60a56-a3c8-11da-a746-0800200b9a66",
                                "referenceFlowProperty": True, "meanValue": amount,
                                "referenceUnit": "kg",
                                "unitGroupUUID": "93a60a57-a4c8-11da-a746-0800200c9a66"}],
        }]},
        "LCIAResults": {"LCIAResult": [{
            "referenceToLCIAMethodDataSet": link(total, "LCIA method data set", name),
            "other": {"anies": [*values, {"name": "referenceToUnitGroupDataSet",
                                          "value": link("u", "unit group data set", "kg CO2 eq")}]},
        }]},
        "version": "00.01.000",
    }


def read(*given):
    found = json.loads(lcax.convert_ilcd(data=json.dumps(document(*given))).dumps())
    return found["declaredUnit"], found["impacts"]["gwp"]["a1a3"], found["validUntil"]


plain = {"module": "A1-A3", "value": "179"}
print("lcax", version("lcax"))
print("1 kg:", read(1.0, plain))
print("1,000 kg:", read(1000.0, plain))
print("with a scenario of 150:", read(1.0, plain, {"module": "A1-A3", "scenario": "b", "value": "150"}))
assert read(1.0, plain) == read(1000.0, plain) == ("kg", 179.0, "2030-01-01")
assert read(1.0, plain, {"module": "A1-A3", "scenario": "b", "value": "150"})[1] == 150.0
PY
"$folder/venv/bin/python" "$folder/probe.py"
