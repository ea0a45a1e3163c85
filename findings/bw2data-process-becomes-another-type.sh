#!/usr/bin/env bash
# Expected: activities that were written with the type "process" are found again by that type, as in every
# notebook of ten years: [a for a in database if a["type"] == "process"].
# What happens: bw2data 4.8 stores a process that makes its own product (or states no product) as
# "processwithreferenceproduct"; only a process whose product is a node of its own stays "process". Written
# without a type, it becomes the same. The filter finds the one and loses the others, without a word.
# Why it matters: exporters, viewers and tests that pick activities by type silently leave out most of a
# database, and a footprint summed over them is too low. Whoever reads a project must take both types.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bw2data==4.8
mkdir "$folder/brightway"
BRIGHTWAY2_DIR="$folder/brightway" "$folder/venv/bin/python" -W ignore - 2>/dev/null <<'PYTHON'
import sys
from importlib.metadata import version

import bw2data

bw2data.projects.set_current("types")


def makes(code):
    return [{"input": ("plant", code), "amount": 1.0, "type": "production"}]


bw2data.Database("plant").write(
    {
        ("plant", "own product"): {"name": "a", "type": "process", "exchanges": makes("own product")},
        ("plant", "no product"): {"name": "b", "type": "process", "exchanges": []},
        ("plant", "no type"): {"name": "c", "exchanges": makes("no type")},
        ("plant", "paint line"): {"name": "d", "type": "process", "exchanges": makes("paint")},
        ("plant", "paint"): {"name": "e", "type": "product"},
    }
)
found = {node["code"]: node["type"] for node in bw2data.Database("plant")}
print("bw2data", version("bw2data"))
for code in sorted(found):
    print(f"{code:12} {found[code]}")
print("found by type == 'process':", [code for code in sorted(found) if found[code] == "process"])
expected = dict.fromkeys(("own product", "no product", "no type"), "processwithreferenceproduct")
sys.exit(0 if found == expected | {"paint line": "process", "paint": "product"} else 1)
PYTHON
