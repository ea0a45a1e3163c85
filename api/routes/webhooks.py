"""Webhooks: your own systems are told what happens to certificates, requests and recalls."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from api.openapi import problems
from api.paging import PageAsked
from api.schemas import Asked
from api.store.hooks import HookMessage, Webhook
from api.store.news import NEWS_TYPES
from api.wiring import ActorNeeded, ServiceNeeded

router = APIRouter(prefix="/v1", tags=["Webhooks"])

WebhookId = Annotated[str, Path(description="Id of a webhook (UUID).", max_length=64)]
_Type = Annotated[
    str, Field(max_length=64), WithJsonSchema({"type": "string", "enum": list(NEWS_TYPES)})
]


class WebhookBody(Asked):
    """A webhook to be made."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "url": "https://erp.example.com/footprint-hook",
                    "types": ["certificate.revoked", "request.came"],
                }
            ]
        },
    )

    url: Annotated[
        str,
        Field(
            min_length=1,
            max_length=500,
            pattern=r"^https://[A-Za-z0-9][!-~]*$",
            description="https address that messages are posted to.",
        ),
    ]
    types: Annotated[
        list[_Type],
        Field(
            default_factory=list,
            max_length=40,
            description="What is told; none: all that there is.",
        ),
    ]


class WebhookAnswer(BaseModel):
    """A webhook as it is kept."""

    id: str = Field(description="Id of the webhook.")
    url: str = Field(description="Where messages go.")
    types: list[str] = Field(description="What is told; empty: all that there is.")
    secret: str | None = Field(
        default=None, description="What messages are signed with, shown this once."
    )
    created_at: str = Field(description="Since when (ISO 8601, UTC).")
    closed_at: str | None = Field(description="Since when it is told nothing more.")
    said: str = Field(description="Why it was closed.")


class WebhookList(BaseModel):
    """All webhooks of a tenant."""

    webhooks: list[WebhookAnswer] = Field(description="Webhooks, oldest first.")


class MessageId(BaseModel):
    """A message that waits to be sent."""

    id: str = Field(description="Its id, which the header webhook-id has.")


class MessageAnswer(BaseModel):
    """A message to a webhook."""

    id: str = Field(description="Its id, which the header webhook-id has.")
    webhook: str = Field(description="Id of the webhook.")
    type: str = Field(description="What it tells of.")
    at: str = Field(description="When it was written (ISO 8601, UTC).")
    state: str = Field(description="waiting, sent or given-up.")
    attempts: int = Field(description="How often it was sent.")
    said: str = Field(description="Why the last attempt failed.")


class MessagePage(BaseModel):
    """A page of messages."""

    messages: list[MessageAnswer] = Field(description="Messages, newest first.")
    next: str | None = Field(description="Cursor of the next page; null at the end.")


@router.post(
    "/webhooks", status_code=201, summary="Add a webhook", responses=problems(400, 401, 403, 413)
)
def make_webhook(service: ServiceNeeded, actor: ActorNeeded, body: WebhookBody) -> WebhookAnswer:
    """Have what happens to certificates, requests and recalls posted to a system of yours. The
    answer has the secret that messages are signed with, which is shown this once."""
    return _webhook(*service.webhooks.add(actor, body.url, body.types))


@router.get("/webhooks", summary="List webhooks", responses=problems(401))
def show_webhooks(service: ServiceNeeded, actor: ActorNeeded) -> WebhookList:
    """Your webhooks, oldest first, closed ones included; never a secret."""
    return WebhookList(webhooks=[_webhook(one) for one in service.webhooks.listed(actor)])


@router.get("/webhooks/messages", summary="List messages to webhooks", responses=problems(401))
def show_webhook_messages(
    service: ServiceNeeded, actor: ActorNeeded, asked: PageAsked
) -> MessagePage:
    """Messages to your webhooks, newest first: whether they arrived, and what was said if not."""
    found = service.webhooks.messages(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one.created_at, one.id))
    return MessagePage(messages=[_message(one) for one in page], next=following)


@router.post(
    "/webhooks/{webhook_id}/secret",
    summary="Give a webhook another secret",
    responses=problems(401, 403, 404),
)
def rotate_webhook(
    service: ServiceNeeded, actor: ActorNeeded, webhook_id: WebhookId
) -> WebhookAnswer:
    """A new secret, shown this once. For 24 hours more messages are signed with both."""
    return _webhook(*service.webhooks.rotate(actor, webhook_id))


@router.post(
    "/webhooks/{webhook_id}/test",
    status_code=202,
    summary="Send a test to a webhook",
    responses=problems(401, 403, 404),
)
def test_webhook(service: ServiceNeeded, actor: ActorNeeded, webhook_id: WebhookId) -> MessageId:
    """A message of the type `webhook.test` is sent; the list of messages says what came of it."""
    return MessageId(id=service.webhooks.test(actor, webhook_id))


@router.delete(
    "/webhooks/{webhook_id}",
    status_code=204,
    summary="Close a webhook",
    response_class=Response,
    responses=problems(401, 403, 404),
)
def end_webhook(service: ServiceNeeded, actor: ActorNeeded, webhook_id: WebhookId) -> Response:
    """Tell it nothing more, at once; messages that wait for it are given up."""
    service.webhooks.close(actor, webhook_id)
    return Response(status_code=204)


def _webhook(webhook: Webhook, secret: str | None = None) -> WebhookAnswer:
    return WebhookAnswer(
        id=webhook.id,
        url=webhook.url,
        types=json.loads(webhook.types),
        secret=secret,
        created_at=webhook.created_at.isoformat(),
        closed_at=None if webhook.closed_at is None else webhook.closed_at.isoformat(),
        said=webhook.said,
    )


def _message(message: HookMessage) -> MessageAnswer:
    return MessageAnswer(
        id=message.id,
        webhook=message.webhook,
        type=message.type,
        at=message.created_at.isoformat(),
        state=message.state,
        attempts=message.attempts,
        said=message.said,
    )
