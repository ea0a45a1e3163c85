#!/usr/bin/env bash
# EcoSpold 1, a triangular distribution: bw2io 0.9.17 replaces the amount of the exchange by the mode.
#
# Expected: the schema says of meanValue that it is the mean amount, and of a triangle that "the meanValue
# shall be calculated from the mostLikelyValue": (minimum + mode + maximum) / 3. The amount is the mean.
# Happens: where mostLikelyValue is stated, the importer overwrites the amount with it; where it is not,
# it takes the mean for the mode of the triangle.
# Matters: a static result changes because somebody stated an uncertainty. For 0.8 / 1.0 / 2.1 the
# emission falls from 1.3 to 1.0 kg, by 23 %, and no message tells. A skewed triangle is the very
# case for which authors choose this distribution.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work/home" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$HOME" "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bw2io==0.9.17 bw2data==4.8
cat > "$work/make.py" <<'PY'
import sys
says, path = sys.argv[1], sys.argv[2]
head = """<?xml version="1.0" encoding="UTF-8"?>
<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold01"><dataset number="1" timestamp="2024-05-02T10:00:00"
generator="demo"><metaInformation><processInformation><referenceFunction datasetRelatesToProduct="true"
name="plate" localName="plate" infrastructureProcess="false" unit="kg" category="c" subCategory="c"
localCategory="c" localSubCategory="c" amount="1" includedProcesses="x" generalComment="x"
infrastructureIncluded="true"/><geography location="DE"/><technology/>
<timePeriod dataValidForEntirePeriod="true"><startDate>2020-01-01</startDate><endDate>2021-12-31</endDate>
</timePeriod><dataSetInformation type="1" impactAssessmentResult="false" timestamp="2024-05-02T10:00:00"
version="1.0" internalVersion="1.0" energyValues="0" languageCode="en" localLanguageCode="en"/>
</processInformation><modellingAndValidation><representativeness samplingProcedure="x"/>
<source number="1" sourceType="0" firstAuthor="x" year="2022" title="x" placeOfPublications="x"/>
</modellingAndValidation><administrativeInformation><dataEntryBy person="1"/>
<dataGeneratorAndPublication person="1" dataPublishedIn="0" copyright="false"/>
<person number="1" name="N" address="A" telephone="1" companyCode="C" countryCode="DE"/>
</administrativeInformation></metaInformation><flowData>
<exchange number="1" name="plate" unit="kg" meanValue="1" location="DE"><outputGroup>0</outputGroup></exchange>
<exchange number="2" name="Carbon dioxide, fossil" unit="kg" meanValue="1.3" category="air"
subCategory="unspecified" """
open(path, "w").write(head + says + "><outputGroup>4</outputGroup></exchange></flowData></dataset></ecoSpold>")
PY
bounds='uncertaintyType="3" minValue="0.8" maxValue="2.1"'
"$work/venv/bin/python" "$work/make.py" '' "$work/plain.xml"
"$work/venv/bin/python" "$work/make.py" "$bounds mostLikelyValue=\"1.0\"" "$work/mode.xml"
"$work/venv/bin/python" "$work/make.py" "$bounds" "$work/mean.xml"
"$work/venv/bin/python" -W ignore - "$work" <<'PY' 2>/dev/null
import sys
from importlib.metadata import version
from bw2io.extractors import Ecospold1DataExtractor
print("bw2io", version("bw2io"))
amounts = {}
for name in ("plain", "mode", "mean"):
    data = Ecospold1DataExtractor.extract(f"{sys.argv[1]}/{name}.xml", "db", use_mp=False)
    gas = next(e for e in data[0]["exchanges"] if e["type"] == "biosphere")
    amounts[name] = gas["amount"]
    print(f"{name}: meanValue 1.3 read as amount {gas['amount']}, loc {gas.get('loc')}")
if amounts["mode"] == 1.3:
    sys.exit("the amount stays the mean now")
print("stating the mode of a triangle changed the amount from 1.3 to", amounts["mode"])
PY
