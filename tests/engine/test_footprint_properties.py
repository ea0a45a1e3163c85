"""What must hold for every bill of materials, found by search instead of by example."""

from __future__ import annotations

import math
from dataclasses import replace

from evidence import some
from hypothesis import given
from hypothesis import strategies as st
from toy_inventory import DATASETS, toy_inventory

from footprint.bom.tree import amounts
from footprint.engine.calculate import calculate
from footprint.values.bom import Bom
from footprint.values.line import Line, TransportLeg
from footprint.values.product import Product
from footprint.values.result import Footprint, Split

INVENTORY = toy_inventory()
MATERIALS = [name for name in DATASETS if not name.startswith(("freight", "power"))]
KILOGRAMS = [name for name in MATERIALS if DATASETS[name][0] == "kg"]

quantities = st.floats(min_value=1e-6, max_value=1e6)
losses = st.floats(min_value=0.0, max_value=0.9)
legs = st.builds(
    TransportLeg, st.sampled_from(["road", "rail", "sea", "air"]), st.floats(0.0, 20_000.0)
)


@st.composite
def boms(draw: st.DrawFn) -> Bom:
    """Up to 12 lines in up to two levels of assemblies."""
    count = draw(st.integers(1, 12))
    lines = []
    for row in range(2, count + 2):
        parent = draw(st.sampled_from(["", "A", "B"]))
        lines.append(
            Line(
                row=row,
                id=f"l{row}",
                name="x",
                quantity=draw(quantities),
                unit="kg",
                parent=parent,
                dataset=draw(st.sampled_from(KILOGRAMS)),
                stage=draw(st.sampled_from(["material", "production", "packaging", "waste"])),
                loss=draw(losses),
                transport=tuple(draw(st.lists(legs, max_size=2))),
            )
        )
    for row, name, parent in ((100, "B", "A"), (101, "A", "")):  # B is inside A
        if name in {line.parent for line in lines}:
            lines.append(
                Line(row, name, name, draw(quantities), "piece", parent=parent, loss=draw(losses))
            )
    return Bom(Product("toy"), tuple(lines), "toy.csv", "sha256:" + "0" * 64)


def close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-300)


def parts(result: Footprint) -> dict[str, float]:
    return result.split.as_dict()


@given(boms())
def test_the_contributions_add_up_to_the_total_and_to_every_part(bom: Bom) -> None:
    result = calculate(bom, INVENTORY)
    assert close(math.fsum(c.kg_co2e for c in result.contributions), result.total)
    assert close(math.fsum(result.stages.values()), result.total)
    for part in ("fossil", "biogenic_uptake", "land_use_change", "aircraft"):
        total = math.fsum(getattr(c.split, part) for c in result.contributions)
        assert close(total, getattr(result.split, part))
    if result.total:
        assert close(math.fsum(c.share for c in result.contributions), 1.0)


@given(boms())
def test_the_order_of_the_rows_changes_nothing_at_all(bom: Bom) -> None:
    turned = replace(bom, lines=tuple(reversed(bom.lines)))
    assert parts(calculate(turned, INVENTORY)) == parts(calculate(bom, INVENTORY))


@given(boms(), st.floats(min_value=1e-3, max_value=1e3))
def test_scaling_the_top_level_scales_the_footprint(bom: Bom, factor: float) -> None:
    scaled = replace(
        bom,
        lines=tuple(
            line if line.parent else replace(line, quantity=line.quantity * factor)
            for line in bom.lines
        ),
    )
    before, after = parts(calculate(bom, INVENTORY)), parts(calculate(scaled, INVENTORY))
    for part, value in some(before.items()):
        assert math.isclose(after[part], value * factor, rel_tol=1e-9, abs_tol=1e-300)


@given(boms(), st.data())
def test_splitting_a_row_in_two_changes_nothing(bom: Bom, data: st.DataObject) -> None:
    leaf = data.draw(st.sampled_from([line for line in bom.lines if line.dataset]))
    share = data.draw(st.floats(0.0, 1.0))
    first = replace(leaf, quantity=leaf.quantity * share)
    second = replace(leaf, quantity=leaf.quantity * (1 - share), row=999, id="second")
    split = tuple(line for line in bom.lines if line is not leaf)
    whole, halves = calculate(bom, INVENTORY), replace(bom, lines=(*split, first, second))
    for part, value in some(parts(calculate(halves, INVENTORY)).items()):
        assert math.isclose(value, parts(whole)[part], rel_tol=1e-9, abs_tol=1e-300)


@given(boms())
def test_changing_the_unit_of_every_row_changes_nothing(bom: Bom) -> None:
    grams = tuple(
        replace(line, quantity=line.quantity * 1000, unit="g") if line.dataset else line
        for line in bom.lines
    )
    whole = parts(calculate(bom, INVENTORY))
    for part, value in some(parts(calculate(replace(bom, lines=grams), INVENTORY)).items()):
        assert math.isclose(value, whole[part], rel_tol=1e-9, abs_tol=1e-300)


@given(boms())
def test_losses_never_make_an_amount_smaller(bom: Bom) -> None:
    gross, net = amounts(bom.lines, with_losses=True), amounts(bom.lines, with_losses=False)
    assert all(one >= other for one, other in some(zip(gross, net, strict=True)))


@given(boms())
def test_the_same_input_gives_the_same_result(bom: Bom) -> None:
    assert calculate(bom, INVENTORY) == calculate(bom, INVENTORY)


def test_the_total_is_the_sum_that_pact_defines() -> None:
    split = Split(fossil=1.0, biogenic_non_co2=2.0, land_use_change=4.0, land_management=8.0)
    assert split.excluding_biogenic_uptake == 15.0
    assert (
        replace(split, biogenic_uptake=-3.0, biogenic_emission=1.0).including_biogenic_uptake
        == 13.0
    )
