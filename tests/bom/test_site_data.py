"""A year of a plant, shared out to its products."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from bom_files import csv_file
from hypothesis import given
from hypothesis import strategies as st

from footprint.bom.read import read_bom, read_bom_bytes
from footprint.faults import InputRefused
from footprint.values.bom import Bom

OUTPUTS = [
    {"product": "A", "amount": 1000, "unit": "piece", "mass": "200 g", "revenue": 9000},
    {"product": "B", "amount": 3000, "unit": "piece", "mass": "0.1 kg", "revenue": 1000},
]


def site(*flows: dict[str, Any], method: str = "physical", **changes: Any) -> dict[str, Any]:
    return {
        "year": 2025,
        "flows": list(flows),
        "outputs": OUTPUTS,
        "this_product": "A",
        "allocation": {"method": method, "reason": "told by the plant"},
    } | changes


def flow(quantity: float = 100, **changes: Any) -> dict[str, Any]:
    return {"name": "Power", "quantity": quantity, "unit": "kWh", "dataset": "power-cn"} | changes


def read(document: Any, unit: str = "1 piece") -> Bom:
    facts = f"# name: A\n# declared_unit: {unit}\n"
    table = csv_file("s,,Steel,1,kg,steel,,,,,", facts=facts)
    data = document if isinstance(document, bytes) else yaml.safe_dump(document).encode()
    return read_bom_bytes(table, "a.csv", site=data)


def quantity(document: Any, unit: str = "1 piece") -> float:
    return read(document, unit).lines[-1].quantity


@pytest.mark.parametrize(
    ("method", "share"),
    [("physical", 200 / 500), ("economic", 9000 / 10000), ("pieces", 1000 / 4000)],
)
def test_each_method_shares_out_by_its_own_key(method: str, share: float) -> None:
    bom = read(site(flow(), method=method))
    assert bom.lines[-1].quantity == pytest.approx(100 * share / 1000, rel=1e-15)
    assert bom.allocation is not None
    assert (bom.allocation.method, bom.allocation.reason) == (method, "told by the plant")
    assert bom.allocation.share == pytest.approx(share, rel=1e-15)


def test_what_is_metered_for_one_product_goes_fully_to_it() -> None:
    assert quantity(site(flow(only="A"))) == 0.1
    assert quantity(site(flow(only="B"))) == 0.0


def test_meters_come_first_and_the_method_shares_the_rest() -> None:
    metered = flow(metered={"A": "30 %", "B": 0.5})
    assert quantity(site(metered)) == pytest.approx((30 + 20 * 0.4) / 1000, rel=1e-15)
    allocation = read(site(metered, flow())).allocation
    assert allocation is not None
    assert allocation.metered == ("Power",)


def test_the_output_is_converted_to_the_declared_unit() -> None:
    assert quantity(site(flow(only="A")), "10 piece") == 1.0
    assert quantity(site(flow(only="A")), "1 kg") == pytest.approx(100 / 200)
    tonnes = [{"product": "A", "amount": 2, "unit": "t"}]
    assert quantity(site(flow(only="A"), outputs=tonnes), "1 kg") == pytest.approx(100 / 2000)


def test_a_line_of_the_site_has_its_own_file_and_stage() -> None:
    document = site(
        flow(location="CN"), flow(name="CH4", dataset="ch4-fossil", unit="kg", stage="直接排放")
    )
    table, power, gas = read(document).lines
    assert (power.file, power.row, power.stage) == ("a.site.yaml", table.row + 1, "production")
    assert (gas.stage, gas.data_type, gas.location) == ("direct_emission", "primary", "")


def test_the_site_file_beside_the_table_is_found_and_part_of_the_hash(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(csv_file("s,,Steel,1,kg,steel,,,,,"))
    without = read_bom(tmp_path / "a.csv")
    (tmp_path / "a.site.yaml").write_text(yaml.safe_dump(site(flow())))
    assert len(read_bom(tmp_path / "a.csv").lines) == 2
    assert read_bom(tmp_path / "a.csv").hash != without.hash


@given(
    st.lists(
        st.tuples(st.integers(1, 10**6), st.integers(1, 1000), st.integers(1, 10**6)),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["physical", "economic", "pieces"]),
    st.floats(0, 1e6),
    st.integers(0, 100),
)
def test_nothing_of_a_flow_is_lost_or_counted_twice(
    outputs: list[tuple[int, int, int]], method: str, total: float, metered: int
) -> None:
    listed = [
        {"product": str(n), "amount": made, "unit": "piece", "mass": f"{mass} g", "revenue": money}
        for n, (made, mass, money) in enumerate(outputs)
    ]
    power = flow(total, metered={"0": metered / 100})
    given_out = sum(
        quantity(site(power, method=method, outputs=listed, this_product=str(n))) * made
        for n, (made, _, _) in enumerate(outputs)
    )
    assert given_out == pytest.approx(total, rel=1e-12, abs=1e-9)


BAD: list[tuple[Any, str]] = [
    (site(flow(), this_product="C"), "not among the outputs"),
    (site(flow(), outputs=[OUTPUTS[0], dict(OUTPUTS[0])]), "one name"),
    (site(flow(only="C")), "no output is called C"),
    (site(flow(metered={"A": 0.7, "B": 0.5})), "more than 100 %"),
    (site(flow(only="A", metered={"A": 1})), "not both"),
    (site(flow(), colour="blue"), "not a known key"),
    (site(flow(-1)), "flows.0.quantity is -1, below 0"),
    (site(flow(float("nan"))), "'.nan' is not a number"),
    (site(flow(unit="sqyd")), "unknown"),
    (site(flow(stage="dreaming")), "not a stage"),
    (site(flow(location="Narnia")), "not a location"),
    (site(flow(contract="wind 10 %")), "add up to 10 %"),
    (site(flow(), method="by feeling"), "physical"),
    (site(flow(), outputs=[{"product": "A", "amount": 1, "unit": "piece"}]), "lacks a mass"),
    (site(flow(), outputs=[OUTPUTS[0] | {"unit": "kg"}], method="pieces"), "in pieces"),
    (site(flow(), outputs=[OUTPUTS[0] | {"mass": "heavy"}]), "an amount and a unit"),
    (site(flow(), allocation={"method": "physical", "reason": ""}), "allocation.reason is empty"),
    (site(flow(), outputs=[OUTPUTS[0] | {"unit": "l", "mass": None}]), "an amount and a unit"),
    (b"a: &x [1]\nb: *x\n", "aliases"),
    (b"[1, 2]", "key: value"),
    (b"a: [", "plain YAML"),
    (b"a: " + b"[" * 1000, "nested"),
    (b"!!python/object/apply:os.system ['true']", "plain YAML"),
]


@pytest.mark.parametrize(("document", "says"), BAD, ids=[says for _, says in BAD])
def test_site_data_that_cannot_be_used_are_refused(document: Any, says: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read(document)
    assert {problem.code for problem in refused.value.problems} == {"BOM-028"}
    assert says in str(refused.value)


WORDED: list[tuple[Any, str, str, str]] = [
    (site(flow(metered={"A": "-50 %"})), "flows.0.metered.A", "is -50 %, below 0", "0 or more"),
    (site(flow(metered={"A": "150 %"})), "flows.0.metered.A", "is 150 %, above 1", "100 %"),
    (site(flow(-2)), "flows.0.quantity", "is -2, below 0", "0 or more"),
    (site(flow(), outputs=[OUTPUTS[0] | {"amount": 0}]), "outputs.0.amount", "not above 0",
     "a number above 0"),
    (site(flow() | {"quantity": "5 kWh"}), "flows.0.quantity", "is 5 kWh", "example"),
    (site(flow(), year=1066), "year", "is 1066, below 1990", "1990 or more"),
    (site(), "flows", "is an empty list", "at least one"),
    ({k: v for k, v in site(flow()).items() if k != "year"}, "year", "is missing", "Add it"),
    (site(flow(), method="feeling"), "allocation.method", "is feeling", "'physical'"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "column", "says", "hint"), WORDED)
def test_what_is_malformed_is_said_in_plain_words_with_a_way_out(
    document: Any, column: str, says: str, hint: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        read(document)
    (problem,) = refused.value.problems
    assert (problem.code, problem.where.column) == ("BOM-028", column)
    assert says in problem.message
    assert hint in problem.hint
    assert "Input" not in str(problem)


def test_an_output_that_does_not_fit_the_declared_unit_is_refused() -> None:
    with pytest.raises(InputRefused, match="the result per kilowatt hour"):
        read(site(flow()), "1 kWh")
