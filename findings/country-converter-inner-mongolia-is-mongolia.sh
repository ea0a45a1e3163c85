#!/usr/bin/env bash
# country_converter 1.3.2: Inner Mongolia is Mongolia, and "Europe without Switzerland" passes as "Europe ".
#
# Expected: of a place of making that is no country, "Inner Mongolia", either China or "not found". With
# not_found=None, which keeps what is not found (README), names of regions stay as they are.
# Happens: names are searched for by patterns. Those of the United States are excepted by hand ("New Mexico", "New
# Jersey", "Indiana" are not found), "Inner Mongolia" is MN, "Atlanta, Georgia" GE and "Lebanon, Ohio" LB. And what
# follows "without" is cut off before the search: what is kept of "World without China" is "World ".
# Matters: Inner Mongolia makes aluminium, silicon and rare earths; its parts get the electricity of another
# country. And regions of inventory databases are named by what they leave out: "Europe without Switzerland" and
# "Europe" are two markets, and a column that was only to be tidied has another region than before.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check country_converter==1.3.2 pandas==2.3.3
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import country_converter

print("country_converter", version("country_converter"))
kept = {"New Mexico": "New Mexico", "Rest-of-World": "Rest-of-World"}
other = {"Inner Mongolia": "MN", "Inner Mongolia Autonomous Region": "MN", "Atlanta, Georgia": "GE",
         "Lebanon, Ohio": "LB", "World without China": "World ", "Europe without Switzerland": "Europe "}
seen = {name: country_converter.convert(name, to="ISO2", not_found=None) for name in kept | other}
for name, found in seen.items():
    print(f"  {name!r} -> {found!r}")
sys.exit(0 if seen == kept | other else 1)
PY
