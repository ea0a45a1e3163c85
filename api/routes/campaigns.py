"""Campaigns: many suppliers are asked at once; each answers by his own link."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api.answering.campaign_model import Campaign
from api.answering.campaign_table import answer_rows, answers_csv, mail_csv
from api.answering.campaigns import Board, CampaignOrder
from api.field_types import FileBytes, file_in_base64
from api.openapi import problems
from api.paging import PageAsked
from api.schemas import Asked
from api.wiring import ActorNeeded, ServiceNeeded
from footprint.rules.fields import PlainDate

router = APIRouter(prefix="/v1", tags=["Campaigns"])

CampaignId = Annotated[str, Path(description="Id of a campaign (UUID).", max_length=64)]
SupplierId = Annotated[str, Path(description="Id of a supplier in it (UUID).", max_length=64)]
_CSV = {"content": {"text/csv": {"schema": {"type": "string"}}}}


class CampaignBody(Asked):
    """A campaign to be made."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Top 100",
                    "buyer": "Example Motors",
                    "due": "2026-12-18",
                    "file": "suppliers.csv",
                    "content": "c3VwcGxpZXIsZW1haWwKU3RlZWwgV29ya3MsYUBzdGVlbC5leGFtcGxlCg==",
                }
            ]
        },
    )

    name: Annotated[str, Field(min_length=1, max_length=200, description="What it is called.")]
    buyer: Annotated[str, Field(min_length=1, max_length=200, description="Who asks.")]
    due: Annotated[PlainDate, Field(description="Until when.")]
    why: Annotated[str, Field(max_length=1000, description="Why, in a sentence.")] = ""
    file: Annotated[str, Field(min_length=1, max_length=200, description="Name of the list.")]
    content: Annotated[
        FileBytes,
        file_in_base64("The list (CSV, Excel), in Base64."),
    ]
    text_en: Annotated[str, Field(max_length=5000, description="Invitation in English.")] = ""
    text_zh: Annotated[str, Field(max_length=5000, description="Invitation in Chinese.")] = ""


class JudgementBody(Asked):
    """What the buyer says to an answer."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"accept": True}]})

    accept: Annotated[bool, Field(description="Accept it, or send it back.")]
    words: Annotated[str, Field(max_length=1000, description="Why, when it goes back.")] = ""


class CampaignAnswer(BaseModel):
    """A campaign."""

    id: str = Field(description="Its id.")
    name: str = Field(description="What it is called.")
    buyer: str = Field(description="Who asks.")
    due: date = Field(description="Until when.")
    counts: dict[str, int] = Field(description="Suppliers in each state; they add up to all.")


class CampaignPage(BaseModel):
    """A page of campaigns."""

    campaigns: list[CampaignAnswer] = Field(description="Campaigns, newest first.")
    next: str | None = Field(description="Cursor of the next page; null at the end.")


class SupplierEntry(BaseModel):
    """A supplier on the board."""

    id: str = Field(description="His id in this campaign.")
    name: str = Field(description="Who he is.")
    state: str = Field(description="not-sent, sent, opened, working, answered, sent-back, ...")
    link: str = Field(description="His own link: whoever has it may answer.")
    answers: list[dict[str, Any]] = Field(description="What he gave for each product.")


class BoardAnswer(CampaignAnswer):
    """A campaign as it stands."""

    overdue: int = Field(description="Suppliers who owe an answer after the date.")
    late: int = Field(description="Suppliers whose answer came after the date.")
    suppliers: list[SupplierEntry] = Field(description="All suppliers, in the order of the list.")


class SentAnswer(BaseModel):
    """How many invitations were sent."""

    suppliers: int = Field(description="Suppliers whose state changed.")


@router.post(
    "/campaigns",
    status_code=201,
    summary="Start a campaign",
    responses=problems(400, 401, 403, 413),
)
def start_campaign(
    service: ServiceNeeded, actor: ActorNeeded, body: CampaignBody
) -> CampaignAnswer:
    """Ask the suppliers of a list. Columns are found by their headings; every row that cannot be
    used is named. Nothing is mailed: each supplier has a text and a link."""
    texts = {"en": body.text_en, "zh": body.text_zh}
    order = CampaignOrder(body.name, body.buyer, body.due, body.file, body.content, body.why, texts)
    made = service.desk.campaigns.start(actor, order)
    return _campaign(made, service.desk.campaigns.board(actor, made.id).counts)


@router.get("/campaigns", summary="List campaigns", responses=problems(401))
def list_campaigns(service: ServiceNeeded, actor: ActorNeeded, asked: PageAsked) -> CampaignPage:
    """Your campaigns, newest first, with how many suppliers are in each state."""
    found = service.desk.campaigns.listed(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one[0].made_at, one[0].id))
    return CampaignPage(campaigns=[_campaign(*one) for one in page], next=following)


@router.get("/campaigns/{campaign_id}", summary="Read a campaign", responses=problems(401, 404))
def read_campaign(
    service: ServiceNeeded, actor: ActorNeeded, campaign_id: CampaignId
) -> BoardAnswer:
    """The board: every supplier with his state, his link and what he gave; never a line."""
    board = service.desk.campaigns.board(actor, campaign_id)
    rows = list(answer_rows(board, service.clock().date()))
    links = service.desk.campaigns
    entries, at = [], 0
    for one in board.suppliers:
        mine = rows[at : at + len(one.asked_for)]
        at += len(mine)
        entries.append(
            SupplierEntry(
                id=one.id,
                name=one.name,
                state=one.state,
                link=links.address(one, service.settings.base_url),
                answers=mine,
            )
        )
    usual = _campaign(board.campaign, dict(board.counts)).model_dump()
    return BoardAnswer(**usual, overdue=board.overdue, late=board.late, suppliers=entries)


@router.get(
    "/campaigns/{campaign_id}/mail.csv",
    summary="Download the mail merge",
    response_class=Response,
    responses={200: {"description": "One row a mail.", **_CSV}, **problems(401, 404)},
)
def read_mail(service: ServiceNeeded, actor: ActorNeeded, campaign_id: CampaignId) -> Response:
    """Name, mail, language, subject, text and link of every supplier who was not written to; of
    all, once everybody was."""
    board = service.desk.campaigns.board(actor, campaign_id)
    them = [one for one in board.suppliers if one.state == "not-sent"] or board.suppliers
    base_url = service.settings.base_url
    return _csv(mail_csv(service.desk.campaigns, board.campaign, them, base_url))


@router.get(
    "/campaigns/{campaign_id}/answers.csv",
    summary="Download all answers",
    response_class=Response,
    responses={200: {"description": "One row a product.", **_CSV}, **problems(401, 404)},
)
def read_answers(service: ServiceNeeded, actor: ActorNeeded, campaign_id: CampaignId) -> Response:
    """One row for each supplier and product, gaps empty: state, number, quality, next step."""
    board: Board = service.desk.campaigns.board(actor, campaign_id)
    return _csv(answers_csv(board, service.clock().date()))


@router.post(
    "/campaigns/{campaign_id}/sent",
    summary="Say that invitations were sent",
    responses=problems(401, 403, 404),
)
def mark_campaign_sent(
    service: ServiceNeeded,
    actor: ActorNeeded,
    campaign_id: CampaignId,
    supplier: Annotated[
        list[str] | None, Query(max_length=2000, description="Only these; none: all not sent.")
    ] = None,
) -> SentAnswer:
    """All invitations that were not sent are now, or those of some suppliers."""
    count = service.desk.campaigns.mark_sent(actor, campaign_id, supplier or ())
    return SentAnswer(suppliers=count)


@router.post(
    "/campaigns/{campaign_id}/reminders",
    summary="Remind those who have not answered",
    response_class=Response,
    responses={200: {"description": "One row a mail.", **_CSV}, **problems(401, 403, 404)},
)
def remind_suppliers(
    service: ServiceNeeded, actor: ActorNeeded, campaign_id: CampaignId
) -> Response:
    """A mail merge for those who were invited and have not answered; nobody twice in seven days."""
    campaigns = service.desk.campaigns
    them = campaigns.mark_reminded(actor, campaign_id)
    board = campaigns.board(actor, campaign_id)
    base_url = service.settings.base_url
    return _csv(mail_csv(campaigns, board.campaign, them, base_url, reminder=True))


@router.post(
    "/campaigns/{campaign_id}/suppliers/{supplier_id}/judgement",
    status_code=204,
    summary="Accept an answer or send it back",
    response_class=Response,
    responses=problems(400, 401, 403, 404, 409, 413),
)
def judge_supplier(
    service: ServiceNeeded,
    actor: ActorNeeded,
    campaign_id: CampaignId,
    supplier_id: SupplierId,
    body: JudgementBody,
) -> Response:
    """An answer that is sent back can be changed by the same link; he reads the reason."""
    service.desk.campaigns.judge(actor, campaign_id, supplier_id, body.accept, body.words)
    return Response(status_code=204)


@router.post(
    "/campaigns/{campaign_id}/suppliers/{supplier_id}/link",
    summary="Withdraw a link",
    responses=problems(401, 403, 404),
)
def renew_link(
    service: ServiceNeeded, actor: ActorNeeded, campaign_id: CampaignId, supplier_id: SupplierId
) -> dict[str, str]:
    """Another link for a supplier; the old one says from now on that it was withdrawn."""
    made = service.desk.campaigns.new_link(actor, campaign_id, supplier_id)
    return {"link": service.desk.campaigns.address(made, service.settings.base_url)}


def _campaign(campaign: Campaign, counts: Any) -> CampaignAnswer:
    return CampaignAnswer(
        id=campaign.id,
        name=campaign.name,
        buyer=campaign.buyer,
        due=campaign.due,
        counts=dict(counts),
    )


def _csv(content: bytes) -> Response:
    headers = {"Cache-Control": "private, no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
