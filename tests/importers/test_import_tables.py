"""The tables behind every import: which flow is which gas, which place and unit is which."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from footprint import units
from footprint.faults import Where
from footprint.importers.flows import recognised_flow
from footprint.importers.measures import Measures, in_unit
from footprint.importers.neutral import Elementary
from footprint.importers.places import place
from footprint.importers.report import Log
from footprint.inventory.read import read_flows
from footprint.locations import COUNTRIES, REGIONS, is_location

AIR = ("air", "unspecified")


def table(name: str) -> Any:
    return yaml.safe_load((files("footprint.importers") / name).read_text("utf-8"))


def verdict(name: str, *where: str, cas: str = "", incoming: bool = False) -> tuple[str, str]:
    found = recognised_flow(Elementary("", name, where or AIR, 1.0, "kg", incoming, cas))
    return found.verdict, found.flow


# --- greenhouse gases ------------------------------------------------------------------------


def test_every_flow_of_the_tables_is_a_shipped_flow() -> None:
    flows, _ = read_flows()
    given = table("flows.yaml")
    named = {
        flow
        for gas in given["gases"].values()
        for key, flow in gas.items()
        if key not in {"cas", "names", "codes"}
    }
    assert named | set(given["uuids"].values()) <= set(flows)


def test_every_shipped_gas_has_a_way_in() -> None:
    flows, _ = read_flows()
    given = table("flows.yaml")
    known = {cas for gas in given["gases"].values() for cas in gas["cas"]}
    assert {flow.cas for flow in flows.values() if flow.cas} == known


def test_no_gas_is_both_counted_and_without_a_factor() -> None:
    given = table("flows.yaml")
    counted = {cas for gas in given["gases"].values() for cas in gas["cas"]}
    left = {cas for row in given["not_characterised"]["cas"] for cas in row}
    assert counted & left == set()


@pytest.mark.parametrize(
    ("name", "compartment", "flow"),
    [
        ("Carbon dioxide, fossil", AIR, "co2-fossil"),
        ("carbon dioxide (fossil)", ("Emissions", "Emissions to air"), "co2-fossil"),
        ("Carbon dioxide, non-fossil", AIR, "co2-biogenic"),
        ("carbon dioxide (biogenic)", AIR, "co2-biogenic"),
        ("Carbon dioxide, from soil or biomass stock", AIR, "co2-luc"),
        ("Carbon dioxide, land transformation", ("air", "low. pop."), "co2-luc"),
        ("Carbon dioxide, in air", ("natural resource", "in air"), "co2-uptake"),
        ("carbon dioxide", ("Resources", "Resources from air"), "co2-uptake"),
        (
            "Carbon dioxide, fossil",
            ("air", "lower stratosphere + upper troposphere"),
            "co2-fossil-aircraft",
        ),
        ("Methane, fossil", AIR, "ch4-fossil"),
        ("Methane, fossil, GLO", AIR, "ch4-fossil"),
        ("Methane, non-fossil", AIR, "ch4-biogenic"),
        ("Methane, from soil or biomass stock", AIR, "ch4-luc"),
        ("Dinitrogen monoxide", AIR, "n2o"),
        ("Nitrous oxide", ("air", "stratosphere"), "n2o-aircraft"),
        ("Sulfur hexafluoride", AIR, "sf6"),
        ("Methane, tetrafluoro-, R-14", AIR, "cf4"),
        ("Ethane, hexafluoro-, HFC-116", AIR, "c2f6"),
        ("Methane, chlorodifluoro-, HCFC-22", AIR, "hcfc-22"),
        ("二氧化碳（化石）", AIR, "co2-fossil"),
    ],
)
def test_gases_are_known_by_their_name_and_compartment(
    name: str, compartment: tuple[str, ...], flow: str
) -> None:
    assert verdict(name, *compartment) == ("counted", flow)


def test_a_cas_number_goes_before_a_name() -> None:
    assert verdict("something", cas="000075-73-0") == ("counted", "cf4")
    assert verdict("Methane, dichloro, HCC-30", cas="75-09-2") == ("counted", "ch2cl2")
    assert verdict("Methane", cas="74-95-3") == ("unmapped", "")  # dibromomethane


def test_a_uuid_is_enough_where_the_name_is_missing() -> None:
    flow = Elementary("349B29D1-3e58-4c66-98b9-9d1a076efd2e", "", AIR, 1.0, "kg")
    assert recognised_flow(flow).flow == "co2-fossil"


@pytest.mark.parametrize("name", ["Carbon dioxide", "Methane", "Methane, low pop."])
def test_a_gas_of_unstated_origin_counts_as_fossil_and_says_so(name: str) -> None:
    assert verdict(name)[0] == "assumed"
    assert verdict(name)[1].endswith("-fossil")


@pytest.mark.parametrize(
    "name",
    [
        "Methane, dichloro, HCC-30",
        "Methane, dibromo-, Halon-1002",
        "CFC-112",
        "Perfluoroheptane",
        "HFC-272ca",
        "Halon 2402",
        "Carbon dioxide equivalents",
        "Greenhouse gases, unspecified",
        "Carbon dioxide, fossil, correction",
    ],
)
def test_what_may_be_a_greenhouse_gas_is_reported_and_not_counted(name: str) -> None:
    assert verdict(name) == ("unmapped", "")


@pytest.mark.parametrize(
    "name",
    [
        "Sulfur dioxide",
        "Carbon monoxide, fossil",
        "NMVOC, non-methane volatile organic compounds, unspecified origin",
        "Benzo(k)fluoranthene",
        "Hydrogen fluoride",
        "Particulates, < 2.5 um",
    ],
)
def test_other_pollutants_are_other(name: str) -> None:
    assert verdict(name) == ("other", "")


@pytest.mark.parametrize(
    "compartment",
    [("water", "river"), ("soil", "agricultural"), ("natural resource", "in ground")],
)
def test_a_gas_that_does_not_go_to_the_air_is_other(compartment: tuple[str, ...]) -> None:
    assert verdict("Methane, fossil", *compartment) == ("other", "")


def test_a_gas_that_is_taken_in_from_an_emission_compartment_is_reported() -> None:
    assert verdict("Methane, fossil", *AIR, incoming=True) == ("backwards", "")
    assert verdict("Carbon dioxide, in air", "air", incoming=True) == ("counted", "co2-uptake")


# --- places ----------------------------------------------------------------------------------


def located(text: str) -> tuple[str, list[str]]:
    log = Log()
    code = place(text, log, Where("f"))
    return code, [n.problem.code for n in log.notices] + [p.code for p in log.problems]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("CN", "CN", []),
        ("RoW", "RoW", []),
        ("US-CA", "US-CA", []),
        ("United States of America (the)", "US", []),
        ("Iran (Islamic Republic of)", "IR", []),
        ("korea, republic of", "KR", []),
        ("Côte d'Ivoire", "CI", []),
        ("Europe without Switzerland", "RER", ["IMP-105"]),
        ("IAI Area, EU27 & EFTA", "RER", ["IMP-105"]),
        ("WECC, US only", "US", ["IMP-105"]),
        ("CN-SGCC", "CN", ["IMP-105"]),
        ("US-WECC", "US", ["IMP-105"]),
        ("SD-CN", "CN-SD", []),
        ("HD-HEB-CN", "CN", ["IMP-105"]),
        ("IT-CN", "IT-CN", []),
        ("", "GLO", ["IMP-106"]),
        ("Atlantis", "GLO", ["IMP-106"]),
        ("Atlantis (the)", "GLO", ["IMP-017"]),
        ("'; import os", "GLO", ["IMP-017"]),
    ],
)
def test_a_location_becomes_a_code_and_what_was_done_is_said(
    text: str, code: str, said: list[str]
) -> None:
    assert located(text) == (code, said)


def test_every_country_has_a_name_and_every_name_one_code() -> None:
    given = table("places.yaml")
    assert set(given["names"]) == COUNTRIES | REGIONS
    for code, names in given["names"].items():
        for name in names:
            assert located(name)[0] == code, name
    for code, groups in given["regions"].items():
        for name in (name for group in groups for name in group):
            assert located(name)[0] in {code, name}, name


@given(st.text(max_size=50))
def test_every_text_becomes_a_place_of_the_closed_list(text: str) -> None:
    code, _ = located(text)
    assert is_location(code)
    assert "(" not in code


# --- units -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("kilogram", 1.0, "kg"),
        ("t*km", 1.0, "tkm"),
        ("kg*km", 0.001, "tkm"),
        ("Item(s)", 1.0, "piece"),
        ("p", 1.0, "piece"),
        ("Mg", 1.0, "t"),
        ("gal (US fl)", 0.003785411784, "m3"),
        ("kWh", 1.0, "kWh"),
        ("kilowatt hour", 1.0, "kWh"),
        ("kJ", 0.001, "MJ"),
    ],
)
def test_units_of_other_tools_are_known(text: str, amount: float, unit: str) -> None:
    factor, known = Measures(Log(), {}).unit(text, Where())
    assert in_unit(factor, known, unit) == pytest.approx(amount, rel=1e-12)


def test_a_unit_that_only_the_file_defines_is_used_as_it_says() -> None:
    log = Log()
    measures = Measures(log, {"kcal": (0.0041855, "MJ"), "sack": (50.0, "kg")})
    assert measures.convert(2.0, "sack", "t", Where()) == 0.1
    assert measures.convert(1.0, "kcal", "MJ", Where()) == 0.0041855
    assert log.notices == ()


def test_an_unknown_unit_converts_to_nothing_but_itself() -> None:
    log = Log()
    measures = Measures(log, {})
    assert measures.convert(2.0, "EUR 2000", "kg", Where()) is None
    assert measures.convert(2.0, "EUR 2000", "EUR 2000", Where()) == 2.0
    assert [notice.problem.code for notice in log.notices] == ["IMP-104"]


def test_the_units_of_the_table_are_units_of_the_inventory_or_stand_for_themselves() -> None:
    given = table("units.yaml")
    own = {"Sm3", "person_km", "m2_year", "m3_year", "kg_year", "m_year", "guest_night", "kBq"}
    named = set(given["same"]) | {unit for _, unit in given["multiples"].values()}
    for unit in named - own:
        assert units.convertible(unit, unit), unit
