"""Objections of readers without a token: by call and by the form of the public page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from served import Site, codes, running, settings_for
from still_clock import NOON

from api.services.access import LOCAL
from api.services.objections import MAX_OPEN_OF_READERS, ReaderSays
from label_templates.render import LANGUAGES
from label_templates.words import words

WHO = {"name": "Mara Reader", "contact": "mara@reader.example"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("readers"))) as site:
        yield site


def objected(site: Site, number: str, **more: Any) -> httpx.Response:
    order = {"text": f"The steel is not from there {more}"} | more
    return site.visitor.post(f"/v1/certificates/{number}/public-objections", json=order)


def answered(site: Site, number: str, objection: str, **reply: Any) -> httpx.Response:
    address = f"/v1/certificates/{number}/objections/{objection}/answer"
    return site.client.post(address, json={"answer": "We looked at it"} | reply)


def state_of(site: Site, number: str) -> str:
    return str(site.visitor.get(f"/v1/certificates/{number}").json()["status"]["state"])


def test_anybody_objects_and_is_named_to_the_issuer_alone(site: Site) -> None:
    number = site.certificate()["number"]
    made = objected(site, f" {number.lower()} ", text="Ask me about the steel", **WHO)
    assert made.status_code == 201, made.text
    told = made.json()
    assert (told["by_reader"], told["party"], told["text"], told["state"]) == (
        True, "", "", "open",
    )  # fmt: skip
    public = [
        site.visitor.get(f"/v1/certificates/{number}").text,
        site.visitor.get(f"/v1/certificates/{number}/objections").text,
        site.visitor.get(f"/verify/{number}").text,
        site.visitor.get("/v1/log?limit=500").text,
        made.text,
    ]
    for page in public:
        for secret in (*WHO.values(), "Ask me about the steel"):
            assert secret not in page
    assert "Objections: 1 open, 0 upheld, 0 rejected" in public[2]
    (mine,) = site.client.get("/v1/objections").json()["objections"]
    assert (mine["number"], mine["text"]) == (number, "Ask me about the steel")
    assert {name: mine[name] for name in WHO} == WHO
    assert site.other_tenant("stranger").get("/v1/objections").json()["objections"] == []

    reply = answered(site, number, told["id"], state="rejected").json()
    assert (reply["text"], reply["answer"]) == ("Ask me about the steel", "We looked at it")
    page = site.visitor.get(f"/v1/certificates/{number}/objections").text
    assert "Ask me about the steel" in page
    for secret in WHO.values():
        assert secret not in page + reply["text"]
    with site.service.database.reading() as uow:
        facts = uow.connection.exec_driver_sql("SELECT facts FROM audit_log").scalars().all()
    assert not any(secret in fact for fact in facts for secret in WHO.values())


def test_name_and_contact_are_forgotten_a_while_after_the_answer(site: Site) -> None:
    number = site.certificate()["number"]
    objection = objected(site, number, **WHO).json()["id"]
    waiting = objected(site, number, text="Another", **WHO).json()["id"]
    answered(site, number, objection, state="rejected")
    try:
        days = site.service.settings.keep_sign_ins_days
        site.clock.now = NOON + timedelta(days=days, seconds=-1)
        site.service.personal.tidy()
        known = {one.id: one for one in site.service.objections.to(number, 9)}
        assert known[objection].name == WHO["name"]
        site.clock.now = NOON + timedelta(days=days, seconds=1)
        site.service.personal.tidy()
        known = {one.id: one for one in site.service.objections.to(number, 9)}
        assert (known[objection].name, known[objection].contact) == ("", "")
        assert known[waiting].name == WHO["name"]
    finally:
        site.clock.now = NOON


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ({"text": ""}, "API-002"),
        ({"text": "   "}, "API-002"),
        ({"text": "x" * 2001}, "API-002"),
        ({"text": "a\u202eb"}, "CER-003"),
        ({"name": "x" * 201}, "API-002"),
        ({"contact": "a\u0000b"}, "API-002"),
        ({"ground": "spite"}, "API-002"),
        ({"party": "Somebody"}, "API-002"),
    ],
)
def test_what_cannot_be_shown_is_refused(site: Site, order: dict[str, str], code: str) -> None:
    number = site.certificate()["number"]
    answer = objected(site, number, **order)
    assert answer.status_code == 422
    assert code in codes(answer)
    assert site.service.objections.to(number, 9) == []


def test_a_number_that_is_none_or_unknown_is_told(site: Site) -> None:
    assert codes(objected(site, "FP-0000-0000-0"))[0] == "API-202"
    assert objected(site, "FP-0000").status_code == 422


def test_the_same_words_are_one_objection_and_a_flood_ends(site: Site) -> None:
    number = site.certificate()["number"]
    assert objected(site, number).json()["id"] == objected(site, number).json()["id"]
    service = site.service.objections
    for one in range(1, MAX_OPEN_OF_READERS):
        service.raise_as_reader(number, ReaderSays(f"flood {one}"))
    full = objected(site, number, text="one more")
    assert (codes(full)[0], full.status_code) == ("API-514", 409)
    site.client.post(
        f"/v1/certificates/{number}/objections", json={"party": "A rival", "text": "It is too low."}
    ).raise_for_status()  # a party with a token has places of its own
    first = service.to(number, 1)[0].id
    answered(site, number, first, state="rejected").raise_for_status()
    assert objected(site, number, text="one more").status_code == 201


@pytest.mark.parametrize(
    ("raised", "judged", "outcome", "state"),
    [
        ("falsification", None, "upheld", "suspended"),
        ("other", "falsification", "upheld", "suspended"),
        ("falsification", None, "rejected", "issued"),
        ("falsification", "other", "upheld", "issued"),
        ("other", None, "upheld", "issued"),
    ],
)
def test_only_an_upheld_falsification_suspends_at_once(
    site: Site, raised: str, judged: str | None, outcome: str, state: str
) -> None:
    number = site.certificate()["number"]
    objection = objected(site, number, ground=raised).json()["id"]
    reply = answered(site, number, objection, state=outcome, ground=judged)
    assert reply.json()["ground"] == judged or raised
    assert state_of(site, number) == state
    document = site.visitor.get(f"/v1/certificates/{number}").json()
    events = [one["event"] for one in document["history"]]
    assert events == ["issued", "suspended"][: 1 + (state == "suspended")]
    if state == "suspended":
        assert "falsification" in document["status"]["reason"]
        back = {"status": "reinstated", "reason": "It was genuine after all"}
        site.client.post(f"/v1/certificates/{number}/status", json=back).raise_for_status()
    assert site.service.check_audit_log().intact


def test_a_party_with_a_token_names_a_falsification_too(site: Site) -> None:
    number = site.certificate()["number"]
    order = {"party": "A rival", "text": "Forged", "ground": "falsification"}
    made = site.client.post(f"/v1/certificates/{number}/objections", json=order).json()
    assert (made["ground"], made["by_reader"], made["text"]) == ("falsification", False, "Forged")
    answered(site, number, made["id"], state="upheld").raise_for_status()
    assert state_of(site, number) == "suspended"


@pytest.mark.parametrize("final", ["superseded", "revoked", "suspended"])
def test_an_upheld_falsification_of_what_is_not_in_use_is_answered_and_changes_nothing(
    site: Site, final: str
) -> None:
    order = site.order()
    number = site.client.post("/v1/certificates", json=order).json()["number"]
    objection = objected(site, number, ground="falsification").json()["id"]
    successor = ""
    if final == "superseded":
        again = site.client.post("/v1/certificates", json=order | {"replace": True})
        successor = again.json()["number"]
    else:
        change = {"status": final, "reason": "Doubts"}
        site.client.post(f"/v1/certificates/{number}/status", json=change).raise_for_status()
    reply = answered(site, number, objection, state="upheld")
    assert (reply.status_code, reply.json()["state"]) == (200, "upheld")
    assert state_of(site, number) == final
    if successor:
        assert state_of(site, successor) == "issued"


def test_an_address_and_a_certificate_have_limits_of_their_own(tmp_path: Path) -> None:
    limits = {"rate_objections_per_address": "3/hour", "rate_objections_per_certificate": "2/hour"}
    with running(settings_for(tmp_path, **limits)) as site:
        first, second = (site.certificate()["number"] for _ in range(2))
        assert [objected(site, first, text=f"{n}").status_code for n in range(3)] == [201, 201, 429]
        slow = objected(site, second)  # the fourth of this address
        assert (slow.status_code, codes(slow)[0]) == (429, "API-701")
        assert int(slow.headers["Retry-After"]) > 0
        assert objected(site, "FP-0000-0000-0").status_code == 404  # is not counted
        for language in LANGUAGES:
            sent = site.visitor.post(f"/verify/{second}?lang={language}", data={"text": "Typed"})
            assert sent.status_code == 429
            assert int(sent.headers["Retry-After"]) > 0
            assert "Typed</textarea>" in sent.text
        assert site.client.get("/v1/objections").json()["objections"][0]["number"] == first
        order = {"party": "A rival", "text": "It is too low."}
        with_token = site.client.post(f"/v1/certificates/{second}/objections", json=order)
        assert with_token.status_code == 201


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_page_has_the_form_in_every_language(site: Site, language: Any) -> None:
    number, texts = site.certificate()["number"], words(language)
    page = site.visitor.get(f"/verify/{number}?lang={language}")
    assert texts.say("object_title") in page.text
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
    action = re.search(r'<form method="post" action="([^"]+)"', page.text)
    assert action is not None
    form = {"text": "<b>It is</b> forged", "ground": "falsification", **WHO}
    sent = site.visitor.post(f"/verify/{action[1]}", data=form)
    assert sent.status_code == 200, sent.text
    assert texts.say("object_done") in sent.text
    assert texts.say("objections_count", open=1, upheld=0, rejected=0) in sent.text
    later = site.visitor.get(f"/verify/{number}?lang={language}").text
    told = texts.say("objections_count", open=1, upheld=0, rejected=0)
    fold = '<details class="screen" id="object"'
    assert 0 < later.index(told) < later.index(fold)  # to be seen without opening anything
    assert WHO["name"] not in sent.text
    (made,) = site.service.objections.to(number, 9)
    assert (made.text, made.ground, made.name, made.contact) == (
        form["text"], "falsification", *WHO.values(),
    )  # fmt: skip
    for wrong in ({"text": " "}, {"text": "x" * 2001}, {"text": "a\u202eb"}, {}):
        again = site.visitor.post(f"/verify/{number}?lang={language}", data=wrong | WHO)
        assert again.status_code == 422
        assert texts.say("object_unusable") in again.text
        assert f'value="{WHO["contact"]}"' in again.text
    assert len(site.service.objections.to(number, 9)) == 1


@pytest.mark.parametrize(("field", "most"), [("text", 2000), ("name", 200), ("contact", 200)])
def test_the_form_takes_texts_up_to_their_largest_size(site: Site, field: str, most: int) -> None:
    number = site.certificate()["number"]
    for length, status in ((most, 200), (most + 1, 422)):
        form = {"text": "It is forged", **WHO} | {field: "x" * length}
        answer = site.visitor.post(f"/verify/{number}?lang=en", data=form)
        assert answer.status_code == status


def test_the_form_of_an_unknown_number_says_so(site: Site) -> None:
    answer = site.visitor.post("/verify/FP-0000-0000-0", data={"text": "x"})
    assert answer.status_code == 404
    assert "<form" not in answer.text


def test_the_owner_of_the_certificate_reads_of_it_in_his_audit(site: Site) -> None:
    number = site.certificate()["number"]
    objected(site, number)
    with site.service.database.reading() as uow:
        query = "SELECT tenant, actor FROM audit_log WHERE action = 'objection.raised'"
        told = uow.connection.exec_driver_sql(query).all()
    assert (LOCAL.tenant, "reader") in [tuple(row) for row in told]
