"""The tables and the bounds of certificates, each by itself: what is shown, refused, left out.

Sources: RFC 6761, 6762 and 8375 for names that never resolve in public, the general categories of
Unicode for what nobody sees, docs/decisions and the classes' own docstrings for the rest.
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import certificate_samples as samples
import pytest
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from footprint.canonical import bytes_hash
from footprint.certificates import (
    build,
    credential_shape,
    faults,
    lifecycle,
    status_check,
    statuslist,
    verify_file,
)
from footprint.certificates.address import is_private_address
from footprint.certificates.build import public_part
from footprint.certificates.claims import moment
from footprint.certificates.conditions import reasons_of
from footprint.certificates.display import written
from footprint.certificates.intake import Intake
from footprint.certificates.keys import did_web
from footprint.certificates.limits import showing_of
from footprint.certificates.number import RANDOM_BYTES, make_number, parse_certificate_number
from footprint.certificates.pdf_budget import MAX_PASSES, Budgeted
from footprint.certificates.register_log import GENESIS, LogHead, check_log, entry_hash
from footprint.certificates.report import VerificationCheck, VerificationReport, verdict_of
from footprint.certificates.result_fields import _parts, _stages_or_groups, product_fields
from footprint.certificates.seal_keys import load_pkcs12
from footprint.certificates.standing import Kept, KeptFile, _seal_check, answer_of
from footprint.certificates.terms import last_day
from footprint.certificates.verify import verify_credential
from footprint.certificates.view import view_document, view_from_document
from footprint.faults import InputRefused
from footprint.values.line import STAGES

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


# What is shown of a footprint -------------------------------------------------------------------

#: What docs/labels.md lets a certificate show of a footprint document.
SHOWN = {
    *("type", "schema", "product", "declared_unit", "boundary", "gwp_set", "gwp_sets_used"),
    *("totals", "split", "stages", "coverage", "quality", "sources", "subject"),
}
KEPT_INSIDE = {"contributions", "checks", "warnings", "uncertainty", "electricity", "allocation"}


def test_a_certificate_shows_these_members_and_no_line() -> None:
    document: dict[str, Any] = {name: name for name in SHOWN | KEPT_INSIDE}
    assert public_part(document) == {name: name for name in SHOWN}
    document["provenance"] = {"engine": "1", "inventory": "i", "bom": "secret"}
    shown = public_part(document)
    assert shown.pop("provenance") == {"engine": "1", "inventory": "i"}
    assert set(shown) == SHOWN
    assert public_part({"type": "x", "provenance": "none"}) == {"type": "x"}


def test_what_has_nothing_to_say_is_left_out_of_the_document() -> None:
    said: dict[str, Any] = {
        "draft": True,
        "stated_verifier": "Somebody",
        "scheme_short_name": "S",
        "scheme_short_name_zh": "简",
        "limits": ({"market": "EU", "since": "", "says": "no", "says_zh": "否"},),
        "term_ends_with": "the verification",
        "term_ends_with_zh": "核查",
        "subject_boundary": "all",
        "documents": ({"form": "pact-3", "hash": "sha256:" + "0" * 64},),
        "statement_hash": "sha256:" + "0" * 64,
        "product_classifications": ("urn:x",),
        "showing_conditions": ({"market": "EU", "says": "no", "says_zh": "否"},),
    }
    empty: dict[str, Any] = {
        name: type(value)() for name, value in said.items() if name != "draft"
    } | {"draft": False, "claim": None}
    bare = dataclasses.replace(samples.view(), **empty)
    document = view_document(bare)
    assert not {*said, "claim"} & set(document)
    assert view_from_document(document) == bare
    nested = {"limits", "documents", "showing_conditions"}
    full = dataclasses.replace(bare, **{n: v for n, v in said.items() if n not in nested})
    assert {n for n in said if n not in nested} <= set(view_document(full))


@pytest.mark.parametrize(
    ("boundary", "whole"),
    [
        *(("organisation", True), ("event", True)),
        *(("cradle-to-gate", False), ("cradle-to-grave", False)),
    ],
)
def test_a_whole_subject_is_no_product(boundary: str, whole: bool) -> None:
    assert dataclasses.replace(samples.view(), boundary=boundary).whole_subject is whole


@pytest.mark.parametrize("kind", ["footprint", None, "decision"])
def test_another_document_is_no_certificate(kind: str | None) -> None:
    with pytest.raises(InputRefused):
        view_from_document(view_document(samples.view()) | {"type": kind})


def test_parts_stand_in_the_order_of_the_life_cycle_and_unknown_ones_last() -> None:
    stages = dict.fromkeys(("zeal", *reversed(STAGES[:3]), "extra"), 1.0)
    read = Intake("f", {"stages": stages})
    assert [one.name for one in _parts(read, "stages", STAGES)] == [*STAGES[:3], "zeal", "extra"]


def test_categories_of_a_scope_are_not_shown_beside_it() -> None:
    groups = [{"group": name, "kg_co2e": 1.0} for name in ("scope-1", "scope-3", "scope-3.1")]
    read = Intake("f", {"subject": {"boundary": "all", "groups": groups}})
    found = _stages_or_groups(read)
    assert [one.name for one in found["stages"]] == ["scope-1", "scope-3"]


@pytest.mark.parametrize(("amount", "wrong"), [("1", 0), ("0.001", 0), ("0", 1), ("-1", 1)])
def test_a_declared_unit_is_of_something(amount: str, wrong: int) -> None:
    intake = Intake("footprint")
    unit = {"amount": amount, "unit": "kilogram"}
    product_fields({"product": {"name": "Bolt"}, "declared_unit": unit}, intake)
    said = [one for one in intake.problems if "not above 0" in one.message]
    assert len(said) == wrong


@pytest.mark.parametrize(("word", "wrong"), [("low", 0), ("high", 0), ("lows", 1)])
def test_a_word_of_a_closed_list_is_one_of_it(word: str, wrong: int) -> None:
    intake = Intake("d", {"level": word})
    assert intake.one_of("level", ("high", "low")) == word
    assert len(intake.problems) == wrong


@pytest.mark.parametrize("logged", [True, False])
def test_a_drawn_file_is_the_one_whose_hash_was_logged(logged: bool) -> None:
    pdf = b"%PDF-1.7 without a seal"
    file = KeptFile("en", pdf, bytes_hash(pdf if logged else b"another"))
    check = _seal_check(Kept("", {}, NOON, "issued", (), [file]), ())
    assert check.outcome == "failed" or logged
    assert ("not the file whose hash was logged" in check.says) is not logged


def _log(*subjects: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    for number, subject in enumerate(subjects, start=1):
        previous = str(entries[-1]["hash"]) if entries else GENESIS
        digest = bytes_hash(subject.encode())
        entry = {
            "sequence": number, "at": NOON.isoformat(), "action": "issue", "subject": subject,
            "digest": digest, "previous": previous,
        }  # fmt: skip
        found = entry_hash(number, NOON, "issue", subject, digest, previous)
        entries.append({**entry, "hash": found})
    return entries


def test_a_log_is_followed_up_to_its_head_and_no_entry_may_differ() -> None:
    entries = _log("A", "B", "C")
    head = LogHead("did:web:a.example", 2, entries[1]["hash"], NOON.isoformat())
    assert check_log(entries, head) == 2
    for at, member in ((0, "subject"), (1, "subject"), (1, "action"), (0, "digest")):
        changed = [dict(one) for one in entries]
        changed[at][member] = f"{changed[at][member]} changed"
        with pytest.raises(InputRefused, match=f"Entry {at + 1} of the log was changed"):
            check_log(changed, head)
    with pytest.raises(InputRefused, match="does not follow"):
        check_log(entries[1:], head)
    with pytest.raises(InputRefused, match="the one that was signed"):
        check_log(entries[:1], head)


@pytest.mark.parametrize(("day", "ends"), [("2027-11-19", True), ("2027-11-18", False)])
def test_what_ends_with_the_term_is_named_only_where_it_ends_then(day: str, ends: bool) -> None:
    issuance: Any = SimpleNamespace(valid_until=date(2027, 11, 19))
    read = Intake("d", {"ends": {"day": day, "says": "a limit ends", "says_zh": "限值到期"}})
    told = {"term_ends_with": "a limit ends", "term_ends_with_zh": "限值到期"}
    assert build._ending(read, issuance) == (told if ends else {})
    assert build._ending(Intake("d"), issuance) == {}


@pytest.mark.parametrize("outcome", ["passed", "failed", "skipped"])
def test_only_the_issuers_own_seal_names_what_drew_the_page(outcome: Any) -> None:
    check = VerificationCheck("seal", outcome, "", "", "")
    finding: Any = SimpleNamespace(seal=SimpleNamespace(drawn_by="typst 9"), check=check)
    named = verify_file._renderer_of({"renderer": "typst 1"}, finding)
    assert named == ("typst 9" if outcome == "passed" else "typst 1")
    unsealed: Any = SimpleNamespace(seal=None, check=check)
    assert verify_file._renderer_of({"renderer": "typst 1"}, unsealed) == "typst 1"


# Conditions and markets -------------------------------------------------------------------------


def _node(rule: str, verdict: str, *children: Any) -> dict[str, Any]:
    node = {"rule": rule, "verdict": verdict, "says": rule, "says_zh": rule, "confidence": "H"}
    return node | ({"children": list(children)} if children else {})


@pytest.mark.parametrize(
    ("node", "says"),
    [
        (_node("any", "pass", _node("a", "pass"), _node("b", "fail")), "any: a"),
        (_node("any", "fail", _node("a", "fail"), _node("b", "fail")), "any: a; b"),
        (_node("n_of:2", "pass", _node("a", "pass"), _node("b", "fail")), "n_of:2: a"),
        (_node("all", "fail", _node("a", "pass"), _node("b", "fail")), "all: a; b"),
        (_node("when", "pass", _node("a", "fail"), _node("b", "pass")), "when: a"),
        (_node("when", "pass", _node("a", "pass"), _node("b", "pass")), "when: a; b"),
    ],
)
def test_a_condition_names_what_its_verdict_rests_on(node: dict[str, Any], says: str) -> None:
    (reason,) = reasons_of(Intake("d", _node("root", "pass", node)))
    assert reason.says == says
    assert reason.says_zh == says.replace(": ", "：").replace("; ", "；")


def _answer(market: str, **more: Any) -> dict[str, Any]:
    said = {"market": market, "audience": "consumer", "verdict": "allowed", "says": "s"}
    return said | {"says_zh": "s"} | more


def test_a_market_limits_the_label_now_or_within_the_term() -> None:
    issuance = samples.issuance()
    last = issuance.valid_until.isoformat()
    after = (issuance.valid_until + timedelta(days=1)).isoformat()
    later = {"verdict": "conditional", "becomes": "prohibited"}
    markets = [
        _answer("a", verdict="prohibited"),
        _answer("b", **later, changes_on=last),
        _answer("c", **later, changes_on=after),
        _answer("d"),
        _answer("e", verdict="conditional", becomes="allowed", changes_on=last),
        _answer("f", verdict="prohibited", audience="business"),
        _answer("g", verdict="prohibited", because_of="EU"),
    ]
    found = showing_of(Intake("d", {"markets": markets}), issuance).prohibited
    assert [(one.market, one.since) for one in found] == [("a", ""), ("b", last)]


# What is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["localhost", "local", "internal", "home.arpa", "test", "invalid", "lan", "home"]
)
def test_a_name_that_never_resolves_in_public_is_private(name: str) -> None:
    assert is_private_address(f"https://labels.{name}")
    assert not is_private_address(f"https://{name}.example.org")


@pytest.mark.parametrize(
    ("address", "private"),
    [
        *(("https://printer", True), ("https://192.168.1.4", True), ("http://[::1]:8000", True)),
        *(("https://example.org.", False), ("https://8.8.8.8", False)),
    ],
)
def test_an_address_is_private_or_public(address: str, private: bool) -> None:
    assert is_private_address(address) is private


@pytest.mark.parametrize("character", ["\u0007", "\u202e", "\ud800", "\ue000"])  # Cc, Cf, Cs, Co
def test_what_nobody_sees_is_refused(character: str) -> None:
    intake = Intake("f")
    intake.clean(f"a{character}b", "name")
    assert intake.problems
    clean = Intake("f")
    assert clean.clean("ä 支架", "name") == "ä 支架"
    assert not clean.problems


@pytest.mark.parametrize(
    ("address", "did"),
    [
        ("https://a.example", "did:web:a.example"),
        ("https://a.example:8443/x", "did:web:a.example%3A8443:x"),
        ("http://localhost:8000", "did:web:localhost%3A8000"),
        ("http://127.0.0.1", "did:web:127.0.0.1"),
        ("http://[::1]", "did:web:%5B%3A%3A1%5D"),
        ("http://a.example", None),
        ("ftp://localhost", None),
        ("https://a.example?x=1", None),
    ],
)
def test_an_issuer_has_an_https_address_or_is_this_computer(address: str, did: str | None) -> None:
    if did is None:
        with pytest.raises(InputRefused):
            did_web(address)
    else:
        assert did_web(address) == did


def test_a_number_is_made_of_five_bytes() -> None:
    assert parse_certificate_number(make_number(bytes(5))) == make_number(bytes(5))
    for length in (0, RANDOM_BYTES - 1, RANDOM_BYTES + 1):
        with pytest.raises(ValueError, match="random bytes"):
            make_number(bytes(length))


def test_a_term_may_be_a_single_day_and_not_less() -> None:
    order = samples.issuance()
    one_day = dataclasses.replace(order, valid_until=order.valid_from)
    assert build._contradictions(one_day) == []
    before = dataclasses.replace(order, valid_until=order.valid_from - timedelta(days=1))
    (problem,) = build._contradictions(before)
    assert "valid_until is before valid_from" in str(problem)
    other = dataclasses.replace(order, issuer_did="did:web:elsewhere.example")
    assert any("issuer_did must be" in str(one) for one in build._contradictions(other))


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 11, 20), 12, date(2027, 11, 19)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 29), 1, date(2026, 2, 28)),
        (date(2026, 1, 28), 1, date(2026, 2, 27)),
        (date(2026, 3, 31), 2, date(2026, 5, 30)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
    ],
)
def test_a_term_ends_the_day_before_its_day_comes_again(
    first: date, months: int, last: date
) -> None:
    assert last_day(first, months) == last


def test_a_moment_has_a_time_zone() -> None:
    assert moment("2026-11-20T12:00:00+00:00") == NOON
    assert moment("2026-11-20T12:00:00Z") == NOON
    assert [moment(one) for one in ("2026-11-20T12:00:00", "noon", None, 5)] == [None] * 4


@pytest.mark.parametrize("naive", ["valid_from", "valid_until"])
def test_a_status_list_has_times_with_a_zone(naive: str) -> None:
    times: dict[str, datetime] = {"valid_from": NOON, "valid_until": NOON + timedelta(days=1)}
    call = statuslist.issue_status_list
    assert call(samples.BASE_URL, samples.DID, "revocation", 1, [], samples.key(), **times)
    times[naive] = times[naive].replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        call(samples.BASE_URL, samples.DID, "revocation", 1, [], samples.key(), **times)


@pytest.mark.parametrize(
    ("index", "good"), [("0", True), ("9" * 12, True), ("9" * 13, False), ("x", False), ("", False)]
)
def test_a_status_index_is_a_number_of_at_most_twelve_digits(index: str, good: bool) -> None:
    entry = {"statusListCredential": "l", "statusPurpose": "revocation", "statusListIndex": index}
    payload = {"credentialStatus": [entry]}
    if good:
        assert status_check._entries(payload) == [("l", "revocation", int(index))]
    else:
        with pytest.raises(status_check._ListError):
            status_check._entries(payload)


def test_a_file_is_read_as_often_as_its_budget_says_and_not_once_more() -> None:
    data = bytes(1_000)
    budget = MAX_PASSES * 1_000 + 10_000_000
    file = Budgeted(data)
    for _ in range(budget // 1_000):
        file.seek(0)
        assert len(file.read()) == 1_000
    file.seek(0)
    with pytest.raises(ValueError, match="again and again"):
        file.read(1)


def test_a_bought_seal_needs_its_key_and_its_certificate() -> None:
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    lone = pkcs12.serialize_key_and_certificates(b"seal", key, None, None, NoEncryption())
    with pytest.raises(InputRefused, match="lacks the key or its certificate"):
        load_pkcs12(lone, "")


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "0"),
        ("0.00000100", "0.00000100"),
        ("0.000000100", "1.00e-7"),
        ("123000000", "123000000"),
        ("1230000000", "1.23e9"),
    ],
)
def test_digits_are_written_until_they_would_be_a_row_of_zeros(amount: str, text: str) -> None:
    assert written(Decimal(amount)) == text


# Credentials, verdicts and the law of steps -----------------------------------------------------


def test_a_credential_has_both_types_and_may_have_more() -> None:
    payload: dict[str, Any] = {"type": list(credential_shape.TYPES)}
    assert "type" not in _wrong(payload)
    assert "type" not in _wrong({"type": [*credential_shape.TYPES, "Another"]})
    for left_out in credential_shape.TYPES:
        assert "type" in _wrong(
            {"type": [one for one in credential_shape.TYPES if one != left_out]}
        )
    assert credential_shape.TYPES == ("VerifiableCredential", "DigitalConformityCredential")


def _wrong(payload: dict[str, Any]) -> set[str]:
    return {one.partition(" ")[0] for one in credential_shape.shape_faults(payload)}


#: Failures that leave a certificate genuine, worst first.
STATES = [
    (faults.REVOKED, "revoked"),
    (faults.SUPERSEDED, "superseded"),
    (faults.SUSPENDED, "suspended"),
    (faults.EXPIRED, "expired"),
    (faults.NOT_YET_VALID, "not_yet_valid"),
    (faults.DRAFT, "draft"),
]


def _check(code: str, outcome: Any = "failed", name: str = "x") -> VerificationCheck:
    return VerificationCheck(name, outcome, code, "s", "s")


@pytest.mark.parametrize("at", range(len(STATES)))
def test_the_worst_failure_gives_the_verdict(at: int) -> None:
    fault, verdict = STATES[at]
    assert verdict_of([_check(one.code) for one, _ in STATES[at:]]) == verdict
    assert verdict_of([_check(fault.code), _check(faults.SHAPE.code)]) == "invalid"
    assert verdict_of([_check(fault.code, "skipped")]) == "genuine"
    assert verdict_of([_check("", "passed", "status")]) == "valid"


@pytest.mark.parametrize("at", range(6))
def test_what_was_not_reached_is_skipped(at: int) -> None:
    report = verify_credential("broken", samples.jwks(), samples.AS_OF)
    names = ["format", "algorithm", "type", "header", "key", "signature"]
    assert [one.name for one in report.checks] == [
        *names, "shape", "issuer", "dates", "digest", "status"
    ]  # fmt: skip
    assert report.checks[0].outcome == "failed"
    assert report.checks[at].outcome == ("failed" if at == 0 else "skipped")
    assert {one.outcome for one in report.checks[1:]} == {"skipped"}


def test_a_registers_own_copy_says_what_is_wrong_with_it() -> None:
    checks = (_check("", "passed"), VerificationCheck("digest", "failed", "VER-1", "bad", "坏"))
    wrong = answer_of(VerificationReport("invalid", checks), "did:web:x", "issued")
    assert [one.says for one in wrong.more] == ["The register's own copy: bad"]
    sound = answer_of(VerificationReport("valid", checks[:1]), "did:web:x", "issued")
    assert [one.outcome for one in sound.more] == ["passed"]


def test_steps_of_applications_are_those_of_three_people() -> None:
    assert {step: tuple(rule) for step, rule in lifecycle.APPLICATION_RULES.items()} == {
        "submit": ("maker", ("draft", "returned"), "submitted", ()),
        "check": ("checker", ("submitted",), "checked", ("maker",)),
        "return": ("checker", ("submitted", "checked"), "returned", ("maker",)),
        "withdraw": ("maker", ("draft", "returned", "submitted", "checked"), "withdrawn", ()),
        "issue": ("approver", ("checked",), "issued", ("maker", "checker")),
    }


def test_steps_of_certificates_are_the_approvers_but_for_the_look() -> None:
    stands = ("issued", "suspended")
    assert {step: tuple(rule) for step, rule in lifecycle.CERTIFICATE_RULES.items()} == {
        "suspend": ("approver", ("issued",), "suspended", True),
        "reinstate": ("approver", ("suspended",), "issued", True),
        "revoke": ("approver", stands, "revoked", True),
        "survey": ("checker", stands, None, True),
        "supersede": ("approver", stands, "superseded", False),
    }
