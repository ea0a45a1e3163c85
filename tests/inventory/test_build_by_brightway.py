"""The build calculates with bw2calc, says so in the inventory, and refuses what bw2calc denies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from footprint.faults import InputRefused
from footprint.inventory import lca
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import GWP_SETS
from footprint.inventory.packages import dataset_ids


def test_the_inventory_records_its_second_calculation(inventory: CompiledInventory) -> None:
    manifest = json.loads((inventory.folder / "manifest.json").read_bytes())
    recorded = manifest["brightway"]
    assert set(recorded["datasets"]) <= set(inventory.datasets)
    assert len(recorded["datasets"]) == lca.SAMPLED
    assert recorded["tolerance"] == 1e-9
    assert 0.0 < recorded["largest_relative_difference"] < 1e-12
    assert recorded["versions"]["bw2calc"].startswith("3.")


@pytest.mark.parametrize("share", [1.0 + 2e-9, 1.0 - 2e-9, -1.0, float("nan")])
def test_a_table_that_bw2calc_denies_is_refused(inventory: CompiledInventory, share: float) -> None:
    datasets = dataset_ids(inventory.datasets)
    system = lca.open_system(inventory.folder, datasets)
    matrices = {name: lca.characterisations(system, inventory.folder, name) for name in GWP_SETS}
    tables = {name: np.array(inventory.table(name)) for name in GWP_SETS}
    name = lca.sample_of(sorted(datasets))[7]
    tables["AR5"][0, datasets[name] - 1] *= share
    with pytest.raises(InputRefused) as refused:
        lca.check_sample(system, datasets, matrices, tables)
    assert [problem.code for problem in refused.value.problems] == ["INV-015"]
    assert name in str(refused.value)


@pytest.mark.parametrize("count", [1, 2, 25, 26, 1000])
def test_a_sample_is_even_and_has_both_ends(count: int) -> None:
    names = [f"d{at:04}" for at in range(count)]
    sample = lca.sample_of(names)
    assert sample[0] == names[0]
    assert sample[-1] == names[-1]
    assert sample == sorted(set(sample))
    assert len(sample) == min(count, lca.SAMPLED)


SERVICE = """
import sys
import api.app, api.wiring, api.serve
from pathlib import Path
from footprint.bom.read import read_bom
from footprint.engine.calculate import calculate
from footprint.inventory.build import ensure_compiled
calculate(read_bom(Path(sys.argv[2])), ensure_compiled(Path(sys.argv[1])))
print(sorted({name.split(".")[0] for name in sys.modules} & {"bw2data", "bw2io", "bw2calc"}))
"""


def test_nothing_of_bw2data_is_among_the_modules_of_the_service(
    inventory: CompiledInventory, cache: Path
) -> None:
    """Its current project is global to a process, and importing it writes into the home."""
    bom = Path(__file__).parents[2] / "examples" / "biscuits.csv"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SERVICE, str(cache), str(bom)],
        env={name: value for name, value in os.environ.items() if name != "BRIGHTWAY2_DIR"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_build_writes_nothing_into_the_home_directory(tmp_path: Path) -> None:
    """bw2data makes a folder and a database where it is imported; ours is beside the build."""
    home = tmp_path / "home"
    home.mkdir()
    code = "from footprint.inventory.build import rebuild; from pathlib import Path; import sys;"
    code += "rebuild(Path(sys.argv[1]))"
    left_out = {"BRIGHTWAY2_DIR", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, str(tmp_path / "cache")],
        env={k: v for k, v in os.environ.items() if k not in left_out} | {"HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert list(home.iterdir()) == []
