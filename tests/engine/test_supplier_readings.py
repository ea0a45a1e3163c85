"""Totals of suppliers that their parts do not make, and factors that no product has."""

from __future__ import annotations

from typing import Any

import pytest
from test_supplier_footprints import PERIOD, certificate, pact, supplied
from toy_boms import codes, footprint, row

from footprint.bounds import beyond, bound_of
from footprint.faults import InputRefused, Problem

LINE = row("Coil", supplier_pcf="coil.json")
ACCEPT = f"{PERIOD}|accept_stated_totals: coil.json"


def refusal(document: Any, line: str = LINE, facts: str = PERIOD) -> Problem:
    with pytest.raises(InputRefused) as refused:
        footprint(line, documents={"coil.json": document}, facts=facts)
    (problem,) = refused.value.problems
    return problem


def on_top(**more: str) -> dict[str, Any]:
    """The fossil emissions of land management added on top, other biogenic gases left out."""
    return pact(
        pcfExcludingBiogenicUptake="2070",
        pcfIncludingBiogenicUptake="1770",
        landManagementFossilGhgEmissions="120",
        **more,
    )


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (on_top(), "landManagementFossilGhgEmissions was added on top (it is a part of "
                   "fossilGhgEmissions) and biogenicNonCO2Emissions was left out"),
        (pact(pcfExcludingBiogenicUptake="1950", pcfIncludingBiogenicUptake="1650"),
         "biogenicNonCO2Emissions was left out"),
        (pact(pcfExcludingBiogenicUptake="1700", pcfIncludingBiogenicUptake="1700"),
         "biogenicCO2Uptake was added on top (it belongs to pcfIncludingBiogenicUptake only), or "
         "landUseChangeGhgEmissions was left out"),
        (pact(pcfExcludingBiogenicUptake="2090", pcfIncludingBiogenicUptake="1790",
              outboundLogisticsGhgEmissions="90"),
         "outboundLogisticsGhgEmissions was added on top (it stands beside the total)"),
        (pact(pcfExcludingBiogenicUptake="1850", pcfIncludingBiogenicUptake="1550"),
         "landManagementBiogenicCO2Emissions was left out"),
        (pact(pcfExcludingBiogenicUptake="3333", pcfIncludingBiogenicUptake="3033"), ""),
    ],
)  # fmt: skip
def test_a_refused_total_names_the_misreading_and_the_way_out(
    document: dict[str, Any], says: str
) -> None:
    problem = refusal(document)
    assert problem.code == "SUP-004"
    assert f"It would fit if {says}." in problem.hint if says else "would fit" not in problem.hint
    assert "# accept_stated_totals: coil.json" in problem.hint


@pytest.mark.parametrize(
    ("total", "fossil", "land", "other"),
    [("0.384", "0.35", "0.03", "0.002"), ("5.14", "4.78", "0.36", "0.024"),
     ("7.9", "7.1", "0.8", "0.03")],
)  # fmt: skip
def test_the_double_mistake_of_published_examples_is_told_from_a_rounded_single_one(
    total: str, fossil: str, land: str, other: str
) -> None:
    """0.356 + 0.03 is 0.384 too, if 0.35 was rounded; without the 0.002 it is so exactly."""
    management = "0.004" if total == "0.384" else "0"
    document = pact(
        "1", pcfExcludingBiogenicUptake=total, pcfIncludingBiogenicUptake=...,
        fossilGhgEmissions=fossil, landManagementFossilGhgEmissions=land,
        landManagementBiogenicCO2Emissions=management, biogenicNonCO2Emissions=other,
        landUseChangeGhgEmissions="0", biogenicCO2Uptake=..., aircraftGhgEmissions="0",
    )  # fmt: skip
    hint = refusal(document).hint
    assert "landManagementFossilGhgEmissions was added on top" in hint
    assert "biogenicNonCO2Emissions was left out" in hint


def test_a_stated_total_is_taken_when_told_to_and_marked() -> None:
    result = supplied(on_top(), facts=ACCEPT)
    assert result.total == pytest.approx(2.07, rel=1e-15)
    assert result.split.fossil == pytest.approx(1.57, rel=1e-15)
    assert result.split.biogenic_uptake == pytest.approx(-0.3, rel=1e-15)
    (note,) = [one for one in result.warnings if one.code == "SUP-012"]
    assert "is 2070 kg CO2e, its parts add up to 2000; the total counts" in note.message
    assert "added on top" in note.message


def test_of_a_certificate_too() -> None:
    wrong = certificate(total_kg_co2e="4.0")
    line = row("Coil", unit="piece", supplier_pcf="coil.json")
    assert refusal(wrong, line).code == "SUP-004"
    result = supplied(wrong, unit="piece", facts=ACCEPT)
    assert result.total == pytest.approx(2.0, rel=1e-15)
    assert "SUP-012" in codes(result)


def test_a_total_that_adds_up_is_not_marked() -> None:
    result = supplied(pact(), facts=ACCEPT)
    assert (result.total, "SUP-012" in codes(result)) == (2.0, False)


def test_a_total_below_what_the_other_parts_make_is_refused_all_the_same() -> None:
    low = pact(pcfExcludingBiogenicUptake="100", pcfIncludingBiogenicUptake="-200")
    problem = refusal(low, facts=ACCEPT)
    assert (problem.code, "cannot make up for it" in problem.message) == ("SUP-004", True)


def test_the_word_counts_for_the_document_that_it_names() -> None:
    with pytest.raises(InputRefused) as refused:
        footprint(LINE, documents={"coil.json": on_top()},
                  facts=f"{PERIOD}|accept_stated_totals: other.json")  # fmt: skip
    assert {one.code for one in refused.value.problems} == {"SUP-004", "BOM-019"}


@pytest.mark.parametrize(
    ("amount", "unit", "fossil"),
    [("1", "kilogram", "1e29"), ("1000", "kilogram", "20000000000"),
     ("1", "kilowatt hour", "20000"), ("1", "liter", "2e7"), ("1e-20", "kilogram", "1"),
     ("1", "piece", "1e11"),
     ("1", "ton kilometer", "2e4"), ("1", "hour", "1e11")],
)  # fmt: skip
def test_a_factor_beyond_any_bound_is_refused(amount: str, unit: str, fossil: str) -> None:
    mass = {"productMassPerDeclaredUnit": amount} if unit == "kilogram" else {}
    document = pact(
        amount, unit, **mass, pcfExcludingBiogenicUptake=fossil, pcfIncludingBiogenicUptake=fossil,
        fossilGhgEmissions=fossil, landUseChangeGhgEmissions=...,
        landManagementBiogenicCO2Emissions=..., biogenicNonCO2Emissions=...,
        biogenicCO2Uptake=..., aircraftGhgEmissions=...,
    )  # fmt: skip
    problem = refusal(document)
    assert problem.code == "SUP-013"
    assert "beyond any plausible value" in problem.message


def test_a_certificate_beyond_any_bound_is_refused() -> None:
    split = [{"name": "fossil", "kg_co2e": "1e29"}]
    document = certificate(total_kg_co2e="1e29", split=split)
    line = row("Coil", unit="piece", supplier_pcf="coil.json")
    assert refusal(document, line).code == "SUP-013"


@pytest.mark.parametrize(
    ("value", "unit", "too_much"),
    [(35_100, "kg", False), (2e7, "kg", True), (2e4, "g", True), (9e3, "g", False),
     (200, "kWh", False), (5e3, "MJ", True), (1e9, "piece", False), (1e29, "piece", True),
     (2e9, "m3", False), (-2e7, "kg", True)],
)  # fmt: skip
def test_bounds_follow_the_unit(value: float, unit: str, too_much: bool) -> None:
    assert bool(beyond(value, unit)) == too_much
    assert bound_of(unit) > 0
