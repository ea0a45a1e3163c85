"""The strict check of PACT documents: each rule finds what breaks it, and nothing else."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.faults import Problem
from footprint.pact.check import check_document, check_pact, is_fault
from footprint.pact.identifiers import cas_fault, gs1_check_digit, urn_fault
from footprint.supplier.misreadings import misreading, sum_of
from footprint.words.language import in_words

Document = dict[str, Any]


def sound() -> Document:
    """A document of our own with nearly every property, without fault or remark."""
    return {
        "id": "7b0f3a5e-5a0e-4b0f-8c39-0d0b3c1f9a11",
        "specVersion": "3.0.3",
        "precedingPfIds": ["7b0f3a5e-5a0e-4b0f-8c39-0d0b3c1f9a12"],
        "created": "2026-02-01T00:00:00Z",
        "status": "Active",
        "validityPeriodStart": "2026-01-01T00:00:00Z",
        "validityPeriodEnd": "2029-01-01T00:00:00Z",
        "companyName": "Board Works",
        "companyIds": ["urn:gln:4000001000005"],
        "productDescription": "A board",
        "productIds": ["urn:gtin:06901234567892"],
        "productClassifications": ["urn:pact:productclassification:cas:7439-89-6"],
        "productNameCompany": "Board",
        "pcf": {
            "declaredUnitOfMeasurement": "kilogram",
            "declaredUnitAmount": "1",
            "productMassPerDeclaredUnit": "1",
            "referencePeriodStart": "2025-01-01T00:00:00Z",
            "referencePeriodEnd": "2026-01-01T00:00:00Z",
            "geographyCountry": "SE",
            "pcfExcludingBiogenicUptake": "1.0",
            "pcfIncludingBiogenicUptake": "-0.1",
            "fossilCarbonContent": "0.1",
            "biogenicCarbonContent": "0.3",
            "recycledCarbonContent": "0.2",
            "fossilGhgEmissions": "0.7",
            "landUseChangeGhgEmissions": "0.2",
            "landManagementFossilGhgEmissions": "0.05",
            "landManagementBiogenicCO2Emissions": "0.1",
            "landManagementBiogenicCO2Removals": "-0.05",
            "biogenicCO2Uptake": "-1.1",
            "biogenicNonCO2Emissions": "0.05",
            "aircraftGhgEmissions": "0.01",
            "packagingEmissionsIncluded": True,
            "packagingGhgEmissions": "0.02",
            "outboundLogisticsGhgEmissions": "0.03",
            "ccsTechnologicalCO2CaptureIncluded": False,
            "ipccCharacterizationFactors": ["AR6"],
            "crossSectoralStandards": ["PACT-3.0"],
            "productOrSectorSpecificRules": [
                {"operator": "Other", "ruleNames": ["Boards"], "otherOperatorName": "Mills"}
            ],
            "exemptedEmissionsPercent": "1",
            "exemptedEmissionsDescription": "office",
            "secondaryEmissionFactorSources": [{"name": "Factors", "version": "2"}],
            "primaryDataShare": "20",
            "dqi": {"technologicalDQR": "2.8", "geographicalDQR": "2", "temporalDQR": "1"},
            "verification": {"coverage": "product level", "completedAt": "2026-01-05T08:00:00Z"},
        },
    }


def changed(path: str, value: Any = ...) -> Document:
    """The sound document with one value replaced, or left out."""
    document = copy.deepcopy(sound())
    holder: Any = document
    *way, last = path.split(".")
    for step in way:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    if value is ...:
        del holder[last]
    else:
        holder[last] = value
    return document


def found(document: Document) -> list[tuple[str, str | None]]:
    return [(one.code, one.where.column) for one in check_document(document)]


def test_the_sound_document_has_nothing() -> None:
    assert found(sound()) == []


BROKEN: list[tuple[str, Any, str]] = [
    ("id", "not-a-uuid", "PAC-102"),
    ("id", "7b0f3a5e5a0e4b0f8c390d0b3c1f9a11", "PAC-102"),
    ("specVersion", "3", "PAC-102"),
    ("created", "2026-02-01", "PAC-102"),
    ("created", "2026-02-01T00:00:00", "PAC-102"),
    ("created", "2026-02-30T00:00:00Z", "PAC-102"),
    ("created", 1769904000, "PAC-102"),
    ("status", "active", "PAC-102"),
    ("companyName", "", "PAC-102"),
    ("companyName", ..., "PAC-102"),
    ("companyIds", [], "PAC-102"),
    ("companyIds", ["urn:a:b", "urn:a:b"], "PAC-102"),
    ("companyIds", ["urn:a:b c"], "PAC-107"),
    ("productIds", ["urn:gtin:06901234567893"], "PAC-107"),
    ("productIds", ["4012345123456"], "PAC-107"),
    ("productClassifications", [], "PAC-102"),
    ("precedingPfIds", ["7b0f3a5e-5a0e-4b0f-8c39-0d0b3c1f9a11"], "PAC-106"),
    ("validityPeriodStart", "2025-12-31T23:59:59Z", "PAC-105"),
    ("validityPeriodEnd", "2029-01-01T00:00:01Z", "PAC-105"),
    ("validityPeriodEnd", "2026-01-01T00:00:00Z", "PAC-105"),
    ("comment", None, "PAC-102"),
    ("pcf", None, "PAC-102"),
    ("pcf.declaredUnitOfMeasurement", "kg", "PAC-102"),
    ("pcf.declaredUnitAmount", "0", "PAC-102"),
    ("pcf.declaredUnitAmount", "1abc", "PAC-102"),
    ("pcf.declaredUnitAmount", 1, "PAC-102"),
    ("pcf.productMassPerDeclaredUnit", "0", "PAC-106"),
    ("pcf.productMassPerDeclaredUnit", "1000", "PAC-106"),
    ("pcf.fossilCarbonContent", "0.8", "PAC-106"),
    ("pcf.referencePeriodEnd", "2025-01-01T00:00:00Z", "PAC-105"),
    ("pcf.geographyCountrySubdivision", "SE-AB", "PAC-104"),
    ("pcf.geographyRegionOrSubregion", "Scandinavia", "PAC-102"),
    ("pcf.geographyCountry", "Sweden", "PAC-102"),
    ("pcf.pcfExcludingBiogenicUptake", "1.2", "PAC-103"),
    ("pcf.pcfExcludingBiogenicUptake", "1.2345e+6", "PAC-102"),
    ("pcf.pcfExcludingBiogenicUptake", "1,0", "PAC-102"),
    ("pcf.pcfExcludingBiogenicUptake", "1.0\n", "PAC-102"),
    ("pcf.pcfExcludingBiogenicUptake", "१.०", "PAC-102"),
    ("pcf.pcfIncludingBiogenicUptake", "1.0", "PAC-103"),
    ("pcf.biogenicCO2Uptake", "0", "PAC-103"),
    ("pcf.biogenicCO2Uptake", "1.1", "PAC-102"),
    ("pcf.biogenicCarbonContent", "0.6", "PAC-106"),
    ("pcf.recycledCarbonContent", "0.5", "PAC-106"),
    ("pcf.fossilGhgEmissions", "-0.7", "PAC-102"),
    ("pcf.landManagementBiogenicCO2Removals", "0.05", "PAC-102"),
    ("pcf.landManagementFossilGhgEmissions", "0.9", "PAC-106"),
    ("pcf.aircraftGhgEmissions", "1.5", "PAC-106"),
    ("pcf.packagingGhgEmissions", "1.5", "PAC-106"),
    ("pcf.packagingEmissionsIncluded", False, "PAC-104"),
    ("pcf.packagingEmissionsIncluded", "true", "PAC-102"),
    ("pcf.packagingEmissionsIncluded", ..., "PAC-104"),
    ("pcf.ccsTechnologicalCO2CaptureIncluded", ..., "PAC-104"),
    ("pcf.ccsTechnologicalCO2CaptureIncluded", True, "PAC-104"),
    ("pcf.technologicalCO2CaptureOrigin", "a mill", "PAC-104"),
    ("pcf.ccuCalculationApproach", "Credit", "PAC-104"),
    ("pcf.ccuCarbonContent", "0.1", "PAC-104"),
    ("pcf.ipccCharacterizationFactors", ["AR6", "AR6"], "PAC-102"),
    ("pcf.ipccCharacterizationFactors", ["N/A"], "PAC-102"),
    ("pcf.crossSectoralStandards", [], "PAC-102"),
    ("pcf.productOrSectorSpecificRules", [], "PAC-102"),
    ("pcf.productOrSectorSpecificRules.0.otherOperatorName", ..., "PAC-104"),
    ("pcf.exemptedEmissionsPercent", "101", "PAC-102"),
    ("pcf.secondaryEmissionFactorSources.0.version", "", "PAC-102"),
    ("pcf.primaryDataShare", ..., "PAC-104"),
    ("pcf.dqi.temporalDQR", "0.9", "PAC-102"),
    ("pcf.dqi.temporalDQR", ..., "PAC-102"),
    ("pcf.verification.coverage", "all", "PAC-102"),
]


@pytest.mark.parametrize(("path", "value", "code"), BROKEN)
def test_each_rule_finds_what_breaks_it(path: str, value: Any, code: str) -> None:
    document = changed(path, value) if value is ... or "." not in path else _set(path, value)
    faults = [one for one in check_document(document) if is_fault(one)]
    assert code in {one.code for one in faults}
    assert all(one.message and one.where.column for one in faults)


def _set(path: str, value: Any) -> Document:
    document = sound()
    holder: Any = document
    *way, last = path.split(".")
    for step in way:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    holder[last] = value
    return document


REMARKED: list[tuple[str, Any, str]] = [
    ("validityPeriodStart", ..., "validityPeriodStart"),
    ("validityPeriodEnd", ..., "validityPeriodEnd"),
    ("productClassifications", ..., "productClassifications"),
    ("futureProperty", "x", "futureProperty"),
    ("pcf.futureProperty", 1, "pcf.futureProperty"),
    ("pcf.packagingGhgEmissions", ..., "pcf.packagingGhgEmissions"),
    ("pcf.exemptedEmissionsPercent", "4", "pcf.exemptedEmissionsPercent"),
    ("pcf.exemptedEmissionsDescription", ..., "pcf.exemptedEmissionsDescription"),
    ("pcf.secondaryEmissionFactorSources", ..., "pcf.secondaryEmissionFactorSources"),
    ("pcf.ipccCharacterizationFactors", ["AR5"], "pcf.ipccCharacterizationFactors"),
    ("pcf.dqi.technologicalDQR", "1.2", "pcf.dqi.technologicalDQR"),
    ("pcf.biogenicCarbonContent", ..., "pcf.biogenicCarbonContent"),
]


@pytest.mark.parametrize(("path", "value", "column"), REMARKED)
def test_what_is_allowed_is_remarked_and_no_fault(path: str, value: Any, column: str) -> None:
    document = changed(path) if value is ... else _set(path, value)
    assert ("PAC-108", column) in found(document)
    assert not any(map(is_fault, check_document(document)))


@given(st.lists(st.decimals(0, 10**6, places=3), min_size=4, max_size=4), st.integers(0, 3))
def test_sums_may_be_rounded_as_far_as_their_digits_and_no_further(
    parts: list[Decimal], places: int
) -> None:
    names = ("fossilGhgEmissions", "landUseChangeGhgEmissions", "biogenicNonCO2Emissions",
             "landManagementBiogenicCO2Emissions")  # fmt: skip
    document = sound()
    pcf = document["pcf"]
    for name in ("biogenicCarbonContent", "biogenicCO2Uptake", "aircraftGhgEmissions",
                 "packagingGhgEmissions", "landManagementFossilGhgEmissions",
                 "landManagementBiogenicCO2Removals"):  # fmt: skip
        del pcf[name]
    pcf |= {name: f"{part:f}" for name, part in zip(names, parts, strict=True)}
    total = sum(parts)
    pcf["pcfExcludingBiogenicUptake"] = pcf["pcfIncludingBiogenicUptake"] = f"{total:.{places}f}"
    codes = {one.code for one in check_document(document)}
    lost = abs(Decimal(pcf["pcfExcludingBiogenicUptake"]) - total)
    if lost <= Decimal("0.01") * total:
        assert "PAC-103" not in codes
    pcf["pcfExcludingBiogenicUptake"] = f"{total * 2 + 1:f}"
    assert "PAC-103" in {one.code for one in check_document(document)}


def wrap(form: Callable[[Document], Any]) -> list[Problem]:
    return check_pact(json.dumps(form(changed("companyName", ""))).encode(), "a.json")


@pytest.mark.parametrize(
    ("form", "path"),
    [
        (lambda one: one, "companyName"),
        (lambda one: {"data": one}, "data.companyName"),
        (lambda one: {"data": [sound(), one]}, "data[1].companyName"),
        (lambda one: [one], "[0].companyName"),
        (lambda one: {"type": "x", "data": {"requestEventId": "1", "pfs": [one]}},
         "data.pfs[0].companyName"),
    ],
)  # fmt: skip
def test_answers_and_events_are_opened(form: Callable[[Document], Any], path: str) -> None:
    assert [(one.code, one.where.column) for one in wrap(form)] == [("PAC-102", path)]


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b'{"a": 1}', b'{"pcf": NaN}', b'{"pcf": {}, "pcf": {}}', b"[" * 100_000],
)
def test_what_holds_no_document_is_said(data: bytes) -> None:
    (one,) = check_pact(data, "a.json")
    assert one.code == "PAC-101"


def test_version_two_is_not_checked() -> None:
    assert [code for code, _ in found(changed("specVersion", "2.3.0"))] == ["PAC-101"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    ),
    st.sampled_from([path for path, _, _ in BROKEN if not path.startswith("pcf.product")]),
)
def test_no_value_anywhere_makes_it_stumble(value: Any, path: str) -> None:
    document = _set(path, value)
    assert {one.code[:5] for one in check_document(document)} <= {"PAC-1"}


@pytest.mark.parametrize(
    ("digits", "check"),
    [("0690123456789", "2"), ("629104150021", "3"), ("400000100000", "5"), ("1234567", "0")],
)
def test_check_digits_of_gs1(digits: str, check: str) -> None:
    assert gs1_check_digit(digits) == check


@given(st.text("0123456789", min_size=13, max_size=13), st.integers(0, 13), st.integers(1, 9))
def test_a_single_wrong_digit_is_found(digits: str, at: int, by: int) -> None:
    gtin = digits + gs1_check_digit(digits)
    assert urn_fault(f"urn:gtin:{gtin}") == ""
    wrong = gtin[:at] + str((int(gtin[at]) + by) % 10) + gtin[at + 1 :]
    assert urn_fault(f"urn:gtin:{wrong}")


@pytest.mark.parametrize("number", ["7439-89-6", "50-00-0", "124-38-9", "2551-62-4"])
def test_check_digits_of_cas(number: str) -> None:
    assert cas_fault(number) == ""
    assert cas_fault(number[:-1] + str((int(number[-1]) + 1) % 10))


VALUES = {
    "fossilGhgEmissions": Decimal("0.55"),
    "landUseChangeGhgEmissions": Decimal("0.07"),
    "landManagementFossilGhgEmissions": Decimal("0.04"),
    "biogenicNonCO2Emissions": Decimal("0.013"),
    "biogenicCO2Uptake": Decimal("-1.6"),
    "aircraftGhgEmissions": Decimal("0.011"),
    "outboundLogisticsGhgEmissions": Decimal("0.3"),
}


@pytest.mark.parametrize(
    ("shift", "says"),
    [
        ("0.04", "landManagementFossilGhgEmissions was added on top"),
        ("-0.013", "biogenicNonCO2Emissions was left out"),
        ("0.027", "landManagementFossilGhgEmissions was added on top (it is a part of "
                  "fossilGhgEmissions) and biogenicNonCO2Emissions was left out"),
        ("0.011", "aircraftGhgEmissions was added on top"),
        ("0.3", "outboundLogisticsGhgEmissions was added on top (it stands beside"),
        ("-1.6", "biogenicCO2Uptake was added on top"),
        ("-0.07", "landUseChangeGhgEmissions was left out"),
        ("0.2", ""),
    ],
)  # fmt: skip
def test_the_misreading_that_fits_is_named(shift: str, says: str) -> None:
    total = sum_of(VALUES) + Decimal(shift)
    fits = misreading(VALUES, total, Decimal("0.0005"))
    assert fits.startswith(says) if says else fits == ""


def test_what_a_wrapper_holds_beside_its_documents_is_named() -> None:
    document = sound()
    wrapped = {"data": document, "remark": "as agreed"}
    found = [(one.code, one.where.column) for one in check_pact(json.dumps(wrapped).encode(), "f")]
    assert ("PAC-108", "remark") in found
    event = {
        "type": "x",
        "specversion": "1.0",
        "id": "1",
        "source": "//s",
        "data": {"pfs": [document]},
    }
    columns = {one.where.column for one in check_pact(json.dumps(event).encode(), "f")}
    assert not columns & event.keys()


def test_findings_are_told_in_chinese() -> None:
    """`pact check` had no language, and Chinese pages told its findings in English."""
    for says in (
        "is absent; some programs filter by it",
        "is 4 %, above the limit of 3 % of version 3",
        "is absent beside a biogenicCO2Uptake",
        "is not after validityPeriodStart",
        "'-1' must not be below zero",
        "pcf.fossilGhgEmissions is '-1': must be from 0 to 100",
        "is no property of version 3.0.3, and nobody will read it",
        "the product's mass is 2 kg, and its declared unit is 1 kilogram",
    ):
        assert re.search("[\u4e00-\u9fff]", in_words(says, "zh")), says
