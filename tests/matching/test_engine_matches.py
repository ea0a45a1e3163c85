"""Matches in a calculation: marked, warned of, rated lower; refused ones are errors with a hint."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from footprint.bom.read import read_bom
from footprint.engine.calculate import calculate
from footprint.engine.resolve import Unresolved, dataset_of
from footprint.faults import InputRefused, Problem
from footprint.inventory.compiled import CompiledInventory
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.product import Product

EXAMPLE = Path(__file__).parents[2] / "examples" / "power-bank.csv"


def line(name: str, unit: str = "kg", **more: object) -> Line:
    made = Line(2, "L2", name, 1.0, unit, location="CN")
    return replace(made, **more)  # type: ignore[arg-type]


def bom(*lines: Line) -> Bom:
    return Bom(Product("Thing", country="CN"), lines, "thing.csv", "sha256:0")


def warnings_with(code: str, problems: tuple[Problem, ...]) -> list[Problem]:
    return [problem for problem in problems if problem.code == code]


def test_an_accepted_line_is_marked_warned_of_and_rated_one_lower(
    inventory: CompiledInventory,
) -> None:
    by_name = calculate(bom(line("SUS304 拉丝 0.8mm")), inventory)
    dataset = by_name.contributions[0].dataset
    by_id = calculate(bom(line("SUS304 拉丝 0.8mm", dataset=dataset)), inventory)
    assert dataset == "steel-stainless-304-coil-rna"
    assert by_name.contributions[0].matched_by == "name"
    assert by_name.total == by_id.total
    assert by_name.quality.technological == by_id.quality.technological + 1
    (warning,) = warnings_with("ENG-009", by_name.warnings)
    assert "score 0." in warning.message
    assert "'SUS304' (en)" in warning.message
    assert "not of CN: RNA stands in" in warning.message
    assert warnings_with("ENG-009", by_id.warnings) == []


def test_a_synonym_as_written_is_an_immediate_match(inventory: CompiledInventory) -> None:
    found = dataset_of(line("ｓｐｃｃ"), inventory, "CN", "")
    assert (found.entry.id, found.matched_by, found.score) == ("steel-cold-rolled-cn", "name", 1.0)
    assert found.reason == "its name"


def test_a_refused_line_names_the_closest_datasets(inventory: CompiledInventory) -> None:
    with pytest.raises(InputRefused) as refused:
        calculate(bom(line("PVC胶水")), inventory)
    (problem,) = refused.value.problems
    assert problem.code == "ENG-001"
    assert problem.where.row == 2
    assert "closest: pvc-" in problem.hint


def test_a_line_like_nothing_points_to_the_search(inventory: CompiledInventory) -> None:
    with pytest.raises(Unresolved) as unresolved:
        dataset_of(line("xyzzy"), inventory, "CN", "")
    assert unresolved.value.problem.code == "ENG-001"
    assert "footprint data search" in unresolved.value.problem.hint
    assert unresolved.value.candidates == ()


def test_a_line_whose_unit_does_not_fit_is_told_so_and_not_given_another_dataset(
    inventory: CompiledInventory,
) -> None:
    with pytest.raises(Unresolved) as unresolved:
        dataset_of(line("SUS304 拉丝 0.8mm", "piece"), inventory, "CN", "")
    assert unresolved.value.problem.code == "BOM-012"
    assert "steel-stainless-304-coil-rna" in unresolved.value.problem.message


def test_lines_that_differ_in_stage_or_note_are_matched_apart(
    inventory: CompiledInventory,
) -> None:
    lines = (line("上盖", note="ABS 黑色"), line("上盖", note="GPPS 透明", row=3, id="L3"))
    found = calculate(bom(*lines), inventory).contributions
    assert [item.dataset for item in found] == ["abs-resin-rna", "gpps-resin-rna"]


def test_the_matched_result_is_the_same_every_time(inventory: CompiledInventory) -> None:
    made = bom(line("SPCC 冷轧板 1.0mm"), line("ABS 外壳粒料", row=3, id="L3"))
    assert calculate(made, inventory) == calculate(made, inventory)


def test_a_bill_of_materials_with_ids_never_loads_the_matcher(cache: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from footprint.bom.read import read_bom\n"
        "from footprint.engine.calculate import calculate\n"
        "from footprint.inventory.build import ensure_compiled\n"
        f"calculate(read_bom(Path({str(EXAMPLE)!r})), ensure_compiled(Path({str(cache)!r})))\n"
        "print([name for name in sys.modules if 'rapidfuzz' in name or name.endswith('.match')])"
    )
    assert read_bom(EXAMPLE).lines
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
