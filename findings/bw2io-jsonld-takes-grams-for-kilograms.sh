#!/usr/bin/env bash
# bw2io 0.9.17: of an openLCA package 500 g of CO2 are imported as 500 times the flow, which is in kg.
#
# One would expect: an exchange of an openLCA package (JSON-LD) has an amount, a unit, and a flow whose
# unit group says how many reference units that unit is (g: 0.001 of kg). The importer converts it, or
# refuses it. 0.5 kg of CO2 directly and 1.2 kg of steel at 2 kg each are 2.9 kg.
# What happens: the amounts are taken as they are. `g` is only spelled out as `gram` on the exchange;
# nothing is converted to the unit of the supplier or of the flow, nothing is unlinked, and nothing is
# said. The score of this package is 2,900.
# Why it matters here: openLCA writes each exchange in the unit that its author chose, so that one unit
# that is not the reference unit is enough. Our importer reads unit groups of the package and converts.
# (olca-schema 2.4.0 writes the package; the score is bw2calc 3.1.0's.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  bw2io==0.9.17 bw2data==4.8 bw2calc==3.1.0 olca-schema==2.4.0
mkdir "$folder/projects"
export BRIGHTWAY2_DIR="$folder/projects"
cat > "$folder/probe.py" <<'PY'
import sys
import warnings
import zipfile
from importlib.metadata import version
from pathlib import Path

warnings.filterwarnings("ignore")
import bw2calc
import bw2data
import olca_schema as olca
from bw2io.importers.json_ld import JSONLDImporter
from olca_schema.zipio import ZipWriter

folder = Path(sys.argv[1])
kilogram, gram = olca.new_unit("kg"), olca.new_unit("g", 0.001)
group = olca.new_unit_group("Units of mass", kilogram)
group.units = [kilogram, gram]
mass = olca.new_flow_property("Mass", group)
place = olca.Location(id="place", name="China", code="CN")
bolt, steel = olca.new_product("Bolt", mass), olca.new_product("Steel", mass)
carbon = olca.new_elementary_flow("Carbon dioxide", mass)
carbon.category = "Elementary flows/Emission to air/unspecified"
for product in (bolt, steel):
    product.category, product.location = "metals/parts", place.to_ref()
forging, smelting = olca.new_process("Forging"), olca.new_process("Smelting")
for process, product in ((forging, bolt), (smelting, steel)):
    process.category, process.location = "metals/making", place.to_ref()
    olca.new_output(process, product, 1.0, kilogram).is_quantitative_reference = True
olca.new_output(forging, carbon, 500.0, gram)
olca.new_input(forging, steel, 1200.0, gram).default_provider = smelting.to_ref()
olca.new_output(smelting, carbon, 2.0, kilogram)
kinds = {one.id: one for one in (bolt, steel, carbon)}
for process in (forging, smelting):
    for exchange in process.exchanges:
        exchange.flow.flow_type = kinds[exchange.flow.id].flow_type
        exchange.flow.category = kinds[exchange.flow.id].category
with ZipWriter(str(folder / "package.zip")) as package:
    for entity in (group, mass, place, bolt, steel, carbon, forging, smelting):
        package.write(entity)
zipfile.ZipFile(folder / "package.zip").extractall(folder / "package")

bw2data.projects.set_current("probe")
importer = JSONLDImporter(str(folder / "package"), "package")
importer.apply_strategies(no_warning=True)
amounts = {
    (exchange["name"], exchange["amount"], exchange["unit"])
    for dataset in importer.data
    if dataset["name"] == "Forging" or "Bolt" in dataset["name"]
    for exchange in dataset.get("exchanges", ())
}
print("exchanges of the bolt:", sorted(amounts))
importer.write_separate_biosphere_database()
importer.write_database()
(flow,) = list(bw2data.Database("package biosphere"))
method = bw2data.Method(("probe",))
method.register()
method.write([(flow.key, 1.0)])
(product,) = [one for one in bw2data.Database("package")
              if one["name"].startswith("Bolt") and one["type"] == "product"]
lca = bw2calc.LCA({product: 1}, ("probe",))
lca.lci()
lca.lcia()
print(*(f"{name} {version(name)}" for name in ("bw2io", "bw2calc", "olca-schema")))
print(f"score: {lca.score:g} (0.5 + 1.2 x 2 = 2.9 kg)")
assert ("Carbon dioxide", 500.0, "gram") in amounts
assert abs(lca.score - 2900.0) < 1e-6
PY
"$folder/venv/bin/python" "$folder/probe.py" "$folder"
