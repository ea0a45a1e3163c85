#!/usr/bin/env bash
# EcoSpold 1, output group 3: bw2io 0.9.17 reads waste that goes to treatment as a product of the process.
#
# Expected: output group 3 is "WasteToTreatment": the process gives 1 kg of sand away and bears the burden
# of its treatment, 2 + 0.1 kg CO2.
# Happens: the exchange gets the type `production`, beside the reference product. Written to a database, the
# process supplies treated sand: its demand is met by "making" treatment, 2 - 0.1 kg CO2. A credit.
# Matters: the worse the treatment, the cleaner the product. Brightway solves the square matrix without a
# complaint, since each of the two products has a process.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work/home" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$HOME" "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bw2io==0.9.17 bw2data==4.8 bw2calc==3.1.0
cat > "$work/run.py" <<'PY'
import contextlib, io, sys
from importlib.metadata import version
import bw2calc, bw2data
from bw2io.extractors import Ecospold1DataExtractor
from bw2io.importers.base_lci import LCIImporter
from bw2io.strategies import link_iterable_by_fields

def dataset(number, name, exchanges):
    return f"""<dataset number="{number}" timestamp="2024-05-02T10:00:00" generator="demo"><metaInformation>
<processInformation><referenceFunction datasetRelatesToProduct="true" name="{name}" localName="{name}"
infrastructureProcess="false" unit="kg" category="c" subCategory="c" localCategory="c" localSubCategory="c"
amount="1" includedProcesses="x" generalComment="x" infrastructureIncluded="true"/><geography location="DE"/>
<technology/><timePeriod dataValidForEntirePeriod="true"><startDate>2020-01-01</startDate>
<endDate>2021-12-31</endDate></timePeriod><dataSetInformation type="1" impactAssessmentResult="false"
timestamp="2024-05-02T10:00:00" version="1.0" internalVersion="1.0" energyValues="0" languageCode="en"
localLanguageCode="en"/></processInformation><modellingAndValidation><representativeness
samplingProcedure="x"/><source number="1" sourceType="0" firstAuthor="x" year="2022" title="x"
placeOfPublications="x"/></modellingAndValidation><administrativeInformation><dataEntryBy person="1"/>
<dataGeneratorAndPublication person="1" dataPublishedIn="0" copyright="false"/><person number="1" name="N"
address="A" telephone="1" companyCode="C" countryCode="DE"/></administrativeInformation></metaInformation>
<flowData>{exchanges}</flowData></dataset>"""

def exchange(number, name, amount, group, more='location="DE"'):
    return (f'<exchange number="{number}" name="{name}" unit="kg" meanValue="{amount}" {more}>'
            f"<outputGroup>{group}</outputGroup></exchange>")

air = 'category="air" subCategory="unspecified"'
text = dataset(1, "part", exchange(1, "part", 1, 0) + exchange(2, "sand", 1, 3)
               + exchange(3, "Carbon dioxide, fossil", 2, 4, air))
text += dataset(2, "sand", exchange(2, "sand", 1, 0) + exchange(3, "Carbon dioxide, fossil", 0.1, 4, air))
path = sys.argv[1] + "/waste.xml"
open(path, "w").write(f'<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold01">{text}</ecoSpold>')
print("bw2io", version("bw2io"), "bw2calc", version("bw2calc"))
with contextlib.redirect_stdout(io.StringIO()):
    bw2data.projects.set_current("waste")
    bw2data.Database("nature").write({("nature", "co2"): {"name": "Carbon dioxide, fossil", "type": "emission"}})
    method = bw2data.Method(("m",)); method.register(); method.write([(("nature", "co2"), 1.0)])
    importer = LCIImporter("db")
    importer.data = Ecospold1DataExtractor.extract(path, "db", use_mp=False)
    for process in importer.data:
        process["code"] = process["name"]
    fields = ["name", "unit", "location"]
    importer.data = link_iterable_by_fields(importer.data, importer.data, fields=fields,
                                            edge_kinds=["production", "technosphere"])
    importer.data = link_iterable_by_fields(importer.data, bw2data.Database("nature"), fields=["name"],
                                            edge_kinds=["biosphere"])
    importer.write_database()
    lca = bw2calc.LCA({bw2data.get_node(database="db", code="part"): 1}, ("m",))
    lca.lci(); lca.lcia()
kinds = {e["name"]: e["type"] for p in importer.data if p["name"] == "part" for e in p["exchanges"]}
print("types in the process that gives sand away:", kinds)
print("score of 1 kg of part:", round(float(lca.score), 6), "where 2 + 0.1 = 2.1 is what the file says")
sys.exit(0 if kinds["sand"] == "production" and lca.score < 2.0 else "output group 3 is read otherwise now")
PY
"$work/venv/bin/python" -W ignore "$work/run.py" "$work" 2>"$work/err" || { tail -5 "$work/err"; exit 1; }
