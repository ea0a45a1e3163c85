"""Assemblies: used once or often, listed by parents or by levels."""

from __future__ import annotations

import math

import pytest
from bom_files import csv_file
from evidence import some
from hypothesis import given
from hypothesis import strategies as st

from footprint.bom.read import read_bom_bytes
from footprint.bom.tree import amounts, check_tree
from footprint.faults import InputRefused
from footprint.values.line import Line

LEVELS = "level,id,name,quantity,unit,dataset"


def line(row: int, name: str, parent: str, quantity: float, loss: float = 0.0) -> Line:
    return Line(row, name, name, quantity, "piece", parent=parent, loss=loss)


def test_a_shared_assembly_counts_its_children_once_for_each_use() -> None:
    lines = [
        line(2, "wheel", "", 4, loss=0.2),
        line(3, "wheel", "trailer", 2),
        line(4, "trailer", "", 3),
        line(5, "bolt", "wheel", 5, loss=0.5),
    ]
    wheels = 4 / 0.8 + 2 * 3
    assert amounts(lines, with_losses=True) == [5.0, 6.0, 3.0, 5 / 0.5 * wheels]
    assert amounts(lines, with_losses=False)[3] == 5 * (4 + 6)


def test_the_uses_may_stand_anywhere_in_the_file() -> None:
    lines = [line(2, "bolt", "wheel", 5), line(3, "wheel", "axle", 2), line(4, "axle", "", 2)]
    shared = [*lines, line(5, "wheel", "", 1)]
    assert amounts(shared, with_losses=True)[0] == 5 * (2 * 2 + 1)
    assert amounts(list(reversed(shared)), with_losses=True)[-1] == 25.0


def test_a_table_by_levels_lists_the_parts_under_each_use_and_counts_each_once() -> None:
    bom = read_bom_bytes(
        csv_file(
            "1,A,Case,2,piece,", "2,s,Screw,3,piece,screw",
            "1,B,Box,1,piece,", "2,A,Case,4,piece,", "3,s,Screw,5,piece,screw",
            header=LEVELS,
        ),
        "a.csv",
    )  # fmt: skip
    assert [entry.id for entry in bom.lines] == ["A", "s", "B", "A@2", "s"]
    assert amounts(bom.lines, with_losses=True) == [2.0, 6.0, 1.0, 4.0, 20.0]


def test_an_invented_id_is_never_one_that_the_table_has() -> None:
    bom = read_bom_bytes(
        csv_file(
            "1,A,Case,1,piece,", "2,x,X,1,kg,", "1,A@2,Other,1,piece,", "2,y,Y,1,kg,",
            "1,A,Case,1,piece,", "2,z,Z,1,kg,",
            header=LEVELS,
        ),
        "a.csv",
    )  # fmt: skip
    names = [entry.id for entry in bom.lines]
    assert names == ["A", "x", "A@2", "y", "A@3", "z"]
    assert [entry.parent for entry in bom.lines] == ["", "A", "", "A@2", "", "A@3"]


def test_thousands_of_uses_and_levels_are_no_burden() -> None:
    deep = [line(n, f"a{n}", f"a{n - 1}" if n else "", 1.0) for n in range(20_000)]
    wide = [line(30_000 + n, "a7", f"p{n}", 1.0) for n in range(20_000)]
    parents = [line(60_000 + n, f"p{n}", "", 1.0) for n in range(20_000)]
    lines = [*deep, *wide, *parents]
    assert not list(check_tree(lines, "a.csv"))
    assert amounts(lines, with_losses=True)[-1] == 1.0
    assert amounts(lines, with_losses=True)[19_999] == 20_001.0


@given(
    st.lists(st.tuples(st.floats(0.01, 100), st.floats(0, 0.9)), min_size=1, max_size=5),
    st.lists(st.tuples(st.floats(0.01, 100), st.floats(0, 0.9)), min_size=1, max_size=4),
)
def test_sharing_an_assembly_equals_writing_its_parts_under_every_use(
    uses: list[tuple[float, float]], parts: list[tuple[float, float]]
) -> None:
    shared = [line(row, "A", "", *use) for row, use in enumerate(uses)]
    shared += [line(100 + row, f"p{row}", "A", *part) for row, part in enumerate(parts)]
    exploded = [line(row, f"A{row}", "", *use) for row, use in enumerate(uses)]
    for row in range(len(uses)):
        for at, part in enumerate(parts):
            exploded.append(line(1000 + 10 * row + at, f"p{at}", f"A{row}", *part))
    for with_losses in (True, False):
        one = amounts(shared, with_losses=with_losses)[len(uses) :]
        other = amounts(exploded, with_losses=with_losses)[len(uses) :]
        for at, amount in some(enumerate(one)):
            assert math.isclose(amount, math.fsum(other[at :: len(parts)]), rel_tol=1e-12)


def test_an_assembly_cannot_have_what_its_parts_have() -> None:
    header = "id,parent,name,quantity,unit,dataset,contract"
    with pytest.raises(Exception, match="BOM-016") as refused:
        read_bom_bytes(
            csv_file("A,,Case,1,piece,x,", "b,A,Pin,1,kg,,", "C,,Motor,1,kWh,,wind",
                     "d,C,Pin,1,kg,,", header=header), "a.csv",
        )  # fmt: skip
    assert str(refused.value).count("BOM-016") == 2


@pytest.mark.parametrize("share", ["50 %", "0"])
def test_an_assembly_cannot_state_how_far_off_it_is(share: str) -> None:
    header = "id,parent,name,quantity,unit,uncertainty"
    with pytest.raises(InputRefused) as refused:
        read_bom_bytes(
            csv_file(f"A,,Case,1,piece,{share}", "b,A,Pin,1,kg,1 %", header=header), "a.csv"
        )
    (problem,) = refused.value.problems
    assert problem.code == "BOM-016"
    assert (problem.where.row, problem.where.column) == (3, "uncertainty")
