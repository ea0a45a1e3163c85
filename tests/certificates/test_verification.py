"""Every forgery that we could think of is refused, each with its own code."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import certificate_samples as samples
import pytest
from evidence import some
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey

from footprint.canonical import canonical_json
from footprint.certificates import (
    VerificationReport,
    issue_credential,
    report_document,
    verify_credential,
    view_document,
)
from footprint.certificates.credential import credential_payload
from footprint.certificates.jose import sign
from footprint.certificates.keys import did_document, generate_key, public_jwks
from footprint.certificates.statuslist import Purpose, issue_status_list

TOKEN = issue_credential(samples.view(), samples.key())
DOCUMENT = view_document(samples.view())
DID_DOCUMENT = did_document(samples.DID, samples.jwks())
OTHER = generate_key()
ES256_HEADER = {"alg": "ES256", "typ": "vc+jwt"}


def verify(token: str | bytes = TOKEN, **options: Any) -> VerificationReport:
    options = {"view_document": DOCUMENT, "as_of": samples.AS_OF, **options}
    return verify_credential(token, DID_DOCUMENT, **options)


def resigned(change: Callable[[dict[str, Any]], None]) -> str:
    """The payload changed and signed again by the true key: what only the issuer could do."""
    payload = credential_payload(samples.view())
    change(payload)
    return sign(payload, samples.DID, samples.key())


def with_header(key: Any = None, algorithm: str = "ES256", **members: Any) -> str:
    header = {
        "alg": algorithm,
        "typ": "vc+jwt",
        "kid": f"{samples.DID}#{samples.key().thumbprint()}",
        **members,
    }
    registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    payload = canonical_json(credential_payload(samples.view()))
    return jws.serialize_compact(header, payload, key or samples.key(), registry=registry)


def raw_header(header: dict[str, Any]) -> str:
    _, payload, signature = TOKEN.split(".")
    return ".".join((b64(json.dumps(header).encode()), payload, signature))


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def status_list(purpose: Purpose, indices: list[int], **options: Any) -> str:
    facts: dict[str, Any] = {
        "base_url": samples.BASE_URL,
        "issuer_did": samples.DID,
        "number": 1,
        "key": samples.key(),
        "valid_from": samples.AS_OF - timedelta(minutes=1),
        "valid_until": samples.AS_OF + timedelta(minutes=4),
        **options,
    }
    return issue_status_list(purpose=purpose, set_indices=indices, **facts)


def both(revoked: list[int], suspended: list[int], **options: Any) -> list[str]:
    return [
        status_list("revocation", revoked, **options),
        status_list("suspension", suspended, **options),
    ]


def test_a_certificate_with_its_status_lists_is_valid() -> None:
    report = verify(status_lists=both([], []))
    assert report.verdict == "valid"
    assert {check.outcome for check in report.checks} == {"passed"}
    assert report.number == samples.view().number
    assert report.issuer == samples.DID
    assert report.view_document == DOCUMENT


def test_each_check_of_the_signature_says_what_it_found() -> None:
    says = {check.name: (check.says, check.says_zh) for check in verify().checks}
    assert {name: says[name] for name in list(says)[:6]} == {
        "format": ("The credential can be read.", "凭证可以读取。"),
        "algorithm": ("It is signed with ES256.", "签名算法为 ES256。"),
        "type": ("It is a vc+jwt document.", "文件类型为 vc+jwt。"),
        "header": ("Its header names no foreign key source.", "签名头未引用外部密钥来源。"),
        "key": ("It names a key of the issuer's set.", "所用密钥在签发者的密钥集中。"),
        "signature": ("The signature matches the content.", "签名与内容相符。"),
    }


def test_what_cannot_be_checked_after_a_failure_is_told_too() -> None:
    """A report without a check looks as if there were nothing to check."""
    names = [check.name for check in verify(status_lists=both([], [])).checks]
    for forge, _ in some(list(FORGERIES.values())):
        report = verify(forge())
        assert [check.name for check in report.checks] == names
        assert [check.outcome for check in report.checks].count("failed") >= 1


def test_without_status_lists_it_is_genuine_but_not_called_valid() -> None:
    report = verify()
    assert report.verdict == "genuine"
    assert [c.name for c in report.checks if c.outcome == "skipped"] == ["status"]


def test_a_bare_key_set_cannot_confirm_who_the_issuer_is() -> None:
    report = verify_credential(TOKEN, samples.jwks(), samples.AS_OF)
    assert report.verdict == "genuine"
    assert {c.name for c in report.checks if c.outcome == "skipped"} == {
        "issuer",
        "digest",
        "status",
    }


def test_an_old_key_still_verifies_when_newer_ones_stand_beside_it() -> None:
    keys = did_document(samples.DID, public_jwks([OTHER, samples.key()]))
    assert verify_credential(TOKEN, keys, samples.AS_OF).verdict == "genuine"


def test_a_neighbour_in_the_list_does_no_harm() -> None:
    assert verify(status_lists=both([4710, 4712], [4710, 4712])).verdict == "valid"


def test_the_other_profile_verifies_too() -> None:
    token = issue_credential(samples.view(), samples.key(), "untp-0.7")
    assert verify(token, status_lists=both([], [])).verdict == "valid"
    assert verify(token, status_lists=both([4711], [])).verdict == "revoked"


def test_the_report_is_plain_json() -> None:
    document = report_document(verify())
    assert json.loads(json.dumps(document)) == document
    assert document["certificate"]["number"] == samples.view().number


def flipped(part: int) -> str:
    parts = TOKEN.split(".")
    middle = len(parts[part]) // 2
    other = "A" if parts[part][middle] != "A" else "B"
    parts[part] = parts[part][:middle] + other + parts[part][middle + 1 :]
    return ".".join(parts)


def other_payload() -> str:
    """Header and signature of one certificate around the payload of another."""
    header, _, signature = TOKEN.split(".")
    payload = credential_payload(samples.view(product={"name": "Cleaner bottle"}))
    return ".".join((header, b64(canonical_json(payload)), signature))


def last_character_changed() -> str:
    """The same signature bytes, written in another way."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    place = letters.index(TOKEN[-1])
    return TOKEN[:-1] + letters[place ^ 1]


def hmac_with_public_key() -> str:
    """The classic confusion: the public key, which all know, used as a shared secret."""
    _, payload, _ = TOKEN.split(".")
    kid = f"{samples.DID}#{samples.key().thumbprint()}"
    signed = f"{b64(json.dumps({**ES256_HEADER, 'alg': 'HS256', 'kid': kid}).encode())}.{payload}"
    secret = samples.key().as_pem(private=False)
    return f"{signed}.{b64(hmac.new(secret, signed.encode(), 'sha256').digest())}"


def duplicate_name() -> str:
    header, payload, signature = TOKEN.split(".")
    text = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    twice = b'{"name":"Cleaner",' + text[1:]
    return ".".join((header, b64(twice), signature))


FORGERIES: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "empty": (lambda: "", "VER-001"),
    "not a token": (lambda: "hello", "VER-001"),
    "two parts": (lambda: TOKEN.rpartition(".")[0], "VER-001"),
    "binary": (lambda: b"\xff\xfe" * 20, "VER-001"),
    "very long": (lambda: "A" * 1_000_000, "VER-001"),
    "deeply nested": (lambda: b64(b"[" * 90_000) + ".e30.AA", "VER-001"),
    "payload is a list": (lambda: ".".join((TOKEN.split(".")[0], b64(b"[]"), "AA")), "VER-001"),
    "signature written differently": (last_character_changed, "VER-001"),
    "a name twice": (duplicate_name, "VER-001"),
    "padding": (lambda: TOKEN + "=", "VER-001"),
    "algorithm none": (lambda: raw_header({**ES256_HEADER, "alg": "none"}), "VER-002"),
    "public key as HMAC secret": (
        hmac_with_public_key,
        "VER-002",
    ),
    "another algorithm": (
        lambda: with_header(OKPKey.generate_key("Ed25519"), "Ed25519"),
        "VER-002",
    ),
    "algorithm in lower case": (lambda: raw_header({**ES256_HEADER, "alg": "es256"}), "VER-002"),
    "an access token": (lambda: with_header(typ="at+jwt"), "VER-003"),
    "no type": (lambda: raw_header({"alg": "ES256"}), "VER-003"),
    "key by address": (lambda: with_header(jku="https://evil.example/jwks.json"), "VER-004"),
    "certificate by address": (lambda: with_header(x5u="https://evil.example/x.pem"), "VER-004"),
    "key inside": (lambda: with_header(OTHER, jwk=public_jwks([OTHER])["keys"][0]), "VER-004"),
    "critical extension": (
        lambda: raw_header({**ES256_HEADER, "crit": ["b64"], "b64": False}),
        "VER-004",
    ),
    "stranger's key": (lambda: issue_credential(samples.view(), OTHER), "VER-005"),
    "no key id": (lambda: raw_header(ES256_HEADER), "VER-005"),
    "stranger's key under our key id": (lambda: with_header(OTHER), "VER-006"),
    "payload of another certificate": (other_payload, "VER-006"),
    "bit flip in the signature": (lambda: flipped(2), "VER-006"),
    "no signature": (lambda: TOKEN.rpartition(".")[0] + ".", "VER-006"),
    "subject taken out": (lambda: resigned(lambda p: p.pop("credentialSubject")), "VER-007"),
    "context replaced": (lambda: resigned(lambda p: p.update({"@context": ["x"]})), "VER-007"),
    "no term": (lambda: resigned(lambda p: p.update(validUntil="never")), "VER-007"),
    "issuer of another name": (
        lambda: resigned(lambda p: p["issuer"].update(id="did:web:evil.example")),
        "VER-008",
    ),
    "key id of another issuer": (
        lambda: sign(credential_payload(samples.view()), "did:web:evil.example", samples.key()),
        "VER-008",
    ),
    "digest of another text": (
        lambda: issue_credential(samples.view(product={"name": "Other"}), samples.key()),
        "VER-011",
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_refused_with_its_code(name: str) -> None:
    forge, code = FORGERIES[name]
    report = verify(forge())
    assert report.verdict == "invalid"
    assert report.codes[0] == code
    assert (report.number, report.issuer, report.view_document) == ("", "", None)


@pytest.mark.parametrize("name", FORGERIES)
def test_a_refusal_is_said_in_both_languages(name: str) -> None:
    forge, _ = FORGERIES[name]
    report = verify(forge())
    for check in some(report.checks):
        assert check.says.endswith(".")
        assert any("\u4e00" <= character <= "\u9fff" for character in check.says_zh)


@pytest.mark.parametrize(
    "change",
    [
        {"total_kg_co2e": "2.4681357902467"},
        {"number": "FP-0000-0000-0"},
        {"self_declared": False},
        {"extra": 1},
        {"total_kg_co2e": float("nan")},
        {"status_index": 2**60},
    ],
)
def test_a_changed_text_is_found(change: dict[str, Any]) -> None:
    report = verify(view_document={**DOCUMENT, **change})
    assert (report.verdict, report.codes) == ("invalid", ("VER-011",))


@pytest.mark.parametrize(
    ("as_of", "verdict", "code"),
    [
        (datetime(2026, 11, 19, 23, 59, 59, tzinfo=UTC), "not_yet_valid", "VER-009"),
        (datetime(2026, 11, 20, tzinfo=UTC), "genuine", None),
        (datetime(2028, 11, 19, 23, 59, 59, tzinfo=UTC), "genuine", None),
        (datetime(2028, 11, 20, tzinfo=UTC), "expired", "VER-010"),
    ],
)
def test_the_term_begins_and_ends_with_its_days(
    as_of: datetime, verdict: str, code: str | None
) -> None:
    report = verify(as_of=as_of)
    assert report.verdict == verdict
    assert report.codes == ((code,) if code else ())


def test_a_revoked_or_suspended_certificate_says_so() -> None:
    assert verify(status_lists=both([4711], [])).verdict == "revoked"
    assert verify(status_lists=both([], [4711])).verdict == "suspended"
    assert verify(status_lists=both([4711], [4711])).codes == ("VER-013",)
    assert verify(status_lists=both([], [4711])).codes == ("VER-014",)


def test_revocation_outranks_expiry_and_forgery_outranks_both() -> None:
    late = datetime(2029, 1, 1, tzinfo=UTC)
    lists = both([4711], [], valid_from=late, valid_until=late)
    assert verify(as_of=late, status_lists=lists).verdict == "revoked"
    forged = verify(as_of=late, status_lists=lists, view_document={"number": "x"})
    assert forged.verdict == "invalid"


LISTS: dict[str, Callable[[], list[str]]] = {
    "only one of the two": lambda: [status_list("revocation", [])],
    "stale": lambda: both([], [], valid_until=samples.AS_OF - timedelta(seconds=1)),
    "from the future": lambda: both([], [], valid_from=samples.AS_OF + timedelta(seconds=1)),
    "signed by a stranger": lambda: both([], [], key=OTHER),
    "of another issuer": lambda: both([], [], issuer_did="did:web:evil.example"),
    "another list of the issuer": lambda: both([], [], number=2),
    "purposes swapped": lambda: [
        swapped_purpose("revocation", "suspension"),
        swapped_purpose("suspension", "revocation"),
    ],
    "the certificate itself": lambda: [TOKEN],
    "not a token": lambda: ["x"],
    "cut short": lambda: [list_with(encodedList="uAAAA"), status_list("suspension", [])],
}


def list_with(**members: Any) -> str:
    token = status_list("revocation", [])
    payload = token.split(".")[1]
    document = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    document["credentialSubject"].update(members)
    return sign(document, samples.DID, samples.key())


def swapped_purpose(address: Purpose, purpose: Purpose) -> str:
    token = status_list(address, [])
    payload = token.split(".")[1]
    document = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    document["credentialSubject"]["statusPurpose"] = purpose
    return sign(document, samples.DID, samples.key())


@pytest.mark.parametrize("name", LISTS)
def test_a_status_list_that_cannot_be_trusted_never_counts_as_good_news(name: str) -> None:
    report = verify(status_lists=LISTS[name]())
    assert (report.verdict, report.codes) == ("invalid", ("VER-012",))


@pytest.mark.parametrize("index", ["-1", "x", "1e3", "131072", "9" * 50, None, 1.5, "４"])
def test_a_strange_status_index_is_refused(index: object) -> None:
    def change(payload: dict[str, Any]) -> None:
        payload["credentialStatus"][0]["statusListIndex"] = index

    report = verify(resigned(change), status_lists=both([], []))
    assert report.codes == ("VER-012",)


@given(st.one_of(st.text(), st.binary()))
def test_no_text_and_no_bytes_make_it_raise(token: str | bytes) -> None:
    assert verify(token).codes == ("VER-001",)


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from("Aa0-_.="))
def test_no_change_of_one_character_goes_unnoticed(place: int, character: str) -> None:
    if TOKEN[place] != character:
        assert verify(TOKEN[:place] + character + TOKEN[place + 1 :]).verdict == "invalid"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
FIELDS = ["@context", "type", "id", "issuer", "validFrom", "validUntil", "credentialStatus"]


@given(st.sampled_from([*FIELDS, "credentialSubject", "name"]), json_values)
def test_no_signed_nonsense_makes_it_raise(field: str, value: Any) -> None:
    payload = credential_payload(samples.view())
    payload[field] = value
    text = json.dumps(payload, ensure_ascii=True)
    header = {"alg": "ES256", "typ": "vc+jwt", "kid": f"{samples.DID}#{samples.key().thumbprint()}"}
    token = jws.serialize_compact(header, text, samples.key(), algorithms=["ES256"])
    report = verify(token, status_lists=both([], []))
    assert report.checks


def test_a_time_without_zone_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        verify(as_of=datetime(2027, 1, 1))  # noqa: DTZ001 - the missing zone is the point


def test_an_old_list_beside_a_new_one_hides_no_revocation() -> None:
    old, new = both([], []), both([4711], [])
    assert verify(status_lists=[*old, *new]).verdict == "revoked"
    assert verify(status_lists=[*new, *old]).verdict == "revoked"
