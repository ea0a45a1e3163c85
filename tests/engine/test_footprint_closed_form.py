"""Footprints that can be worked out on paper."""

from __future__ import annotations

import pytest
from toy_inventory import toy_inventory

from footprint.bom.read import read_bom_bytes
from footprint.documents.footprint import footprint_document
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.model import GWP_SETS
from footprint.values.result import Footprint

HEADER = "id,parent,name,quantity,unit,dataset,location,stage,loss,transport,unit_mass,data_type"
INVENTORY = toy_inventory()


def footprint(*lines: str, gwp: str = "AR6", facts: str = "", gaps: bool = False) -> Footprint:
    text = "\n".join(["# name: Toy", *facts.split("|"), HEADER, *lines]).replace("\n\n", "\n")
    return calculate(read_bom_bytes(text.encode(), "toy.csv"), INVENTORY, gwp, allow_gaps=gaps)


def codes(*lines: str) -> list[tuple[str, int | None]]:
    with pytest.raises(InputRefused) as refused:
        footprint(*lines)
    return [(problem.code, problem.where.row) for problem in refused.value.problems]


def test_amount_times_intensity() -> None:
    assert footprint("a,,x,1.5,kg,steel,,,,,,").total == 3.0


@pytest.mark.parametrize(
    ("line", "kg_co2e"),
    [
        ("a,,x,1500,g,steel,,,,,,", 3.0),
        ("a,,x,2,l,paint,,,,,,", 2 * 1.25 * 4.0),
        ("a,,x,500,ml,paint,,,,,,", 0.5 * 1.25 * 4.0),
        ("a,,x,6,kg,panel,,,,,,", 6 / 3.0 * 6.0),
        ("a,,x,100,cm2,panel,,,,,,", 0.01 * 6.0),
        ("a,,x,3,piece,steel,,,,,0.5 kg,", 3 * 0.5 * 2.0),
        ("a,,x,8,g,screw,,,,,,", 0.008 / 0.004 * 0.02),
        ("a,,x,3.6,MJ,power-cn,,,,,,", 0.6),
    ],
)
def test_units_convert_by_kind_by_property_and_by_given_mass(line: str, kg_co2e: float) -> None:
    assert footprint(line).total == pytest.approx(kg_co2e, rel=1e-15)


def test_a_loss_is_a_share_of_the_gross_input() -> None:
    assert footprint("a,,x,1,kg,steel,,,20 %,,,").total == pytest.approx(2.5, rel=1e-15)


def test_losses_and_quantities_multiply_through_assemblies() -> None:
    result = footprint(
        "A,,Frame,2,piece,,,,10 %,,,", "B,A,Leg,4,piece,,,,,,,", "c,B,Tube,0.3,kg,steel,,,5 %,,,"
    )
    assert result.total == pytest.approx(2 / 0.9 * 4 * 0.3 / 0.95 * 2.0, rel=1e-15)


def test_a_leg_carries_the_gross_mass_of_its_line() -> None:
    result = footprint("a,,x,10,kg,steel,,,20 %,road 100; sea 2000 km,,")
    tonnes = 10 / 0.8 / 1000
    assert result.stages["inbound_transport"] == pytest.approx(
        tonnes * (100 * 0.1 + 2000 * 0.02), rel=1e-15
    )


def test_an_assembly_travels_with_the_mass_of_its_parts() -> None:
    result = footprint("A,,Frame,2,piece,,,,,rail 1000,,", "b,A,Tube,3,kg,steel,,,,,,")
    assert result.stages["inbound_transport"] == pytest.approx(2 * 3 / 1000 * 1000 * 0.03)


def test_the_split_of_a_biogenic_material() -> None:
    split = footprint("a,,x,10,kg,wood,,,,,,").split
    assert split.excluding_biogenic_uptake == pytest.approx(10 * (0.2 + 0.01 + 0.05))
    assert split.including_biogenic_uptake == pytest.approx(10 * (0.26 - 1.8 + 0.1))


@pytest.mark.parametrize("gwp", GWP_SETS)
def test_the_result_says_how_its_set_reads_methane(gwp: str) -> None:
    document = footprint_document(footprint("a,,x,1,kg,steel,,,,,,", gwp=gwp))
    assert document["gwp_rule"].startswith(f"IPCC {gwp[:3]} WGI")
    assert f"IPCC {gwp[:3]} " in document["gwp_rule_zh"]
    assert ("28, whatever its origin" in document["gwp_rule"]) == (gwp == "AR5-CH4-28")


@pytest.mark.parametrize(("gwp", "factor"), [("AR6", 29.8), ("AR5", 30.0), ("AR4", 25.0)])
def test_a_direct_emission_is_characterised_under_the_chosen_set(gwp: str, factor: float) -> None:
    result = footprint("a,,Vent,2,g,ch4-fossil,,direct_emission,,,,primary", gwp=gwp)
    assert result.total == pytest.approx(0.002 * factor, rel=1e-15)
    assert result.quality.primary_data_share == 100.0


def test_packaging_and_aircraft_are_parts_and_not_additions() -> None:
    result = footprint("a,,x,1,kg,steel,,packaging,,air 1000,,")
    assert result.split.packaging == 2.0
    assert result.split.aircraft == pytest.approx(0.6)
    assert result.total == pytest.approx(2.6)


def test_distribution_alone_is_outbound_logistics_outside_the_total() -> None:
    result = footprint("a,,x,1,kg,steel,,,,,,", "d,,Out,1,tkm,freight-rail-gb,,distribution,,,,")
    assert (result.boundary, result.total) == ("cradle-to-gate", 2.0)
    assert result.split.outbound_logistics == 0.03


def test_all_stages_behind_the_gate_make_it_cradle_to_grave() -> None:
    result = footprint(
        "a,,x,1,kg,steel,,,,,,",
        "d,,Out,1,tkm,freight-rail-gb,,distribution,,,,",
        "u,,Use,10,kWh,power-de,,use,,,,",
        "e,,End,1,kg,old,,end_of_life,,,,",
    )
    assert result.boundary == "cradle-to-grave"
    assert result.total == pytest.approx(2.0 + 0.03 + 4.0 + 3.0)


def test_half_of_the_stages_behind_the_gate_are_refused() -> None:
    assert codes("u,,Use,10,kWh,power-de,,use,,,,") == [("ENG-007", None)]


def test_what_cannot_be_resolved_is_said_for_every_line_at_once() -> None:
    assert codes(
        "a,,x,1,kg,nowhere,,,,,,",
        "b,,Unobtainium,1,kg,,,,,,,",
        "c,,x,1,hour,steel,,,,,,",
        "d,,x,1,kg,steel,,,,camel 5,,",
        "e,,x,1,kWh,power-cn,,production,,road 5,,",
        "f,,Laughter,1,kg,,,direct_emission,,,,",
    ) == [
        ("ENG-001", 3),
        ("ENG-001", 4),
        ("BOM-012", 5),
        ("ENG-006", 8),
        ("ENG-004", 6),
        ("ENG-005", 7),
    ]


def test_a_gap_lowers_the_coverage_and_is_named() -> None:
    result = footprint("a,,x,3,kg,steel,,,,,,", "b,,Unobtainium,1,kg,,,,,,,", gaps=True)
    assert result.coverage.mass == 0.75
    assert result.coverage.lines == 0.5
    assert ("ENG-008", 4) in [(w.code, w.where.row) for w in result.warnings]


def test_a_gas_without_a_potential_in_the_set_is_refused_and_not_zero() -> None:
    line = "a,,x,1,kg,new-gas,,direct_emission,,,,"
    assert footprint(line).total == 0.5
    with pytest.raises(InputRefused, match="ENG-015"):
        footprint(line, gwp="AR5")


def test_a_name_is_matched_in_the_country_of_the_line_and_said() -> None:
    result = footprint("a,,steel,1,kg,,GB,,,,,", "b,,Steel（中文）,1,kg,,CN,,,,,")
    assert [c.dataset for c in result.contributions] == ["steel-gb", "steel"]
    assert [w.where.row for w in result.warnings if w.code == "ENG-009"] == [3, 4]


def test_a_name_that_fits_two_places_equally_is_refused() -> None:
    assert codes("a,,Power,1,kWh,,FR,,,,,") == [("ENG-002", 3)]


def test_co2e_of_another_gwp_set_is_named() -> None:
    result = footprint("a,,x,1,kg,old,,,,,,")
    assert result.gwp_sets_used == ("AR6", "AR5")
    assert "ENG-010" in [warning.code for warning in result.warnings]
    assert footprint("a,,x,1,kg,old,,,,,,", gwp="AR5").gwp_sets_used == ("AR5",)


def test_masses_that_do_not_add_up_are_reported() -> None:
    heavy = footprint("a,,x,3,kg,steel,,,,,,", facts="# mass: 40 g")
    assert "ENG-011" in [warning.code for warning in heavy.warnings]
    right = footprint("a,,x,40,g,steel,,,50 %,,,", facts="# mass: 40 g")
    assert "ENG-011" not in [warning.code for warning in right.warnings]


def test_quality_is_weighted_by_contribution() -> None:
    result = footprint(
        "a,,x,3,kg,steel,CN,,,,,", "b,,x,1,kg,old,CN,,,,,", facts="# reference_period: 2025"
    )
    assert result.quality.technological == 3.0
    assert result.quality.geographical == pytest.approx((6 * 2 + 3 * 5) / 9)
    assert result.quality.temporal == 1.0
