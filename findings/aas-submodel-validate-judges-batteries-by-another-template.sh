#!/usr/bin/env bash
# aas-submodel-validate 1.0.0: the carbon footprint of a battery passport is judged by another template.
#
# One would expect: a checker of submodels judges the carbon footprint of a battery passport
# (IDTA 02035-3) by that template, or not at all.
# What happens: both templates have one semanticId. aas-submodel-validate 1.0.0 knows the table of
# IDTA 02023 alone: by it a submodel that is as the battery template wants it has errors (PCF-E09: the
# phase's id ends in #003 there and in #004 here; PCF-E12: a day of publication). A remark says that
# the id is claimed twice (BAT-R2); only the template id in the submodel could tell.
# Why it matters here: our battery shells are as their template says, and this checker's errors on
# them are expected in a test. Once it knows the template, that test can ask for no error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check aas-submodel-validate==1.0.0
cat > "$folder/probe.py" <<'PROBE'
import json, sys

ROOT = "https://admin-shell.io/idta/CarbonFootprint"


def meaning(value):
    return {"type": "ExternalReference", "keys": [{"type": "GlobalReference", "value": value}]}


def text(name, meant, value, kind="xs:string"):
    found = {"modelType": "Property", "valueType": kind, "semanticId": meaning(meant)}
    found |= {"value": value} if value is not None else {}
    return found | ({"idShort": name} if name else {})


def listed(name, meant, each, of, values, kind=None):
    found = {"modelType": "SubmodelElementList", "idShort": name, "semanticId": meaning(meant)}
    found |= {"semanticIdListElement": meaning(each), "typeValueListElement": of, "value": values}
    return found | ({"valueTypeListElement": kind} if kind else {})


P, T = "Property", "xs:string"
study = "urn:samm:io.admin-shell.idta.batterypass.carbon_footprint:1.0.0#"
document = "urn:samm:io.admin-shell.idta.handover_documentation:2.0.0#DocumentIdentifier"
footprint = {
    "modelType": "SubmodelElementCollection",
    "semanticId": meaning(f"{ROOT}/ProductCarbonFootprint/1/0"),
    "value": [
        listed("PcfCalculationMethods", f"{ROOT}/PcfCalculationMethods/1/0", "0173-1#02-ABG854#003",
               P, [text(None, "0173-1#02-ABG854#003", "ISO 14067")], T),
        text("PcfCO2eq", "0173-1#02-ABG855#003", "61.5", "xs:decimal"),
        text("ReferenceImpactUnitForCalculation", "0173-1#02-ABG856#003", "kWh"),
        text("QuantityOfMeasureForCalculation", "0173-1#02-ABG857#003", "1", "xs:double"),
        listed("LifeCyclePhases", f"{ROOT}/LifeCyclePhases/1/0", "0173-1#02-ABG858#004", P,
               [text(None, "0173-1#02-ABG858#004", "A3 - production")], T),
        text("PerformanceClass", study + "performanceClass", "A"),
        listed("WebLinkToPublicCarbonFootprintStudy", study + "webLinkToPublicCarbonFootprintStudy",
               document, P, [text(None, document, "study-1")], T),
    ],
}
submodel = {
    "modelType": "Submodel",
    "id": "urn:example:battery:1",
    "idShort": "CarbonFootprint",
    "administration": {
        "version": "1",
        "revision": "0",
        "templateId": "https://admin-shell.io/idta-02023-1-0",
    },
    "semanticId": meaning(f"{ROOT}/CarbonFootprint/1/0"),
    "submodelElements": [
        listed("ProductCarbonFootprints", f"{ROOT}/ProductCarbonFootprints/1/0",
               f"{ROOT}/ProductCarbonFootprint/1/0", "SubmodelElementCollection", [footprint])
    ],
}
json.dump({"submodels": [submodel]}, open(sys.argv[1], "w"))
from pathlib import Path

from aas_submodel_validate.api import validate

found = sorted({one.rule.id for one in validate(Path(sys.argv[1])).findings})
print(found)
sys.exit(0 if {"PCF-E09", "PCF-E12", "BAT-R2"} <= set(found) else 1)
PROBE
"$folder/venv/bin/python" "$folder/probe.py" "$folder/battery.json"
