"""`python -m bench.inventory`: compile and solve a background of ecoinvent's size, and the same the
plain Brightway way: write and process a bw2data database, then one LCA.

Each way runs in a process of its own, which says how long it took and how much memory it held.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.background import background

PROCESSES = int(os.environ.get("FOOTPRINT_BENCH_PROCESSES", "20000"))
EXCHANGES = 25 * PROCESSES
#: The bars of this project for 20,000 processes.
SECONDS, GIBIBYTES = 60.0, 2.0


def ours(folder: Path) -> dict[str, Any]:
    """Compile: datapackages, document, intensities of every dataset in three GWP sets."""
    from footprint.inventory.compile import compile_inventory
    from footprint.inventory.compiled import load_compiled

    inventory = background(PROCESSES, EXCHANGES)
    started = time.perf_counter()
    target = folder / "compiled"
    target.mkdir()
    compile_inventory(inventory, target)
    compiled = time.perf_counter()
    score = load_compiled(target).intensity(_product())
    return {
        "compile": compiled - started,
        "first result": time.perf_counter() - compiled,
        "score": score["fossil"],
        "bytes": sum(file.stat().st_size for file in target.iterdir()),
    }


def plain(folder: Path) -> dict[str, Any]:
    """Write the databases with bw2data, process them, and calculate one product."""
    import bw2calc
    import bw2data

    from bench import plain_project

    inventory = background(PROCESSES, EXCHANGES)
    started = time.perf_counter()
    plain_project.write_databases(inventory)
    method = bw2data.Method(("GWP", "fossil"))
    method.register(unit="kg CO2e")
    gwp = inventory.gwp["AR6"]
    method.write(
        [
            ((plain_project.BIOSPHERE, flow.id), gwp[flow.id])
            for flow in inventory.flows.values()
            if flow.category == "fossil" and flow.id in gwp
        ]
    )
    compiled = time.perf_counter()
    demand, objects, _ = bw2data.prepare_lca_inputs(
        {bw2data.get_node(database=plain_project.BACKGROUND, code=_product()): 1.0},
        method=method.name,
    )
    lca = bw2calc.LCA(demand, data_objs=objects)
    lca.lci()
    lca.lcia()
    return {
        "compile": compiled - started,
        "first result": time.perf_counter() - compiled,
        "score": float(lca.score),
        "bytes": sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
    }


def _product() -> str:
    return f"process-{PROCESSES - 1:05d}"


def measure(way: str) -> dict[str, Any]:
    """Run one way in a process of its own; seconds, GiB at the peak, and its score."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "bench.inventory", way, folder],
            env={**os.environ, "BRIGHTWAY2_DIR": folder},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return result


def main() -> None:
    """Print both ways side by side, their ratio, and whether the bars are met."""
    results = {way: measure(way) for way in ("ours", "plain")}
    one, other = results["ours"], results["plain"]
    print(f"Background: {PROCESSES:,} processes, about {EXCHANGES:,} exchanges, with loops")
    print(f"{'':24}{'ours':>10}{'plain':>10}{'ratio':>8}")
    for key, unit in (("compile", "s"), ("first result", "s"), ("memory", "GiB")):
        ratio = other[key] / one[key] if one[key] else float("inf")
        print(f"{key + ', ' + unit:24}{one[key]:10.3f}{other[key]:10.3f}{ratio:8.1f}")
    size = (one["bytes"] / 2**20, other["bytes"] / 2**20)
    print(f"{'on disk, MiB':24}{size[0]:10.0f}{size[1]:10.0f}{size[1] / size[0]:8.1f}")
    apart = abs(one["score"] / other["score"] - 1.0)
    print(f"Both give {one['score']:.6g} kg CO2e; apart by {apart:.1e} (bw2data keeps float32).")
    print("One LCA is one number of one product; compiling gives all of them, in three GWP sets.")
    met = one["compile"] < SECONDS and one["memory"] < GIBIBYTES
    print(f"Bar: compile < {SECONDS:g} s and < {GIBIBYTES:g} GiB: {'met' if met else 'MISSED'}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        answer = {"ours": ours, "plain": plain}[sys.argv[1]](Path(sys.argv[2]))
        answer["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(json.dumps(answer))
    else:
        main()
