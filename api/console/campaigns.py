"""Pages of campaigns: start one, see who answered with what, and ask again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import Response

from api.answering.campaign_model import STATES, CampaignSupplier, GivenAnswer
from api.answering.campaign_table import answers_csv, letter, mail_csv
from api.answering.campaigns import Board, CampaignOrder
from api.console.figures import three
from api.console.form_faults import NOTHING, in_fields, mendable
from api.console.forms import FormSent
from api.console.requests import day_of, no_day
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.faults import INVALID, UNKNOWN_CAMPAIGN
from api.words import translated_problem
from footprint.faults import InputRefused, Problem, Where
from label_templates.console_pages import CONSOLE_LANGUAGES, console_words
from label_templates.words import Words

pages = router()

CampaignId = Annotated[str, Path(max_length=64)]
_MOST = 50
#: What the fields of the form are called: by a sentence of the page.
_FIELDS = {
    "name": "campaign_name",
    "buyer": "campaign_buyer",
    "why": "campaign_why",
    "due": "request_due",
    "file": "campaign_list",
}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A supplier on the board."""

    id: str
    name: str
    state: str
    products: str
    came: str
    answered: bool
    next: str


@dataclass(frozen=True, slots=True)
class CameRow:
    """What came for a product, in words, and what the check found."""

    product: str
    says: str
    problems: Sequence[Problem]


@pages.get("/campaigns")
def show_campaigns(visit: SignedIn) -> Response:
    """Which campaigns are there, and how do they stand?"""
    return _list(visit)


def _list(
    visit: PersonVisit, refused: InputRefused | None = None, typed: Mapping[str, str] = NOTHING
) -> Response:
    """The list with its form; refused, with what was typed and what is wrong with it."""
    rows = visit.service.desk.campaigns.listed(visit.actor, _MOST)
    found = [
        (
            one,
            [(state, counts[state]) for state in STATES if counts.get(state)],
            sum(counts.values()),
        )
        for one, counts in rows
    ]
    texts = {
        one: typed.get(f"text-{one}") or console_words(one)["invitation"]
        for one in CONSOLE_LANGUAGES
    }
    problems = in_fields(visit, refused, _FIELDS)
    values = {"found": found, "texts": texts, "problems": problems, "typed": typed}
    same = Same("footprint campaigns list", "GET /v1/campaigns")
    return visit.show("campaigns.html.j2", values, status=422 if refused else 200, same=same)


@pages.post("/campaigns")
def start_campaign(visit: SignedIn, form: FormSent) -> Response:
    """Start one from a list of suppliers."""
    file, data = form.files.get("file", ("", b""))
    texts: dict[str, str] = {one: form.texts.get(f"text-{one}", "") for one in CONSOLE_LANGUAGES}
    try:
        due = day_of(form, "due")
        if due is None:
            raise no_day("due")
        order = CampaignOrder(
            form.text("name"), form.text("buyer"), due, file, data, form.text("why"), texts
        )
        made = visit.service.desk.campaigns.start(visit.actor, order)
    except InputRefused as refused:
        return _list(visit, mendable(refused), form.texts)
    return visit.go(f"/campaigns/{made.id}")


@pages.get("/campaigns/{campaign_id}")
def show_board(visit: SignedIn, campaign_id: CampaignId) -> Response:
    """Who has answered, with what?"""
    campaigns = visit.service.desk.campaigns
    board = campaigns.board(visit.actor, campaign_id)
    asked = visit.request.query_params.get("state", "")
    state = asked if asked in STATES else ""
    values = {
        "campaign": board.campaign,
        "counts": list(board.counts.items()),
        "total": len(board.suppliers),
        "overdue": board.overdue,
        "late": board.late,
        "waiting": len(campaigns.to_remind(board)),
        "state": state,
        "rows": [_row(visit, board, one) for one in board.suppliers if state in ("", one.state)],
    }
    same = Same(f"footprint campaigns board {campaign_id}", f"GET /v1/campaigns/{campaign_id}")
    return visit.show("campaign.html.j2", values, same=same)


@pages.get("/campaigns/{campaign_id}/mail.csv")
def download_mail(visit: SignedIn, campaign_id: CampaignId) -> Response:
    """One row a supplier who has not been written to, for a mail merge."""
    campaigns = visit.service.desk.campaigns
    board = campaigns.board(visit.actor, campaign_id)
    them = [one for one in board.suppliers if one.state == "not-sent"] or board.suppliers
    content = mail_csv(campaigns, board.campaign, them, visit.service.settings.base_url)
    return _file(visit, content, "mail.csv")


@pages.get("/campaigns/{campaign_id}/answers.csv")
def download_answers(visit: SignedIn, campaign_id: CampaignId) -> Response:
    """All answers as a table, gaps empty."""
    board = visit.service.desk.campaigns.board(visit.actor, campaign_id)
    return _file(visit, answers_csv(board, visit.service.clock().date()), "answers.csv")


@pages.post("/campaigns/{campaign_id}/sent")
def sent(visit: SignedIn, campaign_id: CampaignId) -> Response:
    """All invitations that were not sent are."""
    visit.service.desk.campaigns.mark_sent(visit.actor, campaign_id)
    return visit.go(f"/campaigns/{campaign_id}")


@pages.post("/campaigns/{campaign_id}/remind")
def remind(visit: SignedIn, campaign_id: CampaignId) -> Response:
    """The reminders as a file for a mail merge; they count as sent."""
    campaigns = visit.service.desk.campaigns
    them = campaigns.mark_reminded(visit.actor, campaign_id)
    board = campaigns.board(visit.actor, campaign_id)
    base_url = visit.service.settings.base_url
    content = mail_csv(campaigns, board.campaign, them, base_url, reminder=True)
    return _file(visit, content, "reminders.csv")


@pages.get("/campaigns/{campaign_id}/{supplier_id}")
def show_supplier(visit: SignedIn, campaign_id: CampaignId, supplier_id: CampaignId) -> Response:
    """What did he give, and how does it hold?"""
    campaigns = visit.service.desk.campaigns
    board = campaigns.board(visit.actor, campaign_id)
    one = next((each for each in board.suppliers if each.id == supplier_id), None)
    if one is None:
        raise UNKNOWN_CAMPAIGN.refuse(
            f"There is no supplier {supplier_id[:64]!r} in this campaign."
        )
    given, words = ({a.product: a for a in board.answers[one.id]}, console_words(visit.language))
    link = campaigns.address(one, visit.service.settings.base_url)
    values = {
        "campaign": board.campaign,
        "one": one,
        "came": [
            CameRow(product, answer_words(words, given.get(at)), problems_of(visit, given.get(at)))
            for at, product in enumerate(one.asked_for)
        ],
        "link": link,
        "letter": letter(board.campaign, one, link),
    }
    return visit.show("campaign_supplier.html.j2", values)


@pages.post("/campaigns/{campaign_id}/{supplier_id}")
def judge_supplier(
    visit: SignedIn, campaign_id: CampaignId, supplier_id: CampaignId, form: FormSent
) -> Response:
    """Accept his answer, send it back, or give him another link."""
    campaigns, do = visit.service.desk.campaigns, form.text("do")
    if do == "link":
        campaigns.new_link(visit.actor, campaign_id, supplier_id)
    elif do in ("accept", "back"):
        accept = do == "accept"
        campaigns.judge(visit.actor, campaign_id, supplier_id, accept, form.text("words"))
    else:
        raise INVALID.refuse("The form cannot be read.")
    return visit.go(f"/campaigns/{campaign_id}/{supplier_id}")


def answer_words(words: Words, answer: GivenAnswer | None) -> str:
    """What was given for a product, in a line: kind, number, how much of it is measured."""
    if answer is None or answer.kg is None:
        return ""
    kg = three(answer.kg)
    said = [
        words.say(
            "campaign_quality",
            kind=words.word("given_kinds", answer.kind),
            kg=kg if answer.complete else words.say("campaign_least", kg=kg),
            unit=words.word("units", answer.unit),
        )
    ]
    if answer.measured is not None:
        said.append(words.say("campaign_measured", percent=f"{answer.measured:.3g}"))
    if not answer.complete:
        said.append(_partial(words, answer))
    return words["list_comma"].join(said)


def _partial(words: Words, answer: GivenAnswer) -> str:
    """That a number is not complete, and why."""
    why = [words.word("lacks", one) for one in answer.lacks]
    if answer.kind == "certificate":
        why.append(words.say("campaign_says_itself"))
    if not why:
        return words.say("campaign_partial")
    return words.say("campaign_partial_why", why=words["joiner"].join(why))


def problems_of(visit: Any, answer: GivenAnswer | None) -> list[Problem]:
    """What the check found, in the visitor's language."""
    if answer is None:
        return []
    found = []
    for one in json.loads(answer.findings):
        where = Where(one.get("file") or "", one.get("row"), one.get("column"))
        problem = Problem(one["code"], one["message"], where, one.get("hint") or "")
        found.append(translated_problem(problem, visit.language))
    return found


def _row(visit: PersonVisit, board: Board, one: CampaignSupplier) -> BoardRow:
    words = console_words(visit.language)
    answers = board.answers[one.id]
    came = [answer_words(words, answer) for answer in answers if answer.usable]
    odd = sum(len(json.loads(answer.findings)) for answer in answers if not answer.usable)
    if odd:
        came.append(words.say("campaign_findings", count=odd))
    if one.state == "declined":
        came = [one.said]
    return BoardRow(
        id=one.id,
        name=one.name,
        state=one.state,
        products=words["list_comma"].join(name for name in one.asked_for if name),
        came=words["semicolon"].join(came),
        answered=one.state in ("answered", "accepted"),
        next=one.next_step or "",
    )


def _file(visit: PersonVisit, content: bytes, name: str) -> Response:
    headers = visit.headers() | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
