#!/usr/bin/env bash
# lcax 3.8.0: 4,800 kg of concrete, declared per m3, count as 11,520,000 m3; transport and replacement count as 0.
#
# Expected: a declaration per m3 with a gross density of 2,400 kg/m3 serves a product that is stated in kilograms:
# 4,800 kg are 2 m3, 600 kg CO2e at 300 per m3. `convert_ilcd` of the package makes the density to a conversion of
# 2,400 to kg: one declared unit is so many kilograms.
# Happens: the calculation multiplies by the conversion instead of dividing: 3,456,000,000 kg CO2e. A product with a
# lorry, 100 km at 0.1 kg per tkm, has 0 in module A4, and one with a service life of 20 years in a study of
# 50 has 0 in module B4 (two more would be put in); both modules were asked for. No message.
# Matters: an error of a million is seen, one of a board of 0.5 kg/m2 or a fitting of 1.2 kg a piece is not. Zeros
# in A4 and B4 read as "calculated, and nothing": for floors and windows B4 is as much as A1-A3 and more.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check lcax==3.8.0
"$work/venv/bin/python" - <<'PY'
import datetime
import json
import sys
from importlib.metadata import version

import lcax

CLIMATE, MODULE, UNIT = lcax.ImpactCategoryKey.GWP, lcax.LifeCycleModule, lcax.Unit
STAGES = [MODULE.A1A3, MODULE.A4, MODULE.B4]


def declared(unit, module, value, conversions=None):
    return lcax.EPD(
        name="declaration", version="1", declared_unit=unit, conversions=conversions,
        published_date=datetime.date(2025, 1, 1), valid_until=datetime.date(2030, 1, 1),
        standard=lcax.Standard.EN15804A2, location=lcax.Country.DEU, subtype=lcax.SubType.GENERIC,
        impacts=lcax.Impacts({CLIMATE: lcax.ImpactCategory({module: value})}))


def calculated(declaration, quantity, unit, life=50, transport=None):
    product = lcax.Product(name="product", reference_service_life=life, impact_data=[declaration], quantity=quantity,
                           unit=unit, transport=transport)
    project = lcax.Project(
        name="house", location=lcax.Location(country=lcax.Country.DEU), life_cycle_modules=STAGES,
        project_phase=lcax.ProjectPhase.CONCEPT_DESIGN, software_info=lcax.SoftwareInfo(lca_software="probe"),
        impact_categories=[CLIMATE], reference_study_period=50,
        assemblies=[lcax.Assembly(name="slab", quantity=1, unit=UNIT.M2, products=[product])])
    done = lcax.calculate_project(project) or project
    found = done.results[CLIMATE].dict()
    return [found[stage] for stage in STAGES]


def conversion_of_density():
    def link(kind, text):
        return {"refObjectId": "a", "type": kind, "uri": "../a", "version": "01.00.000",
                "shortDescription": [{"value": text, "lang": "en"}]}

    gwp = "6a37f984-a4b3-458a-a20a-64418c145fa2"
    volume = {"name": [{"value": "Volume", "lang": "en"}], "uuid": "93a60a56-a3c8-22da-a746-0800200c9a66",
              "referenceFlowProperty": True, "meanValue": 1.0, "referenceUnit": "m3",
              "unitGroupUUID": "93a60a57-a3c8-12da-a746-0800200c9a66"}
    density = {"name": "gross density", "value": "2400", "unit": "kg/m^3", "unitDescription": "kg per cubic metre"}
    document = {
        "version": "01.00.000",
        "processInformation": {
            "dataSetInformation": {"UUID": "503dfca1-0000-4000-8000-000000000002",
                                   "name": {"baseName": [{"value": "Concrete", "lang": "en"}]}},
            "quantitativeReference": {"referenceToReferenceFlow": [0]},
            "time": {"referenceYear": 2025, "dataSetValidUntil": 2030},
            "geography": {"locationOfOperationSupplyOrProduction": {"location": "DE"}}},
        "modellingAndValidation": {
            "LCIMethodAndAllocation": {"other": {"anies": [{"name": "subType", "value": "specific dataset"}]}},
            "complianceDeclarations": {"compliance": [
                {"referenceToComplianceSystem": link("source data set", "EN 15804+A2")}]}},
        "exchanges": {"exchange": [{
            "dataSetInternalID": 0, "referenceFlow": True, "exchange direction": "OUTPUT", "meanAmount": 1.0,
            "resultingflowAmount": 1.0, "referenceToFlowDataSet": link("flow data set", "Concrete"),
            "materialProperties": [density], "flowProperties": [volume]}]},
        "LCIAResults": {"LCIAResult": [{
            "referenceToLCIAMethodDataSet": {**link("LCIA method data set", "GWP-total"), "refObjectId": gwp},
            "other": {"anies": [{"module": "A1-A3", "value": "300"}]}}]}}
    (found,) = json.loads(lcax.convert_ilcd(data=json.dumps(document)).dumps())["conversions"]
    return found["value"], found["to"]


print("lcax", version("lcax"))
read = conversion_of_density()
print("conversion that convert_ilcd makes of a gross density:", read)
concrete = declared(UNIT.M3, MODULE.A1A3, 300.0, [lcax.Conversion(value=2400, to=UNIT.KG)])
by_volume, by_mass = calculated(concrete, 2, UNIT.M3), calculated(concrete, 4800, UNIT.KG)
print("A1-A3, A4, B4 of 2 m3:", by_volume, "of 4,800 kg:", by_mass)
lorry = lcax.Transport(id="t", name="lorry", life_cycle_modules=[MODULE.A4], distance=100.0, distance_unit=UNIT.KM,
                       impact_data=declared(UNIT.TONES_KM, MODULE.A4, 0.1))
floor = calculated(declared(UNIT.KG, MODULE.A1A3, 2.0), 1000, UNIT.KG, life=20, transport=[lorry])
print("1,000 kg of a floor, carried 100 km, put in every 20 years of 50:", floor)
as_seen = read == (2400.0, "kg") and by_volume[0] == 600 and by_mass[0] == 300 * 4800 * 2400
sys.exit(0 if as_seen and floor == [2000, 0, 0] else 1)
PY
