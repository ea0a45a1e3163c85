"""Certificates over HTTP: forms, languages, statuses, access, idempotency."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from served import EVIDENCE, Site, codes, running, settings_for

from footprint.certificates.number import make_number
from footprint.certificates.verify import verify_credential
from label_templates.words import LANGUAGES, Language, words


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("certificates"))) as served:
        yield served


@pytest.fixture(scope="module")
def number(site: Site) -> str:
    return str(site.certificate()["number"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_label_is_well_formed_and_loads_nothing(site: Site, number: str, lang: str) -> None:
    answer = site.visitor.get(f"/v1/certificates/{number}/label.svg?lang={lang}")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Content-Language"] == lang
    root = ElementTree.fromstring(answer.text)  # noqa: S314 - our own drawing
    assert root.tag.endswith("svg")
    assert not [node for node in root.iter() if "style" in node.attrib or "href" in node.attrib]


def test_the_label_as_png_has_the_width_asked_for(site: Site, number: str) -> None:
    answer = site.visitor.get(f"/v1/certificates/{number}/label.png?width=400")
    assert answer.content.startswith(b"\x89PNG")
    assert abs(int.from_bytes(answer.content[16:20], "big") - 400) <= 1


def test_the_pdf_says_its_hash_and_name(site: Site, number: str) -> None:
    answer = site.visitor.get(f"/v1/certificates/{number}/certificate.pdf?lang=zh")
    assert answer.content.startswith(b"%PDF-")
    assert f"{number}-zh.pdf" in answer.headers["Content-Disposition"]
    expected = site.visitor.get(f"/v1/certificates/{number}").json()["files"]["zh"]["sha256"]
    assert answer.headers["ETag"] == f'"{expected}"'


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [("?lang=zh", "en", "zh"), ("", "zh-CN,zh;q=0.9", "zh"), ("", "de", "de"), ("", "it", "en")],
)
def test_the_page_speaks_the_readers_language(
    site: Site, number: str, query: str, accepted: str, language: str
) -> None:
    headers = {"Accept-Language": accepted}
    answer = site.visitor.get(f"/verify/{number}{query}", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == language
    assert number in answer.text
    assert ("墙面支架" if language == "zh" else "Wall bracket") in answer.text


def test_the_page_needs_no_more_than_its_policy_allows(site: Site, number: str) -> None:
    answer = site.visitor.get(f"/verify/{number}")
    policy = answer.headers["Content-Security-Policy"]
    assert "style-src 'sha256-" in policy
    assert "unsafe" not in policy
    assert "<script" not in answer.text
    assert answer.text.count("<style") == 1
    assert ' style="' not in answer.text
    assert "javascript:" not in answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "typed", ["FP-0000-0000-1", "nonsense", "<script>alert(1)</script>", make_number(bytes(5))]
)
def test_an_unknown_number_has_a_page_for_people(site: Site, typed: str, lang: Language) -> None:
    answer = site.visitor.get(f"/verify/{typed}", params={"lang": lang})
    if "/" in typed:  # a slash ends the number: no such address
        assert answer.status_code == 404
        return
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert f'<html lang="{words(lang)["html_lang"]}">' in answer.text
    assert words(lang).say("unknown_title") in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    ("typed", "status", "code"),
    [
        ("nonsense", 422, "CER-006"),
        ("FP-0000-0000-1", 422, "CER-007"),
        (make_number(bytes(5)), 404, "API-202"),
    ],
)
@pytest.mark.parametrize(
    "form", ["", "/label.svg", "/label.png", "/certificate.pdf", "/credential"]
)
def test_an_unknown_number_is_a_problem_in_every_form(
    site: Site, typed: str, status: int, code: str, form: str
) -> None:
    answer = site.visitor.get(f"/v1/certificates/{typed}{form}")
    assert answer.status_code == status
    assert code in codes(answer)


def test_a_number_is_found_however_it_is_typed(site: Site, number: str) -> None:
    typed = number.lower().replace("-", "")
    assert site.visitor.get(f"/v1/certificates/{typed}").json()["number"] == number


def test_evidence_may_be_the_text_of_a_file(site: Site) -> None:
    text = (
        "sales_channel: b2b\nmethods: [TGO CFP guideline]\npcr: Metal fittings\n"
        "verification: {by: 例证核查, kind: registered-verifier, date: 2026-10-30}\n"
    )
    answer = site.client.post("/v1/certificates", json=site.order(evidence=text))
    assert answer.status_code == 201
    certificate = answer.json()["certificate"]
    assert any("核查" in reason["says_zh"] for reason in certificate["reasons"])


def test_what_one_person_issues_is_self_declared_whatever_the_evidence_names(site: Site) -> None:
    certificate = site.certificate()["certificate"]
    assert (certificate["self_declared"], certificate["verifier"]) == (True, "")


def test_a_verifier_who_is_not_named_is_asked_for(site: Site) -> None:
    statement = {"kind": "registered-verifier", "date": "2026-10-30"}
    order = site.order(evidence=EVIDENCE | {"verification": statement})
    answer = site.client.post("/v1/certificates", json=order)
    assert answer.status_code == 422
    assert "API-504" in codes(answer) or "API-501" in codes(answer)


@pytest.mark.parametrize(
    ("months", "status", "valid_until"),
    [(1, 201, "2026-12-19"), (36, 201, "2029-11-19"), (37, 422, None)],
)
def test_a_term_may_be_shorter_than_the_schemes_and_never_longer(
    site: Site, months: int, status: int, valid_until: str | None
) -> None:
    answer = site.client.post("/v1/certificates", json=site.order(months=months))
    assert answer.status_code == status
    assert answer.json().get("valid_until") == valid_until


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"scheme": "no-such-scheme"}, "RUL-020"),
        ({"tier": "neutral"}, "RUL-021"),
        ({"tier": "golden"}, "API-002"),
        ({"evidence": {"colour": "green"}}, "RUL-011"),
        ({"evidence": "a: [b"}, "RUL-010"),
        ({"evidence": 7}, "API-002"),
        ({"months": 0}, "API-002"),
        ({"surprise": 1}, "API-002"),
    ],
)
def test_an_order_that_cannot_be_understood_is_refused(
    site: Site, changes: dict[str, Any], code: str
) -> None:
    answer = site.client.post("/v1/certificates", json=site.order(**changes))
    assert answer.status_code == 422
    assert code in codes(answer)


def test_an_unknown_footprint_cannot_be_certified(site: Site) -> None:
    order = site.order(footprint_id="6f1c2c9e-6d0e-4f5b-9a43-0d2f7a6f1b77")
    answer = site.client.post("/v1/certificates", json=order)
    assert answer.status_code == 404
    assert codes(answer)[0] == "API-201"


def test_a_suspension_shows_and_can_be_lifted(site: Site) -> None:
    number = site.certificate()["number"]
    states = []
    for status in ("suspended", "issued"):
        change = {"status": status, "reason": "Surveillance"}
        answer = site.client.post(f"/v1/certificates/{number}/status", json=change)
        states.append((answer.json()["status"]["state"], answer.json()["verification"]["verdict"]))
    assert states == [("suspended", "suspended"), ("issued", "valid")]


def test_a_neighbours_revocation_does_not_touch_a_certificate(site: Site) -> None:
    revoked, kept = site.certificate()["number"], site.certificate()["number"]
    change = {"status": "revoked", "reason": "Recall"}
    site.client.post(f"/v1/certificates/{revoked}/status", json=change)
    answer = site.visitor.get(f"/v1/certificates/{kept}").json()
    assert answer["verification"]["verdict"] == "valid"


@pytest.mark.parametrize(
    "name", ["revocation-2", "nonsense-1", "revocation-01", "revocation-", "1"]
)
def test_a_list_that_is_not_in_use_is_unknown(site: Site, name: str) -> None:
    answer = site.visitor.get(f"/v1/status/{name}")
    assert answer.status_code == 404
    assert codes(answer)[0] == "API-203"


def test_a_repeated_order_makes_one_certificate(site: Site) -> None:
    order = site.order()
    headers = {"Idempotency-Key": "order-1"}
    answers = [site.client.post("/v1/certificates", json=order, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


def test_one_order_sent_by_many_at_once_makes_one_certificate(site: Site) -> None:
    order, headers = site.order(), {"Idempotency-Key": "order-2"}

    def send(_: int) -> httpx.Response:
        return site.client.post("/v1/certificates", json=order, headers=headers)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["number"] for answer in answers}) == 1


def test_a_key_is_not_taken_for_another_order(site: Site) -> None:
    headers = {"Idempotency-Key": "order-3"}
    order = site.order()
    site.client.post("/v1/certificates", json=order, headers=headers)
    answer = site.client.post("/v1/certificates", json=order | {"months": 12}, headers=headers)
    assert answer.status_code == 422
    assert codes(answer)[0] == "API-401"


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_that_cannot_be_kept_is_refused(site: Site, key: str) -> None:
    headers = {"Idempotency-Key": key}
    answer = site.client.post("/v1/certificates", json=site.order(), headers=headers)
    assert answer.status_code == 400
    assert codes(answer)[0] == "API-402"


def test_a_refused_order_does_not_use_up_its_key(site: Site) -> None:
    headers = {"Idempotency-Key": "order-4"}
    order = site.order()
    refused = site.client.post("/v1/certificates", json=order | {"evidence": ""}, headers=headers)
    assert refused.status_code == 422
    assert site.client.post("/v1/certificates", json=order, headers=headers).status_code == 201


def test_another_tenant_cannot_certify_or_change_what_is_not_its_own(
    site: Site, number: str
) -> None:
    other = site.other_tenant()
    order = site.order()
    change = {"status": "revoked", "reason": "Envy"}
    answers = [
        other.post("/v1/certificates", json=order),
        other.post(f"/v1/certificates/{number}/status", json=change),
        other.get(f"/v1/footprints/{order['footprint_id']}"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert site.visitor.get(f"/v1/certificates/{number}").json()["status"]["state"] == "issued"


def test_the_public_document_shows_nothing_of_the_bill_of_materials(
    site: Site, number: str
) -> None:
    everything = site.visitor.get(f"/v1/certificates/{number}").text
    everything += site.visitor.get(f"/verify/{number}").text
    assert "steel-cold-rolled-cn" not in everything
    assert "contributions" not in everything
    assert "Cold-rolled steel" not in everything


@pytest.mark.parametrize("reason", ["a\x00b", "a\u202eb", "\u200b", "", "  ", "x" * 501])
def test_a_reason_that_people_cannot_read_is_refused(site: Site, number: str, reason: str) -> None:
    change = {"status": "suspended", "reason": reason}
    answer = site.client.post(f"/v1/certificates/{number}/status", json=change)
    assert answer.status_code == 422
    assert site.visitor.get(f"/v1/certificates/{number}").json()["status"]["state"] == "issued"


@pytest.mark.parametrize(
    "value", ["\ud800", "\x00", "\u202e", "x" * 500_000, {"a": {"b": [[[]]]}}, [1, "a"], 1e400]
)
@pytest.mark.parametrize("member", ["evidence", "scheme", "footprint_id", "pcr"])
def test_hostile_values_are_refused_and_never_a_failure(
    site: Site, member: str, value: object
) -> None:
    order = site.order()
    if member == "pcr":
        order["evidence"] = EVIDENCE | {"pcr": value}
    else:
        order[member] = value
    body = json.dumps(order).encode()
    headers = {"Content-Type": "application/json"}
    answer = site.client.post("/v1/certificates", content=body, headers=headers)
    assert answer.status_code in (201, 400, 404, 422), answer.text


def test_deeply_nested_evidence_is_refused(site: Site) -> None:
    for depth in (300, 900, 100_000):
        nested = '{"a":' * depth + "1" + "}" * depth
        body = json.dumps(site.order(evidence="HERE")).replace('"HERE"', nested)
        headers = {"Content-Type": "application/json"}
        answer = site.client.post("/v1/certificates", content=body.encode(), headers=headers)
        assert answer.status_code in (400, 422), depth


def test_the_forms_of_untp_are_signed_and_revoked_with_their_certificate(site: Site) -> None:
    number = str(site.certificate()["number"])
    keys = site.visitor.get("/.well-known/did.json").json()
    text = site.visitor.get(f"/v1/certificates/{number}/certificate.json").json()
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    for form in ("passport", "credential?profile=untp-0.7", "credential"):
        answer = site.visitor.get(f"/v1/certificates/{number}/{form}")
        assert answer.headers["Content-Type"] == "application/vc+jwt"
        report = verify_credential(answer.text, keys, moment, view_document=text)
        assert (report.verdict, report.number) == ("genuine", number), form
    passport = site.visitor.get(f"/v1/certificates/{number}/passport").text
    change = {"status": "revoked", "reason": "The data were wrong"}
    assert site.client.post(f"/v1/certificates/{number}/status", json=change).is_success
    revoked = site.visitor.get("/v1/status/revocation-1").text
    today = site.clock.now
    report = verify_credential(passport, keys, today, view_document=text, status_lists=[revoked])
    assert report.verdict == "revoked"


def test_another_profile_of_the_credential_is_refused(site: Site, number: str) -> None:
    answer = site.visitor.get(f"/v1/certificates/{number}/credential?profile=untp-0.6")
    assert answer.status_code == 422
