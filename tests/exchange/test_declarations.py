"""Environmental declarations as suppliers' footprints: a file for every trap of the form."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.exchange_declarations import (
    A1_GWP,
    AREA,
    CARBON,
    DECLARATIONS,
    FOSSIL,
    GHG,
    MASS,
    TOTAL,
    VOLUME,
    ilcd_json,
    ilcd_xml,
    ilcd_zip,
    split,
)
from footprint.bom.read import read_bom_bytes
from footprint.engine.calculate import calculate
from footprint.exchange.read import read_supplier_document
from footprint.faults import InputRefused, Where
from footprint.inventory.compiled import CompiledInventory
from footprint.values.result import Footprint
from footprint.values.supplier import SupplierPcf
from footprint.words.language import in_language

WHERE = Where("bom.csv", 2, "supplier_pcf")


def as_json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def read(data: bytes, accept: bool = False) -> SupplierPcf:
    return read_supplier_document(data, "epd", WHERE, accept=accept)


FORMS: dict[str, Callable[[Any], bytes]] = {"json": as_json, "zip": ilcd_zip}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", DECLARATIONS)
def test_what_a_declaration_states(name: str, form: str) -> None:
    given_, wanted = DECLARATIONS[name]
    found = read(FORMS[form](ilcd_json(**given_)))
    assert found.kind == "ilcd-epd"
    assert found.unit == wanted.get("unit", "kilogram")
    for part, key in (("fossil", "fossil"), ("land_use_change", "luc"),
                      ("biogenic_non_co2", "non_co2"), ("biogenic_uptake", "uptake"),
                      ("biogenic_emission", "emission")):  # fmt: skip
        assert found.parts.get(part, 0.0) == pytest.approx(wanted.get(key, 0.0), rel=1e-9), part
    assert found.mass_kg == (wanted["mass"] and pytest.approx(wanted["mass"]))
    assert wanted.get("asks", "") in found.question
    assert bool(found.question) == ("asks" in wanted)
    assert found.valid_until == date(wanted.get("year", 2030), 12, 31)
    assert found.primary_data_share == wanted.get("share")
    assert found.product == wanted.get("name", "Product")
    assert (found.company, found.gwp_sets) == ("Example Makers", ("unstated",))


def test_there_are_thirty_files() -> None:
    assert len(DECLARATIONS) >= 30


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no climate indicator": ({"rows": [("0" * 36, "A1-A3", "1")]}, "EXC-003"),
    "a part of the product stage": (
        {"rows": [(TOTAL, "A1", "1"), (TOTAL, "A3", "1")]},
        "EXC-003",
    ),
    "scenarios of A1-A3 alone": (
        {"rows": [(TOTAL, "A1-A3", "1", "one"), (TOTAL, "A1-A3", "2", "two")]},
        "EXC-003",
    ),
    "modules that make another sum": (
        {
            "rows": [
                (TOTAL, "A1-A3", "100"),
                (TOTAL, "A1", "90"),
                (TOTAL, "A2", "5"),
                (TOTAL, "A3", "15"),
            ]
        },
        "EXC-102",
    ),
    "indicators that make another sum": ({"rows": split("2", "0", "0", "9")}, "EXC-102"),
    "fossil below zero": ({"rows": split("-2", "0", "0", "-2")}, "EXC-103"),
    "uptake without a carbon content": ({"rows": [(A1_GWP, "A1-A3", "-5")]}, "EXC-003"),
    "more uptake than carbon": (
        {
            "rows": [(A1_GWP, "A1-A3", "-500")],
            "others": {"62e503ce-544a-4599-b2ad-bcea15a7bf20": ("Carbon", "1")},
        },
        "EXC-103",
    ),
    "a total below zero alone": ({"rows": [(TOTAL, "A1-A3", "-5")]}, "EXC-003"),
    "a unit that nobody knows": (
        {"rows": [(TOTAL, "A1-A3", "5")], "reference": "1" * 36},
        "EXC-002",
    ),
    "a year that is none": ({"rows": [(TOTAL, "A1-A3", "5")], "valid": 1735686000000}, "EXC-101"),
    "an amount of nothing": ({"rows": [(TOTAL, "A1-A3", "5")], "amount": "0"}, "EXC-101"),
    "GWP-GHG below its parts": (
        {"rows": [*split("40", "-1.8", "0.2", "38.4"), (GHG, "A1-A3", "35")]},
        "EXC-103",
    ),
    "GWP-GHG that would hide an uptake in steel": (
        {"rows": [*split("2", "0", "0.1", "2.1"), (GHG, "A1-A3", "9")]},
        "EXC-103",
    ),
    "GWP-GHG above what the stated carbon explains": (
        {
            "rows": [*split("40", "0", "0.2", "40.2"), (GHG, "A1-A3", "60")],
            "reference": AREA,
            "others": {MASS: ("Mass", "25"), CARBON: ("Carbon content (biogenic)", "1")},
        },
        "EXC-103",
    ),
    "GWP-GHG below zero beside a total": (
        {"rows": [(TOTAL, "A1-A3", "5"), (GHG, "A1-A3", "-1")]},
        "EXC-003",
    ),
    "two amounts": (
        {"rows": [(TOTAL, "A1-A3", "5")], "mean": "1000", "resulting": "1"},
        "EXC-103",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_open_or_contradicts_is_refused_in_both_languages(name: str) -> None:
    given_, code = REFUSED[name]
    document = ilcd_json(**given_)
    if name == "a unit that nobody knows":
        document["exchanges"]["exchange"][0]["flowProperties"][0]["referenceUnit"] = "barrel"
    with pytest.raises(InputRefused) as caught:
        read(as_json(document))
    (problem,) = caught.value.problems
    assert problem.code == code
    if code.startswith("EXC"):
        assert in_language(problem, "zh").message != problem.message


@pytest.mark.parametrize(
    "name", ["modules that make another sum", "indicators that make another sum"]
)
def test_a_stated_total_can_be_taken_and_is_marked(name: str) -> None:
    found = read(as_json(ilcd_json(**REFUSED[name][0])), accept=True)
    assert sum(found.parts.values()) == pytest.approx(100 if "modules" in name else 9)
    assert "counts" in found.note


def test_indicators_go_by_id_whatever_they_are_called() -> None:
    document = ilcd_json([(TOTAL, "A1-A3", "5")])
    (result,) = document["LCIAResults"]["LCIAResult"]
    method = result["referenceToLCIAMethodDataSet"]
    method["shortDescription"] = [{"value": "Ozonabbaupotenzial", "lang": "de"}]
    assert read(as_json(document)).parts["fossil"] == 5
    method["refObjectId"] = "06dcd26f-025f-401a-a7c1-5e457eb54637"
    method["shortDescription"] = [{"value": "Global warming potential - total", "lang": "en"}]
    with pytest.raises(InputRefused, match="EXC-003"):
        read(as_json(document))


def test_what_is_not_declared_is_no_zero() -> None:
    document = ilcd_json(split("2", "0", "0", "ND"))
    with pytest.raises(InputRefused, match="EXC-003"):
        read(ilcd_zip(document))
    for result in document["LCIAResults"]["LCIAResult"]:
        result["other"]["anies"][0]["value"] = None
    with pytest.raises(InputRefused, match="EXC-003"):
        read(as_json(document))


@pytest.mark.parametrize("folder", ["ILCD/", "", "export/ILCD/"])
def test_packages_are_read_whatever_their_folder(folder: str) -> None:
    assert read(ilcd_zip(ilcd_json([(TOTAL, "A1-A3", "5")]), folder)).parts["fossil"] == 5


def test_a_process_without_its_flow_is_asked_for_as_published() -> None:
    process, _ = ilcd_xml(ilcd_json([(TOTAL, "A1-A3", "5")]))
    with pytest.raises(InputRefused) as caught:
        read(process.encode())
    (problem,) = caught.value.problems
    assert (problem.code, problem.hint) == ("EXC-003", "Give the zip as it is published.")


def test_two_declarations_in_a_package_are_one_too_many() -> None:
    document = ilcd_json([(TOTAL, "A1-A3", "5")])
    process, _ = ilcd_xml(document)
    with pytest.raises(InputRefused, match=r"EXC-001.*2 declarations"):
        read(ilcd_zip(document, "ILCD/", process))


@pytest.mark.parametrize(
    "data",
    [b"<html/>", b"PK\x03\x04nothing", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a"],
    ids=["web page", "broken zip", "document type", "half"],
)
def test_what_is_no_declaration_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused, match="EXC-001"):
        read(data)


@given(
    st.decimals("0.01", "9999", places=3),
    st.decimals("-999", "0", places=3),
    st.decimals("0", "99", places=3),
    st.sampled_from(["1", "10", "1000"]),
)
def test_the_split_is_kept_per_unit(fossil: Any, biogenic: Any, luluc: Any, amount: str) -> None:
    total = fossil + biogenic + luluc
    rows = split(f"{fossil}", f"{biogenic}", f"{luluc}", f"{total}")
    found = read(as_json(ilcd_json(rows, reference=VOLUME, amount=amount)))
    scale = float(amount)
    assert found.parts["fossil"] * scale == pytest.approx(float(fossil))
    assert found.parts["biogenic_uptake"] * scale == pytest.approx(float(biogenic))
    assert found.parts["land_use_change"] * scale == pytest.approx(float(luluc))


@pytest.fixture
def toy(inventory: CompiledInventory) -> Callable[[str, Mapping[str, bytes]], Footprint]:
    """Table and documents -> footprint."""

    def calculated(table: str, documents: Mapping[str, bytes]) -> Footprint:
        return calculate(read_bom_bytes(table.encode(), "b.csv", documents=documents), inventory)

    return calculated


TABLE = "# name: Wall\n# reference_period: 2025\nname,quantity,unit,supplier_pcf\n{row}\n"


def test_a_line_can_rest_on_a_declaration() -> None:
    files = {"e.zip": ilcd_zip(ilcd_json([(FOSSIL, "A1-A3", "5"), (TOTAL, "A1-A3", "5")]))}
    bom = read_bom_bytes(TABLE.format(row="Steel,2,kg,e.zip").encode(), "b.csv", documents=files)
    assert bom.suppliers[0].parts["fossil"] == 5


def test_the_open_mass_is_asked_where_a_line_needs_it(toy: Any) -> None:
    given_, _ = DECLARATIONS["conversion factor that may be either"]
    files = {"e.json": as_json(ilcd_json(**given_))}
    with pytest.raises(InputRefused) as caught:
        toy(TABLE.format(row="Tile,2,kg,e.json"), files)
    (problem,) = caught.value.problems
    assert problem.code == "BOM-012"
    assert "12.7 or 0.07874 kg per square meter" in problem.hint
    result = toy(TABLE.format(row="Tile,2,m2,e.json"), files)
    assert result.total == pytest.approx(358)
    assert result.provenance.documents[0].kind == "ilcd-epd"


def test_an_expired_declaration_is_refused_for_a_later_period(toy: Any) -> None:
    files = {"e.json": as_json(ilcd_json([(TOTAL, "A1-A3", "5")], valid=2024))}
    with pytest.raises(InputRefused, match="SUP-005"):
        toy(TABLE.format(row="Steel,2,kg,e.json"), files)
    files = {"e.json": as_json(ilcd_json([(TOTAL, "A1-A3", "5")], valid=2025, reference=AREA))}
    assert toy(TABLE.format(row="Tile,2,m2,e.json"), files).total == 10


UNITS_OF_MASS = {
    "kg/dm^3": (VOLUME, "gross density", "7.85", "kg/dm^3", 7850),
    "kg/l": (VOLUME, "gross density", "2.4", "kg/l", 2400),
    "g/cm3": (VOLUME, "gross density", "7.85", "g/cm³", 7850),
    "t/m3": (VOLUME, "bulk density", "1.6", "t/m^3", 1600),
    "g/cm2": (AREA, "grammage", "0.08", "g/cm^2", 0.8),
    "an area of 100": (AREA, "grammage", "12", "kg/100 m^2", None),
    "steel in t/m3, called kg/m3": (VOLUME, "gross density", "7.85", "kg/m^3", None),
    "a factor of one": (VOLUME, "conversion factor to 1 kg", "1", "-", None),
}


@pytest.mark.parametrize("name", UNITS_OF_MASS)
def test_the_unit_of_a_density_counts_with_its_denominator(name: str) -> None:
    """7.85 kg/dm3 was 7.85 kg/m3: a line of 785 kg came out a thousand times too much."""
    reference, called, value, unit, wanted = UNITS_OF_MASS[name]
    rows = [(TOTAL, "A1-A3", "100"), (FOSSIL, "A1-A3", "100")]
    found = read(as_json(ilcd_json(rows, reference=reference, materials=[(called, value, unit)])))
    assert found.mass_kg == (None if wanted is None else pytest.approx(wanted))


@pytest.mark.parametrize("unit", ["MJ", "t CO2 eq.", "g CO2e", "kg Sb eq."])
def test_a_potential_in_another_unit_is_refused(unit: str) -> None:
    document = ilcd_json([(TOTAL, "A1-A3", "100"), (FOSSIL, "A1-A3", "100")])
    for result in document["LCIAResults"]["LCIAResult"]:
        group = result["other"]["anies"][-1]["value"]
        group["shortDescription"] = [{"value": unit, "lang": "en"}]
    with pytest.raises(InputRefused, match=r"EXC-101.*" + unit.split(maxsplit=1)[0]):
        read(as_json(document))


def test_a_mass_in_grams_is_not_one_in_kilograms() -> None:
    document = ilcd_json(
        [(TOTAL, "A1-A3", "100"), (FOSSIL, "A1-A3", "100")],
        reference=AREA,
        others={"93a60a56-a3c8-11da-a746-0800200b9a66": ("Mass", "450")},
    )
    (exchange,) = document["exchanges"]["exchange"]
    exchange["flowProperties"][1]["referenceUnit"] = "g"
    assert read(as_json(document)).mass_kg == pytest.approx(0.45)
    exchange["flowProperties"][1]["referenceUnit"] = "lb"
    with pytest.raises(InputRefused, match="EXC-101"):
        read(as_json(document))


def test_ghg_that_contradicts_its_parts_is_left_aside_where_that_is_accepted() -> None:
    found = read(as_json(ilcd_json(**REFUSED["GWP-GHG below its parts"][0])), accept=True)
    assert found.parts["fossil"] == 40
    assert "biogenic_non_co2" in found.untold
    assert "GWP-GHG is 35 kg CO2e; fossil and luluc alone make 40.2" in found.note
    steel = REFUSED["GWP-GHG that would hide an uptake in steel"][0]
    found = read(as_json(ilcd_json(**steel)), accept=True)
    assert found.parts["biogenic_non_co2"] == pytest.approx(6.9)
    assert "GWP-GHG counts" in found.note


def test_ghg_within_the_digits_of_its_parts_is_no_contradiction() -> None:
    rows = [*split("40", "-1.8", "0.2", "38.4"), (GHG, "A1-A3", "40.1")]
    found = read(as_json(ilcd_json(rows)))
    assert (found.parts["biogenic_non_co2"], found.note) == (0, "")


def test_uptake_inside_a_total_is_told_by_ghg_beside_it() -> None:
    """Read alone, a total of 10 with 90 of uptake inside was 10 instead of 100."""
    found = read(as_json(ilcd_json([(TOTAL, "A1-A3", "10"), (GHG, "A1-A3", "100")])))
    assert (found.parts["fossil"], found.parts["biogenic_uptake"]) == (100, -90)
    assert set(found.untold) == {"biogenic_non_co2", "land_use_change"}
    burnt = read(as_json(ilcd_json([(TOTAL, "A1-A3", "12"), (GHG, "A1-A3", "10")])))
    assert (burnt.parts["fossil"], burnt.parts["biogenic_emission"]) == (10, 2)


def test_a_mass_of_zero_is_asked_about() -> None:
    document = ilcd_json([(TOTAL, "A1-A3", "5")], reference=AREA, others={MASS: ("Mass", "0")})
    found = read(as_json(document))
    assert (found.mass_kg, found.question[:25]) == (None, "The mass is stated as 0. ")
