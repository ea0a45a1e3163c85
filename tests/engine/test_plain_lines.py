"""Lines resolved in one go give what they give one by one, bit by bit, and again from memory."""

from __future__ import annotations

import weakref
from dataclasses import replace
from random import Random

import pytest

from footprint.engine import items, known
from footprint.engine.calculate import calculate
from footprint.engine.resolve import Unresolved
from footprint.inventory.compiled import CompiledInventory
from footprint.values.bom import Bom
from footprint.values.line import Line, TransportLeg
from footprint.values.product import DeclaredUnit, Product

STAGES = ("material", "packaging", "production", "waste", "distribution")


def bom_of(inventory: CompiledInventory, seed: int) -> Bom:
    random = Random(seed)  # noqa: S311  # of a test
    entries = sorted(inventory.datasets.values(), key=lambda entry: entry.id)
    lines = []
    for at in range(random.randint(1, 30)):
        entry = random.choice(entries)
        line = Line(
            row=at + 2,
            id=f"L{at}",
            name=f"Part {at}",
            quantity=random.uniform(0.0, 3.0),
            unit=entry.unit,
            dataset=entry.id,
            stage=random.choice(STAGES),  # type: ignore[arg-type]
            loss=random.choice((0.0, 0.1)),
            location=random.choice(("", "CN", "DE")),
            unit_mass_kg=random.choice((None, 0.3)),
            data_type=random.choice(("primary", "secondary")),
        )
        lines.append(line)
    lines[0] = replace(lines[0], transport=(TransportLeg("road", 12.5),), unit_mass_kg=0.2)
    product = Product("P", declared_unit=DeclaredUnit(1.0, "piece"), country="CN")
    return Bom(product, tuple(lines), "t.csv", "sha256:0")


@pytest.mark.parametrize("seed", range(25))
def test_in_one_go_is_one_by_one(
    inventory: CompiledInventory, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bom = bom_of(inventory, seed)
    at_once = calculate(bom, inventory)
    monkeypatch.setattr(items, "plain_lines", lambda *_: None)
    inventory.remembered.clear()
    assert repr(at_once) == repr(calculate(bom, inventory))
    assert repr(at_once) == repr(calculate(bom, inventory))


def test_the_memory_of_an_inventory_is_bounded(
    inventory: CompiledInventory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "KEPT", 3)
    inventory.remembered.clear()
    calculate(bom_of(inventory, 1), inventory)
    first = {key for key in inventory.remembered if key[0] == "id"}  # type: ignore[index]
    calculate(bom_of(inventory, 2), inventory)
    assert first
    assert not first <= set(inventory.remembered)


class _Part:
    """What a caller works on."""


def test_a_refused_line_is_remembered_without_what_its_caller_works_on(
    inventory: CompiledInventory,
) -> None:
    bom = bom_of(inventory, 1)
    lines = known.KnownLines(bom, inventory)
    line = replace(bom.lines[0], dataset="", name="nothing of the kind", row=2)

    def asked(row: int) -> tuple[weakref.ref[_Part], str]:
        part = _Part()
        try:
            lines.of(replace(line, row=row))
        except Unresolved as unresolved:
            return weakref.ref(part), str(unresolved.problem)
        raise AssertionError("the line was resolved")

    first, said = asked(2)
    assert first() is None
    second, again = asked(3)
    assert second() is None
    assert again == said.replace("row 2", "row 3")
    assert again != said
