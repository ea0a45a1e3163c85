from __future__ import annotations

import json

import pytest
from joserfc.jwk import ECKey

from footprint.certificates.keys import (
    did_document,
    did_web,
    dump_jwk,
    dump_pem,
    generate_key,
    key_id,
    load_jwk,
    load_pem,
    public_jwks,
    trusted_keys,
)
from footprint.faults import InputRefused

#: A public key and its thumbprint, computed apart with hashlib from RFC 7638, section 3.
X = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"
Y = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"


def thumbprint_by_hand(x: str, y: str) -> str:
    import base64
    import hashlib

    text = json.dumps({"crv": "P-256", "kty": "EC", "x": x, "y": y}, separators=(",", ":"))
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def test_the_key_id_is_the_thumbprint_of_rfc_7638() -> None:
    key = load_jwk(json.dumps({"kty": "EC", "crv": "P-256", "x": X, "y": Y}))
    assert key_id(key) == thumbprint_by_hand(X, Y)


def test_a_key_survives_both_file_forms() -> None:
    key = generate_key()
    assert key_id(load_jwk(dump_jwk(key))) == key_id(load_pem(dump_pem(key))) == key_id(key)
    assert load_jwk(dump_jwk(key)).is_private
    assert load_pem(dump_pem(key)).is_private


def test_a_public_set_never_holds_a_private_part() -> None:
    keys = [generate_key(), generate_key()]
    jwks = public_jwks(keys)
    assert [jwk["kid"] for jwk in jwks["keys"]] == [key_id(key) for key in keys]
    assert all("d" not in jwk for jwk in jwks["keys"])


def test_a_key_cannot_stand_under_the_name_of_another() -> None:
    key, other = generate_key(), generate_key()
    jwks = public_jwks([key])
    jwks["keys"][0]["kid"] = key_id(other)
    _, trusted = trusted_keys(jwks)
    assert set(trusted) == {key_id(key)}


def test_a_did_document_gives_the_issuer_and_all_keys_old_ones_too() -> None:
    keys = [generate_key(), generate_key()]
    did = did_web("https://labels.example.com")
    found, trusted = trusted_keys(did_document(did, public_jwks(keys)))
    assert found == did
    assert set(trusted) == {key_id(key) for key in keys}


@pytest.mark.parametrize(
    ("url", "did"),
    [
        ("https://labels.example.com", "did:web:labels.example.com"),
        ("https://example.com:8443/a/b", "did:web:example.com%3A8443:a:b"),
        ("http://127.0.0.1:8000", "did:web:127.0.0.1%3A8000"),
    ],
)
def test_an_address_gives_its_did(url: str, did: str) -> None:
    assert did_web(url) == did


@pytest.mark.parametrize(
    "url", ["http://example.com", "https://", "https://a.example?x=1", "https://u:p@a.example", ""]
)
def test_an_address_that_cannot_be_an_issuer_is_refused(url: str) -> None:
    with pytest.raises(InputRefused, match="CER-008"):
        did_web(url)


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[]",
        '{"kty":"oct","k":"AAAA"}',
        '{"kty":"EC","crv":"P-384"}',
        '{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}',
        '{"kty":"EC","crv":"P-256"}',
        '{"kty":"EC","crv":"P-256","x":1,"y":2}',
    ],
)
def test_a_file_that_holds_no_usable_key_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="CER-008"):
        load_jwk(text)


@pytest.mark.parametrize("data", [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n", b"\xff\xfe"])
def test_a_broken_pem_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused, match="CER-008"):
        load_pem(data)


def test_a_pem_key_on_another_curve_is_refused() -> None:
    with pytest.raises(InputRefused, match="CER-008"):
        load_pem(ECKey.generate_key("P-384").as_pem(private=True))


@pytest.mark.parametrize("document", [{}, {"keys": []}, {"keys": "x"}, {"verificationMethod": []}])
def test_a_document_without_keys_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(InputRefused, match="CER-008"):
        trusted_keys(document)


def test_of_a_did_document_only_keys_for_assertion_sign_certificates() -> None:
    signing, other = generate_key(), generate_key()
    did = "did:web:labels.example.com"
    document = did_document(did, public_jwks([signing, other]))
    assert set(trusted_keys(document)[1]) == {key_id(signing), key_id(other)}
    listed = document | {"assertionMethod": [f"{did}#{key_id(signing)}"]}
    assert set(trusted_keys(listed)[1]) == {key_id(signing)}
    relative = document | {"assertionMethod": [f"#{key_id(other)}"]}
    assert set(trusted_keys(relative)[1]) == {key_id(other)}
    held = document | {"assertionMethod": [document["verificationMethod"][1]]}
    assert set(trusted_keys(held)[1]) == {key_id(other)}


@pytest.mark.parametrize("named", [[], None, ["did:web:elsewhere.example#key"], "all"])
def test_a_did_document_that_names_no_key_for_assertion_is_refused(named: object) -> None:
    document = did_document("did:web:labels.example.com", public_jwks([generate_key()]))
    with pytest.raises(InputRefused, match="CER-008"):
        trusted_keys(document | {"assertionMethod": named})
