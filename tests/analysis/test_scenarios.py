"""What if: changes to a bill of materials, and the difference by row."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from analysis_samples import FRAME, bom_of

from footprint.analysis.changes import Scenario, read_changes
from footprint.analysis.scenario import ScenarioOutcome, scenario
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.values.bom import Bom


def changed(*changes: str) -> Scenario:
    text = "scenarios:\n  - name: What if\n    changes:\n"
    (one,) = read_changes((text + "".join(f"      - {c}\n" for c in changes)).encode(), "c.yaml")
    return one


def run(inventory: CompiledInventory, *changes: str, bom: Bom | None = None) -> ScenarioOutcome:
    outcome = scenario(bom or bom_of(*FRAME), changed(*changes), inventory)
    differences = math.fsum(row.difference_kg_co2e for row in outcome.rows)
    assert math.isclose(differences, outcome.difference_kg_co2e, rel_tol=1e-9, abs_tol=1e-12)
    return outcome


def codes(inventory: CompiledInventory, *changes: str) -> list[str]:
    with pytest.raises(InputRefused) as refused:
        run(inventory, *changes)
    return [problem.code for problem in refused.value.problems]


def test_a_change_that_changes_nothing_changes_nothing(chained: CompiledInventory) -> None:
    outcome = run(chained, "{change: quantity, where: {id: s}, factor: 1}")
    assert outcome.difference_kg_co2e == 0.0
    assert outcome.after.provenance.bom == outcome.before.provenance.bom


def test_a_factor_scales_its_row_and_no_other(chained: CompiledInventory) -> None:
    outcome = run(chained, "{change: quantity, where: {row: 8}, factor: 2}")
    (row,) = [row for row in outcome.rows if row.difference_kg_co2e]
    assert (row.line, row.changes) == ("c", (1,))
    assert row.after_kg_co2e == pytest.approx(2 * row.before_kg_co2e)
    assert outcome.after.provenance.bom != outcome.before.provenance.bom


def test_another_dataset_stands_in(chained: CompiledInventory) -> None:
    outcome = run(chained, "{change: dataset, where: {dataset: steel}, to: scrap}")
    tubes = next(row for row in outcome.rows if row.line == "s")
    power = chained.intensity("power-cn")["fossil"]
    assert tubes.after_kg_co2e == pytest.approx(2 / 0.9 * 3 * 0.7 * power, rel=1e-12)
    assert {row.line for row in outcome.rows if row.changes} == {"s", "j"}


def test_another_grid_reaches_the_lines_that_buy_from_a_grid(chained: CompiledInventory) -> None:
    outcome = run(chained, "{change: grid, to: VN}")
    (row,) = [row for row in outcome.rows if row.changes]
    assert row.line == "e"
    assert row.after_kg_co2e == pytest.approx(2 / 0.9 * 4 * 0.4, rel=1e-12)


def test_a_recycled_share_blends_two_datasets(chained: CompiledInventory) -> None:
    change = "{change: recycled_content, where: {id: s}, share: 0.4, dataset: scrap}"
    outcome = run(chained, change)
    row = next(row for row in outcome.rows if row.line == "s")
    steel, scrap = (chained.intensity(name)["fossil"] for name in ("steel", "scrap"))
    assert row.after_kg_co2e == pytest.approx(2 / 0.9 * 3 * (0.6 * steel + 0.4 * scrap), rel=1e-12)


def test_a_suppliers_number_stands_for_the_line_per_its_unit(chained: CompiledInventory) -> None:
    outcome = run(chained, "{change: supplier, where: {id: s}, kg: 1.25, company: Tube Works}")
    row = next(row for row in outcome.rows if row.line == "s")
    assert row.after_kg_co2e == pytest.approx(2 / 0.9 * 3 * 1.25, rel=1e-12)
    (document,) = outcome.after.provenance.documents
    assert document.company == "Tube Works"
    assert outcome.before.provenance.documents == ()


def test_a_suppliers_number_for_an_assembly_is_refused(chained: CompiledInventory) -> None:
    assert codes(chained, "{change: supplier, where: {id: A}, kg: 1}") == ["ANA-006"]


def test_removing_an_assembly_removes_what_it_contains(chained: CompiledInventory) -> None:
    outcome = run(chained, "{change: remove, where: {id: A}}")
    kept = {row.line for row in outcome.rows if row.after_kg_co2e}
    assert kept == {"c", "l", "p"}
    inside = [row for row in outcome.rows if row.line in {"A", "s", "e", "j"}]
    assert all(row.after_kg_co2e == 0.0 for row in inside)


def test_removing_all_parts_removes_the_empty_assembly(chained: CompiledInventory) -> None:
    outcome = run(chained, "{change: remove, where: {id: j}}")
    assert {row.line for row in outcome.rows if not row.after_kg_co2e} == {"j"}


def test_removing_one_use_of_a_shared_assembly_keeps_the_other(
    chained: CompiledInventory,
) -> None:
    bom = bom_of(
        "A,,Front,1,piece,,,,,,",
        "J,A,Joint,3,piece,,,,,,",
        "J,,Joint,2,piece,,,,,,",
        "s,J,Screw,0.5,kg,steel,,,,,",
    )
    outcome = run(chained, "{change: remove, where: {row: 4}}", bom=bom)
    assert outcome.after_kg_co2e == pytest.approx(outcome.before_kg_co2e * 2 / 5, rel=1e-12)


def test_changes_follow_each_other(chained: CompiledInventory) -> None:
    outcome = run(
        chained,
        "{change: dataset, where: {id: p}, to: steel}",
        "{change: quantity, where: {dataset: steel, stage: packaging}, factor: 0.5}",
    )
    row = next(row for row in outcome.rows if row.line == "p")
    assert row.changes == (1, 2)
    assert row.after_kg_co2e == pytest.approx(0.2 * chained.intensity("steel")["fossil"], rel=1e-12)


def test_the_method_can_change_too(chained: CompiledInventory) -> None:
    outcome = run(chained, "{change: gwp_set, to: AR5}", "{change: biogenic, to: included}")
    other = calculate(bom_of(*FRAME), chained, "AR5")
    assert outcome.after_kg_co2e == other.split.including_biogenic_uptake
    assert outcome.before_kg_co2e == calculate(bom_of(*FRAME), chained).total


def test_a_scenario_equals_the_file_that_it_describes(chained: CompiledInventory) -> None:
    """The changed product is the one a user would have written by hand."""
    outcome = run(chained, "{change: quantity, where: {id: c}, factor: 3}")
    written = bom_of(*(line.replace("Chip,1,", "Chip,3,") for line in FRAME))
    assert outcome.after.provenance.bom == written.hash
    assert outcome.after.total == calculate(written, chained).total
    assert replace(outcome.after, warnings=()) == replace(calculate(written, chained), warnings=())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("{change: quantity, where: {id: nowhere}, factor: 2}", "ANA-004"),
        ("{change: remove, where: {row: 999}}", "ANA-004"),
        ("{change: grid, to: FR}", "ANA-005"),
        ("{change: grid, where: {id: s}, to: VN}", "ANA-006"),
        ("{change: dataset, where: {id: A}, to: steel}", "ANA-006"),
        ("{change: recycled_content, where: {id: B}, share: 0.5, dataset: scrap}", "ANA-006"),
        ("{change: recycled_content, where: {id: s}, share: 0.5}", "ENG-016"),
        ("{change: dataset, where: {id: s}, to: steel-from-mars}", "ENG-001"),
    ],
)
def test_a_change_that_fits_nothing_is_refused(
    change: str, code: str, chained: CompiledInventory
) -> None:
    assert codes(chained, change) == [code]


def test_a_product_of_nothing_is_refused(chained: CompiledInventory) -> None:
    bom = bom_of("s,,Tube,3,kg,steel,,,,,")
    with pytest.raises(InputRefused) as refused:
        scenario(bom, changed("{change: remove, where: {id: s}}"), chained)
    assert [problem.code for problem in refused.value.problems] == ["ANA-007"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1, 2]",
        "scenarios: []",
        "scenarios: [{name: a, changes: []}]",
        "scenarios: [{name: a, changes: [{change: dream}]}]",
        "scenarios: [{name: a, changes: [{change: quantity, where: {id: a}, factor: -1}]}]",
        "scenarios: [{name: a, changes: [{change: quantity, where: {id: a}, factor: .nan}]}]",
        "scenarios: [{name: a, changes: [{change: quantity, where: {}, factor: 1}]}]",
        "scenarios: [{name: a, changes: [{change: recycled_content, where: {id: a}, share: 2}]}]",
        "scenarios: [{name: a, changes: [{change: gwp_set, to: AR3}]}]",
        "scenarios: [{name: a, colour: red, changes: [{change: gwp_set, to: AR4}]}]",
        "scenarios: &a [*a]",
        "a: b: c",
        "!!python/object/apply:os.system [echo]",
    ],
)
def test_a_malformed_file_of_changes_is_refused(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_changes(text.encode(), "c.yaml")
    assert {problem.code for problem in refused.value.problems} == {"ANA-003"}
    assert {problem.where.file for problem in refused.value.problems} == {"c.yaml"}


def test_a_contract_counts_when_the_scenario_says_so(chained: CompiledInventory) -> None:
    header = "id,name,quantity,unit,dataset,stage,contract"
    bom = bom_of("e,Power,10,kWh,power-cn,production,power-vn", header=header)
    outcome = run(chained, "{change: electricity, to: market}", bom=bom)
    assert outcome.after_kg_co2e == pytest.approx(10 * 0.4, rel=1e-12)
    assert outcome.before.electricity is not None
    assert outcome.after_kg_co2e == outcome.before.electricity.market_based_kg_co2e
