"""UNTP 0.7.0: the product passport and the conformity credential, out, in, checked, verified."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import untp_rules
from hypothesis import given
from hypothesis import strategies as st

from bench.exchange_samples import VARIATIONS, pact_sample, sample
from footprint.certificates.credential import credential_payload
from footprint.certificates.jose import sign
from footprint.certificates.keys import public_jwks
from footprint.certificates.verify import verify_credential
from footprint.certificates.view import view_document
from footprint.exchange.checks import check_exchanged, is_exchange_fault
from footprint.exchange.exact_json import exact_bytes, read_exactly
from footprint.exchange.read import read_supplier_document
from footprint.exchange.untp_certificate import certified_passport
from footprint.exchange.untp_terms import FROM_REC20, TO_REC20
from footprint.exchange.untp_write import untp_document
from footprint.faults import InputRefused, Where
from footprint.supplier.read import read_supplier
from footprint.values.product import DECLARED_UNITS
from footprint.values.supplier import SupplierPcf
from footprint.words.language import in_language

sys.path.insert(0, str(Path(__file__).parents[1] / "certificates"))
import certificate_samples as samples

WHERE = Where("bom.csv", 2, "supplier_pcf")
#: A passport names a country.
WRITTEN = [name for name in VARIATIONS if name not in {"of a region", "made anywhere"}]


def passport(**changes: Any) -> Any:
    """As a receiver gets it, numbers exact."""
    return read_exactly(exact_bytes(untp_document(pact_sample(**changes))))


def read(document: Any) -> SupplierPcf:
    return read_supplier_document(exact_bytes(document), "dpp.json", WHERE)


def faults(document: Any) -> list[str]:
    found = check_exchanged(exact_bytes(document), "dpp.json")
    return [one.code for one in found if is_exchange_fault(one)]


def plain(document: Any) -> Any:
    return json.loads(exact_bytes(document))


def claim(document: Any) -> Any:
    return document["credentialSubject"]["performanceClaim"][0]


def card(document: Any) -> Any:
    return document["credentialSubject"]["characteristics"]["emissionsScorecard"]


@pytest.mark.parametrize("name", WRITTEN)
def test_what_goes_out_follows_the_schema_and_comes_in_again(name: str) -> None:
    source = sample(name)
    document = untp_document(source)
    assert untp_rules.breaches(plain(document), untp_rules.PASSPORT) == []
    assert faults(document) == []
    again, straight = read(document), read_supplier(json.dumps(source).encode(), "p", WHERE)
    whole = ("fossil", "biogenic_non_co2", "land_use_change", "land_management")
    total = sum(straight.parts[part] for part in whole) + straight.not_credited
    assert again.kind == "untp"
    assert again.parts["fossil"] == pytest.approx(total, rel=1e-12, abs=1e-15)
    assert (again.unit, again.company, again.product) == (
        straight.unit,
        straight.company,
        straight.product,
    )
    assert again.primary_data_share == straight.primary_data_share
    period = claim(document)["applicablePeriod"]
    assert period["startDate"] == source["pcf"]["referencePeriodStart"][:10]
    assert period["endDate"] < source["pcf"]["referencePeriodEnd"][:10]
    assert document["credentialSubject"]["id"] == source["productIds"][0]
    assert source["id"] in document["id"]


@given(
    fossil=st.decimals("0.000001", "99999", places=6).map(lambda one: f"{one:f}"),
    amount=st.decimals("0.001", "5000", places=3).map(lambda one: f"{one:f}"),
    share=st.decimals("0", "100", places=2).map(lambda one: f"{one:f}"),
)
def test_all_is_per_one_unit_and_shares_are_ratios(fossil: str, amount: str, share: str) -> None:
    document = passport(
        fossilGhgEmissions=fossil, declaredUnitAmount=amount, primaryDataShare=share
    )
    measure = claim(document)["claimedPerformance"][0]["measure"]
    assert measure["unit"] == "KGM"
    back = measure["value"] * Decimal(amount)
    assert abs(back - Decimal(fossil)) <= Decimal(fossil) * Decimal("1e-30")
    assert card(document)["primarySourcedRatio"] * 100 == Decimal(share)
    assert 0 <= card(document)["primarySourcedRatio"] <= 1


def test_every_declared_unit_has_a_code_but_the_megabit_second() -> None:
    assert set(TO_REC20) == set(DECLARED_UNITS) - {"megabit second"}
    assert {FROM_REC20[code] for code in TO_REC20.values()} == set(TO_REC20)
    for unit, code in TO_REC20.items():
        document = passport(declaredUnitOfMeasurement=unit)
        assert (card(document)["declaredUnit"], read(document).unit) == (code, unit)


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"declaredUnitOfMeasurement": "megabit second"}, "EXC-002", "declaredUnitOfMeasurement"),
        ({"geographyCountry": ...}, "EXC-003", "geographyCountry"),
        (
            {"landManagementBiogenicCO2Removals": "-99"},
            "EXC-002",
            "pcfExcludingBiogenicUptake",
        ),
    ],
)
def test_what_the_form_cannot_say_is_refused(
    changes: dict[str, Any], code: str, column: str
) -> None:
    with pytest.raises(InputRefused) as caught:
        untp_document(pact_sample(**changes))
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.column) == (code, column)
    assert in_language(problem, "zh").message != problem.message


def put(path: str, value: Any) -> Callable[[Any], None]:
    """Set what stands at a path; `...` takes it away."""

    def change(document: Any) -> None:
        *way, last = path.split("/")
        for step in way:
            document = document[int(step) if step.isdigit() else step]
        if value is ...:
            del document[last]
        else:
            document[last] = value

    return change


S, K = "credentialSubject", "credentialSubject/characteristics/emissionsScorecard"
C = "credentialSubject/performanceClaim/0"
M = f"{C}/claimedPerformance/0"
#: Ways to spoil a passport; whether the schema sees it too, and what our check says.
SPOILT: dict[str, tuple[Callable[[Any], None], bool, str]] = {
    "no id": (put("id", ...), True, "EXC-101"),
    "an id that is no address": (put("id", "passport 7"), True, "EXC-101"),
    "no issuer": (put("issuer", ...), True, "EXC-101"),
    "a nameless issuer": (put("issuer/name", ...), True, "EXC-101"),
    "no beginning": (put("validFrom", ...), True, "EXC-101"),
    "a day for a time": (put("validFrom", "2026-01-01"), True, "EXC-101"),
    "another kind": (put("type", ["DigitalProductPassport"]), True, "EXC-101"),
    "contexts the other way round": (lambda d: d["@context"].reverse(), True, "EXC-101"),
    "no scheme of ids": (put(f"{S}/idScheme", ...), True, "EXC-101"),
    "a granularity of its own": (put(f"{S}/idGranularity", "family"), True, "EXC-101"),
    "no category": (put(f"{S}/productCategory", ...), True, "EXC-101"),
    "no facility": (put(f"{S}/producedAtFacility", ...), True, "EXC-101"),
    "no country": (put(f"{S}/countryOfProduction", ...), True, "EXC-101"),
    "a claim without a day": (put(f"{C}/claimDate", ...), True, "EXC-101"),
    "a claim without criteria": (put(f"{C}/referenceCriteria", ...), True, "EXC-101"),
    "a number as a text": (put(f"{M}/measure/value", "4.1"), True, "EXC-101"),
    "a further name in a measure": (put(f"{M}/measure/per", "piece"), True, "EXC-101"),
    "a measure of nothing": (put(f"{M}/metric", ...), True, "EXC-101"),
    "a status by words": (
        put(
            "credentialStatus",
            {
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": "7",
                "statusListCredential": "https://a.example/1",
            },
        ),
        True,
        "EXC-101",
    ),
    "a country by its name": (
        put(f"{S}/countryOfProduction/countryCode", "GERMANY"),
        False,
        "EXC-101",
    ),
    "tonnes for kilograms": (put(f"{M}/measure/unit", "TNE"), False, "EXC-103"),
    "a measure in litres": (put(f"{M}/measure/unit", "LTR"), False, "EXC-101"),
    "two totals": (put(f"{K}/carbonFootprint", 9), False, "EXC-103"),
    "a share in percent": (
        put(f"{K}/primarySourcedRatio", 12.5),
        False,
        "EXC-101",
    ),
    "no unit": (put(f"{K}/declaredUnit", ...), False, "EXC-003"),
    "a unit without a code": (
        put(f"{K}/declaredUnit", "XPK"),
        False,
        "EXC-002",
    ),
    "no scope": (
        put(f"{K}/operationalScope", "None"),
        False,
        "EXC-003",
    ),
    "beyond the gate": (
        put(f"{K}/operationalScope", "CradleToGrave"),
        False,
        "SUP-010",
    ),
    "no claim": (put(f"{S}/performanceClaim", []), False, ""),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_spoilt_is_named(name: str) -> None:
    spoil, by_schema, code = SPOILT[name]
    document = plain(passport())
    spoil(document)
    assert bool(untp_rules.breaches(document, untp_rules.PASSPORT)) is by_schema
    assert (faults(document)[:1] or [""]) == [code]


def test_a_passport_below_zero_or_without_a_footprint_is_refused() -> None:
    document = plain(passport())
    claim(document)["claimedPerformance"][0]["measure"]["value"] = -1
    card(document)["carbonFootprint"] = -1
    assert faults(document) == ["EXC-103"]
    document = plain(passport())
    document["credentialSubject"]["performanceClaim"] = []
    del document["credentialSubject"]["characteristics"]["emissionsScorecard"]["carbonFootprint"]
    assert faults(document) == ["EXC-001"]


def test_a_passport_of_version_0_6_is_read_and_not_checked() -> None:
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://x.example/0.6.1/context/"],
        "type": ["DigitalProductPassport", "VerifiableCredential"],
        "id": "https://maker.example/dpp/1",
        "issuer": {"id": "did:web:maker.example", "name": "Maker"},
        "validUntil": "2027-05-01T00:00:00Z",
        "credentialSubject": {
            "product": {
                "name": "Rod",
                "dimensions": {"weight": {"value": 250, "unit": "GRM"}},
            },
            "emissionsScorecard": {
                "carbonFootprint": 1.8,
                "declaredUnit": "EA",
                "operationalScope": "CradleToGate",
                "primarySourcedRatio": 0.3,
            },
        },
    }
    found = read_supplier_document(json.dumps(document).encode(), "dpp.json", WHERE)
    assert (found.unit, found.mass_kg, found.parts) == ("piece", 0.25, {"fossil": 1.8})
    assert (found.company, found.product, found.primary_data_share) == ("Maker", "Rod", 30.0)
    assert faults(document) == ["EXC-001"]


def test_the_certificate_in_the_forms_of_untp() -> None:
    view = samples.view()
    document = certified_passport(view)
    assert untp_rules.breaches(document, untp_rules.PASSPORT) == []
    assert check_exchanged(json.dumps(document).encode(), "dpp.json") == []
    conformity = credential_payload(view, "untp-0.7")
    assert untp_rules.breaches(conformity, untp_rules.CONFORMITY) == []
    assert untp_rules.breaches(credential_payload(view), untp_rules.CONFORMITY)  # W3C's own form
    links = {one["linkName"]: one for one in claim(document)["evidence"]}
    attested = conformity["credentialSubject"]["conformityCertificate"]
    assert links["certificate.json"]["digestMultibase"] == attested["digestMultibase"]
    assert document["credentialStatus"] == conformity["credentialStatus"]


def test_a_certificate_for_three_kilograms_counts_per_one() -> None:
    view = replace(samples.view(), declared_amount="3", declared_unit="kilogram")
    document = certified_passport(view)
    wanted = float(Decimal(view.total_kg_co2e) / 3)
    measure = claim(document)["claimedPerformance"][0]["measure"]
    assert (measure["value"], card(document)["declaredUnit"]) == (wanted, "KGM")
    assessment = credential_payload(view)["credentialSubject"]["conformityAssessment"][0]
    assert assessment["assessedPerformance"][0]["measure"]["value"] == wanted
    assert "The measure is kg CO2e per 1 kilogram" in assessment["specifiedCondition"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"product_country": ""}, "EXC-003"),
        ({"boundary": "gate-to-gate"}, "EXC-002"),
        ({"declared_unit": "megabit second"}, "EXC-002"),
        ({"total_kg_co2e": "-0.5"}, "EXC-002"),
    ],
)
def test_a_certificate_that_the_form_cannot_say(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(InputRefused) as caught:
        certified_passport(replace(samples.view(), **changes))
    assert [one.code for one in caught.value.problems] == [code]


def verified(payload: Any, document: Any = None) -> dict[str, str]:
    token = sign(payload, samples.DID, samples.key())
    keys = public_jwks([samples.key()])
    text = view_document(samples.view()) if document is None else document
    report = verify_credential(token, keys, samples.AS_OF, view_document=text)
    return {one.name: one.code for one in report.checks if one.outcome == "failed"}


def test_a_signed_passport_is_verified_with_the_text_of_its_certificate() -> None:
    payload = certified_passport(samples.view())
    assert verified(payload) == {}
    other = view_document(samples.view()) | {"product_name": "Another"}
    assert verified(payload, other) == {"digest": "VER-011"}
    unbound = copy.deepcopy(payload)
    unbound["credentialSubject"]["performanceClaim"][0]["evidence"] = []
    assert set(verified(unbound)) == {"shape", "digest"}
    nameless = copy.deepcopy(payload)
    del nameless["credentialSubject"]["name"]
    assert set(verified(nameless)) == {"shape"}


def test_a_signed_passport_stands_for_a_line() -> None:
    token = sign(certified_passport(samples.view()), samples.DID, samples.key()).encode()
    found = read_supplier_document(token, "dpp.jwt", WHERE)
    assert (found.kind, found.parts["fossil"]) == ("untp", 2.4681357902468)
    assert check_exchanged(token, "dpp.jwt") == []
    credential = sign(credential_payload(samples.view()), samples.DID, samples.key()).encode()
    with pytest.raises(InputRefused) as caught:
        read_supplier_document(credential, "c.jwt", WHERE)
    assert caught.value.problems[0].code == "SUP-001"


def test_a_draft_says_so_in_its_passport_too() -> None:
    document = certified_passport(samples.view(draft=True))
    assert document["name"].startswith("DRAFT, NOT FOR USE.")
    assert "DRAFT, NOT FOR USE." in claim(document)["description"]
    assert verified(document, view_document(samples.view(draft=True))) == {"use": "VER-033"}
