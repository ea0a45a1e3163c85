"""Version 2.3 of PACT counts for one unit, version 3 for all of them: the totals stay the same."""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.canonical import canonical_json
from footprint.exchange.version_two import version_two
from footprint.faults import InputRefused

#: Decimal strings of the protocol: no exponent.
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
PARTS = {
    "fossilGhgEmissions": "2.5",
    "landUseChangeGhgEmissions": "0.125",
    "landManagementBiogenicCO2Emissions": "0.01",
    "biogenicNonCO2Emissions": "0.002",
}
#: What must be there in version 2.3; the second row where the period reaches into 2025.
NEEDED = """id specVersion version created status comment companyName companyIds productDescription
productIds productCategoryCpc productNameCompany pcf""".split()
NEEDED_OF_PCF = """declaredUnit unitaryProductAmount referencePeriodStart referencePeriodEnd
pCfExcludingBiogenic fossilGhgEmissions fossilCarbonContent biogenicCarbonContent
characterizationFactors ipccCharacterizationFactorsSources crossSectoralStandardsUsed
boundaryProcessesDescription exemptedEmissionsPercent exemptedEmissionsDescription
packagingEmissionsIncluded pCfIncludingBiogenic dLucGhgEmissions landManagementGhgEmissions
otherBiogenicGhgEmissions biogenicCarbonWithdrawal biogenicAccountingMethodology primaryDataShare
dqi""".split()


def third(uptake: str | None = "-1.5", **of_pcf: Any) -> dict[str, Any]:
    """A document of version 3 whose sums are right."""
    parts = PARTS | {name: of_pcf.pop(name) for name in tuple(of_pcf) if name in PARTS}
    excluding = sum((Decimal(one) for one in parts.values() if one is not None), Decimal(0))
    including = excluding + Decimal(uptake or 0)
    pcf = {
        "declaredUnitOfMeasurement": "kilogram",
        "declaredUnitAmount": "1",
        "productMassPerDeclaredUnit": "1",
        "referencePeriodStart": "2025-01-01T00:00:00Z",
        "referencePeriodEnd": "2026-01-01T00:00:00Z",
        "geographyCountry": "CN",
        "boundaryProcessesDescription": "Cradle to gate.",
        "pcfExcludingBiogenicUptake": f"{excluding:f}",
        "pcfIncludingBiogenicUptake": f"{including:f}",
        "fossilCarbonContent": "0",
        "biogenicCarbonContent": "0.4",
        "biogenicCO2Uptake": uptake,
        "packagingEmissionsIncluded": True,
        "packagingGhgEmissions": "0.25",
        "ccsTechnologicalCO2CaptureIncluded": False,
        "ipccCharacterizationFactors": ["AR6", "AR5"],
        "crossSectoralStandards": ["PACT-3.0", "ISO14067"],
        "exemptedEmissionsPercent": "0",
        "primaryDataShare": "12.5",
        "dqi": {"technologicalDQR": "3.2", "geographicalDQR": "1.5", "temporalDQR": "5"},
    }
    pcf = {name: value for name, value in (pcf | parts | of_pcf).items() if value is not None}
    return {
        "id": "7b0f3a5e-5a0e-4b0f-8c39-0d0b3c1f9a11",
        "specVersion": "3.0.3",
        "created": "2026-11-20T12:00:00Z",
        "status": "Active",
        "companyName": "Steel Works",
        "companyIds": ["urn:x:1"],
        "productDescription": "Coil",
        "productIds": ["urn:x:coil"],
        "productClassifications": ["urn:pact:productclassification:un-cpc:41231"],
        "productNameCompany": "Coil 1.2 mm",
        "comment": "The total is complete.",
        "pcf": pcf,
    }


def checked(document: dict[str, Any]) -> dict[str, Decimal]:
    """The buyer's own look at a document of version 2.3: forms, presence, sums; its numbers."""
    with localcontext(Context(prec=100)):
        return _checked(document)


def _checked(document: dict[str, Any]) -> dict[str, Decimal]:
    assert set(NEEDED) <= set(document)
    pcf = document["pcf"]
    assert set(NEEDED_OF_PCF) <= set(pcf)
    texts = {name: one for name, one in pcf.items() if name.endswith(("Emissions", "Biogenic"))}
    texts |= {name: pcf[name] for name in ("unitaryProductAmount", "biogenicCarbonWithdrawal")}
    assert all(NUMBER.fullmatch(one) for one in texts.values())
    number = {name: Decimal(one) for name, one in texts.items()}
    parts = ("fossil", "dLuc", "landManagement", "otherBiogenic")
    excluding = sum((number[f"{one}GhgEmissions"] for one in parts), Decimal(0))
    assert number["pCfExcludingBiogenic"] == excluding >= 0
    including = excluding + number["biogenicCarbonWithdrawal"]
    assert number["pCfIncludingBiogenic"] == including
    assert number["biogenicCarbonWithdrawal"] <= 0 < number["unitaryProductAmount"]
    assert all(1 <= pcf["dqi"][one] <= 3 for one in pcf["dqi"] if one.endswith("DQR"))
    assert isinstance(pcf["exemptedEmissionsPercent"], int | float)
    assert 0 <= pcf["exemptedEmissionsPercent"] <= 5
    assert pcf["characterizationFactors"] in ("AR5", "AR6")
    assert not any(name.startswith(("pcf", "ccs", "landUse")) for name in pcf)
    return number


def agrees(document: dict[str, Any], number: dict[str, Decimal]) -> None:
    """Both totals, for the whole declared unit and with its digits, are those of version 3."""
    for which in ("Excluding", "Including"):
        total = Decimal(document["pcf"][f"pcf{which}BiogenicUptake"])
        with localcontext(Context(prec=100)):
            whole = number[f"pCf{which}Biogenic"] * number["unitaryProductAmount"]
            assert whole.quantize(total, ROUND_HALF_EVEN) == total


def test_one_kilogram_stays_as_it_is() -> None:
    document = version_two(third())
    number = checked(document)
    assert number["pCfExcludingBiogenic"] == Decimal("2.637")
    assert number["pCfIncludingBiogenic"] == Decimal("1.137")
    assert document["productCategoryCpc"] == "41231"
    assert document["pcf"]["crossSectoralStandardsUsed"] == ["ISO Standard 14067"]
    assert document["pcf"]["characterizationFactors"] == "AR5", "the earliest that was used"
    assert document["pcf"]["dqi"]["technologicalDQR"] == 3.0
    assert document["pcf"]["dqi"]["geographicalDQR"] == 1.5


@pytest.mark.parametrize(("amount", "per_one"), [("12", "0.21975"), ("0.5", "5.274")])
def test_emissions_are_for_one_unit_and_not_for_the_amount(amount: str, per_one: str) -> None:
    first = third(declaredUnitAmount=amount)
    number = checked(version_two(first))
    assert number["pCfExcludingBiogenic"] == Decimal(per_one)
    assert number["unitaryProductAmount"] == Decimal(amount)
    agrees(first, number)


def test_a_piece_is_written_by_its_mass() -> None:
    first = third(declaredUnitOfMeasurement="piece", productMassPerDeclaredUnit="0.237")
    document = version_two(first)
    number = checked(document)
    assert document["pcf"]["declaredUnit"] == "kilogram"
    assert number["unitaryProductAmount"] == Decimal("0.237")
    agrees(first, number)


AMOUNTS = st.decimals("0.001", "5000", places=3)
KILOGRAMS = st.decimals("0", "100000", places=7)


@given(st.lists(KILOGRAMS, min_size=4, max_size=4), KILOGRAMS, AMOUNTS)
def test_totals_agree_whatever_the_amount(
    parts: list[Decimal], uptake: Decimal, amount: Decimal
) -> None:
    texts = {name: f"{one:f}" for name, one in zip(PARTS, parts, strict=True)}
    first = third(f"{-uptake:f}", declaredUnitAmount=f"{amount:f}", **texts)
    agrees(first, checked(version_two(first)))


def test_what_is_not_known_is_zero_only_where_the_comment_says_so() -> None:
    unknown = third(None, landUseChangeGhgEmissions=None, biogenicCarbonContent=None)
    document = version_two(unknown)
    number = checked(document)
    agrees(unknown, number)
    assert number["dLucGhgEmissions"] == 0
    said = document["comment"]
    for name in ("dLucGhgEmissions", "biogenicCarbonWithdrawal", "biogenicCarbonContent"):
        assert name in said
    assert "otherBiogenicGhgEmissions" not in said
    assert document["comment"].startswith("The total is complete.")
    assert "Not known" not in version_two(third())["comment"]


@pytest.mark.parametrize(
    ("of_pcf", "says"),
    [
        ({"declaredUnitOfMeasurement": "hour"}, "no unit there"),
        (
            {"declaredUnitOfMeasurement": "piece", "productMassPerDeclaredUnit": "0"},
            "no unit there",
        ),
        ({"exemptedEmissionsPercent": "5.1"}, "more than 5 %"),
        ({"technologicalCO2Removals": "-0.1"}, "no such property"),
        ({"ipccCharacterizationFactors": ["AR4"]}, "neither AR5 nor AR6"),
        ({"crossSectoralStandards": ["PACT-3.0"]}, "no standard"),
        ({"landManagementBiogenicCO2Removals": "-0.1", "pcfExcludingBiogenicUptake": "2.537",
          "pcfIncludingBiogenicUptake": "1.037"}, "below zero"),
        ({"pcfExcludingBiogenicUptake": "2.638"}, "no sums of its parts"),
    ],
)  # fmt: skip
def test_what_has_no_place_there_is_refused(of_pcf: dict[str, Any], says: str) -> None:
    with pytest.raises(InputRefused, match=says):
        version_two(third(**of_pcf))


def test_the_same_document_gives_the_same_bytes() -> None:
    first = third(declaredUnitAmount="3")
    assert canonical_json(version_two(first)) == canonical_json(version_two(first))
    assert json.loads(canonical_json(version_two(first))) == version_two(first)
