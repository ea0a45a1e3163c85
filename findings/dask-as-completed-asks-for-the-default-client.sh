#!/usr/bin/env bash
# distributed 2026.8.0: `as_completed` cannot be used with futures of a client that is not the default.
#
# One would expect: a future knows its client (`future.client`), so `as_completed([future])` waits for
# it, as `future.result()` does, whichever client it is of.
# What happens: with `Client(..., set_as_default=False)`, which a library uses so that it does not take
# the program's own default away, `as_completed(futures)` raises ValueError "No clients found". The
# same futures give their results one by one, and `as_completed(futures, loop=client.loop)` works.
# Why it matters here: `footprint catalogue run --cluster` may be called within a program that has a
# cluster of its own, so its client is never the default; it hands its loop over.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check distributed==2026.8.0
cat > "$folder/probe.py" <<'PY'
from importlib.metadata import version

from distributed import Client, LocalCluster, as_completed


def square(number):
    return number * number


def main():
    print("distributed", version("distributed"))
    options = {"n_workers": 1, "threads_per_worker": 1, "processes": False}
    with LocalCluster(dashboard_address=None, **options) as cluster:
        with Client(cluster, set_as_default=False) as client:
            futures = client.map(square, range(3))
            assert all(one.client is client for one in futures)
            print("one by one:", [one.result() for one in futures])
            try:
                list(as_completed(futures))
            except ValueError as error:
                said = str(error).splitlines()[0]
            else:
                said = "nothing"
            print("as_completed:", said)
            given = sorted(one.result() for one in as_completed(futures, loop=client.loop))
            print("as_completed with the client's loop:", given)
            assert said == "No clients found"
            assert given == [0, 1, 4]


if __name__ == "__main__":
    main()
PY
"$folder/venv/bin/python" -W ignore "$folder/probe.py"
