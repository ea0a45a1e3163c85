#!/usr/bin/env bash
# bw_simapro_csv 0.5: of a waste scenario the collection is left, and what is done with the waste is gone.
#
# Expected: SimaPro writes a waste scenario with the waste that it takes ("Waste scenario"), what of it goes where
# ("Separated waste", in per cent) and where the rest goes ("Remaining waste"). The package reads each of these
# sections; converted for Brightway they are inputs, or there is a word that they are not supported.
# Happens: the process for Brightway has its transport alone. Neither the waste taken nor any treatment is in it, and
# bw2data, which finds no product, gives it one of its own: 1 kg is "treated" for the burden of driving it there.
# Matters: the end of life of a packaging is a waste scenario in most SimaPro projects. Burning 70 % of 1 kg of film at
# 3 kg CO2 per kg is 2.1 kg CO2 that the footprint no longer has. Look for these sections in what was read.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work/home" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$HOME" "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    bw_simapro_csv==0.5 bw2io==0.9.17 bw2data==4.8 multifunctional==1.1.2
cat > "$work/waste.csv" <<'CSV'
{SimaPro 9.5.0.0}
{processes}
{Date: 2026-01-02}
{Time: 10:00:00}
{Project: demo}
{CSV Format version: 9.0.0}
{CSV separator: Semicolon}
{Decimal separator: .}
{Date separator: -}
{Short date format: yyyy-MM-dd}

Process

Category type
waste scenario

Process identifier
DEMO1

Type
Unit process

Process name
Household waste

Materials/fuels
Collection;tkm;0.05;Undefined;0;0;0;

Waste scenario
Household waste;kg;1;All waste types;Others;

Separated waste
Burning of film scrap;Plastics;70;

Remaining waste
Landfill;;100;

End

CSV
"$work/venv/bin/python" -W ignore - "$work/waste.csv" 2>"$work/log" <<'PY'
import sys
from importlib.metadata import version
from pathlib import Path

from bw_simapro_csv import SimaProCSV
from bw_simapro_csv.blocks import Process

print("bw_simapro_csv", version("bw_simapro_csv"))
read = SimaProCSV(Path(sys.argv[1]))
(block,) = [one for one in read.blocks if isinstance(one, Process)]
print("sections that were read:", {name: len(part.parsed) for name, part in block.blocks.items()})
(process,) = read.to_brightway()["processes"]
exchanges = [(one["type"], one["name"], one["amount"]) for one in process["exchanges"]]
print(f"{process['name']!r} for Brightway:", exchanges)
wanted = {"Materials/fuels", "Waste scenario", "Separated waste", "Remaining waste"}
sys.exit(0 if set(block.blocks) == wanted and exchanges == [("technosphere", "Collection", 0.05)] else 1)
PY
if grep -i -E "scenario|separated|remaining" "$work/log"; then echo "there is a word of it now"; exit 1; fi
