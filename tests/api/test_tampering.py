"""Every way of tampering that we could think of: refused with the right reason, offline by
`footprint verify` and online by POST /v1/verify."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey
from pypdf import PdfReader, PdfWriter
from served import NOON, Site, running, settings_for

from footprint.canonical import canonical_json
from footprint.certificates.jose import sign
from footprint.certificates.keys import generate_key, public_jwks
from footprint.certificates.statuslist import PURPOSES, issue_status_list
from footprint.certificates.verify_file import verify_file
from footprint.certificates.view import view_from_document
from label_templates.render import certificate_pdf, pdf_candidates, renderer_id

STRANGER = generate_key()
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True)
class World:
    """A genuine certificate of a running issuer, and the issuer's own key."""

    site: Site
    number: str
    document: dict[str, Any]
    token: str
    pdf: bytes
    keys: dict[str, Any]
    key: ECKey

    @property
    def did(self) -> str:
        return str(self.keys["id"])

    @property
    def payload(self) -> dict[str, Any]:
        payload: dict[str, Any] = json.loads(unb64(self.token.split(".")[1]))
        return payload

    def resigned(self, change: Callable[[dict[str, Any]], Any], key: ECKey | None = None) -> str:
        """The payload changed, and signed by the true key unless another one is given."""
        payload = self.payload
        change(payload)
        return sign(payload, self.did, key or self.key)

    def with_header(self, key: Any = None, algorithm: str = "ES256", **members: Any) -> str:
        header = {
            "alg": algorithm,
            "typ": "vc+jwt",
            "kid": f"{self.did}#{self.key.thumbprint()}",
            **members,
        }
        registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)
        payload = canonical_json(self.payload)
        return jws.serialize_compact(header, payload, key or self.key, registry=registry)

    def raw_header(self, **members: Any) -> str:
        _, payload, signature = self.token.split(".")
        header = {"alg": "ES256", "typ": "vc+jwt", **members}
        return ".".join((b64(json.dumps(header).encode()), payload, signature))

    def pair(self, token: str | None = None, **changes: Any) -> bytes:
        """Credential and text as one JSON file."""
        content = {
            "credential": token or self.token,
            "certificate": {**self.document, **changes},
        }
        return json.dumps(content).encode()

    def lists(self, **changes: Any) -> list[str]:
        """The status lists of the issuer as it signs them, or changed."""
        facts: dict[str, Any] = {
            "key": self.key,
            "number": 1,
            "valid_from": NOON - timedelta(minutes=1),
            "valid_until": NOON + timedelta(minutes=4),
            "issuer_did": self.did,
            **changes,
        }
        return [
            issue_status_list(
                "https://labels.example.com", purpose=purpose, set_indices=[], **facts
            )
            for purpose in PURPOSES
        ]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with running(settings_for(tmp_path_factory.mktemp("tampering"))) as site:
        public = site.certificate()
        yield World(
            site,
            public["number"],
            public["certificate"],
            public["credential"],
            site.visitor.get(f"/v1/certificates/{public['number']}/certificate.pdf").content,
            site.visitor.get("/.well-known/did.json").json(),
            site.service.keyring.active,
        )


def bit_of_the_payload(w: World) -> str:
    """One bit, inside a name: all of it still reads as JSON."""
    header, payload, signature = w.token.split(".")
    changed = unb64(payload).replace(b"Wall bracket", b"Walm bracket", 1)
    return ".".join((header, b64(changed), signature))


def bit_of_the_signature(w: World) -> str:
    head, _, signature = w.token.rpartition(".")
    data = bytearray(unb64(signature))
    data[20] ^= 1
    return f"{head}.{b64(bytes(data))}"


def public_key_as_secret(w: World) -> str:
    _, payload, _ = w.token.split(".")
    kid = f"{w.did}#{w.key.thumbprint()}"
    header = b64(json.dumps({"alg": "HS256", "typ": "vc+jwt", "kid": kid}).encode())
    signed = f"{header}.{payload}"
    secret = w.key.as_pem(private=False)
    return f"{signed}.{b64(hmac.new(secret, signed.encode(), 'sha256').digest())}"


def name_twice(w: World) -> str:
    header, payload, signature = w.token.split(".")
    return ".".join((header, b64(b'{"name":"Cleaner",' + unb64(payload)[1:]), signature))


def other_writing(w: World) -> str:
    return w.token[:-1] + LETTERS[LETTERS.index(w.token[-1]) ^ 1]


def rebuilt(pdf: bytes, token: bytes, document: bytes) -> bytes:
    """The pages of a PDF with other attachments."""
    bare = PdfWriter()
    for page in PdfReader(BytesIO(pdf)).pages:
        bare.add_page(page)
    bare.add_attachment("credential.vc.jwt", token)
    bare.add_attachment("certificate.json", document)
    out = BytesIO()
    bare.write(out)
    return out.getvalue()


def resaved(w: World) -> bytes:
    out = BytesIO()
    PdfWriter(clone_from=PdfReader(BytesIO(w.pdf))).write(out)
    return out.getvalue()


def incremental_update(w: World) -> bytes:
    """What an editor appends behind the file: new objects that cover the old ones."""
    start = w.pdf.rindex(b"startxref")
    update = b"\n1 0 obj\n<</Type/Catalog>>\nendobj\nxref\n0 1\n0000000000 65535 f \n"
    return w.pdf + update + b"trailer<</Root 1 0 R>>\n" + w.pdf[start:]


def page_of_another(w: World) -> bytes:
    """The printed page says less than what was signed; the attachments are genuine."""
    view = view_from_document({**w.document, "total_kg_co2e": "0.01", "shown_amount": "0.01"})
    lying = certificate_pdf(view, "en", w.token)
    return rebuilt(lying, w.token.encode(), canonical_json(w.document))


def attachment_swapped(w: World) -> bytes:
    text = canonical_json({**w.document, "total_kg_co2e": "0.01"})
    return rebuilt(w.pdf, w.token.encode(), text)


def attachment_twice(w: World) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(w.pdf)))
    writer.add_attachment("certificate.json", b"{}")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


Forge = Callable[[World], "str | bytes"]
LOOK_ALIKE = "did:web:labels.examp1e.com"
#: What is done, the form of the file, and the code that must be the first reason.
TAMPERINGS: dict[str, tuple[Forge, str, str]] = {
    # Bits and forms
    "empty file": (lambda _: "", "jwt", "VER-001"),
    "two parts": (lambda w: w.token.rpartition(".")[0], "jwt", "VER-001"),
    "binary": (lambda _: b"\xff\xfe" * 30, "jwt", "VER-001"),
    "far too long": (lambda _: "A" * 300_000, "jwt", "VER-001"),
    "nested without end": (lambda _: f"{b64(b'[' * 90_000)}.e30.AA", "jwt", "VER-001"),
    "a name twice": (name_twice, "jwt", "VER-001"),
    "the signature written in another way": (other_writing, "jwt", "VER-001"),
    "padding": (lambda w: w.token + "=", "jwt", "VER-001"),
    "a bit of the payload": (bit_of_the_payload, "jwt", "VER-006"),
    "a bit of the signature": (bit_of_the_signature, "jwt", "VER-006"),
    "no signature": (lambda w: w.token.rpartition(".")[0] + ".", "jwt", "VER-006"),
    # Algorithms and headers
    "algorithm none": (lambda w: w.raw_header(alg="none"), "jwt", "VER-002"),
    "the public key as a secret": (public_key_as_secret, "jwt", "VER-002"),
    "another algorithm": (
        lambda w: w.with_header(OKPKey.generate_key("Ed25519"), "Ed25519"),
        "jwt",
        "VER-002",
    ),
    "an access token": (lambda w: w.with_header(typ="at+jwt"), "jwt", "VER-003"),
    "the head of the log": (lambda w: w.site.service.log.head()[2], "jwt", "VER-003"),
    "a key by address": (
        lambda w: w.with_header(jku="https://evil.example/jwks.json"),
        "jwt",
        "VER-004",
    ),
    "a key inside": (
        lambda w: w.with_header(STRANGER, jwk=public_jwks([STRANGER])["keys"][0]),
        "jwt",
        "VER-004",
    ),
    "a critical extension": (lambda w: w.raw_header(crit=["b64"], b64=False), "jwt", "VER-004"),
    # Keys and issuers
    "a stranger's key": (lambda w: w.resigned(lambda _: None, STRANGER), "jwt", "VER-005"),
    "no key id": (lambda w: w.raw_header(), "jwt", "VER-005"),
    "a stranger's key under our id": (lambda w: w.with_header(STRANGER), "jwt", "VER-006"),
    "a look-alike issuer": (
        lambda w: w.resigned(lambda p: p["issuer"].update(id=LOOK_ALIKE)),
        "jwt",
        "VER-008",
    ),
    "a look-alike key id": (lambda w: sign(w.payload, LOOK_ALIKE, w.key), "jwt", "VER-008"),
    "a look-alike issuer with its own key": (
        lambda w: sign({**w.payload, "issuer": {"id": LOOK_ALIKE}}, LOOK_ALIKE, STRANGER),
        "jwt",
        "VER-005",
    ),
    # Claims
    "no subject": (lambda w: w.resigned(lambda p: p.pop("credentialSubject")), "jwt", "VER-007"),
    "another context": (
        lambda w: w.resigned(lambda p: p.update({"@context": []})),
        "jwt",
        "VER-007",
    ),
    "no end of the term": (
        lambda w: w.resigned(lambda p: p.update(validUntil="never")),
        "jwt",
        "VER-007",
    ),
    "a term that has not begun": (
        lambda w: w.resigned(lambda p: p.update(validFrom="2026-11-21T00:00:00Z")),
        "jwt",
        "VER-009",
    ),
    "a term that is over": (
        lambda w: w.resigned(lambda p: p.update(validUntil="2026-11-19T23:59:59Z")),
        "jwt",
        "VER-010",
    ),
    # The text against the credential
    "a smaller footprint": (lambda w: w.pair(total_kg_co2e="0.01"), "json", "VER-011"),
    "another number": (lambda w: w.pair(number="FP-0000-0000-0"), "json", "VER-011"),
    "a better tier": (lambda w: w.pair(tier="neutral"), "json", "VER-011"),
    "a verifier": (lambda w: w.pair(self_declared=False, verifier="TUV"), "json", "VER-011"),
    "another commitment": (lambda w: w.pair(bom_hash="sha256:" + "0" * 64), "json", "VER-011"),
    "a member more": (lambda w: w.pair(extra=1), "json", "VER-011"),
    "not a number": (lambda w: w.pair(total_kg_co2e=float("nan")), "json", "VER-011"),
    "the credential of another text": (
        lambda w: w.pair(w.resigned(_other_digest)),
        "json",
        "VER-011",
    ),
    "no text": (lambda w: json.dumps({"credential": w.token}), "json", "VER-015"),
    "no JSON": (lambda _: "{", "json", "VER-015"),
    # The PDF
    "a byte of the page": (
        lambda w: w.pdf[:300] + bytes((w.pdf[300] ^ 1,)) + w.pdf[301:],
        "pdf",
        "VER-01",
    ),
    "saved by another tool": (resaved, "pdf", "VER-016"),
    "bytes after the end": (lambda w: w.pdf + b"\n%", "pdf", "VER-016"),
    "an incremental update": (incremental_update, "pdf", "VER-01"),
    "the page of another certificate": (page_of_another, "pdf", "VER-016"),
    "an attachment swapped": (attachment_swapped, "pdf", "VER-011"),
    "an attachment twice": (attachment_twice, "pdf", "VER-015"),
    "cut in half": (lambda w: w.pdf[: len(w.pdf) // 2], "pdf", "VER-015"),
    "no PDF": (lambda _: b"hello", "pdf", "VER-015"),
}
MEDIA = {"jwt": "application/vc+jwt", "json": "application/json", "pdf": "application/pdf"}
TERM = {"VER-009": "not_yet_valid", "VER-010": "expired"}


def _other_digest(payload: dict[str, Any]) -> None:
    payload["credentialSubject"]["conformityCertificate"]["digestMultibase"] = "u" + "A" * 46


def test_there_are_at_least_forty_ways() -> None:
    assert len(TAMPERINGS) >= 40


def forged(world: World, name: str) -> tuple[bytes, str, str]:
    forge, form, code = TAMPERINGS[name]
    data = forge(world)
    return data if isinstance(data, bytes) else data.encode(), form, code


@pytest.mark.parametrize("name", TAMPERINGS)
def test_offline_it_is_refused_for_the_right_reason(world: World, name: str) -> None:
    data, form, code = forged(world, name)
    report = verify_file(
        data,
        f"c.{form}",
        world.keys,
        NOON,
        status_lists=world.lists(),
        render=pdf_candidates,
        renderer_id=renderer_id(),
    )
    assert report.verdict == TERM.get(code, "invalid")
    assert report.codes[0].startswith(code)
    assert all(check.says and check.says_zh for check in report.checks)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_online_it_is_refused_for_the_same_reason(world: World, name: str) -> None:
    data, form, code = forged(world, name)
    answer = world.site.visitor.post(
        "/v1/verify", content=data, headers={"Content-Type": MEDIA[form]}
    )
    assert answer.status_code == 200, answer.text
    report = answer.json()
    failed = [check["code"] for check in report["checks"] if check["outcome"] == "failed"]
    assert report["verdict"] == TERM.get(code, "invalid")
    assert failed[0].startswith(code)
    if report["verdict"] == "invalid":
        assert report["certificate"] is None


@pytest.mark.parametrize("form", MEDIA)
def test_the_genuine_one_is_accepted_in_every_form(world: World, form: str) -> None:
    data = {"jwt": world.token.encode(), "json": world.pair(), "pdf": world.pdf}[form]
    offline = verify_file(data, f"c.{form}", world.keys, NOON, status_lists=world.lists())
    assert offline.verdict == "valid"
    headers = {"Content-Type": MEDIA[form]}
    online = world.site.visitor.post("/v1/verify", content=data, headers=headers).json()
    assert (online["verdict"], online["number"]) == ("valid", world.number)


STATUS_LISTS: dict[str, dict[str, Any]] = {
    "of a stranger": {"key": STRANGER},
    "of a look-alike": {"issuer_did": LOOK_ALIKE},
    "another one of the issuer's": {"number": 2},
    "stale": {"valid_until": NOON - timedelta(seconds=1)},
    "from the future": {"valid_from": NOON + timedelta(seconds=1)},
}


@pytest.mark.parametrize("name", STATUS_LISTS)
def test_a_status_list_that_is_not_the_right_one_is_refused(world: World, name: str) -> None:
    lists = world.lists(**STATUS_LISTS[name])
    report = verify_file(world.pair(), "c.json", world.keys, NOON, status_lists=lists)
    assert report.codes == ("VER-012",)


@pytest.mark.parametrize(
    ("state", "code"),
    [("suspended", "VER-014"), ("revoked", "VER-013"), ("superseded", "VER-017")],
)
def test_a_certificate_out_of_force_says_why(world: World, state: str, code: str) -> None:
    site, number = world.site, str(world.site.certificate()["number"])
    if state == "superseded":
        site.client.post("/v1/certificates", json=site.order(replaces=number))
    else:
        change = {"status": state, "reason": "Recall"}
        site.client.post(f"/v1/certificates/{number}/status", json=change)
    token = site.visitor.get(f"/v1/certificates/{number}/credential").text
    headers = {"Content-Type": MEDIA["jwt"]}
    online = site.visitor.post("/v1/verify", content=token, headers=headers).json()
    lists = [site.visitor.get(f"/v1/status/{name}-1").text for name in PURPOSES]
    offline = verify_file(token.encode(), "c.jwt", world.keys, NOON, status_lists=lists)
    assert (online["verdict"], offline.verdict) == (state, state)
    assert offline.codes == (code,)


def test_a_term_that_is_over_is_told_online_too(world: World) -> None:
    site = world.site
    site.clock.now = NOON + timedelta(days=2000)
    try:
        headers = {"Content-Type": MEDIA["jwt"]}
        online = site.visitor.post("/v1/verify", content=world.token, headers=headers).json()
    finally:
        site.clock.now = NOON
    assert online["verdict"] == "expired"


def test_a_credential_that_is_signed_and_not_in_the_register_is_refused_online(
    world: World,
) -> None:
    def change(payload: dict[str, Any]) -> None:
        payload["id"] = payload["id"].replace(world.number, "FP-0000-0000-0")

    headers = {"Content-Type": MEDIA["jwt"]}
    token = world.resigned(change)
    online = world.site.visitor.post("/v1/verify", content=token, headers=headers).json()
    assert online["verdict"] == "invalid"
    assert [check["code"] for check in online["checks"] if check["code"]] == ["VER-012"]


@pytest.mark.parametrize("media_type", ["", "text/plain", "image/png"])
def test_a_form_that_is_no_certificate_is_not_verified(world: World, media_type: str) -> None:
    headers = {"Content-Type": media_type}
    answer = world.site.visitor.post("/v1/verify", content=b"x", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "API-302")
