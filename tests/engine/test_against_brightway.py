"""Every published number equals a plain Brightway calculation of the same product."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import bw2calc
import numpy as np
import plain_brightway as plain
import pytest
from evidence import some

from footprint.bom.read import read_bom
from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import CATEGORIES, GWP_SETS, SPLIT
from footprint.inventory.packages import dataset_ids

EXAMPLES = Path(__file__).parents[2] / "examples"
# Some parts of the split, such as land management, have no flow in use: their score is zero.
pytestmark = pytest.mark.filterwarnings("ignore:All values in characterization matrix are zero")
BOMS = ("biscuits.csv", "t-shirt.xlsx", "power-bank.csv")


@pytest.mark.parametrize("name", BOMS)
@pytest.mark.parametrize("gwp_set", GWP_SETS)
def test_each_part_of_an_example_equals_a_plain_lca(
    name: str, gwp_set: str, inventory: CompiledInventory
) -> None:
    bom = read_bom(EXAMPLES / name)
    split = calculate(bom, inventory, gwp_set).split.as_dict()
    amounts = plain.amounts_of(bom, inventory)
    for category in SPLIT:
        expected = plain.score(inventory, amounts, f"{gwp_set}-{category}")
        assert split[category] == pytest.approx(expected, rel=1e-9, abs=1e-15), category


def test_every_intensity_equals_a_plain_lca(inventory: CompiledInventory) -> None:
    """All datasets, all categories: bw2calc solves each demand forward, we solved backward once."""
    numbers = dataset_ids(inventory.datasets)
    lca = bw2calc.LCA({1: 1.0}, data_objs=[plain.package(inventory.folder, "background.zip")])
    lca.lci(factorize=True)
    characterisations = []
    for category in CATEGORIES:
        lca.load_lcia_data(
            [plain.package(inventory.folder, f"characterisation-AR6-{category}.zip")]
        )
        characterisations.append(lca.characterization_matrix.diagonal())
    factors = np.array(characterisations)
    table = inventory.table("AR6")
    for entry in some(inventory.datasets.values()):
        lca.lci({numbers[entry.id]: 1.0})
        expected = factors @ np.asarray(lca.inventory.sum(axis=1)).ravel()
        assert table[:, entry.column] == pytest.approx(expected, rel=1e-9, abs=1e-15), entry.id


def test_an_example_equals_an_lca_in_a_bw2data_project(
    inventory: CompiledInventory, tmp_path: Path
) -> None:
    """Through a project only about 1e-6 can be reached: bw2data stores amounts as float32."""
    bom = read_bom(EXAMPLES / "t-shirt.xlsx")
    names = {number: name for name, number in dataset_ids(inventory.datasets).items()}
    amounts = {names[n]: amount for n, amount in plain.amounts_of(bom, inventory).items()}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", plain.__file__, json.dumps(amounts)],
        env={**os.environ, "BRIGHTWAY2_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    expected = json.loads(done.stdout.splitlines()[-1])
    assert calculate(bom, inventory).split.fossil == pytest.approx(expected, rel=1e-6)


def test_the_parts_of_the_split_do_not_overlap(inventory: CompiledInventory) -> None:
    """Each flow belongs to one part: the parts of every dataset add up to its whole."""
    document = inventory.document()
    flows, gwp = document["flows"], document["gwp"]["AR6"]
    for name in ("electricity-coal-us", "palm-oil-refined-fr", "freight-air-longhaul-glo"):
        own = {
            part: sum(
                exchange["amount"] * gwp[exchange["input"]]
                for exchange in document["datasets"][name]["exchanges"]
                if exchange["kind"] == "biosphere" and flows[exchange["input"]]["category"] == part
            )
            for part in SPLIT
        }
        whole = sum(
            exchange["amount"] * gwp[exchange["input"]]
            for exchange in document["datasets"][name]["exchanges"]
            if exchange["kind"] == "biosphere"
        )
        assert sum(own.values()) == pytest.approx(whole, rel=1e-12)
    assert np.isfinite(inventory.table("AR6")).all()
