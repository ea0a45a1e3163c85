"""The seal of the certificate PDF: made the same each time, checked to the last byte."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import certificate_samples as samples
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader, PdfWriter

from footprint.certificates import VerificationReport, issue_credential, whole_seals
from footprint.certificates import seal as seal_module
from footprint.certificates.keys import did_document, generate_key, trusted_keys
from footprint.certificates.seal import FIELD, SEAL_WRITER, seal_pdf
from footprint.certificates.seal_check import check_seal
from footprint.certificates.seal_jwk import published_seals
from footprint.certificates.seal_keys import (
    SealKey,
    dump_seal_pem,
    generate_seal,
    load_pkcs12,
    load_seal_pem,
    seal_jwk,
)
from footprint.certificates.verify_file import verify_file
from footprint.faults import InputRefused
from label_templates.render import certificate_pdf, pdf_candidates, renderer_id

MADE = datetime(2026, 11, 1, tzinfo=UTC)
VIEW = samples.view(renderer=renderer_id())
TOKEN = issue_credential(VIEW, samples.key())
PAGE = certificate_pdf(VIEW, "en", TOKEN)
SEAL = generate_seal("Example Label Office", samples.BASE_URL, MADE)
SEALED = seal_pdf(PAGE, SEAL, samples.ISSUED_AT)


def keys(*seals: SealKey, since: datetime = MADE) -> dict[str, Any]:
    """The issuer's DID document with these seals."""
    listed = [*samples.jwks()["keys"], *(seal_jwk(seal, since) for seal in seals)]
    return did_document(samples.DID, {"keys": listed})


def verify(
    pdf: bytes, document: dict[str, Any] | None = None, **options: Any
) -> VerificationReport:
    options = {"render": pdf_candidates, "renderer_id": renderer_id(), **options}
    return verify_file(pdf, "c.pdf", document or keys(SEAL), samples.AS_OF, **options)


def outcomes(report: VerificationReport) -> tuple[str, str]:
    found = {check.name: check.outcome for check in report.checks}
    return found["seal"], found["page"]


def test_a_sealed_certificate_verifies_with_seal_and_page() -> None:
    report = verify(SEALED)
    assert (report.verdict, outcomes(report)) == ("genuine", ("passed", "passed"))
    other = verify(seal_pdf(certificate_pdf(VIEW, "zh", TOKEN), SEAL, samples.ISSUED_AT))
    assert (other.verdict, outcomes(other)) == ("genuine", ("passed", "passed"))


def test_the_same_page_key_and_time_give_the_same_bytes() -> None:
    again = load_seal_pem(dump_seal_pem(SEAL).encode())
    assert seal_pdf(PAGE, again, samples.ISSUED_AT) == SEALED
    later = samples.ISSUED_AT + timedelta(seconds=1)
    assert seal_pdf(PAGE, SEAL, later) != SEALED


def test_another_process_makes_the_same_bytes(tmp_path: Any) -> None:
    (tmp_path / "page.pdf").write_bytes(PAGE)
    (tmp_path / "seal.pem").write_text(dump_seal_pem(SEAL))
    program = (
        "import sys, pathlib, datetime\n"
        "from footprint.certificates.seal import seal_pdf\n"
        "from footprint.certificates.seal_keys import load_seal_pem\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "seal = load_seal_pem((folder / 'seal.pem').read_bytes())\n"
        "at = datetime.datetime.fromisoformat(sys.argv[2])\n"
        "page = (folder / 'page.pdf').read_bytes()\n"
        "(folder / 'sealed.pdf').write_bytes(seal_pdf(page, seal, at))\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path), samples.ISSUED_AT.isoformat()]
    subprocess.run(command, check=True)
    assert (tmp_path / "sealed.pdf").read_bytes() == SEALED


def test_the_page_stays_as_it_was_below_the_seal() -> None:
    assert SEALED.startswith(PAGE)
    before, after = PdfReader(BytesIO(PAGE)), PdfReader(BytesIO(SEALED))
    identifiers: list[Any] = [one.trailer["/ID"] for one in (before, after)]
    assert after.pdf_header == before.pdf_header == "%PDF-1.7"
    assert "/Version" not in after.root_object
    assert len(after.pages) == len(before.pages)
    assert after.attachments == before.attachments
    metadata: list[Any] = [one.root_object["/Metadata"] for one in (before, after)]
    assert metadata[0].get_data() == metadata[1].get_data()
    assert after.metadata == before.metadata
    assert identifiers[0][0] == identifiers[1][0]


def test_the_seal_is_a_signature_as_pades_pdf_a_and_pdf_ua_ask_for() -> None:
    root: Any = PdfReader(BytesIO(SEALED)).root_object
    (field,) = (one.get_object() for one in root["/AcroForm"]["/Fields"])
    assert (field["/T"], field["/FT"]) == (FIELD, "/Sig")
    assert field["/F"] & 4  # printed, as PDF/A wants it
    assert not field["/F"] & 2  # not hidden
    assert field["/Rect"] == [-9999] * 4  # without size, outside the page, as PDF/UA wants it
    assert field["/TU"]
    signature = field["/V"]
    assert signature["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature["/M"] == "D:20261120083000Z"
    assert signature["/Reference"][0]["/TransformParams"]["/P"] == 1  # nothing may be changed
    assert signature["/Prop_Build"]["/App"]["/REx"] == SEAL_WRITER
    assert root["/Perms"]["/DocMDP"] == signature
    attributes = PdfFileReader(BytesIO(SEALED)).embedded_signatures[0].signer_info["signed_attrs"]
    assert {one["type"].native for one in attributes} == {
        "content_type",
        "message_digest",
        "signing_certificate_v2",
        "cms_algorithm_protection",
    }


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler's pdfsig is not installed")
def test_another_program_finds_the_seal_valid(tmp_path: Any) -> None:
    (tmp_path / "sealed.pdf").write_bytes(SEALED)
    done = subprocess.run(
        ["pdfsig", "-nocert", str(tmp_path / "sealed.pdf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Signature is Valid" in done.stdout
    assert "Total document signed" in done.stdout
    assert "Example Label Office" in done.stdout


def test_a_certificate_from_later_than_the_issue_states_its_own_beginning() -> None:
    """A language that is first drawn after a rotation."""
    new = generate_seal("Example Label Office", samples.BASE_URL, datetime(2027, 1, 2, tzinfo=UTC))
    sealed = seal_pdf(PAGE, new, samples.ISSUED_AT)
    assert b"(D\\07220270102000000Z)" in sealed
    assert outcomes(verify(sealed, keys(SEAL, new))) == ("passed", "passed")


def test_an_old_seal_still_counts_while_it_is_published() -> None:
    new = generate_seal("Example Label Office", samples.BASE_URL, MADE)
    assert verify(SEALED, keys(SEAL, new)).verdict == "genuine"
    assert verify(SEALED, keys(new)).codes == ("VER-020",)


def test_a_file_without_seal_is_a_finding_if_the_issuer_did_not_seal_yet() -> None:
    report = verify(PAGE, keys(SEAL, since=samples.ISSUED_AT + timedelta(days=1)))
    assert (report.verdict, outcomes(report)) == ("genuine", ("skipped", "passed"))
    assert "Not sealed" in next(check.says for check in report.checks if check.name == "seal")


def test_a_file_without_seal_is_refused_if_the_issuer_sealed_by_then() -> None:
    report = verify(PAGE, keys(SEAL, since=samples.ISSUED_AT))
    assert (report.verdict, report.codes) == ("invalid", ("VER-031",))


def test_keys_that_name_no_seal_leave_the_seal_open_and_the_page_compared() -> None:
    report = verify(SEALED, did_document(samples.DID, samples.jwks()))
    assert (report.verdict, outcomes(report)) == ("genuine", ("skipped", "passed"))


def test_a_page_of_another_version_is_vouched_for_by_the_seal() -> None:
    report = verify(SEALED, renderer_id="another version")
    assert (report.verdict, outcomes(report)) == ("genuine", ("passed", "skipped"))
    assert "under the issuer's seal" in report.checks[-1].says
    unsure = verify(SEALED, did_document(samples.DID, samples.jwks()), renderer_id="another")
    assert "Trust the attached" in unsure.checks[-1].says


def test_a_seal_of_another_version_counts_if_it_is_the_issuers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as then:
        then.setattr(seal_module, "SEAL_WRITER", "0.0.1, pyHanko 0.1")
        foreign = seal_pdf(PAGE, SEAL, samples.ISSUED_AT)
    assert outcomes(verify(foreign)) == ("passed", "passed")
    no_seals = did_document(samples.DID, samples.jwks())
    assert outcomes(verify(foreign, no_seals)) == ("skipped", "skipped")


def test_a_seal_never_vouches_for_a_credential() -> None:
    document = keys(SEAL)
    _, trusted = trusted_keys(document)
    assert SEAL.id not in trusted
    assert len(document["verificationMethod"]) == 2
    assert document["assertionMethod"] == [f"{samples.DID}#{samples.key().thumbprint()}"]
    with pytest.raises(InputRefused, match="CER-008"):
        trusted_keys({"keys": [seal_jwk(SEAL, MADE)]})


def test_the_published_form_is_the_certificate_and_no_secret() -> None:
    jwk = seal_jwk(SEAL, MADE)
    (published,) = published_seals({"keys": [jwk]})
    assert (published.certificate, published.since) == (SEAL.chain[0], MADE)
    assert not {"d", "p", "q", "dp", "dq", "qi"} & set(jwk)


@pytest.mark.parametrize("change", [{"x5c": []}, {"x5c": ["?"]}, {"x5c": 1}, {"iat": "x"}])
def test_a_seal_in_the_keys_that_cannot_be_read_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(InputRefused, match="CER-013"):
        published_seals({"keys": [{**seal_jwk(SEAL, MADE), **change}]})


# A bought certificate


@cache
def bought() -> SealKey:
    """A seal certificate with an authority above it, as it is bought."""
    authority = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    own = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    top = _certificate("Example Authority", "Example Authority", authority, authority, ca=True)
    leaf = _certificate("Example Label Office", "Example Authority", own, authority, ca=False)
    return SealKey(own, leaf, (top,))


def _certificate(subject: str, issuer: str, key: Any, signer: Any, ca: bool) -> x509.Certificate:
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (subject, issuer)]
    return (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key.public_key())
        .serial_number(7 if ca else 8)
        .not_valid_before(MADE)
        .not_valid_after(MADE + timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .sign(signer, hashes.SHA256())
    )


def packed(seal: SealKey, password: str, key: Any = None) -> bytes:
    lock = serialization.BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(
        b"seal", key or seal.private, seal.certificate, list(seal.above), lock
    )


def test_a_bought_certificate_seals_with_its_chain() -> None:
    loaded = load_pkcs12(packed(bought(), "secret"), "secret")
    assert loaded.chain == bought().chain
    sealed = seal_pdf(PAGE, loaded, samples.ISSUED_AT)
    assert sealed == seal_pdf(PAGE, bought(), samples.ISSUED_AT)
    assert outcomes(verify(sealed, keys(loaded))) == ("passed", "passed")


def test_a_seal_whose_certificate_has_ended_seals_nothing() -> None:
    with pytest.raises(InputRefused, match="CER-013"):
        seal_pdf(PAGE, bought(), MADE + timedelta(days=366))


def test_a_seal_file_that_cannot_be_used_is_refused() -> None:
    weak = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    curve = ec.generate_private_key(ec.SECP256R1())
    for key in (weak, curve):
        other = SealKey(key, _certificate("A", "A", key, key, ca=False))  # type: ignore[arg-type]
        with pytest.raises(InputRefused, match="CER-013"):
            load_pkcs12(packed(other, "secret", key), "secret")
    for data, password in ((packed(bought(), "secret"), "wrong"), (b"no file", "")):
        with pytest.raises(InputRefused, match="CER-013"):
            load_pkcs12(data, password)
    swapped = replace(SEAL, certificate=bought().certificate)
    for text in ("", dump_seal_pem(SEAL)[:900], dump_seal_pem(swapped)):
        with pytest.raises(InputRefused, match="CER-013"):
            load_seal_pem(text.encode())


# Forgeries


def update(pdf: bytes) -> bytes:
    """An incremental update by a common tool, which leaves every earlier byte in place."""
    writer = PdfWriter(BytesIO(pdf), incremental=True)
    writer.add_metadata({"/Title": "Better"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def contents(pdf: bytes) -> tuple[int, int]:
    """Where the hexadecimal of the signature container stands."""
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    return start, pdf.index(b">", start)


def unsigned_byte(pdf: bytes) -> bytes:
    """A byte that no signature covers: the digest algorithms that the container announces."""
    start, _ = contents(pdf)
    place = pdf.index(b"0609608648016503040201", start) + len(b"0609608648016503040201")
    assert pdf[place : place + 4] == b"0500"
    return pdf[:place] + b"0501" + pdf[place + 4 :]


def lower_case(pdf: bytes) -> bytes:
    start, end = contents(pdf)
    return pdf[:start] + pdf[start:end].lower() + pdf[end:]


def resealed(page: bytes) -> bytes:
    return seal_pdf(page, stranger(), samples.ISSUED_AT)


@cache
def stranger() -> SealKey:
    """A look-alike: the same name, the same address, another key."""
    return generate_seal("Example Label Office", samples.BASE_URL, MADE)


def lying_page() -> bytes:
    """The page of a better product under the issuer's own seal, over the genuine attachments."""
    better = samples.view(renderer=renderer_id(), product={"name": "Cleaner bottle"})
    return certificate_pdf(better, "en", TOKEN)


def sealed_twice() -> bytes:
    """A seal of somebody else's behind the issuer's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seal_module, "FIELD", "Second")
        return seal_pdf(SEALED, stranger(), samples.ISSUED_AT)


def flipped(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes((pdf[place] ^ 1,)) + pdf[place + 1 :]


def digit_of_the_signature(pdf: bytes) -> bytes:
    """One hexadecimal digit near the end of the container, where the signature stands."""
    _, end = contents(pdf)
    other = b"1" if pdf[end - 40 : end - 39] == b"0" else b"0"
    return pdf[: end - 40] + other + pdf[end - 39 :]


#: What is done, and the first code.
FORGERIES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bit of the page": (lambda: flipped(SEALED, 5000), "VER-018"),
    "a digit of the signature": (lambda: digit_of_the_signature(SEALED), "VER-018"),
    "an unsigned byte of the container": (lambda: unsigned_byte(SEALED), "VER-018"),
    "the container in other letters": (lambda: lower_case(SEALED), "VER-019"),
    "bytes after the end": (lambda: SEALED + b"\n", "VER-019"),
    "an incremental update": (lambda: update(SEALED), "VER-019"),
    "a second seal": (sealed_twice, "VER-019"),
    "sealed by a look-alike": (lambda: resealed(PAGE), "VER-020"),
    "the seal taken off": (lambda: PAGE, "VER-031"),
    "the seal taken off and the page changed": (lambda: update(PAGE), "VER-031"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_seal_is_refused_with_its_code(name: str) -> None:
    forge, code = FORGERIES[name]
    report = verify(forge())
    assert report.verdict == "invalid"
    assert report.codes[0] == code
    assert report.view_document is None
    for check in report.checks:
        assert any("\u4e00" <= character <= "\u9fff" for character in check.says_zh)


def test_a_page_that_lies_is_refused_even_under_the_issuers_own_seal() -> None:
    report = verify(seal_pdf(lying_page(), SEAL, samples.ISSUED_AT))
    assert report.verdict == "invalid"
    assert report.codes[0] == "VER-011"


@settings(max_examples=80)
@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_no_change_of_one_byte_goes_unnoticed(place: int, mask: int) -> None:
    forged = SEALED[:place] + bytes((SEALED[place] ^ mask,)) + SEALED[place + 1 :]
    assert verify(forged).verdict == "invalid"


@settings(max_examples=120)
@given(st.data())
def test_no_change_of_the_seal_itself_goes_unnoticed(data: st.DataObject) -> None:
    place = data.draw(st.integers(len(PAGE), len(SEALED) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != SEALED[place]))
    forged = SEALED[:place] + bytes((byte,)) + SEALED[place + 1 :]
    assert verify(forged).verdict == "invalid"


def test_other_files_are_verified_without_the_tools_for_pdf() -> None:
    program = (
        "import sys\n"
        "from footprint.certificates.verify_file import verify_file\n"
        "print([name for name in ('pyhanko', 'pypdf', 'asn1crypto') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_key_of_another_issuer_is_not_helped_by_its_seal() -> None:
    """Everything forged at once: credential, page and seal, each by the forger's own keys."""
    token = issue_credential(VIEW, generate_key())
    report = verify(seal_pdf(certificate_pdf(VIEW, "en", token), stranger(), samples.ISSUED_AT))
    assert report.verdict == "invalid"
    assert report.codes[:2] == ("VER-005", "VER-020")


@pytest.fixture
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> dict[bytes, Any]:
    """What is remembered of seals from now on, which is nothing yet."""
    kept: dict[bytes, Any] = {}
    monkeypatch.setattr(whole_seals, "_KEPT", kept)
    return kept


@pytest.mark.parametrize("seal", ["own", "bought"])
def test_what_is_remembered_of_a_seal_is_what_its_file_says(
    seal: str, nothing_remembered: dict[bytes, Any]
) -> None:
    used = SEAL if seal == "own" else bought()
    pdf = seal_pdf(PAGE, used, samples.ISSUED_AT)
    written = check_seal(pdf, published_seals(keys(used)), samples.ISSUED_AT)
    assert len(nothing_remembered) == 1
    nothing_remembered.clear()
    read = check_seal(pdf, published_seals(keys(used)), samples.ISSUED_AT)
    assert written == read
    assert read.check.outcome == "passed"
    assert check_seal(pdf, published_seals(keys(used)), samples.ISSUED_AT) == read


def test_only_a_seal_that_is_whole_and_alone_is_remembered(
    nothing_remembered: dict[bytes, Any],
) -> None:
    seals = published_seals(keys(SEAL))
    twice = sealed_twice()
    assert nothing_remembered == {}
    for pdf in (twice, update(SEALED), PAGE, flipped(SEALED, len(PAGE) // 2)):
        check_seal(pdf, seals, samples.ISSUED_AT)
        assert whole_seals.whole_seal(pdf) is None


def test_whose_seal_it_is_is_asked_each_time(nothing_remembered: dict[bytes, Any]) -> None:
    pdf = seal_pdf(PAGE, SEAL, samples.ISSUED_AT)
    assert verify(pdf, keys(stranger())).verdict == "invalid"
    assert verify(pdf).verdict == "genuine"
    assert len(nothing_remembered) == 1


def test_so_many_seals_are_remembered_and_no_more(
    nothing_remembered: dict[bytes, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_seals, "MOST_KEPT", 2)
    seal = whole_seals.WholeSeal((), b"", "")
    for data in (b"1", b"2", b"3"):
        whole_seals.remember_whole(data, seal)
    assert [whole_seals.whole_seal(data) for data in (b"1", b"2", b"3")] == [None, seal, seal]
