"""Our own template: what is written can be read again, to the last digit."""

from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path

import import_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from import_helpers import codes, refused, take

from footprint.faults import InputRefused
from footprint.importers.template_write import template_tables, write_example, write_template
from footprint.inventory.compile import compile_inventory
from footprint.inventory.model import Dataset, Exchange, Inventory
from footprint.inventory.read import read_flows

FLOWS, GWP = read_flows()
_WORDS = st.text(string.ascii_letters + "äé中文 ,;\"'", min_size=1, max_size=12).map(
    lambda text: text.strip() or "x"
)
_AMOUNTS = st.floats(-1e6, 1e6, allow_nan=False).filter(lambda value: value != 0.0)
_GSD2 = st.none() | st.floats(1.01, 9.0)
_FLOWS = st.sampled_from(sorted(name for name, flow in FLOWS.items() if not flow.unsplit))


@st.composite
def inventories(draw: st.DrawFn) -> Inventory:
    names = draw(
        st.lists(
            st.from_regex(r"[a-z]{1,4}(-[a-z0-9]{1,3})?", fullmatch=True),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    units = {name: draw(st.sampled_from(("kg", "kWh", "piece", "tkm"))) for name in names}
    datasets = {}
    for name in names:
        inputs = draw(st.lists(st.tuples(st.sampled_from(names), _AMOUNTS), max_size=3))
        emissions = draw(st.lists(st.tuples(_FLOWS, _AMOUNTS), max_size=3))
        rows = [("technosphere", other, amount, units[other]) for other, amount in inputs]
        rows += [("biosphere", flow, amount, "kg") for flow, amount in emissions]
        datasets[name] = Dataset(
            id=name,
            name_en=draw(_WORDS),
            name_zh=draw(_WORDS),
            unit=units[name],
            location=draw(st.sampled_from(("CN", "US-CA", "GLO"))),
            year=draw(st.integers(1990, 2030)),
            kind="unit_process",
            activity="transformation",
            boundary="cradle-to-gate",
            source="s",
            locator=draw(_WORDS),
            synonyms_en=tuple(draw(st.lists(_WORDS, max_size=2))),
            density_kg_per_l=draw(st.none() | st.floats(0.1, 20.0)),
            technological=draw(st.integers(1, 5)),
            comment=draw(st.just("") | _WORDS),
            exchanges=tuple(
                Exchange(
                    kind,
                    target,
                    amount,
                    "s",
                    draw(_WORDS),
                    amount,
                    unit,
                    gsd2=draw(st.none() | st.floats(1.01, 9)),
                )
                for kind, target, amount, unit in rows
            ),
        )
    return Inventory({}, dict(FLOWS), GWP, datasets)


def prefixed(inventory: Inventory) -> dict[str, Dataset]:
    """The datasets as an import named `x` gives them."""
    return {
        f"x-{name}": replace(
            dataset,
            id=f"x-{name}",
            source="x",
            exchanges=tuple(
                replace(
                    e, source="x", input=f"x-{e.input}" if e.kind == "technosphere" else e.input
                )
                for e in dataset.exchanges
            ),
        )
        for name, dataset in inventory.datasets.items()
    }


@pytest.mark.parametrize("suffix", [".xlsx", ""])
@settings(max_examples=25)
@given(inventories())
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, inventory: Inventory
) -> None:
    path = tmp_path_factory.mktemp("template") / f"out{suffix}"
    write_template(inventory, path)
    assert take(path).inventory.datasets == prefixed(inventory)


def test_the_example_that_is_handed_out_can_be_imported(tmp_path: Path) -> None:
    for path in (tmp_path / "mine.xlsx", tmp_path / "mine"):
        write_example(path)
        imported = take(path)
        assert set(imported.inventory.datasets) == {"x-boiler-steam", "x-pressed-part"}
        assert imported.report.status == "complete"


def test_the_example_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_text("precious", "utf-8")
    with pytest.raises(InputRefused, match="IMP-023"):
        write_example(path)
    assert path.read_text("utf-8") == "precious"


def test_published_amounts_and_the_own_source_stay_visible(tmp_path: Path) -> None:
    inventory = take(samples.template(tmp_path)).inventory
    power, methane = inventory.datasets["x-coal"].exchanges
    assert (methane.amount, methane.published_amount, methane.published_unit) == (0.01, 10.0, "g")
    assert power.locator.startswith("meter, ")
    assert inventory.datasets["x-wood"].name_zh == "Wood"


@pytest.mark.parametrize(
    ("table", "old", "new", "code"),
    [
        ("datasets", "coal,Coal", "Coal!,Coal", "IMP-020"),
        ("datasets", "CN,2022,unit", "China (PRC),2022,unit", "IMP-020"),
        ("datasets", "electricity,Electricity", "coal,Electricity", "IMP-008"),
        ("exchanges", "coal,technosphere,electricity", "coal,technosphere,steam", "IMP-012"),
        ("exchanges", "coal,technosphere,electricity", "peat,technosphere,electricity", "IMP-020"),
        ("exchanges", "co2-fossil", "co2", "IMP-020"),
        ("exchanges", "0.9,kg", "0.9,kWh", "IMP-014"),
        ("exchanges", "0.9,kg", "nan,kg", "IMP-020"),
        ("exchanges", "0.9,kg", "=1+1,kg", "IMP-020"),
        ("exchanges", "amount,unit", "amount,unit,surprise", "IMP-020"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_its_place(
    table: str, old: str, new: str, code: str, tmp_path: Path
) -> None:
    texts = {"datasets": samples.TEMPLATE_DATASETS, "exchanges": samples.TEMPLATE_EXCHANGES}
    assert old in texts[table]
    texts[table] = texts[table].replace(old, new, 1)
    if "surprise" in new:
        texts[table] = texts[table].replace("0.4,kg,", "0.4,kg,boo,")
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    report = refused(tmp_path)
    assert code in codes(report)
    found = next(problem for problem in report.problems if problem.code == code)
    assert (found.where.file, bool(found.where.row)) == (f"{table}.csv", True)


def test_a_template_input_without_a_supplier_can_be_cut_off(tmp_path: Path) -> None:
    rows = samples.TEMPLATE_EXCHANGES + "wood,technosphere,glue,0.1,kg,\n"
    (tmp_path / "datasets.csv").write_text(samples.TEMPLATE_DATASETS, "utf-8")
    (tmp_path / "exchanges.csv").write_text(rows, "utf-8")
    imported = take(tmp_path, cut_off=True)
    assert (imported.report.status, imported.report.coverage.inputs) == ("cut_off", 0.75)
    assert imported.inventory.datasets["x-wood"].status == "cut_off"


def test_the_columns_are_those_of_the_shipped_inventory() -> None:
    header = template_tables(Inventory({}, {}, {}, {}))
    assert header["datasets"][0][:4] == ("id", "name_en", "name_zh", "synonyms_en")
    assert "source" not in header["exchanges"][0]


@pytest.mark.parametrize(
    ("amount", "name"), [("1e29,kg", "x-electricity"), ("2e4,kg", "x-electricity")]
)
def test_an_own_factor_beyond_any_plausible_value_is_refused(
    amount: str, name: str, tmp_path: Path
) -> None:
    """20,000 kg CO2e per kWh is a slip of a unit, and what uses it is wrong as well."""
    rows = samples.TEMPLATE_EXCHANGES.replace("0.9,kg", amount, 1)
    (tmp_path / "datasets.csv").write_text(samples.TEMPLATE_DATASETS, "utf-8")
    (tmp_path / "exchanges.csv").write_text(rows, "utf-8")
    (tmp_path / "compiled").mkdir()
    inventory = take(tmp_path).inventory
    with pytest.raises(InputRefused) as refused_by:
        compile_inventory(inventory, tmp_path / "compiled")
    assert {problem.code for problem in refused_by.value.problems} == {"INV-016"}
    assert any(problem.message.startswith(name) for problem in refused_by.value.problems)
