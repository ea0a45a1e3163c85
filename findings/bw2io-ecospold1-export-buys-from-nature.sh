#!/usr/bin/env bash
# bw2io 0.9.17, EcoSpold 1 export: what a process takes from nature is written as bought from another process.
#
# Expected: EcoSpold 1 has an input group of its own for what comes from nature (4); 5 is "from technosphere".
# CO2 that wood takes from the air is written with group 4, and the reader of the same package gives it back.
# Happens: natural resources are written with group 5. Read again, the uptake is an input of a process named
# "Carbon dioxide, in air", which nobody makes. A minimum of 0 is left out, and amounts below 100 are cut after
# six decimals: 0.0123456789 is written as 0.012346. (The package's own reader, which checks the schema, also
# refuses the file for an attribute `number` of dataEntryBy that is called `person`; the script mends that.)
# Matters: what stays unlinked is commonly dropped (`drop_unlinked`), and 1 kg of wood loses its uptake of 1.8 kg:
# -1.75 kg CO2 become 0.05. Ores and water from nature go the same way.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work/home" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$HOME" "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bw2io==0.9.17 bw2data==4.8
"$work/venv/bin/python" -W ignore - "$work/wood.xml" > "$work/seen" 2>/dev/null <<'PY' || status=$?
import re
import sys
from importlib.metadata import version
from pathlib import Path

from bw2io.export.ecospold1 import Ecospold1Exporter
from bw2io.extractors.ecospold1 import Ecospold1DataExtractor

source = {"identifier": 1, "authors": ["A. N. Author", ""], "year": 2025, "title": "Wood",
          "place_of_publication": "here"}
person = {"identifier": 1, "name": "A. N. Author", "address": "here", "country": "CH", "company": "X"}
wood = {"name": "wood", "unit": "kg", "location": "CN", "references": [source],
        "authors": {"data_entry": {"identifier": 1}, "people": [person]}}
kg = {"unit": "kg"}
wood["exchanges"] = [
    kg | {"name": "wood", "amount": 1.0, "type": "production", "categories": ("material",), "location": "CN"},
    kg | {"name": "Carbon dioxide, in air", "amount": 1.8, "type": "biosphere",
          "categories": ("natural resource", "in air")},
    kg | {"name": "Carbon dioxide, fossil", "amount": 0.05, "type": "biosphere", "categories": ("air", "")},
    kg | {"name": "diesel", "amount": 0.0123456789, "type": "technosphere", "categories": ("fuel", ""),
          "location": "CN", "uncertainty type": 4, "minimum": 0.0, "maximum": 0.02}]
exporter = Ecospold1Exporter()
exporter.add_dataset(wood)
file = Path(sys.argv[1])
exporter.write_to_file(file)
text = file.read_text(encoding="utf-8")
groups = re.findall(r"<(\w+Group)>(\d)<", text)
# The reader refuses the whole file for one attribute that the schema names otherwise.
file.write_text(text.replace("<dataEntryBy number=", "<dataEntryBy person="), encoding="utf-8")
print("SEEN bw2io", version("bw2io"))
print("SEEN groups of wood, CO2 in air, CO2 fossil, diesel:", groups)
(again,) = Ecospold1DataExtractor.extract(str(file), "again", use_mp=False)
kinds = {exchange["name"]: exchange["type"] for exchange in again["exchanges"]}
diesel = next(exchange for exchange in again["exchanges"] if exchange["name"] == "diesel")
print("SEEN read again:", kinds)
bounds = {key: diesel[key] for key in ("amount", "minimum", "maximum") if key in diesel}
print("SEEN 0.0123456789 kg of diesel, 0 to 0.02:", bounds)
as_seen = groups[1] == ("inputGroup", "5") and kinds["Carbon dioxide, in air"] == "technosphere"
sys.exit(0 if as_seen and diesel["amount"] == 0.012346 else 1)
PY
sed -n 's/^SEEN //p' "$work/seen"
exit "${status:-0}"
