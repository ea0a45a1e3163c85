"""A result by emitting dataset, and as a Sankey diagram: loops exact, everything adds up."""

from __future__ import annotations

import json
import math
from pathlib import Path

import analysis_samples
import numpy as np
import pytest
from analysis_samples import FRAME, bom_of
from evidence import some

from footprint.analysis.sankey import OTHER_DATASETS, PRODUCT, sankey
from footprint.analysis.supply import demand_of, read_background
from footprint.analysis.upstream import by_upstream, solve
from footprint.bom.read import read_bom, read_bom_bytes
from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import GWP_SETS

EXAMPLES = Path(__file__).parents[2] / "examples"
BOMS = ("biscuits.csv", "t-shirt.xlsx", "power-bank.csv")


def test_a_loop_is_solved_exactly(chained: CompiledInventory) -> None:
    """1 kg of steel takes 1 / (1 - 0.6 x 0.01) kg in all, and 0.6 times that in kWh."""
    bom = bom_of("s,,Steel,1,kg,steel,,,,,")
    found = by_upstream(calculate(bom, chained), chained, 0.0)
    steel, power = (
        next(e for e in found.emitters if e.dataset == d) for d in ("steel", "power-cn")
    )
    made = 1 / (1 - 0.6 * 0.01)
    assert steel.amount == pytest.approx(made, rel=1e-12)
    assert power.amount == pytest.approx(0.6 * made, rel=1e-12)
    assert steel.direct_kg_co2e == pytest.approx(made * (1.8 + 0.002 * 29.8), rel=1e-12)
    assert power.direct_kg_co2e == pytest.approx(0.6 * made * (0.5 + 0.001 * 29.8), rel=1e-12)


def test_what_passes_through_a_loop_is_counted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1 kWh takes 0.5 l of fuel, 1 l of fuel takes 1 kWh, each emits 4 kg: 12 in all, of which 8
    pass through the fuel. Supply times intensity would say 24 and 16."""
    power = ("kWh", "CN", "market", {"fuel": 0.5}, {"co2": 4.0})
    fuel = ("l", "CN", "transformation", {"power": 1.0}, {"co2": 4.0})
    monkeypatch.setattr(analysis_samples, "DATASETS", {"fuel": fuel, "power": power})
    inventory = analysis_samples.chained_inventory(tmp_path)
    bom = bom_of("p,,Power,1,kWh,power,production,,,,")
    result = calculate(bom, inventory)
    assert result.total == pytest.approx(12.0)
    through = {e.dataset: e.through_kg_co2e for e in by_upstream(result, inventory, 0.0).emitters}
    assert through == pytest.approx({"power": 12.0, "fuel": 8.0})
    picture = sankey(result, bom, inventory, 0.0)
    assert max(node.kg_co2e for node in picture.nodes) == pytest.approx(12.0)
    assert {(link.source, link.target): link.kg_co2e for link in picture.links} == pytest.approx(
        {
            ("dataset:fuel", "dataset:power"): 4.0,
            ("dataset:power", "row:3:p"): 12.0,
            ("row:3:p", "product"): 12.0,
        }
    )


def test_what_passes_through_a_dataset_is_what_is_gone_without_it(
    chained: CompiledInventory,
) -> None:
    """The same number another way: solve again with a dataset that neither emits nor takes."""
    result = calculate(bom_of("s,,Steel,1,kg,steel,,,,,", "b,,Board,2,kg,board,,,,,"), chained)
    solved = solve(result, chained)
    names = solved.background.names
    demand = np.zeros(len(names))
    for name, amount in demand_of(result, chained).items():
        demand[names.index(name)] += amount
    matrix = solved.background.technosphere.toarray()
    for emitter in some(by_upstream(result, chained, 0.0).emitters):
        at = names.index(emitter.dataset)
        without, own = matrix.copy(), solved.own.copy()
        without[:, at], own[at] = np.eye(len(names))[at], 0.0
        rest = own @ np.linalg.solve(without, demand)
        assert emitter.through_kg_co2e == pytest.approx(result.total - rest, rel=1e-9)
        assert emitter.through_kg_co2e <= result.total * (1 + 1e-12)


@pytest.mark.parametrize("name", BOMS)
def test_nothing_that_passes_exceeds_the_whole(name: str, inventory: CompiledInventory) -> None:
    bom = read_bom(EXAMPLES / name)
    result = calculate(bom, inventory)
    for emitter in some(by_upstream(result, inventory, 0.0).emitters):
        assert abs(emitter.through_kg_co2e) <= result.total * (1 + 1e-9), emitter.dataset
    for node in some(sankey(result, bom, inventory, 0.0).nodes):
        assert abs(node.kg_co2e) <= result.total * (1 + 1e-9), node.id


@pytest.mark.parametrize("cut_off", [0.0, 0.01, 0.5, 0.99])
def test_emitters_lines_and_remainder_add_up_to_the_total(
    cut_off: float, chained: CompiledInventory
) -> None:
    footprint = calculate(bom_of(*FRAME), chained)
    found = by_upstream(footprint, chained, cut_off)
    parts = [emitter.direct_kg_co2e for emitter in found.emitters]
    parts += [found.lines_kg_co2e, found.remainder_kg_co2e]
    assert math.isclose(math.fsum(parts), footprint.total, rel_tol=1e-12)
    assert found.lines_kg_co2e == pytest.approx(0.01 * 29.8)
    assert (found.remainder_count == 0) == (cut_off == 0.0)
    shown = [abs(emitter.direct_kg_co2e) for emitter in found.emitters]
    assert shown == sorted(shown, reverse=True)
    assert all(value >= cut_off * footprint.total for value in shown)


@pytest.mark.parametrize("name", BOMS)
@pytest.mark.parametrize("gwp_set", GWP_SETS)
def test_the_examples_add_up_under_every_gwp_set(
    name: str, gwp_set: str, inventory: CompiledInventory
) -> None:
    footprint = calculate(read_bom(EXAMPLES / name), inventory, gwp_set)
    found = by_upstream(footprint, inventory, 0.01)
    parts = [emitter.direct_kg_co2e for emitter in found.emitters]
    parts += [found.lines_kg_co2e, found.remainder_kg_co2e]
    assert math.isclose(math.fsum(parts), footprint.total, rel_tol=1e-9)


def test_supply_meets_demand_in_the_whole_inventory(inventory: CompiledInventory) -> None:
    """A x = s for the published matrices, and the intensities give the same total: h s = own x."""
    footprint = calculate(read_bom(EXAMPLES / "power-bank.csv"), inventory)
    background = read_background(inventory)
    solved = solve(footprint, inventory, background)
    made = background.technosphere @ solved.supply
    demand = demand_of(footprint, inventory)
    for name, amount in zip(background.names, made.tolist(), strict=True):
        assert amount == pytest.approx(demand.get(name, 0.0), rel=1e-9, abs=1e-12)
    total = float(solved.own @ solved.supply)
    assert math.isclose(total, footprint.total, rel_tol=1e-9)


@pytest.mark.parametrize("cut_off", [0.0, 0.01, 0.3])
def test_what_flows_into_a_node_flows_out_of_it(cut_off: float, chained: CompiledInventory) -> None:
    bom = bom_of(*FRAME)
    footprint = calculate(bom, chained)
    diagram = sankey(footprint, bom, chained, cut_off)
    for node in diagram.nodes:
        into = math.fsum(link.kg_co2e for link in diagram.links if link.target == node.id)
        out = math.fsum(link.kg_co2e for link in diagram.links if link.source == node.id)
        leaving = footprint.total if node.id == PRODUCT else out
        assert math.isclose(into + node.direct_kg_co2e, leaving, rel_tol=1e-12, abs_tol=1e-12)
        assert math.isclose(node.kg_co2e, leaving, rel_tol=1e-12)
    direct = math.fsum(node.direct_kg_co2e for node in diagram.nodes)
    assert math.isclose(direct, footprint.total, rel_tol=1e-12)
    ids = {node.id for node in diagram.nodes}
    assert {link.source for link in diagram.links} | {link.target for link in diagram.links} <= ids
    assert len(ids) == len(diagram.nodes)


def test_small_nodes_are_merged_and_the_examples_balance(inventory: CompiledInventory) -> None:
    bom = read_bom(EXAMPLES / "power-bank.csv")
    footprint = calculate(bom, inventory)
    full, merged = (sankey(footprint, bom, inventory, cut) for cut in (0.0, 0.02))
    assert len(merged.nodes) < len(full.nodes)
    assert OTHER_DATASETS in {node.id for node in merged.nodes}
    for diagram in (full, merged):
        into = math.fsum(link.kg_co2e for link in diagram.links if link.target == PRODUCT)
        assert math.isclose(into, footprint.total, rel_tol=1e-9)


def test_a_suppliers_own_footprint_stands_beside_the_emitters(chained: CompiledInventory) -> None:
    """A document is no dataset: its burden belongs to the line that names it."""
    document = {
        "specVersion": "3.0.3",
        "id": "steel",  # as a dataset is called: still no dataset
        "pcf": {
            "declaredUnitOfMeasurement": "kilogram",
            "declaredUnitAmount": "1",
            "fossilGhgEmissions": "3",
            "pcfExcludingBiogenicUptake": "3",
            "ipccCharacterizationFactors": ["AR6"],
        },
    }
    text = "# name: Toy\nid,name,quantity,unit,dataset,supplier_pcf\n"
    text += "a,Bought,2,kg,,maker.json\nb,Made,1,kg,steel,\n"
    documents = {"maker.json": json.dumps(document).encode()}
    bom = read_bom_bytes(text.encode(), "toy.csv", documents=documents)
    footprint = calculate(bom, chained)
    found = by_upstream(footprint, chained, 0.0)
    assert found.lines_kg_co2e == 6.0
    steel = next(emitter for emitter in found.emitters if emitter.dataset == "steel")
    assert steel.amount == pytest.approx(1 / (1 - 0.6 * 0.01), rel=1e-12)
    diagram = sankey(footprint, bom, chained, 0.0)
    direct = {node.id: node.direct_kg_co2e for node in diagram.nodes}
    assert direct["row:3:a"] == 6.0
