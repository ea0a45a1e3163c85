#!/usr/bin/env bash
# olca-schema 2.4.0: a package that is written again still holds what was written before.
#
# Expected: ZipWriter(path) makes the package of what is written through it, as open(path, "w") does. A second
# export to the same path replaces the first; a process that is written twice is in it once.
# Happens: the file is opened for appending. A process that was taken out of the model stays in the package, and
# one that was corrected is in it twice under one name; read_each gives it twice. The zip module warns of
# "Duplicate name" on standard error, of what stays nothing is said.
# Matters: an export that runs every night passes on processes that were withdrawn, and a sum over
# the processes of the package counts each once for every export. The file has to be removed first.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check olca-schema==2.4.0
"$work/venv/bin/python" -W ignore - "$work/export.zip" <<'PY'
import sys
import zipfile
from importlib.metadata import version

import olca_schema
from olca_schema.zipio import ZipReader, ZipWriter

print("olca-schema", version("olca-schema"))
path = sys.argv[1]


def export(**amounts):
    """Writes one process for each name; its one exchange has the amount."""
    with ZipWriter(path) as writer:
        for name, amount in amounts.items():
            output = olca_schema.Exchange(amount=amount, is_input=False, internal_id=1)
            writer.write(olca_schema.Process(id=name, name=name, exchanges=[output]))


def listed():
    with ZipReader(path) as reader:
        return [(process.name, process.exchanges[0].amount) for process in reader.read_each(olca_schema.Process)]


export(steel=2.0, withdrawn=7.0)
first = sorted(listed())
export(steel=1.8)
second = sorted(listed())
names = sorted(name for name in zipfile.ZipFile(path).namelist() if "process" in name)
print("  first export, steel 2.0 and another of 7.0:", first)
print("  second export, steel 1.8:", second)
print("  entries:", names)
sys.exit(0 if second == [("steel", 1.8), ("steel", 1.8), ("withdrawn", 7.0)] and len(names) == 3 else 1)
PY
