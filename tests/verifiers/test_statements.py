"""A statement is genuine or refused; what speaks against one is said, on the day and before."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from evidence import some
from verifier_kit import ENTRY, KEY, SUBJECT, TERMS, signed, subject

from footprint.certificates.jose import TYPE, sign, unpadded_decode, unpadded_encode
from footprint.certificates.keys import generate_key, key_id
from footprint.faults import InputRefused
from footprint.verifiers.check import Reliance, against_statement
from footprint.verifiers.entry import VerifierEntry, entry_from_values, read_entry
from footprint.verifiers.published import PublishedKey, PublishedVerifier, published_verifier
from footprint.verifiers.statement import STATEMENT_TYPE, VerifierStatement, open_statement
from footprint.words.language import in_chinese

KEYS = {key_id(KEY): KEY}
COMPANY = ("Example Metal Ltd", "示例金属", "urn:x:metal")


def entry(**changes: Any) -> VerifierEntry:
    return entry_from_values(ENTRY | changes)


def opened(**changes: Any) -> VerifierStatement:
    about = changes.pop("about", None)
    return open_statement(signed(about, **changes), KEYS)


def codes(
    statement: VerifierStatement,
    known: VerifierEntry | None = None,
    received: str = "2026-11-20",
    companies: tuple[str, ...] = COMPANY,
    scheme: str = "th-tgo",
) -> list[str]:
    relied = Reliance(subject(), companies, date.fromisoformat(received), scheme)
    return [one.code for one in against_statement(statement, known or entry(), relied)]


def test_a_genuine_statement_says_what_was_signed_and_by_whom() -> None:
    statement = opened(limits="Transport was not visited.")
    assert statement.terms.number == "V-2026-7"
    assert statement.terms.limits == "Transport was not visited."
    assert statement.subject == subject()
    assert statement.key == key_id(KEY)
    assert codes(statement) == []


def _payload(token: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(unpadded_decode(token.split(".")[1]))
    return read


def _with(token: str, **changes: Any) -> str:
    head, _, end = token.split(".")
    body = json.dumps(_payload(token) | changes).encode()
    return ".".join((head, unpadded_encode(body), end))


OTHER = generate_key()
FORGED: dict[str, Callable[[str], str]] = {
    "another number": lambda token: _with(token, number="V-2026-8"),
    "another footprint": lambda token: _with(
        token, footprint=SUBJECT | {"footprint_hash": "sha256:" + "c" * 64}
    ),
    "a key of nobody": lambda _: signed(key=OTHER),
    "a certificate's type": lambda token: sign(_payload(token), "did:web:x", KEY, TYPE),
    "another key's name": lambda token: sign(
        _payload(token),
        f"urn:ietf:params:oauth:jwk-thumbprint:sha-256:{key_id(OTHER)}",
        KEY,
        STATEMENT_TYPE,
    ),
    "a member too many": lambda token: sign(
        _payload(token) | {"approved": True}, "x", KEY, STATEMENT_TYPE
    ),
    "nothing": lambda _: "",
    "two parts": lambda token: token.rpartition(".")[0],
}


@pytest.mark.parametrize("name", FORGED)
def test_what_is_not_wholly_genuine_is_refused(name: str) -> None:
    with pytest.raises(InputRefused) as refused:
        open_statement(FORGED[name](signed()), KEYS)
    assert [one.code for one in refused.value.problems] == ["VFR-002"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"opinion": "modified", "limits": "Packaging is estimated."}, None),
        ({"opinion": "adverse"}, "VFR-007"),
        ({"date": "2025-12-31"}, None),
        ({"date": "2025-12-30"}, "VFR-008"),
        ({"date": "2026-11-20"}, None),
        ({"date": "2026-11-21"}, "VFR-008"),
        ({"standard": "NF EN ISO 14067"}, None),
        ({"standard": "PAS 2050"}, "VFR-005"),
        ({"standard": "My own standard"}, "VFR-005"),
        ({"level": "reasonable"}, "VFR-005"),
        ({"verifier": "Another Ltd"}, "VFR-005"),
        ({"verifier": "EXAMPLE VERIFICATION, LTD."}, None),
        ({"about": subject(total_kg_co2e="2.4")}, "VFR-003"),
        ({"about": subject(bom_commitment="sha256:" + "c" * 64)}, "VFR-003"),
        ({"about": subject(subject="event")}, "VFR-003"),
    ],
)
def test_what_a_statement_says_is_held_against_footprint_and_register(
    changes: dict[str, Any], code: str | None
) -> None:
    assert codes(opened(**changes))[:1] == ([code] if code else [])


@pytest.mark.parametrize(
    ("changes", "received", "code"),
    [
        ({}, "2026-12-31", None),
        ({}, "2027-01-01", "VFR-004"),  # handed in after the end: it could be dated back
        ({"accredited_until": "2026-10-30"}, "2026-10-30", None),
        ({"accredited_until": "2026-10-29"}, "2026-10-30", "VFR-004"),
        ({"accredited_from": "2026-10-30"}, "2026-11-20", None),
        ({"accredited_from": "2026-10-31"}, "2026-11-20", "VFR-004"),
        ({"scope": ENTRY["scope"] | {"schemes": ["th-tgo"]}}, "2026-11-20", None),
        ({"scope": ENTRY["scope"] | {"schemes": ["kr-keiti"]}}, "2026-11-20", "VFR-005"),
        ({"scope": ENTRY["scope"] | {"subjects": ["event"]}}, "2026-11-20", "VFR-005"),
    ],
)
def test_accreditation_and_scope_at_their_edges(
    changes: dict[str, Any], received: str, code: str | None
) -> None:
    assert codes(opened(), entry(**changes), received) == ([code] if code else [])


@pytest.mark.parametrize(
    ("companies", "day", "conflict"),
    [
        (("example consulting LTD.",), "2026-10-30", True),
        (("Example Verification Ltd",), "2026-10-30", True),
        (("EXAMPLE VERIFICATION Limited",), "2026-10-30", True),
        (("Example Consulting GmbH",), "2026-10-30", True),
        (("Elsewhere", "urn:example:verifier:42"), "2026-10-30", True),
        (("Other", "urn:x:old"), "2025-12-31", True),
        (("Other", "urn:x:old"), "2026-01-01", False),
        (("Example",), "2026-10-30", False),
        ((), "2026-10-30", False),
    ],
)
def test_a_conflict_of_interest_is_found_by_name_or_identifier(
    companies: tuple[str, ...], day: str, conflict: bool
) -> None:
    found = codes(opened(date=day), companies=companies)
    assert found == (["VFR-006"] if conflict else [])


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"name": ""}, "name"),
        ({"kind": "self"}, None),
        ({"source": "http://x"}, "source"),
        ({"accredited_until": "2023-12-31"}, None),
        ({"accredited_from": "soon"}, "accredited_from"),
        ({"scope": {"standards": [], "subjects": ["product"], "levels": ["limited"]}},
         "scope.standards"),
        ({"conflicts": [{"party": "X"}]}, "conflicts.0.why"),
        ({"licence": "1"}, "licence"),
    ],
)  # fmt: skip
def test_an_entry_that_says_too_little_is_refused(
    changes: dict[str, Any], place: str | None
) -> None:
    with pytest.raises(InputRefused) as refused:
        entry(**changes)
    assert [(one.code, one.where.column) for one in refused.value.problems] == [("VFR-001", place)]


def test_an_entry_in_a_file_and_its_published_form_are_read_again() -> None:
    text = json.dumps(ENTRY)
    assert read_entry(text) == entry()
    known = PublishedVerifier("v", entry(), (PublishedKey(KEY, date(2026, 1, 2)),))
    again = published_verifier(known.document())
    assert (again.entry, again.id, list(again.by_id)) == (entry(), "v", [key_id(KEY)])
    assert "d" not in known.document()["keys"][0]["jwk"]
    wrong: list[dict[str, Any]] = [{"keys": [{}]}, {"keys": [7]}, {"name": 7}]
    for broken in some(wrong):
        with pytest.raises(InputRefused):
            published_verifier(known.document() | broken)


def test_what_speaks_against_a_statement_is_said_in_chinese() -> None:
    bad = entry(
        accredited_until="2026-01-01",
        scope={"standards": ["PAS 2050"], "subjects": ["event"], "levels": ["reasonable"]},
        conflicts=[{"party": "Example Metal Ltd", "why": "持股"}],
    )
    statement = opened(about=subject(per="2 piece"), opinion="adverse", date="2026-11-21")
    relied = Reliance(subject(), COMPANY, date(2026, 11, 20), "th-tgo")
    found = against_statement(statement, bad, relied)
    assert len(found) >= 7
    for one in found:
        assert in_chinese(one.message) != one.message, one.message


def test_terms_name_a_number_that_can_be_printed() -> None:
    for number in some(("", " V", "V" * 33, "V 1", "V\u202e1")):
        with pytest.raises(InputRefused):
            signed(number=number)
    assert TERMS["number"] in str(opened().terms)
