"""A report says of each thing that is no part of the total why it is none."""

from __future__ import annotations

import pytest
from report_kit import of_text, report

from footprint.inventory.compiled import CompiledInventory
from footprint.report.remarks import cut_offs
from footprint.values.bom import Bom
from footprint.values.result import Footprint
from label_templates.report.checked import provenance
from label_templates.report.words import report_words

HEAD = "Item,Description,Qty,Unit,Weight,Material,Transport\n1,ABS resin,0.5,kg,,,\n"
UNKNOWN = "4,Mystery,1,pcs,,,\n"
CARRIED = "4,Mystery,1,pcs,,,road 100 km\n"
NEGATIVE = "3,Scrap returned,-0.2,kg,,,\n"
SCREENED = "2,EPDM foot,4,pcs,10 g,EPDM,\n"
_REASONS = {"no_threshold", "no_threshold_all", "gaps", "below_zero", "transport_without_mass"}


def made(rows: str, inventory: CompiledInventory) -> tuple[Footprint, Bom]:
    return of_text(HEAD + rows, inventory, allow_gaps=True, screening=True)


@pytest.mark.parametrize(
    ("rows", "said", "lines"),
    [
        ("", {"no_threshold_all": ""}, 0),
        (UNKNOWN, {"no_threshold": "", "gaps": "1"}, 1),
        (NEGATIVE, {"no_threshold": "", "below_zero": "1"}, 1),
        (
            NEGATIVE + CARRIED,
            {"no_threshold": "", "gaps": "1", "below_zero": "1", "transport_without_mass": "1"},
            2,
        ),
    ],
)
def test_each_reason_is_told_as_what_it_is(
    inventory: CompiledInventory, rows: str, said: dict[str, str], lines: int
) -> None:
    footprint, bom = made(rows, inventory)
    found = {one.code: dict(one.values).get("count", "") for one in cut_offs(footprint)}
    assert {name: found[name] for name in found if name in _REASONS} == said
    assert report((footprint, bom), inventory).quality.gaps == lines


@pytest.mark.parametrize(("rows", "option"), [(SCREENED, True), (UNKNOWN, False)])
def test_what_to_type_for_the_same_result_has_the_option_of_screening(
    inventory: CompiledInventory, rows: str, option: bool
) -> None:
    blocks = provenance(report(made(rows, inventory), inventory), report_words("en"))
    assert ("--screening" in repr(blocks)) == option
