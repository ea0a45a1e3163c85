#!/usr/bin/env bash
# Expected: bw2io.backup_project_directory(NAME) archives the folder of any project that bw2data made.
# What happens: bw2data can name a project's folder with a short hash (8 digits) or, created with
# full_hash=True, a long one (32 digits), and remembers which. The backup always looks for the short one: of a
# project with the long one it raises FileNotFoundError, although the project is open and full of data.
# Why it matters: a backup of inventories that certified figures rest on is what auditors ask for; a job that
# loops over all projects stops at the first of these. Archive bw2data.projects.dir instead of the name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bw2data==4.8 bw2io==0.9.17
mkdir "$folder/brightway" "$folder/backups"
BRIGHTWAY2_DIR="$folder/brightway" "$folder/venv/bin/python" -W ignore - "$folder/backups" 2>/dev/null <<'PYTHON'
import contextlib
import io
import sys
from importlib.metadata import version
from pathlib import Path

import bw2data
import bw2io

seen = {}
for name, full in (("short name", False), ("long name", True)):
    bw2data.projects.create_project(name, full_hash=full)
    bw2data.projects.set_current(name)
    bw2data.Database("plant").write({("plant", "heat"): {"name": "heat", "exchanges": []}})
    digits = len(bw2data.projects.dir.name.rpartition(".")[2])
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            bw2io.backup_project_directory(name, timestamp=False, dir_backup=sys.argv[1])
        outcome = "archived"
    except FileNotFoundError:
        outcome = "FileNotFoundError"
    seen[name] = (digits, outcome)
for package in ("bw2data", "bw2io"):
    print(package, version(package))
for name, (digits, outcome) in seen.items():
    print(f"{name}: folder with {digits} digits, {outcome}")
print("archives:", sorted(path.name for path in Path(sys.argv[1]).iterdir()))
sys.exit(0 if seen == {"short name": (8, "archived"), "long name": (32, "FileNotFoundError")} else 1)
PYTHON
