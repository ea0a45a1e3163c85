#!/usr/bin/env bash
# searoute 1.6.0: with Suez closed the way from Shanghai to Rotterdam is 4,100 km shorter.
#
# Expected: `restrictions` is "an list of restrictions of paths to avoid" (docstring of searoute). One passage more
# to avoid makes a way longer or leaves it as it is: without Suez some 25,000 km instead of 19,500.
# Happens: the list replaces the default ["northwest"], so that whoever closes Suez opens the ice of the Northwest
# Passage: 15,400 km. No message. Only both names in one list give 25,000 km.
# Matters: since 2024 most container lines do without Suez. A transport calculation that follows them with the
# obvious argument has 38 % fewer tonne-kilometres than with both closed, and fewer than through Suez.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check searoute==1.6.0
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

from searoute import searoute

print("searoute", version("searoute"))
shanghai, rotterdam = [122.0, 31.0], [4.0, 52.0]
seen = {}
for name, options in (("nothing said", {}), ("Suez closed", {"restrictions": ["suez"]}),
                      ("Suez and Northwest Passage closed", {"restrictions": ["suez", "northwest"]})):
    way = searoute(shanghai, rotterdam, return_passages=True, **options)["properties"]
    seen[name] = way["length"]
    print(f"  {name}: {way['length']:.0f} km, through {way.get('traversed_passages')}")
usual, closed, both = seen.values()
sys.exit(0 if closed < 0.85 * usual < usual < 0.85 * both else 1)
PY
