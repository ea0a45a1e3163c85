"""Choices of datasets: kept in a file, used for the same name and unit, marked by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from footprint.bom.choices import Choice, choices_text, merged, read_choices, with_choices
from footprint.bom.read import read_bom
from footprint.cli.main import application
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.values.line import Line

DAY = date(2026, 11, 29)
BOM = """\
name,quantity,unit,unit_mass
风叶 定制,1,pcs,210 g
主板,1,pcs,28 g
"""


def line(name: str, unit: str = "piece", **more: object) -> Line:
    return replace(Line(2, "L2", name, 1.0, unit), **more)  # type: ignore[arg-type]


def choice(**changes: object) -> Choice:
    made = Choice("Fan blade", "piece", "pp-resin-cn", "Wang Li", DAY)
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_choice_counts_for_the_same_name_and_unit_however_spelled() -> None:
    lines = [line("fan  BLADE", "pcs"), line("Fan blade", "kg"), line("Fan blades")]
    found = with_choices(lines, [choice()])
    assert [one.dataset for one in found] == ["pp-resin-cn", "", ""]
    assert found[0].chosen_by == "Wang Li, 2026-11-29"


def test_a_choice_made_for_a_material_holds_for_that_material_alone() -> None:
    lines = [line("Lid", material="PP"), line("Lid", material="Steel"), line("Lid")]
    found = with_choices(lines, [choice(name="Lid", material="PP")])
    assert [one.dataset for one in found] == ["pp-resin-cn", "", ""]


def test_what_a_line_names_itself_is_left_alone() -> None:
    own = line("Fan blade", dataset="abs-resin-rna")
    supplied = line("Fan blade", supplier_pcf="a.json")
    emitted = line("Fan blade", stage="direct_emission")
    assert with_choices([own, supplied, emitted], [choice()]) == [own, supplied, emitted]


@given(st.lists(st.text("ab 丝\"':#{}-\n\\", min_size=1).filter(str.strip), max_size=4))
def test_choices_are_read_as_they_were_written(names: list[str]) -> None:
    kept = [choice(name=name, specification="M3×8") for name in names]
    assert read_choices(choices_text(kept).encode(), "matches.yaml") == kept


def test_a_new_choice_replaces_that_for_the_same_kind_of_line() -> None:
    new = choice(dataset="abs-resin-rna", by="Li Na")
    assert merged([choice(), choice(name="Lid")], [new]) == [new, choice(name="Lid")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[]", "not 'key: value'"),
        ("matches: 1", "not 'matches:' with a list"),
        ("matches: [{name: a, unit: kg, dataset: b, by: c}]", "has no day"),
        ("matches: [{name: a, unit: kg, dataset: b, by: c, day: soon}]", "has no day"),
        ("matches: [{name: a, unit: bushelweight, dataset: b, by: c, day: 2026-01-01}]", "unit"),
        ("matches: [{name: a, unit: kg, dataset: b, by: c, day: 2026-01-01, x: y}]", "'x'"),
        ("matches: [{name: 1, unit: kg, dataset: b, by: c, day: 2026-01-01}]", "no text"),
    ],
)
def test_a_malformed_file_is_refused_with_the_entry(text: str, says: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_choices(text.encode(), "matches.yaml")
    assert refused.value.problems[0].code == "BOM-033"
    assert says in refused.value.problems[0].message


def test_match_needs_no_product_name_and_a_pick_is_kept_and_used(
    tmp_path: Path, cache: Path, inventory: CompiledInventory
) -> None:
    path = tmp_path / "fan.csv"
    path.write_text(BOM, "utf-8")
    run = CliRunner()
    shown = run.invoke(application(), ["match", str(path), "--cache", str(cache)])
    assert shown.exit_code == 0, shown.output
    assert "part-pcb-populated" in shown.output
    assert "needs-size" in shown.output
    picked = run.invoke(
        application(),
        [
            *("match", str(path), "--pick", "2=pp-resin-cn", "--by", "Wang Li"),
            *("--cache", str(cache), "--format", "json"),
        ],
    )
    assert picked.exit_code == 0, picked.output
    assert '"status": "chosen"' in picked.output
    assert "by: Wang Li" in (tmp_path / "matches.yaml").read_text("utf-8")
    later = tmp_path / "later.csv"
    later.write_text("# name: Fan 2\n" + BOM.replace("1,pcs,28 g", "0,pcs,28 g"), "utf-8")
    result = calculate(read_bom(later), inventory, allow_gaps=True)
    (found,) = result.contributions
    assert (found.dataset, found.matched_by) == ("pp-resin-cn", "pick")
    assert found.kg_co2e == pytest.approx(0.21 * sum(_intensity(inventory)))
    (said,) = [w for w in result.warnings if w.code == "ENG-019"]
    assert "chosen by Wang Li" in said.message


def test_a_choice_goes_where_the_choices_of_the_table_are_read(tmp_path: Path, cache: Path) -> None:
    path, own = tmp_path / "fan.csv", tmp_path / "fan.matches.yaml"
    path.write_text(BOM, "utf-8")
    own.write_text("matches: []\n", "utf-8")
    words = ["match", str(path), "--pick", "2=pp-resin-cn", "--cache", str(cache)]
    picked = CliRunner().invoke(application(), words)
    assert picked.exit_code == 0, picked.output
    assert "pp-resin-cn" in own.read_text("utf-8")
    assert not (tmp_path / "matches.yaml").exists()


def _intensity(inventory: CompiledInventory) -> list[float]:
    parts = inventory.intensity("pp-resin-cn")
    names = ("fossil", "biogenic_non_co2", "land_use_change", "land_management")
    return [parts[name] for name in names]


@pytest.mark.parametrize(
    ("pick", "code"),
    [
        ("99=pp-resin-cn", "CLI-003"),
        ("no mark", "CLI-003"),
        ("2=no-such-dataset", "ENG-001"),
        ("2=electricity-grid-cn", "BOM-012"),
    ],
)
def test_a_pick_that_cannot_be_is_refused_and_nothing_is_written(
    tmp_path: Path, cache: Path, pick: str, code: str
) -> None:
    path = tmp_path / "fan.csv"
    path.write_text(BOM, "utf-8")
    done = CliRunner().invoke(
        application(), ["match", str(path), "--pick", pick, "--cache", str(cache)]
    )
    assert isinstance(done.exception, InputRefused)
    assert [problem.code for problem in done.exception.problems] == [code]
    assert not (tmp_path / "matches.yaml").exists()
