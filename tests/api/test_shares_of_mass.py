"""Shares of mass of single lines are of the product, as the share that is counted is."""

from __future__ import annotations

import pytest

from api.console.match_view import line_views
from footprint.drafts.covered import covered, product_mass_kg
from footprint.drafts.model import Draft
from footprint.drafts.work import Work, work_out
from footprint.inventory.compiled import CompiledInventory

_HEAD = "name,quantity,unit,dataset,stage\n"
_STEEL = "Steel,1,kg,steel-cold-rolled-cn,material\n"


def _work(text: str, inventory: CompiledInventory) -> Work:
    return work_out(Draft("lamp.csv", text.encode()), inventory)


def _shares(work: Work) -> dict[str, str]:
    return {one.name: one.share for one in line_views(work, {})}


def test_the_open_line_and_what_is_counted_are_shares_of_one_mass(
    inventory: CompiledInventory,
) -> None:
    """1 kg of steel and 1 kg without a figure in a product of 4 kg: a quarter each, half unlisted.
    Packaging comes on top of what the product weighs."""
    text = f"# name: Lamp\n# mass: 4 kg\n{_HEAD}{_STEEL}Unobtainium,1,kg,,material\n"
    work = _work(text, inventory)
    assert product_mass_kg(work) == pytest.approx(4.0)
    assert covered(work).share == pytest.approx(0.25)
    assert _shares(work) == {"Steel": "25", "Unobtainium": "25"}
    packed = _work(text + "Corrugated board,1,kg,corrugated-board-us,packaging\n", inventory)
    assert product_mass_kg(packed) == pytest.approx(5.0)
    assert covered(packed).share == pytest.approx(0.4)
    assert _shares(packed)["Unobtainium"] == "20"


def test_where_a_line_has_no_mass_the_stated_mass_is_the_whole_or_no_share_is_told(
    inventory: CompiledInventory,
) -> None:
    lines = f"{_HEAD}{_STEEL}Unobtainium,1,kg,,material\nOddity of the moon,2,piece,,material\n"
    untold = _work(f"# name: Lamp\n{lines}", inventory)
    assert product_mass_kg(untold) is None
    assert not covered(untold).by_mass
    assert set(_shares(untold).values()) == {""}
    told = _work(f"# name: Lamp\n# mass: 4 kg\n{lines}", inventory)
    assert product_mass_kg(told) == pytest.approx(4.0)
    assert covered(told).share == pytest.approx(0.25)
    assert _shares(told)["Unobtainium"] == "25"
