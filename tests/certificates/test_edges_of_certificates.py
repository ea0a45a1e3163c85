"""Single decisions about certificates at their edges: just there, and a step behind."""

from __future__ import annotations

import dataclasses
import json
import zlib
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast, get_args

import certificate_samples as samples
import pytest

from footprint.certificates import claim_intake, seal, seal_check, verify_file
from footprint.certificates.build import _contradictions
from footprint.certificates.conditions import _says
from footprint.certificates.credential_shape import shape_faults
from footprint.certificates.faults import (
    EXPIRED,
    ISSUANCE_BROKEN,
    NOT_YET_VALID,
    REVOKED,
    SEAL_CHANGED,
    SUPERSEDED,
    SUSPENDED,
    TEXT_REFUSED,
    TEXT_TOO_LONG,
)
from footprint.certificates.intake import MAX_LENGTH, Intake
from footprint.certificates.jose import (
    LOG_HEAD_TYPE,
    TYPE,
    open_signed,
    sign,
    unpadded_decode,
    unpadded_encode,
)
from footprint.certificates.keys import key_id
from footprint.certificates.lifecycle import (
    KeptStatus,
    ObjectionGround,
    ObjectionOutcome,
    suspended_by,
)
from footprint.certificates.limits import showing_of
from footprint.certificates.number import make_number, parse_certificate_number, right_number
from footprint.certificates.passport import is_signed_passport, passport_digest
from footprint.certificates.register_log import open_head
from footprint.certificates.report import passed_check
from footprint.certificates.result_fields import tidy
from footprint.certificates.seal import DIGEST, SIGNATURE, seal_writer
from footprint.certificates.seal_check import SealFinding, _unsealed
from footprint.certificates.seal_jwk import PublishedSeal
from footprint.certificates.status_check import kept_status
from footprint.certificates.statuslist import _MAX_BYTES, LENGTH, bit, decode_bits, encode_bits
from footprint.certificates.terms import next_surveillance
from footprint.certificates.verify import _dates
from footprint.certificates.verify_file import _parts
from footprint.faults import InputRefused
from footprint.values.claim import Margin

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_only_an_upheld_falsification_suspends_and_only_what_is_issued() -> None:
    suspended = {
        (outcome, ground, status)
        for outcome in get_args(ObjectionOutcome)
        for ground in get_args(ObjectionGround)
        for status in get_args(KeptStatus)
        if suspended_by(outcome, ground, status)
    }
    assert suspended == {("upheld", "falsification", "issued")}


@pytest.mark.parametrize("index", [0, LENGTH - 1])
def test_the_first_and_the_last_place_of_a_list_can_be_set(index: int) -> None:
    bits = decode_bits(encode_bits([index]))
    assert [at for at in (0, 1, LENGTH - 2, LENGTH - 1) if bit(bits, at)] == [index]


@pytest.mark.parametrize("index", [-1, LENGTH])
def test_there_is_no_place_outside_of_a_list(index: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        encode_bits([index])


@pytest.mark.parametrize(
    ("size", "says"),
    [
        (LENGTH // 8 - 1, "under"),
        (LENGTH // 8, ""),
        (_MAX_BYTES, ""),
        (_MAX_BYTES + 1, "over"),
    ],
)
def test_a_list_has_its_least_and_its_most_bytes(size: int, says: str) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    encoded = "u" + unpadded_encode(packer.compress(bytes(size)) + packer.flush())
    if not says:
        assert len(decode_bits(encoded)) == size
    else:
        with pytest.raises(InputRefused, match=says):
            decode_bits(encoded)


@pytest.mark.parametrize(
    ("index", "good"), [(-1, False), (0, True), (LENGTH - 1, True), (LENGTH, False)]
)
def test_a_certificate_has_a_place_in_its_list(index: int, good: bool) -> None:
    found = _contradictions(samples.issuance(status_index=index))
    assert [one.code for one in found] == ([] if good else [ISSUANCE_BROKEN.code])


@pytest.mark.parametrize(("length", "kept"), [(MAX_LENGTH, True), (MAX_LENGTH + 1, False)])
def test_a_text_is_so_long_and_no_longer(length: int, kept: bool) -> None:
    read = Intake("file")
    read.clean("x" * length, "name")
    assert bool(read.problems) != kept


def test_a_text_of_the_greatest_length_is_refused_for_what_hides_in_it_alone() -> None:
    read = Intake("file")
    read.clean("x" * (MAX_LENGTH - 1) + "\u200b", "name")
    assert [one.code for one in read.problems] == [TEXT_REFUSED.code]
    for text in ("x" * MAX_LENGTH + "\u200b", "x" * (MAX_LENGTH + 1)):
        other = Intake("file")
        other.clean(text, "name")
        assert TEXT_TOO_LONG.code in {one.code for one in other.problems}


def test_a_condition_has_to_say_itself_in_english_and_may_in_chinese() -> None:
    node = Intake("file", {"rule": "below", "says": "It is lower"})
    assert (_says(node, "says"), _says(node, "says_zh")) == ("It is lower", "")
    assert node.problems == []
    nothing = Intake("file", {"rule": "below"})
    assert _says(nothing, "says") == ""
    assert len(nothing.problems) == 1


@pytest.mark.parametrize("at", [0, 1])
def test_a_credential_begins_with_both_contexts(at: int) -> None:
    contexts = [
        "https://www.w3.org/ns/credentials/v2",
        "https://vocabulary.uncefact.org/untp/0.7.0/context/",
    ]
    assert "@context" not in shape_faults({"@context": [*contexts, "https://other.example"]})
    assert "@context" in shape_faults({"@context": [contexts[at]]})
    assert "@context" in shape_faults({"@context": contexts[::-1]})


@pytest.mark.parametrize("kind", [TYPE, "statuslist+jwt"])
def test_a_credential_alone_says_what_its_content_is(kind: str) -> None:
    key = samples.key()
    token = sign({"a": 1}, samples.DID, key, kind)
    header = json.loads(unpadded_decode(token.partition(".")[0]))
    assert header.get("cty") == ("vc" if kind == TYPE else None)
    opened = open_signed(token, {key_id(key): key}, kind)
    assert (opened.did, opened.payload) == (samples.DID, {"a": 1})


@pytest.mark.parametrize(
    ("suffix", "says"),
    [
        (".json", "not a JSON object"),
        (".pdf", "PDF"),
        (".txt", r"give a .pdf, .json or .jwt file"),
    ],
)
def test_a_file_is_read_as_what_its_name_says(suffix: str, says: str) -> None:
    assert _parts(b"a.b.c", ".jwt").token == b"a.b.c"
    with pytest.raises(ValueError, match=says):
        _parts(b"a.b.c", suffix)


@pytest.mark.parametrize(
    ("issued", "outcome"),
    [(None, "skipped"), (NOON - timedelta(seconds=1), "skipped"), (NOON, "failed")],
)
def test_a_seal_is_missed_from_the_moment_on_that_the_issuer_seals(
    issued: datetime | None, outcome: Any
) -> None:
    seals = [PublishedSeal(b"", NOON), PublishedSeal(b"", NOON + timedelta(days=1))]
    assert _unsealed(seals, issued).outcome == outcome
    assert _unsealed([], issued).outcome == "skipped"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("issued", ""),
        ("suspended", SUSPENDED.code),
        ("revoked", REVOKED.code),
        ("superseded", SUPERSEDED.code),
    ],
)
def test_what_a_register_keeps_is_told_by_its_own_code(state: str, code: str) -> None:
    assert kept_status(state).code == code


@pytest.mark.parametrize(
    ("boundary", "subject"),
    [
        ("organisation", "organisation"),
        ("event", "event"),
        ("cradle-to-gate", "product"),
        ("cradle-to-grave", "product"),
    ],
)
def test_the_boundary_tells_what_a_certificate_is_about(boundary: str, subject: str) -> None:
    assert dataclasses.replace(samples.view(), boundary=boundary).subject == subject


def test_a_comparison_was_decided_by_letter_or_probability_and_has_its_margin() -> None:
    assert {"letter", "probability"} == claim_intake._DECIDED
    assert set(get_args(Margin)) == claim_intake._MARGINS


def test_a_seal_seals_until_the_last_moment_of_its_certificate(monkeypatch: Any) -> None:
    sealed: list[datetime] = []
    monkeypatch.setattr(seal, "_container", lambda *_: None)
    monkeypatch.setattr(seal, "seal_writer", lambda *_: None)

    def drawn(page: bytes, size: Any, moment: datetime, sign: Any, _: Any) -> Any:
        sealed.append(moment)
        return page + sign(b"digest")

    monkeypatch.setattr(seal, "_sealed", drawn)
    begins = NOON - timedelta(days=1)
    certificate = SimpleNamespace(not_valid_before_utc=begins, not_valid_after_utc=NOON)
    private = SimpleNamespace(key_size=2048)
    own: Any = SimpleNamespace(
        certificate=certificate, private=private, chain=(), sign=lambda data: data
    )
    for issued in (begins - timedelta(days=9), NOON):
        assert seal.seal_pdf(b"page", own, issued) == b"pagedigest"
    assert sealed == [begins, NOON]
    with pytest.raises(InputRefused, match="ended on 2026-11-20"):
        seal.seal_pdf(b"page", own, NOON + timedelta(seconds=1))


def test_a_passport_names_the_digest_of_one_text() -> None:
    link = {"linkURL": "https://x.example/certificate.json", "digestMultibase": "zQm"}
    other = {"linkURL": "https://x.example/other", "digestMultibase": "zXx"}
    for links, digest in (([link, other], "zQm"), ([link, link], ""), ([other], "")):
        claims = {"performanceClaim": [{"evidence": links}]}
        assert passport_digest({"credentialSubject": claims}) == digest
    kinds = ["VerifiableCredential", "DigitalProductPassport"]
    assert is_signed_passport({"type": [*kinds, "Another"]})
    assert not any(is_signed_passport({"type": [kind]}) for kind in kinds)


@pytest.mark.parametrize(
    ("valid_until", "due"), [(date(2027, 11, 20), date(2027, 11, 20)), (date(2027, 11, 19), None)]
)
def test_a_surveillance_is_due_within_the_term(valid_until: date, due: date | None) -> None:
    assert next_surveillance(date(2026, 11, 20), 12, valid_until) == due


def test_a_file_has_a_greatest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_file, "MAX_BYTES", 5)
    assert verify_file._parts(b"a.b.c", ".jwt").token == b"a.b.c"
    with pytest.raises(ValueError, match="over 5 bytes"):
        verify_file._parts(b"a.b.cd", ".jwt")


@pytest.mark.parametrize(
    ("sealed", "file", "outcome"),
    [
        (False, b"page", "passed"),
        (False, b"page and more", "failed"),
        (True, b"page and seal", "passed"),
        (True, b"another", "failed"),
    ],
)
def test_a_page_is_compared_whole_or_up_to_its_seal(
    sealed: bool, file: bytes, outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = SimpleNamespace(drawn_by="", comparable=True, fits=lambda *_: True) if sealed else None
    finding = SealFinding(passed_check("seal", "", ""), cast("Any", own))
    monkeypatch.setattr(seal_check, "check_seal", lambda *_: finding)
    said = {"renderer": "r", "issued_at": NOON.isoformat()}
    report: Any = SimpleNamespace(view_document=said)
    parts = verify_file._Parts("token")
    _, page = verify_file._paper(parts, file, report, (), lambda *_: [b"page"], "r")
    assert page.outcome == outcome
    _, other = verify_file._paper(parts, file, report, (), lambda *_: [b"page"], "of another")
    assert other.outcome == "skipped"


@pytest.mark.parametrize(
    ("number", "shown"),
    [("1.0", "1"), ("1.50", "1.5"), ("10", "10"), ("0.00", "0"), ("100.", "100")],
)
def test_a_number_loses_the_zeros_behind_its_point_alone(number: str, shown: str) -> None:
    assert tidy(number) == shown


def test_a_mistyped_number_gets_the_check_character_of_the_others() -> None:
    number = make_number(bytes.fromhex("39ab5c80d1"))
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert right_number(wrong) == right_number(number.lower().replace("-", " ")) == number
    assert right_number(number[:-1]) == right_number(number + "0") == right_number("") == ""


@pytest.mark.parametrize(("typed", "meant"), [("O", "0"), ("I", "1"), ("L", "1"), ("l", "1")])
def test_letters_that_look_like_digits_are_read_as_digits(typed: str, meant: str) -> None:
    number = next(
        found
        for byte in range(256)
        if meant in (found := make_number(bytes([0, 8, byte, 7, 9])))[3:]
    )
    other = number[:3] + number[3:].replace(meant, typed)
    assert other != number
    assert parse_certificate_number(other) == right_number(other) == number


@pytest.mark.parametrize(
    ("value", "found", "says"),
    [(True, True, ""), (False, False, ""), ("yes", False, "is 'yes'"), (None, False, "is missing")],
)
def test_a_flag_is_true_or_false(value: Any, found: bool, says: str) -> None:
    read = Intake("file", {"flag": value})
    assert read.flag("flag") is found
    assert [says in problem.message for problem in read.problems] == ([True] if says else [])


@pytest.mark.parametrize(
    ("algorithms", "held", "intact"),
    [
        ((DIGEST, SIGNATURE), (True, True), True),
        ((DIGEST, SIGNATURE), (True, False), False),
        (("sha1", SIGNATURE), (True, True), False),
        ((DIGEST, "rsassa_pss"), (True, True), False),
    ],
)
def test_a_seal_is_intact_with_its_own_algorithms(
    algorithms: tuple[str, str], held: Any, intact: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal_check, "validate_sig_integrity", lambda *_: held)
    named = [{"algorithm": SimpleNamespace(native=one)} for one in algorithms]
    info = dict(zip(("digest_algorithm", "signature_algorithm"), named, strict=True))
    signature: Any = SimpleNamespace(
        signer_info=info | {"signature": SimpleNamespace(native=b"s")},
        signer_cert=SimpleNamespace(dump=lambda: b"c"),
        other_embedded_certs=[],
        compute_digest=lambda: b"",
        sig_object={},
    )
    found = seal_check._intact(signature)
    assert (found is not None) == intact
    assert found is None or (found.chain, found.signature) == ((b"c",), b"s")


@pytest.mark.parametrize(
    ("at", "pdf", "covered"),
    [
        ((0, 2, 6, 2), b"ab<0A>cd", True),
        ((0, 2, 6, 2), b"ab<0B>cd", False),
        ((0, 2, 6, 2), b"ab<0A>cdX", False),
        ((1, 2, 6, 2), b"ab<0A>cd", False),
    ],
)
def test_a_seal_covers_all_but_itself(at: Any, pdf: bytes, covered: bool) -> None:
    signature: Any = SimpleNamespace(byte_range=at, pkcs7_content=b"\x0a")
    assert seal_check._covered(signature, pdf) == covered


def test_a_seal_is_compared_by_the_version_that_wrote_it() -> None:
    for drawn_by in ("", "renderer 1"):
        own = seal_check.Seal((), b"", seal_writer(drawn_by))
        assert own.comparable
        assert own.drawn_by == drawn_by
    assert not seal_check.Seal((), b"", "another program 9").comparable


@pytest.mark.parametrize(
    ("said", "good"),
    [
        ({"entries": 0, "head": "h"}, True),
        ({"entries": -1, "head": "h"}, False),
        ({"entries": True, "head": "h"}, False),
        ({"entries": 1, "head": None}, False),
    ],
)
def test_a_head_of_the_log_has_its_number_of_entries(said: dict[str, Any], good: bool) -> None:
    token = sign(
        said | {"issuer": samples.DID, "at": ""}, samples.DID, samples.key(), LOG_HEAD_TYPE
    )
    if good:
        assert open_head(token, samples.jwks()).entries == said["entries"]
    else:
        with pytest.raises(InputRefused, match="lacks its number"):
            open_head(token, samples.jwks())


def test_a_market_that_is_closed_asks_nothing_besides() -> None:
    def answer(market: str, verdict: str) -> dict[str, Any]:
        said = {"market": market, "verdict": verdict, "says": "x", "says_zh": "x"}
        return said | {"audience": "consumer", "confidence": "H"}

    label = [answer("EU", "conditional"), answer("FR", "conditional")]
    decision = Intake("file", {"markets": [answer("EU", "prohibited")], "own_label": label})
    found = showing_of(decision, samples.issuance())
    assert [one.market for one in found.prohibited] == ["EU"]
    assert [one.market for one in found.conditional] == ["FR"]


def test_an_optional_number_may_be_left_out_and_no_other() -> None:
    read = Intake("file", {"mass": 1.5})
    assert read.number_text("mass", optional=True) == read.number_text("mass") == "1.5"
    assert read.number_text("gone", optional=True) == ""
    assert read.problems == []
    read.number_text("gone")
    assert len(read.problems) == 1


@pytest.mark.parametrize("issuer", [samples.DID, "did:web:elsewhere.example"])
def test_a_head_of_the_log_is_of_the_issuer_that_signed_it(issuer: str) -> None:
    said = {"entries": 1, "head": "h", "issuer": issuer, "at": ""}
    token = sign(said, samples.DID, samples.key(), LOG_HEAD_TYPE)
    if issuer == samples.DID:
        assert open_head(token, samples.jwks()).issuer == issuer
    else:
        with pytest.raises(InputRefused, match="was signed by"):
            open_head(token, samples.jwks())


@pytest.mark.parametrize(
    ("signatures", "whole", "intact", "code"),
    [
        (1, True, True, ""),
        (2, True, True, "changed"),
        (1, False, True, "changed"),
        (1, True, False, "broken"),
    ],
)
def test_one_seal_covers_the_whole_file_and_is_intact(
    signatures: int, whole: bool, intact: bool, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = seal_check.Seal((b"c",), b"", "") if intact else None
    file = SimpleNamespace(embedded_signatures=["s"] * signatures)
    monkeypatch.setattr(seal_check, "PdfFileReader", lambda _: file)
    monkeypatch.setattr(seal_check, "_covered", lambda *_: whole)
    monkeypatch.setattr(seal_check, "_intact", lambda _: own)
    # A file of its own: what was found whole is remembered by its bytes.
    pdf = repr((signatures, whole, intact)).encode()
    found = seal_check.check_seal(pdf, [PublishedSeal(b"c", NOON)], NOON)
    codes = {"": "", "changed": SEAL_CHANGED.code, "broken": seal_check.not_as_written().code}
    assert found.check.code == codes[code]
    assert (found.seal is None) == bool(code)


@pytest.mark.parametrize(
    ("comparable", "fits", "known", "page", "seal_holds"),
    [
        (True, True, True, "passed", True),
        (True, False, True, "passed", False),
        (False, False, True, "passed", True),
        (False, False, False, "skipped", False),
    ],
)
def test_below_a_seal_that_cannot_be_compared_the_issuers_own_vouches(
    comparable: bool, fits: bool, known: bool, page: str, seal_holds: bool
) -> None:
    own: Any = SimpleNamespace(comparable=comparable, fits=lambda *_: fits)
    check = passed_check("seal", "", "") if known else seal_check.not_as_written()
    found = verify_file._below_seal(b"", b"", SealFinding(check, own), NOON)
    assert (found[0].outcome == "passed", found[1].outcome) == (seal_holds, page)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (NOON - timedelta(seconds=1), NOT_YET_VALID.code),
        (NOON, ""),
        (NOON + timedelta(days=1), ""),
        (NOON + timedelta(days=1, seconds=1), EXPIRED.code),
    ],
)
def test_a_credential_is_valid_from_its_first_to_its_last_moment(at: datetime, code: str) -> None:
    said = {"validFrom": NOON.isoformat(), "validUntil": (NOON + timedelta(days=1)).isoformat()}
    assert _dates(said, at).code == code
