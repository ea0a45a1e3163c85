"""What issuers, verifiers and owners do by the forms of the console, over HTTP: each button does
its own thing, and what is none is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from console_kit import Console, console, drafted, with_token
from served import own_bom
from sqlalchemy import update

from api.console import desk, owner
from api.console.audit_pages import ENTRIES
from api.scopes import LEAST
from api.services.access import LOCAL
from api.store.tables import certificates
from label_templates.console_pages import console_words

WORDS = console_words("en")
PEOPLE: dict[str, tuple[Any, ...]] = {
    "Mai": ("maker",),
    "Chen": ("checker",),
    "Ana": ("approver",),
    "Eve": ("maker", "checker", "approver"),
    "Olga": ("owner",),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with console(tmp_path_factory.mktemp("steps")) as made:
        yield made


@pytest.fixture(scope="module")
def tokens(site: Console) -> dict[str, str]:
    return {name: with_token(site, name, roles) for name, roles in PEOPLE.items()}


@pytest.fixture(scope="module")
def people(site: Console, tokens: dict[str, str]) -> Iterator[dict[str, httpx.Client]]:
    """Everybody, signed in."""
    with ExitStack() as stack:
        found = {}
        for name, token in tokens.items():
            found[name] = stack.enter_context(visitor(site))
            let_in(found[name], found[name].post("/sign-in", data={"token": token}))
        yield found


def visitor(site: Console) -> httpx.Client:
    headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en"}
    return httpx.Client(base_url=site.address, headers=headers, trust_env=False, timeout=60)


def let_in(client: httpx.Client, answer: httpx.Response) -> None:
    """Keep the cookie of a session although it is for https alone."""
    name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
    client.cookies.clear()
    client.cookies.set(name, value)


def seen_in(page: str) -> dict[str, str]:
    return {
        name: re.findall(rf'name="{name}" value="([^"]*)"', page)[0] for name in ("seen", "verdict")
    }


def offered(page: str) -> list[str]:
    return re.findall(r'<button[^>]* name="do" value="(\w+)"', page)


# Applications -----------------------------------------------------------------------------------


def stepped(client: httpx.Client, path: str, step: str, note: str = "") -> httpx.Response:
    said = seen_in(client.get(path).text) | {"do": step, "note": note}
    return client.post(path, data=said)


def test_each_button_of_an_application_takes_its_own_step(
    site: Console, people: dict[str, httpx.Client], tokens: dict[str, str]
) -> None:
    path = f"/desk/{drafted(site, tokens['Mai'])}"

    def state() -> str:
        return site.site.service.applications.get(LOCAL, path.rsplit("/", 1)[1]).state

    page = people["Mai"].get(path).text
    assert offered(page) == ["submit", "withdraw"]
    assert "label.svg" in page
    for who, step, note, after in (
        ("Mai", "submit", "", "submitted"),
        ("Chen", "return", "Too low", "returned"),
        ("Mai", "submit", "", "submitted"),
        ("Chen", "check", "", "checked"),
    ):
        assert stepped(people[who], path, step, note).headers["location"] == path
        assert state() == after
    said = seen_in(people["Ana"].get(path).text)
    assert stepped(people["Ana"], path, "issue").status_code == 303
    assert state() == "issued"
    assert "label.svg" not in people["Mai"].get(path).text
    # The second who presses the button is told who was first.
    late = people["Ana"].post(path, data=said | {"do": "issue"})
    assert late.status_code == 409
    assert 'role="alert"' in late.text
    other = f"/desk/{drafted(site, tokens['Mai'])}"
    assert stepped(people["Mai"], other, "withdraw").status_code == 303
    assert "label.svg" not in people["Mai"].get(other).text


def test_what_is_no_step_is_refused(
    site: Console, people: dict[str, httpx.Client], tokens: dict[str, str]
) -> None:
    path = f"/desk/{drafted(site, tokens['Mai'])}"
    answer = people["Mai"].post(path, data={"do": "bless", "seen": "x"})
    assert answer.status_code == 422
    assert "there is no such step" in answer.text
    assert stepped(people["Mai"], path, "submit").status_code == 303
    without = stepped(people["Chen"], path, "return")
    assert without.status_code == 422
    assert 'id="note-error"' in without.text
    # A step of somebody else's is refused as such, not as one that came late.
    refused = people["Mai"].post(path, data={"do": "check", **seen_in(without.text)})
    assert refused.status_code == 403


def test_a_label_is_drawn_of_what_is_earned_alone(
    site: Console, people: dict[str, httpx.Client], tokens: dict[str, str]
) -> None:
    earned = drafted(site, tokens["Mai"])
    missed = drafted(site, tokens["Mai"], scheme="kr-keiti", tier="low-carbon")
    assert "<svg" in people["Mai"].get(f"/desk/{earned}/label.svg").text
    assert people["Mai"].get(f"/desk/{missed}/label.svg").status_code == 404
    assert "label.svg" not in people["Mai"].get(f"/desk/{missed}").text
    # What is not earned cannot be issued, also where somebody saw another verdict.
    for who, step in (("Mai", "submit"), ("Chen", "check")):
        assert stepped(people[who], f"/desk/{missed}", step).status_code == 303
    page = people["Ana"].get(f"/desk/{missed}")
    assert offered(page.text) == []
    data = seen_in(page.text) | {"do": "issue", "verdict": "pass"}
    answer = people["Ana"].post(f"/desk/{missed}", data=data)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_the_desk_tells_that_there_is_more(
    site: Console,
    people: dict[str, httpx.Client],
    tokens: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended = [drafted(site, tokens["Mai"]) for _ in range(2)]
    for one in ended:
        assert stepped(people["Mai"], f"/desk/{one}", "withdraw").status_code == 303
    service = site.site.service.applications
    number, waiting = len(service.ended(LOCAL, 999)), len(service.waiting(LOCAL, 999))
    cut = re.compile(r"/desk\?cursor=")
    for rows, more in ((number, False), (number - 1, True)):
        monkeypatch.setattr(desk, "_ROWS", rows)
        assert bool(cut.search(people["Chen"].get("/desk").text)) == more
    pages = {}
    for shown in (waiting, waiting - 1):
        monkeypatch.setattr(desk, "_OPEN", shown)
        pages[shown] = people["Chen"].get("/desk").text
    said = f"{waiting - 1}"
    told = [text for text in re.findall(r"<p[^>]*>[^<]*</p>", pages[waiting - 1]) if said in text]
    assert [text for text in told if text not in pages[waiting]]
    # Whoever may look again at a holder sees the button that draws whom.
    assert "/desk/plans" in people["Chen"].get("/desk").text
    assert "/desk/plans" not in people["Mai"].get("/desk").text


# Certificates on the desk -----------------------------------------------------------------------


def objected(site: Console, number: str) -> str:
    order = {"party": "A rival", "text": "It is too low."}
    answer = site.site.client.post(f"/v1/certificates/{number}/objections", json=order)
    assert answer.status_code < 300, answer.text
    return str(answer.json()["id"])


def test_objections_are_judged_in_the_words_of_the_form(
    site: Console, people: dict[str, httpx.Client]
) -> None:
    number = site.site.certificate()["number"]
    path = f"/desk/certificates/{number}"
    page = people["Ana"].get(path).text
    first, second = objected(site, number), objected(site, number)
    for objection, state in ((first, "upheld"), (second, "rejected")):
        where = f"{path}/objections/{objection}"
        assert people["Ana"].post(where, data={"state": state}).status_code == 422
        wrong = people["Ana"].post(where, data={"state": "x", "answer": "Well"})
        assert (wrong.status_code, "there is no such step" in wrong.text) == (422, True)
        assert people["Mai"].post(where, data={"state": state}).status_code == 403
        done = people["Ana"].post(where, data={"state": state, "answer": "Well"})
        assert done.headers["location"] == path
    found = site.site.service.objections.to(number, 9)
    assert {one.id: one.state for one in found} == {first: "upheld", second: "rejected"}
    assert page != people["Ana"].get(path).text


def test_whoever_made_a_certificate_does_not_judge_it(
    site: Console, people: dict[str, httpx.Client], tokens: dict[str, str]
) -> None:
    path = f"/desk/{drafted(site, tokens['Eve'])}"
    for who, step in (("Eve", "submit"), ("Chen", "check"), ("Ana", "issue")):
        assert stepped(people[who], path, step).status_code == 303
    number = site.site.service.applications.get(LOCAL, path.rsplit("/", 1)[1]).number
    objected(site, str(number))
    watched = f"/desk/certificates/{number}"
    answering = f'action="{watched}/objections/'
    assert answering in people["Ana"].get(watched).text
    assert answering not in people["Eve"].get(watched).text
    assert answering not in people["Mai"].get(watched).text
    # A visit is recorded by a checker, with a word on it.
    survey = f'action="{watched}/surveillance"'
    assert survey in people["Chen"].get(watched).text
    assert survey not in people["Ana"].get(watched).text
    assert people["Chen"].post(f"{watched}/surveillance", data={}).status_code == 422
    assert people["Ana"].post(f"{watched}/surveillance", data={}).status_code == 403
    said = {"note": "As before", "once": "1"}
    assert people["Chen"].post(f"{watched}/surveillance", data=said).status_code == 303


def test_a_certificate_is_over_on_the_day_after_its_last(
    site: Console, people: dict[str, httpx.Client]
) -> None:
    number, today = site.site.certificate()["number"], site.site.clock.now.date()
    row = certificates.c.number == number

    def state(status: str, end: date) -> str:
        with site.site.service.database.writing() as uow:
            changed = {"status": status, "valid_until": end}
            uow.connection.execute(update(certificates).where(row).values(**changed))
        (main,) = re.findall(r"<main.*?</main>", _page(people, number), re.DOTALL)
        return next(name for name in STATES if STATES[name] in main)

    yesterday = today - timedelta(days=1)
    assert state("issued", today) == "issued"
    assert state("issued", yesterday) == "expired"
    assert state("revoked", yesterday) == "revoked"


#: States of certificates in words that a page marks.
STATES = {
    name: f">{console_words('en').word('certificate_states', name)}<"
    for name in ("issued", "expired", "revoked")
}


def _page(people: dict[str, httpx.Client], number: str) -> str:
    return people["Ana"].get(f"/desk/certificates/{number}").text


# The evidence room ------------------------------------------------------------------------------


def test_a_verifier_does_in_a_room_what_its_buttons_say(
    site: Console, people: dict[str, httpx.Client], tokens: dict[str, str]
) -> None:
    application = drafted(site, tokens["Mai"])
    room, maker = f"/room/{application}", people["Mai"]
    shown = maker.post(f"{room}/links", data={"name": "Prüf GmbH", "days": "30"})
    assert shown.status_code == 200
    (secret,) = re.findall(r"/room/enter/([\w-]+)", shown.text)
    with visitor(site) as verifier:
        assert verifier.get(room).status_code == 404
        assert "Prüf GmbH" in verifier.get(f"/room/enter/{secret}").text
        never = verifier.get("/room/enter/never")
        assert never.status_code == 410
        assert WORDS.say("link_used_says") in never.text
        let_in(verifier, verifier.post(f"/room/enter/{secret}"))
        page = verifier.get(room).text
        assert 'value="draw"' in page
        assert "/links" not in page
        other = drafted(site, tokens["Mai"])
        assert verifier.get(f"/room/{other}").status_code == 404

        def does(**form: str) -> httpx.Response:
            return verifier.post(room, data=form)

        assert does(do="draw").headers["location"] == f"{room}#sample"
        for number, status in (("0", 422), ("1", 303), ("2", 303), ("3", 422)):
            answer = does(do="open", line=number)
            assert answer.status_code == status
            assert ("there is no such line" in answer.text) == (status == 422)
        assert answer.status_code == 422
        wrong = does(do="find", severity="x", about="Line 1", text="No loss")
        assert (wrong.status_code, "no such step" in wrong.text) == (422, True)
        assert "No loss</textarea>" in wrong.text  # the room stands, with what was typed
        found = does(do="find", severity="major", about="Line 1", text="No loss")
        assert found.headers["location"] == f"{room}#findings"
        state = site.site.service.rooms.state
        known = site.site.service.applications.get(LOCAL, application)
        (finding,) = state(known).findings
        assert (finding.severity, finding.state) == ("major", "open")
        kept = {"finding": finding.id}
        assert maker.post(room, data=kept | {"do": "answer", "answer": "It is."}).status_code == 303
        assert state(known).findings[0].state == "answered"
        for what, after in (("reopen", "open"), ("close", "closed")):
            assert does(do=what, **kept).headers["location"] == f"{room}#findings"
            assert state(known).findings[0].state == after
        assert does(do="bless").status_code == 422
        assert maker.post(room, data={"do": "draw"}).status_code == 422
        assert 'value="conclude"' in verifier.get(room).text
        assert 'value="self"' not in verifier.get(room).text
        assert 'value="third-party"' in verifier.get(room).text
        done = does(do="conclude", kind="third-party", level="limited", limits="")
        assert done.headers["location"] == f"{room}#statement"
        assert 'value="conclude"' not in verifier.get(room).text
        (grant,) = state(known).grants
        end = maker.post(f"{room}/links", data={"do": "revoke", "grant": grant.id})
        assert end.headers["location"] == f"{room}#links"
        assert verifier.get(room).status_code == 404


def test_a_room_is_calculated_again_where_that_is_asked_for(
    site: Console, people: dict[str, httpx.Client], tokens: dict[str, str]
) -> None:
    room = f"/room/{drafted(site, tokens['Mai'])}"
    plain, again = (people["Mai"].get(room + asked).text for asked in ("", "?recompute=1"))
    assert "recompute=1" in plain
    assert 'class="answer good"' not in plain
    assert 'class="answer good"' in again
    # Only a maker asks a verifier in and answers him.
    assert f'action="{room}/links"' in plain
    assert f'action="{room}/links"' not in people["Ana"].get(room).text
    wrong = people["Mai"].post(f"{room}/links", data={"name": "X", "days": "x"})
    assert wrong.status_code == 422
    assert 'action="' + room in wrong.text
    assert people["Ana"].post(f"{room}/links", data={"name": "X", "days": "30"}).status_code == 403


def test_a_verifier_states_nothing_on_what_is_decided(
    site: Console, people: dict[str, httpx.Client], tokens: dict[str, str]
) -> None:
    application = drafted(site, tokens["Mai"])
    _, secret = site.site.service.rooms.invite(LOCAL, application, "Later GmbH", 30)
    with visitor(site) as verifier:
        let_in(verifier, verifier.post(f"/room/enter/{secret}"))
        room, path = f"/room/{application}", f"/desk/{application}"
        shown = []
        for who, step in (("Mai", "submit"), ("Chen", "check")):
            shown.append('value="conclude"' in verifier.get(room).text)
            assert stepped(people[who], path, step).status_code == 303
        shown.append('value="conclude"' in verifier.get(room).text)
    assert shown == [True, True, False]


# People and tokens ------------------------------------------------------------------------------


def test_an_owner_changes_people_by_the_buttons(
    site: Console, people: dict[str, httpx.Client]
) -> None:
    olga, staff = people["Olga"], site.site.service.staff
    assert 'class="errors"' not in olga.get("/people").text
    invited = olga.post("/people", data={"name": "Bo", "role-maker": "1"})
    assert invited.status_code == 200
    assert "/open/" in invited.text
    wrong = olga.post("/people", data={"name": "Bo2"})
    assert (wrong.status_code, 'value="Bo2"' in wrong.text) == (422, True)
    assert people["Mai"].post("/people", data={"name": "X", "role-maker": "1"}).status_code == 403

    def bo() -> Any:
        (found,) = [one for one in staff.listed(LOCAL) if one.name == "Bo"]
        return found

    path = f"/people/{bo().id}"
    assert olga.post(path, data={"do": "roles", "role-checker": "1"}).status_code == 303
    assert bo().roles == "checker"
    assert olga.post(path, data={"do": "roles"}).status_code == 422
    assert people["Mai"].post(path, data={"do": "roles", "role-maker": "1"}).status_code == 403
    again = olga.post(path, data={"do": "link"})
    assert (again.status_code, "/open/" in again.text) == (200, True)
    assert olga.post(path, data={"do": "bless"}).status_code == 422
    assert olga.post(path, data={"do": "end"}).headers["location"] == "/people"
    assert bo().ended_at is not None


def test_tokens_are_made_shown_once_and_refused_beside_the_form(
    site: Console, people: dict[str, httpx.Client]
) -> None:
    olga, mai = people["Olga"], people["Mai"]
    may = {"role-maker": "1", f"scope-{LEAST[0]}": "1"}
    assert 'class="errors"' not in mai.get("/tokens").text
    made = mai.post("/tokens", data={"name": "ERP", "days": "30", **may})
    assert made.status_code == 200
    wrong = mai.post("/tokens", data={"name": "ERP", "days": "x", **may})
    assert (wrong.status_code, 'class="errors"' in wrong.text) == (422, True)
    assert 'action="/tokens"' in wrong.text
    beyond = mai.post("/tokens", data={"name": "ERP", "days": "30", **may, "role-owner": "1"})
    assert beyond.status_code in {403, 422}
    # Pages of the owner alone are offered to the owner alone.
    assert 'href="/people"' in olga.get("/tokens").text
    assert 'href="/people"' not in mai.get("/tokens").text


def test_sign_ins_and_the_log_tell_that_there_is_more(
    site: Console, people: dict[str, httpx.Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    door = site.site.service.door
    number = len(door.listed(LOCAL, 9999, None))
    for rows, more in ((number, False), (number - 1, True)):
        monkeypatch.setattr(owner, "SIGN_INS", rows)
        assert ("cursor=" in people["Olga"].get("/sign-ins").text) == more
    assert ENTRIES > 1
    entries, _, _ = site.site.service.log.head()
    for rows, more in ((entries, False), (entries - 1, True)):
        monkeypatch.setattr("api.console.audit_pages.ENTRIES", rows)
        assert ("/log?cursor=" in site.site.visitor.get("/log").text) == more
        assert bool(people["Olga"].get("/audit.json").json()["next"]) == more


def test_a_lock_is_shown_while_it_locks(site: Console, people: dict[str, httpx.Client]) -> None:
    olga = people["Olga"]
    assert "/locks/" not in olga.get("/sign-ins").text
    with visitor(site) as stranger:
        answer = stranger.post("/sign-in", data={"token": "wrong"})
        assert (answer.status_code, olga.get("/sign-ins").text.count("/locks/")) == (422, 0)
        for _ in range(site.site.service.settings.lock_failures):
            answer = stranger.post("/sign-in", data={"token": "wrong"})
    assert answer.status_code == 429
    page = olga.get("/sign-ins").text
    (lock,) = re.findall(r'action="(/locks/[\w-]+)"', page)
    assert olga.post(lock).headers["location"] == "/sign-ins"
    assert "/locks/" not in olga.get("/sign-ins").text


# Own certificates and orders --------------------------------------------------------------------


def test_a_certificate_is_revoked_where_its_own_number_is_typed(
    site: Console, people: dict[str, httpx.Client]
) -> None:
    number = site.site.certificate()["number"]
    path, ana = f"/certificates/{number}", people["Ana"]
    assert ana.post(path, data={"do": "bless"}).status_code == 422
    for step, state in (("suspend", "suspended"), ("reinstate", "issued")):
        said = {"do": step, "reason": "Because", "key": step}
        assert ana.post(path, data=said).headers["location"] == path
        assert site.site.service.register.standing(number).status.state == state
    said = {"do": "revoke", "reason": "Because", "key": "r"}
    for typed in ("", "FP-0000-0000", "x"):
        wrong = ana.post(path, data=said | {"confirm": typed})
        assert (wrong.status_code, "is another one" in wrong.text) == (422, True)
    done = ana.post(path, data=said | {"confirm": number.lower()})
    assert done.headers["location"] == path
    assert site.site.service.register.standing(number).status.state == "revoked"


def test_a_form_that_another_page_sends_changes_nothing(site: Console) -> None:
    token = {"token": with_token(site, "Fay", ("maker",))}
    own = site.address
    for headers, status in (
        ({"Origin": own}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": own}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
    ):
        answer = site.site.visitor.post("/sign-in", data=token, headers=headers)
        assert answer.status_code == status


def test_a_page_that_is_none_is_said_as_a_page(people: dict[str, httpx.Client]) -> None:
    made = people["Mai"].post("/drafts", files={"file": ("bracket.csv", own_bom())})
    draft = made.headers["location"].rsplit("/", 1)[0]
    none = people["Mai"].get(f"{draft}/files/docx")
    assert none.status_code == 404
    assert "<main" in none.text
    # A form that cannot be read is refused as one, too.
    data = {f"field-{at}": "x" for at in range(900)}
    answer = people["Mai"].post(f"{draft}/columns", data=data)
    assert answer.status_code == 400
