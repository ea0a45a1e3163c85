"""Own processes beside a bill of materials: loops, parameters and units, calculated by bw2calc."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.background import background
from footprint.analysis.upstream import by_upstream
from footprint.bom.read import read_bom_bytes
from footprint.brightway.foreground import with_processes
from footprint.brightway.processes_file import parse_processes
from footprint.brightway.second_opinion import second_opinion
from footprint.cli.main import main
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compile import compile_inventory
from footprint.inventory.compiled import CompiledInventory, load_compiled
from footprint.inventory.model import CATEGORIES, GWP_SETS
from footprint.inventory.union import unite
from footprint.uncertainty.simulate import SimulationSettings, add_uncertainty
from footprint.values.bom import Bom
from footprint.words.language import in_chinese

FILE = "casting.processes.yaml"
PROCESSES = """
parameters:
  yield: 0.94
  heat: 2.1 / yield
  leak: 5
processes:
  - id: own-casting
    name: Casting line
    name_zh: 铸造线
    makes: {amount: 2, unit: kg}
    location: CN
    year: 2025
    inputs:
      - {dataset: own-alloy, amount: 2 / yield, unit: kg}
      - {dataset: electricity-grid-cn, amount: heat * 3.6, unit: MJ}
    emissions:
      - {gas: ch4-fossil, amount: leak, unit: g}
  - id: own-alloy
    name: Alloy from own scrap
    makes: {amount: 1, unit: kg}
    location: CN
    year: 2025
    inputs:
      - {dataset: own-casting, amount: 0.06, unit: kg, gsd2: 1.2}
      - {dataset: aluminium-primary-cn, amount: 0.95, unit: kg, minimum: 0.9, maximum: 1.1}
"""
BOM = """# name: Cast part
# declared_unit: 1 piece
# mass: 1.5 kg
# country: CN
# reference_period: 2025
id,name,quantity,unit,dataset,stage
a,Casting,1.5,kg,own-casting,material
b,Power,2,kWh,electricity-grid-cn,production
c,Leak,0.003,kg,ch4-fossil,direct_emission
"""


def bom() -> Bom:
    return read_bom_bytes(BOM.encode(), "casting.csv")


@pytest.fixture(scope="module")
def own(
    inventory: CompiledInventory, tmp_path_factory: pytest.TempPathFactory
) -> CompiledInventory:
    cache = tmp_path_factory.mktemp("cache")
    return with_processes(inventory, PROCESSES.encode(), FILE, cache)


def closed_form(inventory: CompiledInventory, gwp_set: str, power: str, ingot: str) -> np.ndarray:
    """The loop solved on paper, per category: casting c and alloy a, each per kg."""
    table = inventory.table(gwp_set)
    grid = table[:, inventory.entry(power).column]
    metal = table[:, inventory.entry(ingot).column]
    methane = np.zeros(len(CATEGORIES))
    methane[CATEGORIES.index("fossil")] = inventory.substances["ch4-fossil"].gwp[gwp_set] or 0.0
    direct = 2.1 / 0.94 / 2 * grid + 0.005 / 2 * methane + 0.95 / 0.94 * metal
    return np.asarray(direct / (1.0 - 0.06 / 0.94))


@pytest.mark.parametrize("gwp_set", GWP_SETS)
def test_a_loop_of_own_processes_meets_its_closed_form(
    own: CompiledInventory, gwp_set: str
) -> None:
    expected = closed_form(own, gwp_set, "electricity-grid-cn", "aluminium-primary-cn")
    found = own.table(gwp_set)[:, own.entry("own-casting").column]
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-15)


def test_a_line_names_an_own_process_like_any_dataset(own: CompiledInventory) -> None:
    result = calculate(bom(), own)
    line = next(item for item in result.contributions if item.line == "a")
    per_kg = own.intensity("own-casting")
    assert line.split.fossil == pytest.approx(1.5 * per_kg["fossil"])
    assert "product-processes" in {source.id for source in result.sources}
    assert result.provenance.inventory == own.hash


def test_brightway_says_the_same_of_every_line_and_of_the_product(own: CompiledInventory) -> None:
    result = calculate(bom(), own)
    opinion = second_opinion(result, own)
    assert [line.line for line in opinion.lines] == ["a", "b", "c"]
    assert all(line.difference is not None and line.difference < 1e-12 for line in opinion.lines)
    assert opinion.brightway_kg_co2e == pytest.approx(result.total, rel=1e-12)


def test_a_number_that_brightway_denies_is_refused(own: CompiledInventory) -> None:
    result = calculate(bom(), own)
    first, *rest = result.contributions
    parts = (first.parts[0] * (1 + 1e-8), *first.parts[1:])
    wrong = replace(result, contributions=(first._replace(parts=parts), *rest))
    with pytest.raises(InputRefused) as refused:
        second_opinion(wrong, own)
    assert [problem.code for problem in refused.value.problems] == ["BRW-005"]
    assert "Casting" in str(refused.value)


def test_own_processes_stand_over_several_inventories(
    inventory: CompiledInventory, tmp_path: Path
) -> None:
    """Both backgrounds count their datasets and flows from the same number."""
    folder = tmp_path / "other"
    folder.mkdir()
    compile_inventory(background(60, 400), folder)
    other = load_compiled(folder)
    name = sorted(other.datasets)[17]
    both = unite([inventory, replace(other, substances={})])
    text = f"""
processes:
  - id: own-both
    name: Both
    makes: {{amount: 1, unit: piece}}
    location: CN
    year: 2025
    inputs:
      - {{dataset: {name}, amount: 3, unit: {other.entry(name).unit}}}
      - {{dataset: electricity-grid-cn, amount: 2, unit: kWh}}
    emissions: [{{gas: hfc-134a, amount: 1, unit: g}}]
"""
    found = with_processes(both, text.encode(), FILE, tmp_path / "cache")
    for category in CATEGORIES:
        expected = 3 * other.intensity(name)[category]
        expected += 2 * inventory.intensity("electricity-grid-cn")[category]
        expected += 0.001 * 1530 if category == "fossil" else 0.0
        value = found.intensity("own-both")[category]
        assert value == pytest.approx(expected, rel=1e-12, abs=1e-15), category


@pytest.mark.parametrize("gwp_set", GWP_SETS)
def test_what_emits_behind_own_processes_adds_up_to_the_total(
    own: CompiledInventory, gwp_set: str
) -> None:
    """The factors of all gases hold, not only of those that the own processes emit."""
    result = calculate(bom(), own, gwp_set)
    found = by_upstream(result, own, 0.001)
    emitted = sum(emitter.direct_kg_co2e for emitter in found.emitters)
    whole = emitted + found.remainder_kg_co2e + found.lines_kg_co2e
    assert whole == pytest.approx(result.total, rel=1e-9)
    assert "electricity-coal-cn" in {emitter.dataset for emitter in found.emitters}


def test_monte_carlo_draws_own_processes_with_what_they_take(own: CompiledInventory) -> None:
    result = add_uncertainty(calculate(bom(), own), own, SimulationSettings(400, 1))
    interval = result.uncertainty
    assert interval is not None
    assert interval.low < result.total < interval.high


def test_what_was_calculated_once_is_kept(
    inventory: CompiledInventory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = with_processes(inventory, PROCESSES.encode(), FILE, tmp_path)
    monkeypatch.setattr("footprint.brightway.foreground.run_engine_module", None)
    again = with_processes(inventory, PROCESSES.encode(), FILE, tmp_path)
    assert again.hash == first.hash
    assert np.array_equal(again.table("AR6"), first.table("AR6"))


LOOP = """
processes:
  - id: own-seed
    name: Seed
    makes: {{amount: 1, unit: kg}}
    location: CN
    year: 2025
    inputs: [{{dataset: own-seed, amount: {own}, unit: kg}}]
    emissions: [{{gas: co2-fossil, amount: 0.2, unit: kg}}]
"""


@settings(max_examples=5)
@given(st.floats(0.01, 0.99))
def test_a_process_that_feeds_itself_is_a_geometric_series(
    inventory: CompiledInventory, tmp_path_factory: pytest.TempPathFactory, own: float
) -> None:
    text = LOOP.format(own=own).encode()
    found = with_processes(inventory, text, FILE, tmp_path_factory.mktemp("seed"))
    assert found.intensity("own-seed")["fossil"] == pytest.approx(0.2 / (1 - own), rel=1e-9)


@pytest.mark.parametrize("own", [1.0, 1.1, 5])
def test_a_loop_that_uses_what_it_makes_is_refused(
    inventory: CompiledInventory, tmp_path: Path, own: float
) -> None:
    with pytest.raises(InputRefused) as refused:
        with_processes(inventory, LOOP.format(own=own).encode(), FILE, tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["BRW-003"]
    assert not list(tmp_path.rglob("manifest.json"))


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("dataset: own-alloy,", "dataset: own-aloy,", "BRW-002", "own-aloy"),
        ("gas: ch4-fossil", "gas: methan", "BRW-002", "methan"),
        ("unit: MJ", "unit: kg", "BRW-002", "does not convert"),
        ("unit: MJ", "unit: furlongs", "BRW-002", "furlongs"),
        ("2.1 / yield", "2.1 / yeild", "BRW-002", "yeild"),
        ("2.1 / yield", "2.1 / heat", "BRW-002", "refers to itself"),
        ("2.1 / yield", "open('x')", "BRW-002", "heat"),
        ("yield: 0.94", "yield: 0", "BRW-002", "division by zero"),
        ("leak: 5", "leak: -5", "BRW-001", "below zero"),
        ("{amount: 2, unit: kg}", "{amount: 0, unit: kg}", "BRW-001", "not above zero"),
        ("id: own-alloy", "id: own-casting", "BRW-001", "two processes"),
        ("id: own-alloy", "id: Own Alloy", "BRW-001", "lower-case"),
        ("id: own-alloy", "id: electricity-grid-cn", "BRW-001", "the inventory has"),
        ("location: CN", "location: China (east)", "BRW-001", "ISO 3166"),
        ("    year: 2025\n", "", "BRW-001", "year"),
        ("minimum: 0.9, ", "", "BRW-001", "minimum and maximum"),
        ("minimum: 0.9, ", "minimum: 1, ", "BRW-001", "does not lie between"),
        ("gsd2: 1.2", "gsd2: 0.5", "BRW-001", "gsd2"),
        ("name_zh:", "name_cn:", "BRW-001", "name_cn"),
        ("parameters:", "parameter:", "BRW-001", "parameter"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(
    inventory: CompiledInventory, tmp_path: Path, old: str, new: str, code: str, says: str
) -> None:
    assert old in PROCESSES
    with pytest.raises(InputRefused) as refused:
        with_processes(inventory, PROCESSES.replace(old, new).encode(), FILE, tmp_path)
    assert code in {problem.code for problem in refused.value.problems}
    assert says in str(refused.value)
    assert FILE in str(refused.value)


def test_a_process_without_inputs_and_emissions_is_no_silent_zero() -> None:
    text = PROCESSES[: PROCESSES.index("    inputs:")]
    with pytest.raises(InputRefused, match="silent zero"):
        parse_processes(text.encode(), FILE)


def test_the_command_takes_the_file_beside_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    (tmp_path / "casting.csv").write_text(BOM)
    (tmp_path / FILE).write_text(PROCESSES)
    monkeypatch.setenv("FOOTPRINT_CACHE", str(cache))
    command = ["footprint", "calculate", str(tmp_path / "casting.csv"), "--check", "brightway"]
    monkeypatch.setattr("sys.argv", [*command, "--format", "json"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    document = json.loads(capsys.readouterr().out)
    opinion = document["second_opinion"]
    assert opinion["brightway_kg_co2e"] == pytest.approx(
        document["totals"]["excluding_biogenic_uptake_kg_co2e"], rel=1e-12
    )
    monkeypatch.setattr("sys.argv", command)
    with pytest.raises(SystemExit):
        main()
    assert "Second opinion: bw2calc" in capsys.readouterr().out


def test_a_certificate_does_not_rest_on_own_processes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    """Nor on what the list would be without them."""
    (tmp_path / "casting.csv").write_text(BOM.replace("own-casting", "steel-hot-rolled-coil-cn"))
    (tmp_path / FILE).write_text(PROCESSES)
    monkeypatch.setenv("FOOTPRINT_CACHE", str(cache))
    place = ["--out", str(tmp_path / "out"), "--store", str(tmp_path / "store")]
    command = ["footprint", "issue", str(tmp_path / "casting.csv"), "--scheme", "uk-carbon-trust"]
    monkeypatch.setattr("sys.argv", [*command, "--tier", "disclosure", *place])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "BRW-007" in said
    assert "supplier_pcf" in said
    chinese = in_chinese(f"a certificate cannot rest on the own processes in {FILE}")
    assert chinese == f"证书不能以 {FILE} 中的自有工序为依据"


def test_two_lists_are_compared_with_the_same_own_processes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    monkeypatch.setenv("FOOTPRINT_CACHE", str(cache))
    for name, amount in (("old", "1.5"), ("new", "1.2")):
        text = BOM.replace("a,Casting,1.5", f"a,Casting,{amount}")
        (tmp_path / f"{name}.csv").write_text(text)
        (tmp_path / f"{name}.processes.yaml").write_text(PROCESSES)
    lists = [str(tmp_path / "old.csv"), str(tmp_path / "new.csv")]
    monkeypatch.setattr("sys.argv", ["footprint", "compare", *lists, "--format", "json"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert '"type": "comparison"' in capsys.readouterr().out
    (tmp_path / "new.processes.yaml").write_text(PROCESSES.replace("0.94", "0.95"))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "BRW-001" in capsys.readouterr().out
