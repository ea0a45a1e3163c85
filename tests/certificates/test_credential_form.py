from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import certificate_samples as samples
import pytest

from footprint.canonical import canonical_json
from footprint.certificates import issue_credential, view_document
from footprint.certificates.credential import credential_payload
from footprint.certificates.credential_shape import shape_faults
from footprint.certificates.digest import document_multihash, hash_multihash

#: Names that the W3C and UNTP 0.7.0 contexts define, as far as we use them. A credential with any
#: other name would fail strict JSON-LD processing.
KNOWN_NAMES = {
    *("@context", "id", "type", "name", "description", "issuer", "validFrom", "validUntil"),
    *("credentialStatus", "credentialSubject", "statusPurpose", "statusListIndex"),
    *("statusListCredential", "assessorLevel", "assessmentLevel", "attestationType"),
    *("issuedToParty", "referenceScheme", "profileScore", "code", "conformityCertificate"),
    *("linkURL", "linkName", "digestMultibase", "mediaType", "conformityAssessment"),
    *("assessmentCriteria", "assessmentDate", "assessedPerformance", "metric", "measure", "value"),
    *("unit", "assessedProduct", "product", "idVerifiedByCAB", "specifiedCondition", "evidence"),
    *("conformityTopic", "conformance"),
}


def payload() -> dict[str, Any]:
    return credential_payload(samples.view())


def names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from names(item)
    elif isinstance(value, list):
        for item in value:
            yield from names(item)


def test_the_header_names_algorithm_type_and_a_key_of_the_issuer() -> None:
    header, _, _ = issue_credential(samples.view(), samples.key()).split(".")
    members = json.loads(base64.urlsafe_b64decode(header + "=="))
    assert members["alg"] == "ES256"
    assert members["typ"] == "vc+jwt"
    assert members["kid"] == f"{samples.DID}#{samples.key().thumbprint()}"


def test_the_payload_has_every_required_field() -> None:
    assert shape_faults(payload()) == []


@pytest.mark.parametrize("name", ["id", "issuer", "validFrom", "name", "credentialSubject", "type"])
def test_a_missing_field_is_named(name: str) -> None:
    broken = payload()
    del broken[name]
    assert any(fault.startswith(name) for fault in shape_faults(broken))


def test_no_name_outside_the_two_contexts_is_used() -> None:
    assert set(names(payload())) <= KNOWN_NAMES


def test_the_digest_is_sha_256_of_the_canonical_document_as_multihash() -> None:
    document = view_document(samples.view())
    link = payload()["credentialSubject"]["conformityCertificate"]
    by_hand = b"\x12\x20" + hashlib.sha256(canonical_json(document)).digest()
    text = "u" + base64.urlsafe_b64encode(by_hand).rstrip(b"=").decode()
    assert link["digestMultibase"] == document_multihash(document) == text


def test_the_hashes_of_everything_it_rests_on_are_evidence() -> None:
    view = samples.view()
    evidence = payload()["credentialSubject"]["conformityAssessment"][0]["evidence"]
    digests = {link["digestMultibase"] for link in evidence}
    assert digests == {
        hash_multihash(text)
        for text in (
            view.footprint_hash,
            view.decision_hash,
            view.rules_hash,
            view.inventory_hash,
            view.bom_commitment,
        )
    }


def test_the_measure_holds_the_unrounded_value_in_kilograms() -> None:
    assessment = payload()["credentialSubject"]["conformityAssessment"][0]
    measure = assessment["assessedPerformance"][0]["measure"]
    assert measure == {"value": 2.4681357902468, "unit": "KGM"}


def test_a_self_declaration_is_never_called_a_verification() -> None:
    subject = payload()["credentialSubject"]
    assert (subject["assessorLevel"], subject["attestationType"]) == ("self", "declaration")
    assert "not verified by a third party" in subject["description"]


def test_a_verified_certificate_says_third_party_but_never_scheme_endorsement() -> None:
    view = samples.view(self_declared=False, verifier="Verifier AG")
    subject = credential_payload(view)["credentialSubject"]
    assert (subject["assessorLevel"], subject["attestationType"]) == ("3rdParty", "verification")
    assert subject["assessmentLevel"] == "no-endorsement"


def test_each_profile_writes_the_status_in_its_own_way() -> None:
    w3c = credential_payload(samples.view(), "w3c")["credentialStatus"]
    untp = credential_payload(samples.view(), "untp-0.7")["credentialStatus"]
    assert [(e["statusPurpose"], e["statusListIndex"]) for e in w3c] == [
        ("revocation", "4711"),
        ("suspension", "4711"),
        ("refresh", "4711"),
    ]
    assert (untp["statusPurpose"], untp["statusListIndex"]) == ("revocation", 4711)


def test_identifiers_that_are_no_uri_become_places_on_our_page() -> None:
    view = samples.view(product={"product_ids": ["SKU 12"], "company_ids": []})
    subject = credential_payload(view)["credentialSubject"]
    product = subject["conformityAssessment"][0]["assessedProduct"][0]["product"]
    assert product["id"] == f"{view.verify_url}#product"
    assert subject["issuedToParty"]["id"] == f"{view.verify_url}#holder"


@pytest.mark.parametrize("text", ["", "sha256:", "md5:" + "0" * 64, "sha256:" + "0" * 63 + "g"])
def test_what_is_no_content_hash_has_no_multihash(text: str) -> None:
    with pytest.raises(ValueError, match=r"content hash|fromhex"):
        hash_multihash(text)
