#!/usr/bin/env bash
# Reading a copy of a SQLite register from a medium that cannot be written.
#
# Expected: `immutable=1` is how a database on a read-only medium is opened; it only promises that
#   nobody writes meanwhile, so it shows every commit or complains.
# Happens: in WAL mode the newest commits may be in the file `-wal` beside the database. With
#   `immutable=1` that file is not looked at: the older state is shown, without an error, and
#   `PRAGMA integrity_check` says ok. `mode=ro` shows the commits, but needs to make files beside it.
# Why it matters: an auditor who reads an archived register of certificates this way sees a revoked
#   certificate as valid.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check apsw==3.54.1.0

"$folder/venv/bin/python" - "$folder" <<'PY'
import shutil
import sys
from pathlib import Path

import apsw

folder = Path(sys.argv[1])
live, copy = folder / "live", folder / "copy"
live.mkdir()
copy.mkdir()
writer = apsw.Connection(str(live / "register.sqlite3"))
writer.execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0")
writer.execute("CREATE TABLE certificates (number TEXT, status TEXT)")
writer.execute("INSERT INTO certificates VALUES ('A-1', 'issued')")
writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
writer.execute("UPDATE certificates SET status = 'revoked'")  # committed, and not checkpointed
for file in live.iterdir():
    if not file.name.endswith("-shm"):
        shutil.copyfile(file, copy / file.name)


def seen(options):
    uri = f"file:{copy / 'register.sqlite3'}?{options}"
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    reader = apsw.Connection(uri, flags=flags)
    status = reader.execute("SELECT status FROM certificates").fetchone()[0]
    whole = reader.execute("PRAGMA integrity_check").fetchone()[0]
    reader.close()
    return status, whole


print("apsw", apsw.apsw_version(), "SQLite", apsw.sqlite_lib_version())
print("files:", sorted(file.name for file in copy.iterdir()))
first = seen("immutable=1")
print("immutable=1:", *first)
second = seen("mode=ro")
print("mode=ro:", *second)
sys.exit(0 if (first, second) == (("issued", "ok"), ("revoked", "ok")) else "the behaviour changed")
PY
