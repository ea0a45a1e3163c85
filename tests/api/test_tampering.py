"""Every way of tampering that we could think of: refused with the right reasons, offline by
`footprint verify` with the issuer's keys in a file, and online by POST /v1/verify.

`TAMPERINGS` is the table: what is done -> how, the form of the file, the codes."""

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
from served import Site, running, settings_for
from still_clock import NOON

from footprint.canonical import canonical_json
from footprint.certificates import seal
from footprint.certificates.jose import sign
from footprint.certificates.keys import generate_key, public_jwks
from footprint.certificates.seal_keys import SealKey, generate_seal
from footprint.certificates.statuslist import PURPOSES, issue_status_list
from footprint.certificates.verify_file import verify_file
from footprint.certificates.view import view_from_document
from label_templates.render import certificate_pdf, pdf_candidates, renderer_id

STRANGER = generate_key()
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True)
class Issued:
    """A genuine certificate as the register serves it."""

    number: str
    document: dict[str, Any]
    token: str
    pdf: bytes


def issued(site: Site) -> Issued:
    public = site.certificate()
    number = public["number"]
    pdf = site.visitor.get(f"/v1/certificates/{number}/certificate.pdf").content
    return Issued(number, public["certificate"], public["credential"], pdf)


@dataclass(frozen=True)
class World:
    """Two genuine certificates of a running issuer, and the issuer's own keys."""

    site: Site
    own: Issued
    other: Issued
    keys: dict[str, Any]
    key: ECKey

    @property
    def number(self) -> str:
        return self.own.number

    @property
    def document(self) -> dict[str, Any]:
        return self.own.document

    @property
    def token(self) -> str:
        return self.own.token

    @property
    def pdf(self) -> bytes:
        return self.own.pdf

    @property
    def page(self) -> bytes:
        """The PDF without its seal: everything up to the end of the first revision."""
        return self.pdf[: self.pdf.index(b"%%EOF") + 5]

    @property
    def did(self) -> str:
        return str(self.keys["id"])

    @property
    def payload(self) -> dict[str, Any]:
        payload: dict[str, Any] = json.loads(unb64(self.token.split(".")[1]))
        return payload

    def resigned(
        self,
        change: Callable[[dict[str, Any]], Any],
        key: ECKey | None = None,
        document: str = "",
    ) -> str:
        """The payload (or that of another `document`) changed, and signed by the true key unless
        another one is given."""
        payload = json.loads(unb64(document.split(".")[1])) if document else self.payload
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

    def withdrawn(self, state: str) -> Issued:
        """Another certificate, which the issuer then suspended, revoked or replaced."""
        withdrawn = issued(self.site)
        if state == "superseded":
            order = self.site.order(replaces=withdrawn.number)
            answer = self.site.client.post("/v1/certificates", json=order)
        else:
            change = {"status": state, "reason": "Recall"}
            address = f"/v1/certificates/{withdrawn.number}/status"
            answer = self.site.client.post(address, json=change)
        assert answer.is_success, answer.text
        return withdrawn

    def served_lists(self) -> list[str]:
        """The status lists as anyone can fetch them now."""
        return [self.site.visitor.get(f"/v1/status/{name}-1").text for name in PURPOSES]

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
        keys = site.visitor.get("/.well-known/did.json").json()
        yield World(site, issued(site), issued(site), keys, site.service.keyring.active)


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
    bare.generate_file_identifiers()
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


def lying_page(w: World, **changes: Any) -> bytes:
    """A page that shows something else than what was signed; the attachments are genuine."""
    lying = certificate_pdf(view_from_document({**w.document, **changes}), "en", w.token)
    return rebuilt(lying, w.token.encode(), canonical_json(w.document))


def smaller_on_the_page(w: World) -> bytes:
    return lying_page(w, total_kg_co2e="0.01", shown_amount="0.01")


def other_code_on_the_page(w: World) -> bytes:
    """The QR code and the address below it lead to a look-alike of the register."""
    return lying_page(w, verify_url=w.document["verify_url"].replace("example", "examp1e"))


def page_and_credential_of_two(w: World) -> bytes:
    """The page of one certificate around the credential and the text of another."""
    return rebuilt(w.pdf, w.other.token.encode(), canonical_json(w.other.document))


def credential_of_another(w: World) -> bytes:
    return rebuilt(w.pdf, w.other.token.encode(), canonical_json(w.document))


def forger() -> SealKey:
    """A seal that looks like the issuer's: the same names, another key."""
    return generate_seal("footprint, own installation", "https://labels.example.com", NOON)


def sealed_twice(w: World) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seal, "FIELD", "Second")
        return seal.seal_pdf(w.pdf, forger(), NOON)


def updated(w: World) -> bytes:
    """An incremental update by a common tool: every earlier byte stays as it was."""
    writer = PdfWriter(BytesIO(w.pdf), incremental=True)
    writer.add_metadata({"/Title": "Better"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def seal_of_another(w: World) -> bytes:
    """This page with the seal that stands behind another one."""
    return w.page + w.other.pdf[w.other.pdf.index(b"%%EOF") + 5 :]


def unsigned_byte(w: World) -> bytes:
    """A byte of the seal's container that nothing signs: the digests that it announces."""
    announced = b"0609608648016503040201"
    place = w.pdf.index(announced, len(w.page)) + len(announced)
    assert w.pdf[place : place + 4] == b"0500"
    return w.pdf[:place] + b"0501" + w.pdf[place + 4 :]


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]


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
#: The same to the eye: the first e is Cyrillic.
HOMOGLYPH = "did:web:labels.\u0435xample.com"
P384 = ECKey.generate_key("P-384", private=True)
#: What is done -> how, the form of the file, and the first codes in order.
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
    "the algorithm of another curve": (lambda w: w.with_header(P384, "ES384"), "jwt", "VER-002"),
    "a key of another curve under our id": (lambda w: w.raw_header(alg="ES256K"), "jwt", "VER-002"),
    "the seal's algorithm": (lambda w: w.raw_header(alg="RS256"), "jwt", "VER-002"),
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
    "a homoglyph of the issuer": (
        lambda w: w.resigned(lambda p: p["issuer"].update(id=HOMOGLYPH)),
        "jwt",
        "VER-008",
    ),
    "the seal as the credential's key": (
        lambda w: w.raw_header(kid=f"{w.did}#{w.site.service.seals.active.id}"),
        "jwt",
        "VER-005",
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
    "another commitment": (
        lambda w: w.pair(bom_commitment="sha256:" + "0" * 64),
        "json",
        "VER-011",
    ),
    "a member more": (lambda w: w.pair(extra=1), "json", "VER-011"),
    "not a number": (lambda w: w.pair(total_kg_co2e=float("nan")), "json", "VER-011"),
    "the credential of another text": (
        lambda w: w.pair(w.resigned(_other_digest)),
        "json",
        "VER-011",
    ),
    "no text": (lambda w: json.dumps({"credential": w.token}), "json", "VER-015"),
    "no JSON": (lambda _: "{", "json", "VER-015"),
    "the credential of another certificate": (lambda w: w.pair(w.other.token), "json", "VER-011"),
    "the text of another certificate": (
        lambda w: json.dumps({"credential": w.token, "certificate": w.other.document}),
        "json",
        "VER-011",
    ),
    "a code that leads elsewhere": (
        lambda w: w.pair(verify_url="https://labels.examp1e.com/verify/FP"),
        "json",
        "VER-011",
    ),
    "a longer term in the text": (lambda w: w.pair(valid_until="2099-12-31"), "json", "VER-011"),
    "another issuer in the text": (lambda w: w.pair(issuer_name="Other"), "json", "VER-011"),
    # The page of the PDF
    "a smaller footprint on the page": (smaller_on_the_page, "pdf", "VER-031 VER-016"),
    "a code on the page that leads elsewhere": (other_code_on_the_page, "pdf", "VER-031 VER-016"),
    "a lying page, sealed by a forger": (
        lambda w: seal.seal_pdf(smaller_on_the_page(w), forger(), NOON),
        "pdf",
        "VER-020 VER-016",
    ),
    "the page of another certificate": (page_and_credential_of_two, "pdf", "VER-031 VER-016"),
    "saved by another tool": (resaved, "pdf", "VER-018"),
    "a bit of the page": (lambda w: flipped(w.pdf, 5000), "pdf", "VER-018 VER-016"),
    # Attachments
    "an attachment swapped": (attachment_swapped, "pdf", "VER-011"),
    "the attached credential of another certificate": (credential_of_another, "pdf", "VER-011"),
    "an attachment twice": (attachment_twice, "pdf", "VER-015"),
    "no attachment": (lambda w: without_attachments(w.pdf), "pdf", "VER-015"),
    # The seal
    "the seal taken off": (lambda w: w.page, "pdf", "VER-031"),
    "the seal of another certificate": (seal_of_another, "pdf", "VER-018"),
    "sealed anew by a forger": (
        lambda w: seal.seal_pdf(w.page, forger(), NOON),
        "pdf",
        "VER-020",
    ),
    "sealed a second time": (sealed_twice, "pdf", "VER-019"),
    "an unsigned byte of the seal": (unsigned_byte, "pdf", "VER-018"),
    "bytes after the end": (lambda w: w.pdf + b"\n%", "pdf", "VER-019"),
    "an incremental update": (updated, "pdf", "VER-019"),
    "an update with another catalogue": (incremental_update, "pdf", "VER-019"),
    "cut in half": (lambda w: w.pdf[: len(w.pdf) // 2], "pdf", "VER-015"),
    "no PDF": (lambda _: b"hello", "pdf", "VER-015"),
    # The status
    "suspended": (lambda w: w.withdrawn("suspended").pdf, "pdf", "VER-014"),
    "revoked": (lambda w: w.withdrawn("revoked").pdf, "pdf", "VER-013"),
    "superseded": (lambda w: w.withdrawn("superseded").pdf, "pdf", "VER-017"),
    "revoked, and pointing to the place of a valid one": (
        lambda w: w.resigned(_other_place, document=w.withdrawn("revoked").token, key=STRANGER),
        "jwt",
        "VER-005",
    ),
}
MEDIA = {"jwt": "application/vc+jwt", "json": "application/json", "pdf": "application/pdf"}
#: What is genuine and out of force; everything else is invalid.
OUT_OF_FORCE = {
    "VER-009": "not_yet_valid",
    "VER-010": "expired",
    "VER-013": "revoked",
    "VER-014": "suspended",
    "VER-017": "superseded",
}


def without_attachments(pdf: bytes) -> bytes:
    bare = PdfWriter()
    for page in PdfReader(BytesIO(pdf)).pages:
        bare.add_page(page)
    out = BytesIO()
    bare.write(out)
    return out.getvalue()


def _other_place(payload: dict[str, Any]) -> None:
    for entry in payload["credentialStatus"]:
        entry["statusListIndex"] = "1"


def _other_digest(payload: dict[str, Any]) -> None:
    payload["credentialSubject"]["conformityCertificate"]["digestMultibase"] = "u" + "A" * 46


def test_there_are_at_least_forty_ways() -> None:
    assert len(TAMPERINGS) >= 40
    assert len({code for _, _, codes in TAMPERINGS.values() for code in codes.split()}) >= 20


def forged(world: World, name: str) -> tuple[bytes, str, list[str], str]:
    """The forged file, its form, the codes, and the verdict."""
    forge, form, codes = TAMPERINGS[name]
    data = forge(world)
    expected = codes.split()
    verdict = OUT_OF_FORCE.get(expected[0], "invalid")
    return data if isinstance(data, bytes) else data.encode(), form, expected, verdict


@pytest.mark.parametrize("name", TAMPERINGS)
def test_offline_it_is_refused_for_the_right_reason(world: World, name: str) -> None:
    data, form, codes, verdict = forged(world, name)
    report = verify_file(
        data,
        f"c.{form}",
        world.keys,
        NOON,
        status_lists=world.served_lists(),
        render=pdf_candidates,
        renderer_id=renderer_id(),
    )
    assert (report.verdict, list(report.codes[: len(codes)])) == (verdict, codes)
    assert all(check.says and check.says_zh for check in report.checks)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_online_it_is_refused_for_the_same_reason(world: World, name: str) -> None:
    data, form, codes, verdict = forged(world, name)
    answer = world.site.visitor.post(
        "/v1/verify", content=data, headers={"Content-Type": MEDIA[form]}
    )
    assert answer.status_code == 200, answer.text
    report = answer.json()
    failed = [check["code"] for check in report["checks"] if check["outcome"] == "failed"]
    assert (report["verdict"], failed[: len(codes)]) == (verdict, codes)
    if verdict == "invalid":
        assert report["certificate"] is None


@pytest.mark.parametrize("form", MEDIA)
def test_the_genuine_one_is_accepted_in_every_form(world: World, form: str) -> None:
    data = {"jwt": world.token.encode(), "json": world.pair(), "pdf": world.pdf}[form]
    offline = verify_file(data, f"c.{form}", world.keys, NOON, status_lists=world.served_lists())
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
