"""A supplier's document in place of a dataset."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_boms import INVENTORY, as_bytes, codes, footprint, refused, row

from footprint.bom.read import read_bom
from footprint.canonical import bytes_hash
from footprint.documents.footprint import footprint_document
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.pact.document import pact_document

PERIOD = "reference_period: 2025"


def pact(amount: str = "1000", unit: str = "kilogram", **changes: Any) -> dict[str, Any]:
    """A footprint of 2 kg CO2e per kg; changes to `pcf` by its property names."""
    pcf: dict[str, Any] = {
        "declaredUnitOfMeasurement": unit,
        "declaredUnitAmount": amount,
        "productMassPerDeclaredUnit": "1000",
        "referencePeriodStart": "2024-01-01T00:00:00Z",
        "referencePeriodEnd": "2025-01-01T00:00:00Z",
        "pcfExcludingBiogenicUptake": "2000",
        "pcfIncludingBiogenicUptake": "1700",
        "fossilGhgEmissions": "1500",
        "landUseChangeGhgEmissions": "300",
        "landManagementBiogenicCO2Emissions": "150",
        "biogenicNonCO2Emissions": "50",
        "biogenicCO2Uptake": "-300",
        "aircraftGhgEmissions": "10",
        "ipccCharacterizationFactors": ["AR6"],
        "primaryDataShare": "60",
        "dqi": {"technologicalDQR": "1.5", "geographicalDQR": "2", "temporalDQR": "1"},
        "futureProperty": {"of": "a later version"},
    }
    head = {
        k: changes.pop(k) for k in ("status", "validityPeriodEnd", "specVersion") if k in changes
    }
    pcf |= changes
    return {
        "id": "b1f8c0f0-0000-4000-8000-000000000001",
        "specVersion": "3.0.1",
        "companyName": "Steelworks",
        "productNameCompany": "Coil",
        "pcf": {key: value for key, value in pcf.items() if value is not ...},
    } | head


def certificate(**changes: Any) -> dict[str, Any]:
    return {
        "type": "certificate",
        "schema": "1",
        "number": "FP-TEST",
        "company": "Steelworks",
        "product_name": "Coil",
        "product_mass_kg": "0.5",
        "declared_amount": "2",
        "declared_unit": "piece",
        "boundary": "cradle-to-gate",
        "gwp_sets_used": ["AR6", "AR5"],
        "valid_until": "2026-06-30",
        "total_kg_co2e": "3.0",
        "split": [{"name": "fossil", "kg_co2e": "2.9"},
                  {"name": "land_use_change", "kg_co2e": "0.1"},
                  {"name": "biogenic_uptake", "kg_co2e": "-0.4"}],
        "primary_data_share": "0",
        "quality_technological": "2", "quality_geographical": "3", "quality_temporal": "1",
        "coverage_mass": "1.0",
    } | changes  # fmt: skip


def supplied(document: Any, *more: str, facts: str = PERIOD, **cells: Any) -> Any:
    line = row("Coil", id="c", supplier_pcf="coil.json", **cells)
    return footprint(line, *more, documents={"coil.json": document}, facts=facts)


def test_the_emissions_are_divided_by_the_declared_unit_amount() -> None:
    result = supplied(pact(), quantity=3)
    assert result.split.as_dict() == pytest.approx(
        {
            "fossil": 4.5, "biogenic_uptake": -0.9, "biogenic_emission": 0,
            "biogenic_non_co2": 0.15,
            "land_use_change": 0.9, "land_management": 0.45, "aircraft": 0.03, "packaging": 0,
            "outbound_logistics": 0,
        }, rel=1e-15,
    )  # fmt: skip
    assert result.total == pytest.approx(3 * 2.0, rel=1e-15)
    (item,) = result.contributions
    assert (item.matched_by, item.dataset_name) == ("supplier", "Steelworks: Coil")


@pytest.mark.parametrize(
    ("cells", "document", "kg_co2e"),
    [
        ({"quantity": 500, "unit": "g"}, pact(), 1.0),
        ({"quantity": 4, "unit": "piece", "unit_mass": "250 g"}, pact(), 2.0),
        ({"quantity": 3, "unit": "kg"},
         pact("2", "piece", productMassPerDeclaredUnit="3", pcfExcludingBiogenicUptake="10",
              pcfIncludingBiogenicUptake="10", fossilGhgEmissions="10",
              landUseChangeGhgEmissions="0",
              landManagementBiogenicCO2Emissions=None, biogenicNonCO2Emissions=...,
              biogenicCO2Uptake="0"), 10.0),
        ({"quantity": 5, "unit": "piece"}, certificate(), 7.5),
        ({"quantity": 1, "unit": "kg"}, certificate(), 6.0),
        ({"quantity": 1, "unit": "kg", "loss": "20 %"}, {"data": pact()}, 2.5),
        ({"quantity": 2, "unit": "piece"}, {"certificate": certificate(), "credential": "x"}, 3.0),
    ],
)  # fmt: skip
def test_units_are_converted_directly_or_by_mass(
    cells: dict[str, Any], document: Any, kg_co2e: float
) -> None:
    assert supplied(document, **cells).total == pytest.approx(kg_co2e, rel=1e-14)


def test_a_unit_that_nothing_converts_is_refused() -> None:
    line = row("Coil", unit="piece", supplier_pcf="c.json")
    assert refused(line, documents={"c.json": pact()}, facts=PERIOD) == [
        ("BOM-012", 4, "supplier_pcf")
    ]


@pytest.mark.parametrize("text", ["2_000", "２０００", "٢٠٠٠", "Infinity", "0x7d0", "2,000", ""])
def test_a_number_is_spelt_as_json_spells_it(text: str) -> None:
    """Python takes `2_000` and digits of other scripts for numbers, and others do not."""
    line = row("Coil", supplier_pcf="c.json")
    document = pact(pcfExcludingBiogenicUptake=text)
    with pytest.raises(InputRefused, match=r"SUP-003.*pcfExcludingBiogenicUptake"):
        footprint(line, documents={"c.json": document}, facts=PERIOD)


def test_a_mass_that_contradicts_the_declared_kilograms_is_refused() -> None:
    line = row("Coil", supplier_pcf="c.json")
    said = r"SUP-003.*productMassPerDeclaredUnit is 9 kg, and the declared unit is 4 kg"
    with pytest.raises(InputRefused, match=said):
        footprint(
            line, documents={"c.json": pact("4", productMassPerDeclaredUnit="9")}, facts=PERIOD
        )
    assert supplied(pact(productMassPerDeclaredUnit=...), quantity=3).total == pytest.approx(6)


def test_a_mass_of_zero_is_asked_about_where_a_line_needs_it() -> None:
    document = pact("2", "piece", productMassPerDeclaredUnit="0")
    with pytest.raises(InputRefused) as caught:
        supplied(document, quantity=3, unit="kg")
    (problem,) = caught.value.problems
    assert (problem.code, problem.hint[:25]) == ("BOM-012", "The mass is stated as 0. ")
    assert supplied(document, quantity=2, unit="piece").total == 2000


def test_what_stands_beside_a_document_in_its_wrapper_is_named() -> None:
    line = row("Coil", supplier_pcf="c.json")
    wrappers: list[dict[str, Any]] = [{"pcf": {}}, {"remark": "as agreed", "links": []}]
    for beside in wrappers:
        with pytest.raises(InputRefused, match="SUP-002.*" + ", ".join(sorted(beside))):
            footprint(line, documents={"c.json": {"data": pact(), **beside}}, facts=PERIOD)


def test_quality_is_the_suppliers_own_weighted_by_contribution() -> None:
    result = supplied(pact(), row(quantity=2, dataset="steel"), quantity=1)
    assert result.quality.primary_data_share == pytest.approx(60 * 2 / 6)
    assert result.quality.technological == pytest.approx((1.5 * 2 + 3 * 4) / 6)
    silent = supplied(pact(primaryDataShare=..., dqi=...), quantity=1)
    assert silent.quality.primary_data_share == 0.0
    assert silent.quality.technological == silent.quality.temporal == 5.0


def test_another_gwp_set_is_listed_and_said() -> None:
    result = supplied(pact(ipccCharacterizationFactors=["AR5", "AR6"]))
    assert result.gwp_sets_used == ("AR6", "AR5")
    assert "ENG-010" in codes(result)
    assert supplied(pact()).gwp_sets_used == ("AR6",)
    assert supplied(pact(ipccCharacterizationFactors=...)).gwp_sets_used == ("AR6", "unstated")


@pytest.mark.parametrize(
    ("changes", "expired"),
    [
        ({}, False),
        # The end is exclusive: midnight of 1 January closes 31 December, three years are 2023-2025.
        ({"referencePeriodEnd": "2023-01-01T00:00:00Z"}, False),
        ({"referencePeriodEnd": "2022-12-31T00:00:00Z"}, True),
        ({"referencePeriodEnd": "2022-12-31T23:59:59Z"}, False),
        ({"validityPeriodEnd": "2025-12-31T00:00:00Z"}, False),
        ({"validityPeriodEnd": "2025-12-30T00:00:00Z"}, True),
        ({"validityPeriodEnd": "2099-12-30T00:00:00Z", "referencePeriodEnd": "2020-02-29"}, True),
    ],
)
def test_a_document_must_be_valid_to_the_end_of_the_reference_period(
    changes: dict[str, Any], expired: bool
) -> None:
    line = row("Coil", supplier_pcf="c.json")
    documents = {"c.json": pact(**changes)}
    if expired:
        assert refused(line, documents=documents, facts=PERIOD) == [("SUP-005", 4, "supplier_pcf")]
    else:
        assert footprint(line, documents=documents, facts=PERIOD).total == 2.0


def test_an_expired_certificate_is_refused_and_a_valid_one_is_said_to_be_unverified() -> None:
    line = row("Coil", unit="piece", supplier_pcf="c.json")
    assert refused(line, documents={"c.json": certificate()}, facts="reference_period: 2026") == [
        ("SUP-005", 4, "supplier_pcf")
    ]
    assert "SUP-009" in codes(supplied(certificate(), unit="piece"))


def test_what_a_reader_should_know_of_a_document_is_said() -> None:
    assert codes(supplied(pact(status="Deprecated"))).count("SUP-006") == 1
    assert "SUP-008" in codes(supplied(pact(), facts=""))
    assert "SUP-011" in codes(supplied(pact(outboundLogisticsGhgEmissions="7")))
    delivered = supplied(pact(outboundLogisticsGhgEmissions="7"), transport="road 10")
    assert "SUP-011" not in codes(delivered)
    half = supplied(certificate(coverage_mass="0.5"), unit="piece")
    assert half.coverage.mass == 0.5
    assert "ENG-008" in codes(half)
    quiet = set(codes(supplied(pact())))
    assert not {code for code in quiet if code.startswith("SUP")}


def test_captured_co2_is_not_credited_and_the_result_is_higher_by_it() -> None:
    captured = pact(ccsTechnologicalCO2Capture="-500", pcfExcludingBiogenicUptake="1500",
                    pcfIncludingBiogenicUptake="1200")  # fmt: skip
    result = supplied(captured)
    assert result.total == pytest.approx(2.0, rel=1e-15)
    assert "SUP-007" in codes(result)


def test_land_removals_are_not_credited_and_the_result_is_higher_by_them() -> None:
    removed = pact(landManagementBiogenicCO2Removals="-9000", pcfExcludingBiogenicUptake="-7000",
                   pcfIncludingBiogenicUptake="-7300")  # fmt: skip
    result = supplied(removed)
    assert result.total == pytest.approx(2.0, rel=1e-15)
    assert result.split.land_management == pytest.approx(0.15, rel=1e-15)
    says = [one.message for one in result.warnings if one.code == "SUP-007"]
    assert len(says) == 1
    assert "-9 kg CO2e" in says[0]


def test_net_land_removals_of_a_certificate_are_not_credited() -> None:
    split = [{"name": "fossil", "kg_co2e": "4"}, {"name": "land_management", "kg_co2e": "-1"}]
    result = supplied(certificate(split=split), unit="piece")
    assert result.total == pytest.approx(2.0, rel=1e-15)
    assert "SUP-007" in codes(result)


def test_uptake_that_only_the_totals_state_is_taken_from_them() -> None:
    silent = supplied(pact(biogenicCO2Uptake=...))
    assert silent.split.biogenic_uptake == pytest.approx(-0.3, rel=1e-15)
    line = row("Coil", supplier_pcf="c.json")
    above = pact(biogenicCO2Uptake=..., pcfIncludingBiogenicUptake="2300")
    assert refused(line, documents={"c.json": above}, facts=PERIOD) == [
        ("SUP-004", 4, "supplier_pcf")
    ]


_BELOW = ("fossilGhgEmissions", "biogenicNonCO2Emissions", "landUseChangeGhgEmissions",
          "landManagementBiogenicCO2Emissions", "aircraftGhgEmissions",
          "outboundLogisticsGhgEmissions", "productMassPerDeclaredUnit")  # fmt: skip
_ABOVE = ("landManagementBiogenicCO2Removals", "technologicalCO2Removals",
          "ccsTechnologicalCO2Capture", "biogenicCO2Uptake")  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [*((name, "-50") for name in _BELOW), *((name, "50") for name in _ABOVE)],
)
def test_a_value_with_the_wrong_sign_is_refused_though_the_totals_add_up(
    name: str, value: str
) -> None:
    document = pact(**{name: value})
    pcf = document["pcf"]
    parts = (*_BELOW[:4], *_ABOVE[:3])
    excluding = sum(int(pcf.get(part, 0)) for part in parts)
    pcf["pcfExcludingBiogenicUptake"] = str(excluding)
    pcf["pcfIncludingBiogenicUptake"] = str(excluding + int(pcf["biogenicCO2Uptake"]))
    line = row("Coil", supplier_pcf="c.json")
    with pytest.raises(InputRefused, match=f"pcf.{name} is {value}; it must not be"):
        footprint(line, documents={"c.json": document}, facts=PERIOD)


def test_aircraft_emissions_are_a_part_of_the_total_and_no_more() -> None:
    assert supplied(pact(aircraftGhgEmissions="2000")).split.aircraft == 2.0
    line = row("Coil", supplier_pcf="c.json")
    with pytest.raises(InputRefused, match=r"SUP-003.*aircraftGhgEmissions is 99999"):
        footprint(line, documents={"c.json": pact(aircraftGhgEmissions="99999")}, facts=PERIOD)


@pytest.mark.parametrize(
    ("split", "says"),
    [
        ([{"name": "fossil", "kg_co2e": "-3"}], "split.fossil is -3; it must not be below"),
        ([{"name": "fossil", "kg_co2e": "3"}, {"name": "biogenic_uptake", "kg_co2e": "1"}],
         "split.biogenic_uptake is 1; it must not be above"),
        ([{"name": "fossil", "kg_co2e": "3"}, {"name": "outbound_logistics", "kg_co2e": "-1"}],
         "split.outbound_logistics is -1"),
        ([{"name": "fossil", "kg_co2e": "3"}, {"name": "aircraft", "kg_co2e": "4"}],
         "split.aircraft is 4 kg CO2e, more than"),
    ],
)  # fmt: skip
def test_a_certificate_with_an_impossible_part_is_refused(
    split: list[dict[str, str]], says: str
) -> None:
    document = certificate(split=split, total_kg_co2e=split[0]["kg_co2e"])
    line = row("Coil", unit="piece", supplier_pcf="c.json")
    with pytest.raises(InputRefused, match=f"SUP-003.*{says}"):
        footprint(line, documents={"c.json": document}, facts=PERIOD)


def test_a_total_that_its_parts_do_not_make_is_refused_and_rounding_is_not() -> None:
    rounded = supplied(pact(pcfExcludingBiogenicUptake="2001", pcfIncludingBiogenicUptake="1701"))
    assert rounded.total == pytest.approx(2.001, rel=1e-14)
    line = row("Coil", supplier_pcf="c.json")
    for change in ({"pcfExcludingBiogenicUptake": "2100"}, {"pcfIncludingBiogenicUptake": "2000"}):
        assert refused(line, documents={"c.json": pact(**change)}, facts=PERIOD) == [
            ("SUP-004", 4, "supplier_pcf")
        ]


BROKEN: list[tuple[Any, str]] = [
    (b"{", "SUP-001"),
    (b"[" * 100_000, "SUP-001"),
    (b'{"pcf": NaN}', "SUP-001"),
    (b" " * 5_000_001, "SUP-001"),
    (b"[1]", "SUP-002"),
    ({"hello": 1}, "SUP-002"),
    (pact(specVersion="2.3.0"), "SUP-002"),
    (pact("0"), "SUP-003"),
    (pact(unit="bushel"), "SUP-003"),
    (pact(fossilGhgEmissions=...), "SUP-003"),
    (pact(fossilGhgEmissions="much"), "SUP-003"),
    (pact(fossilGhgEmissions="1e400"), "SUP-003"),
    (pact(fossilGhgEmissions=True), "SUP-003"),
    (pact(referencePeriodEnd="yesterday"), "SUP-003"),
    (pact(referencePeriodEnd="0001-01-01T00:00:00Z"), "SUP-003"),
    (pact(primaryDataShare="101"), "SUP-003"),
    (pact(dqi={"technologicalDQR": "0", "geographicalDQR": "1", "temporalDQR": "1"}), "SUP-003"),
    (pact(dqi=[1]), "SUP-003"),
    (pact(ipccCharacterizationFactors="AR6"), "SUP-003"),
    (certificate(boundary="cradle-to-grave"), "SUP-010"),
    (certificate(split="none"), "SUP-003"),
    (certificate(total_kg_co2e="30"), "SUP-004"),
    (certificate(valid_until="soon"), "SUP-003"),
]


@pytest.mark.parametrize(("document", "code"), BROKEN)
def test_a_document_that_cannot_be_used_is_refused_at_its_cell(document: Any, code: str) -> None:
    line = row("Coil", unit="piece", supplier_pcf="c.json")
    assert refused(line, documents={"c.json": document}, facts=PERIOD) == [
        (code, 4, "supplier_pcf")
    ]


def test_a_document_is_read_once_and_named_with_its_hash() -> None:
    data = as_bytes(pact())
    result = footprint(
        row("One", supplier_pcf="c.json"), row("Two", supplier_pcf="c.json"),
        documents={"c.json": data}, facts=PERIOD,
    )  # fmt: skip
    (document,) = footprint_document(result)["provenance"]["documents"]
    assert document["hash"] == bytes_hash(data)
    assert document["id"] == pact()["id"]
    assert document["valid_until"] == "2027-12-31"
    assert document["gwp_sets"] == ["AR6"]


def test_the_file_beside_the_table_is_used_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "secret.json").write_bytes(as_bytes(pact()))
    (tmp_path / "inner" / "coil.json").write_bytes(as_bytes(pact()))
    table = "# name: x\nname,quantity,unit,supplier_pcf\nCoil,1,kg,{}\n"
    (tmp_path / "inner" / "a.csv").write_text(table.format("coil.json"))
    assert calculate(read_bom(tmp_path / "inner" / "a.csv"), INVENTORY).total == 2.0
    for name in ("../secret.json", str(tmp_path / "secret.json"), "..", "missing.json"):
        (tmp_path / "inner" / "a.csv").write_text(table.format(name))
        with pytest.raises(Exception, match="BOM-029"):
            read_bom(tmp_path / "inner" / "a.csv")


@given(st.floats(0.001, 1000), st.floats(0.001, 1000), st.sampled_from(["steel", "wood", "old"]))
def test_our_own_pact_document_stands_for_its_bill_of_materials(
    amount: float, used: float, dataset: str
) -> None:
    facts = (
        f"declared_unit: {amount} kg|reference_period: 2025|company: Maker|company_ids: urn:a:b|"
        "product_ids: urn:c:d"
    )
    part = footprint(row(quantity=amount, dataset=dataset, transport="air 500"), facts=facts)
    document = pact_document(part, datetime(2026, 1, 1, tzinfo=UTC))
    whole = supplied(json.loads(json.dumps(document)), quantity=used)
    for name in ("fossil", "land_use_change", "biogenic_non_co2", "aircraft"):
        expected = getattr(part.split, name) / amount * used
        assert math.isclose(getattr(whole.split, name), expected, rel_tol=1e-12, abs_tol=1e-12)
    assert math.isclose(whole.total, part.total / amount * used, rel_tol=1e-12)
