#!/usr/bin/env bash
# SimaPro CSV, a waste treatment: bw2io 0.9.17 drops every exchange of it without a word.
#
# Expected: SimaPro writes the sections of a process in one order, and for a waste treatment the section
# that names what is treated ("Waste treatment") stands behind the emissions. A reader should give the
# emissions that stand before it.
# Happens: SimaProCSVImporter reads all that stands before "Products" or "Waste treatment" as pairs of
# name and description. The emissions become a piece of metadata; the process has its product alone.
# Matters: burning 1 kg of plastics counts 0 instead of 3 kg CO2, and every product that sends waste
# to it is too low; no strategy, statistic or unlinked list tells.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work/home" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$HOME" "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bw2io==0.9.17 bw2data==4.8
cat > "$work/waste.csv" <<'CSV'
{SimaPro 9.5.0.0}
{processes}
{Project: demo}
{CSV Format version: 9.0.0}
{CSV separator: Semicolon}
{Decimal separator: .}
{Date separator: -}
{Short date format: yyyy-MM-dd}

Process

Category type
waste treatment

Process identifier
DEMO1

Type
Unit process

Process name
Burning of film scrap

Emissions to air
Carbon dioxide, fossil;low. pop.;kg;3;Undefined;0;0;0;

Waste treatment
Burning of film scrap;kg;1;Plastics;Incineration;

End

CSV
"$work/venv/bin/python" -W ignore - "$work/waste.csv" <<'PY'
import sys
from importlib.metadata import version
from bw2io.extractors.simapro_csv import SimaProCSVExtractor
data = SimaProCSVExtractor.extract(sys.argv[1], delimiter=";")[0]
(process,) = data
kinds = [exchange["type"] for exchange in process["exchanges"]]
print("bw2io", version("bw2io"))
print("types of the exchanges that were read:", kinds)
print("metadata:", {k: v for k, v in process["simapro metadata"].items() if "mission" in k})
if "biosphere" in kinds:
    sys.exit("the emission is read now")
print("the file emits 3 kg CO2; bw2io read no emission")
PY
