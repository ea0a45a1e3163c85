"""A result by rows and by stage adds up to the result."""

from __future__ import annotations

import math

import pytest
from analysis_samples import FRAME, bom_of
from hypothesis import given
from hypothesis import strategies as st

from footprint.analysis import contributions
from footprint.analysis.contributions import RowShare, by_line, by_stage
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.values.bom import Bom
from footprint.values.result import Footprint


def near(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)


def children_add_up(rows: tuple[RowShare, ...]) -> bool:
    """Every row is its own part plus the rows directly below it."""
    for at, row in enumerate(rows):
        below = []
        for other in rows[at + 1 :]:
            if other.depth <= row.depth:
                break
            if other.depth == row.depth + 1:
                below.append(other.kg_co2e)
        if below and not near(row.kg_co2e, math.fsum([row.own_kg_co2e, *below])):
            return False
    return True


def result(bom: Bom, inventory: CompiledInventory) -> Footprint:
    return calculate(bom, inventory)


@pytest.mark.parametrize("cut_off", [0.0, 0.001, 0.01, 0.2, 0.9])
def test_the_tree_adds_up_at_every_level_whatever_the_cut_off(
    cut_off: float, chained: CompiledInventory
) -> None:
    bom = bom_of(*FRAME)
    footprint = result(bom, chained)
    rows = by_line(footprint, bom, cut_off)
    top = [row.kg_co2e for row in rows if row.depth == 0 and row.inside]
    assert near(math.fsum(top), footprint.total)
    assert near(math.fsum(row.share for row in rows if row.depth == 0 and row.inside), 1.0)
    assert children_add_up(rows)
    hidden = sum(row.hidden for row in rows)
    assert (hidden == 0) == (cut_off < 0.01)


def test_an_assembly_is_its_own_transport_and_all_it_contains(chained: CompiledInventory) -> None:
    bom = bom_of(*FRAME)
    rows = {row.line: row for row in by_line(result(bom, chained), bom)}
    mass = 2 / 0.9 * (3 + 5 * 0.02)
    assert rows["A"].own_kg_co2e == pytest.approx(mass / 1000 * 100 * 0.1, rel=1e-12)
    inner = ("s", "e", "B")
    expected = math.fsum([rows["A"].own_kg_co2e, *(rows[name].kg_co2e for name in inner)])
    assert rows["A"].kg_co2e == pytest.approx(expected, rel=1e-12)
    assert rows["B"].kg_co2e == rows["j"].kg_co2e
    assert [rows[name].depth for name in ("A", "B", "j")] == [0, 1, 2]


def test_outbound_logistics_stand_outside(chained: CompiledInventory) -> None:
    bom = bom_of(*FRAME)
    footprint = result(bom, chained)
    (outside,) = [row for row in by_line(footprint, bom) if not row.inside]
    assert (outside.line, outside.kg_co2e) == ("d", footprint.split.outbound_logistics)
    stages = {stage.stage: stage for stage in by_stage(footprint, bom)}
    assert not stages["distribution"].inside
    inside = [stage.kg_co2e for stage in stages.values() if stage.inside]
    assert near(math.fsum(inside), footprint.total)


def test_a_shared_assembly_stands_under_each_use_with_its_part(chained: CompiledInventory) -> None:
    """Two uses, 1 x 3 and 2 x 1 of the joint: three fifths and two fifths of the screws."""
    bom = bom_of(
        "A,,Front,1,piece,,,,,,",
        "B,,Back,2,piece,,,,,,",
        "J,A,Joint,3,piece,,,,,,",
        "J,B,Joint,1,piece,,,,,,",
        "s,J,Screw,0.5,kg,steel,,,,,",
    )
    footprint = result(bom, chained)
    rows = by_line(footprint, bom)
    assert near(math.fsum(row.kg_co2e for row in rows if row.depth == 0), footprint.total)
    assert children_add_up(rows)
    whole = {row.line: row.kg_co2e for row in rows if row.depth == 0}
    assert whole["A"] == pytest.approx(footprint.total * 3 / 5, rel=1e-12)
    assert whole["B"] == pytest.approx(footprint.total * 2 / 5, rel=1e-12)
    assert [row.depth for row in rows if row.line == "s"] == [2, 2]


def test_assemblies_shared_inside_each_other_are_refused_when_endless(
    chained: CompiledInventory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contributions, "MAX_ROWS", 500)
    lines = []
    for level in range(12):
        parent = f"L{level - 1}" if level else ""
        lines += [f"L{level},{parent},Block,1,piece,,,,,,"] * 2
    bom = bom_of(*lines, "s,L11,Steel,1,kg,steel,,,,,")
    footprint = result(bom, chained)
    with pytest.raises(InputRefused) as refused:
        by_line(footprint, bom)
    assert [problem.code for problem in refused.value.problems] == ["ANA-002"]
    pruned = by_line(footprint, bom, 0.3)
    assert near(math.fsum(row.kg_co2e for row in pruned if row.depth == 0), footprint.total)


def test_thousands_of_levels_are_walked_without_recursion(chained: CompiledInventory) -> None:
    count = 3000
    lines = [f"L{n},{f'L{n - 1}' if n else ''},Box,1,piece,,,,,," for n in range(count)]
    bom = bom_of(*lines, f"s,L{count - 1},Steel,1,kg,steel,,,,,")
    footprint = result(bom, chained)
    rows = by_line(footprint, bom)
    assert len(rows) == count + 1
    assert rows[0].kg_co2e == rows[-1].kg_co2e == footprint.total


@pytest.mark.parametrize("cut_off", [-0.1, 1.0, float("nan")])
def test_a_cut_off_is_a_share(cut_off: float, chained: CompiledInventory) -> None:
    bom = bom_of(*FRAME)
    with pytest.raises(InputRefused) as refused:
        by_line(result(bom, chained), bom, cut_off)
    assert [problem.code for problem in refused.value.problems] == ["ANA-001"]


quantity = st.floats(min_value=1e-3, max_value=1e3)


@st.composite
def trees(draw: st.DrawFn) -> list[str]:
    """Up to three assemblies, some used twice, and lines inside and outside of them."""
    lines = []
    for name, parents in (("A", [""]), ("B", ["", "A"]), ("C", ["", "A", "B"])):
        for _ in range(draw(st.integers(1, 2))):
            parent = draw(st.sampled_from(parents))
            lines.append(f"{name},{parent},{name},{draw(quantity)!r},piece,,,,,,")
        lines.append(f"x{name},{name},Steel,{draw(quantity)!r},kg,steel,,5 %,road 100,,")
    for number in range(draw(st.integers(0, 4))):
        parent = draw(st.sampled_from(["", "A", "B", "C"]))
        stage = draw(st.sampled_from(["material", "packaging", "waste"]))
        lines.append(f"y{number},{parent},Board,{draw(quantity)!r},kg,board,{stage},,,,")
    return lines


@given(trees(), st.sampled_from([0.0, 0.01, 0.3]))
def test_any_tree_adds_up(chained: CompiledInventory, lines: list[str], cut_off: float) -> None:
    bom = bom_of(*lines)
    footprint = result(bom, chained)
    rows = by_line(footprint, bom, cut_off)
    top = math.fsum(row.kg_co2e for row in rows if row.depth == 0)
    assert math.isclose(top, footprint.total, rel_tol=1e-12)
    assert children_add_up(rows)
