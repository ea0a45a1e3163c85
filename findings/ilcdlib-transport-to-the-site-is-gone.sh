#!/usr/bin/env bash
# ilcdlib 5.5.5: of a declaration whose modules have scenarios, transport, use and replacement are not in the openEPD.
#
# Expected: the results of an ILCD+EPD data set are those of its modules, and where a declaration knows several cases
# each names its scenario (lorry or rail for A4); one of them is the default. Read as openEPD the default, or all of
# them, or a message that a module was left out.
# Happens: a result with a scenario is kept for C and D alone (`C_scenarios`, one entry per module). A4, A5 and B1 to B7
# with one are dropped without a word, the default as well: of A1-A3 5, A4 1, B4 5 and B6 30 kg the 5 of A1-A3 are
# left. The same modules without the name of a scenario are all read.
# Matters: floor coverings, lamps and pumps are mostly replacement and electricity in use. A module that is missing in
# openEPD means "not declared", so that a comparison cradle to grave takes it for what nobody stated, or for 0.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check ilcdlib==5.5.5 openepd==8.0.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
import sys
import zipfile
from importlib.metadata import version

from ilcdlib.epd.reader import IlcdEpdReader
from ilcdlib.medium.archive import ZipIlcdReader

PROCESS, UNITS = "11111111-1111-4111-8111-111111111111", "1ebf3012-d0db-4de2-aefd-ef30cedb0be1"
METHOD = "6a37f984-a4b3-458a-a20a-64418c145fa2"  # GWP-total of EN 15804+A2
COMMON = 'xmlns:common="http://lca.jrc.it/ILCD/Common"'
STATED = {"A4": 1.0, "B4": 5.0, "B6": 30.0, "C3": 2.0}


def process(scenario):
    named = f' epd:scenario="{scenario}"' if scenario else ""
    amounts = '<epd:amount epd:module="A1-A3">5.0</epd:amount>' + "".join(
        f'<epd:amount epd:module="{module}"{named}>{value}</epd:amount>' for module, value in STATED.items())
    return f"""<processDataSet xmlns="http://lca.jrc.it/ILCD/Process" {COMMON}
 xmlns:epd="http://www.iai.kit.edu/EPD/2013" version="1.1"><processInformation><dataSetInformation>
 <common:UUID>{PROCESS}</common:UUID><name><baseName xml:lang="en">Floor board</baseName></name><common:other>
 <epd:scenarios><epd:scenario epd:name="S1" epd:default="true"><epd:description xml:lang="en">Germany, by lorry
 </epd:description></epd:scenario></epd:scenarios></common:other></dataSetInformation></processInformation>
 <LCIAResults><LCIAResult><referenceToLCIAMethodDataSet type="LCIA method data set" refObjectId="{METHOD}"
 uri="../lciamethods/{METHOD}.xml"><common:shortDescription xml:lang="en">GWP-total</common:shortDescription>
 </referenceToLCIAMethodDataSet><meanAmount>0</meanAmount><common:other><epd:referenceToUnitGroupDataSet
 type="unit group data set" refObjectId="{UNITS}" uri="../unitgroups/{UNITS}.xml"><common:shortDescription
 xml:lang="en">kg CO2 eq.</common:shortDescription></epd:referenceToUnitGroupDataSet>{amounts}</common:other>
 </LCIAResult></LCIAResults></processDataSet>"""


GROUP = f"""<unitGroupDataSet xmlns="http://lca.jrc.it/ILCD/UnitGroup" {COMMON} version="1.1"><unitGroupInformation>
 <dataSetInformation><common:UUID>{UNITS}</common:UUID></dataSetInformation><quantitativeReference>
 <referenceToReferenceUnit>0</referenceToReferenceUnit></quantitativeReference></unitGroupInformation><units>
 <unit dataSetInternalID="0"><name>kg CO2 eq.</name><meanValue>1</meanValue></unit></units></unitGroupDataSet>"""


def read(scenario):
    with zipfile.ZipFile("board.zip", "w") as package:
        package.writestr(f"ILCD/processes/{PROCESS}.xml", process(scenario))
        package.writestr(f"ILCD/unitgroups/{UNITS}.xml", GROUP)
    with ZipIlcdReader("board.zip") as package:
        epd = IlcdEpdReader(None, None, package)
        gwp = epd.get_lcia_results(epd.get_scenario_names(["en", None])).gwp.model_dump(exclude_none=True)
    plain = {module: value["mean"] for module, value in gwp.items() if isinstance(value, dict) and "mean" in value}
    return plain, [module for case in gwp.get("C_scenarios") or [] for module in case if module != "name"]


print("ilcdlib", version("ilcdlib"), "- stated: A1A2A3 5.0 and", STATED)
without, _ = read(None)
plain, end = read("S1")
print("  read without a scenario:", without)
print("  with the default scenario S1:", plain, "and under C_scenarios", end)
sys.exit(0 if without == {"A1A2A3": 5.0, **STATED} and plain == {"A1A2A3": 5.0} and end == ["C3"] else 1)
PY
