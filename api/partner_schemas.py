"""What the routes of partners take and answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.partners.model import PartnerKind
from api.schemas import Asked
from api.scopes import PartnerScope

_Address = Annotated[str, Field(max_length=500)]


class ConnectionBody(Asked):
    """Where a partner's server is, and who you are there."""

    events_url: Annotated[
        _Address,
        Field(description="https address under which its /3/events is; empty if it only reads."),
    ] = ""
    auth_url: Annotated[
        _Address, Field(description="https address of its token service, if it is another one.")
    ] = ""
    their_client_id: Annotated[str, Field(max_length=200, description="Our client id there.")] = ""
    their_client_secret: Annotated[
        str, Field(max_length=500, description="Our client secret there; it is never shown again.")
    ] = ""


class PartnerBody(ConnectionBody):
    """A partner to be made."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Example Motors, purchasing",
                    "events_url": "https://pact.example.com",
                    "their_client_id": "supplier-4711",
                    "their_client_secret": "as they gave it to you",
                }
            ]
        },
    )

    name: Annotated[str, Field(min_length=1, max_length=200, description="Who it is.")]
    kind: Annotated[
        PartnerKind,
        Field(description="A buyer fetches what you publish; a supplier only answers you."),
    ] = "buyer"
    scopes: Annotated[
        list[PartnerScope],
        Field(
            default_factory=list,
            max_length=10,
            description="What it may do; none: what its kind needs.",
        ),
    ]


class ScopesBody(Asked):
    """What a partner may do."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"scopes": ["footprints:read"]}]})

    scopes: Annotated[list[PartnerScope], Field(max_length=10, description="What it may do.")]


class PartnerAnswer(BaseModel):
    """A partner as it is kept."""

    id: str = Field(description="Id of the partner.")
    name: str = Field(description="Who it is.")
    client_id: str = Field(description="Its client id here.")
    client_secret: str | None = Field(
        default=None, description="Its client secret here, shown this once: hand it over safely."
    )
    events_url: str = Field(description="Where events go; empty if it only reads.")
    auth_url: str = Field(description="Where a token for that is asked.")
    their_client_id: str = Field(description="Our client id there.")
    kind: str = Field(description="buyer, supplier or both.")
    scopes: list[str] = Field(description="What it may do.", examples=[["footprints:read"]])
    created_at: str = Field(description="Since when (ISO 8601, UTC).")
    closed_at: str | None = Field(description="Since when it is let in no more.")


class PartnerList(BaseModel):
    """All partners of a tenant."""

    partners: list[PartnerAnswer] = Field(description="Partners, oldest first.")


class PublicationBody(Asked):
    """Which footprint to publish."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"footprint_id": "5b2d3a52-7a6e-4f0e-9d6b-0c6a54a1b1c5"}]},
    )

    footprint_id: Annotated[str, Field(min_length=1, max_length=64, description="Its id.")]
    partners: Annotated[
        list[Annotated[str, Field(max_length=64)]],
        Field(
            default_factory=list,
            max_length=1000,
            description="Who may fetch it, by id; none: every partner.",
        ),
    ]
    screening: Annotated[
        bool, Field(description="Publish a screening result too; its comment begins with that.")
    ] = False


class PublicationAnswer(BaseModel):
    """A published footprint."""

    id: str = Field(description="Id of the footprint, here and for partners.")
    status: str = Field(description="Active, or Deprecated once a later one took its place.")
    published_at: str = Field(description="When (ISO 8601, UTC).")
    url: str = Field(description="Where partners fetch it.")
    replaces: list[str] = Field(description="Ids of the footprints that it took the place of.")


class PublicationPage(BaseModel):
    """A page of published footprints."""

    publications: list[PublicationAnswer] = Field(description="Published footprints.")
    next: str | None = Field(description="Cursor of the next page; null at the end.")


class EventAnswer(BaseModel):
    """An event to or from a partner."""

    id: str = Field(description="Id of the event.")
    partner: str = Field(description="Id of the partner.")
    type: str = Field(description="Type of the event.")
    at: str = Field(description="When it was made or taken in (ISO 8601, UTC).")
    state: str = Field(
        description="To a partner: waiting, sent or given-up. From one: fulfilled or rejected for "
        "a request, else empty."
    )
    attempts: int | None = Field(default=None, description="How often it was sent.")
    said: str = Field(default="", description="Why the last attempt failed.")


class EventPage(BaseModel):
    """A page of events."""

    events: list[EventAnswer] = Field(description="Events, newest first.")
    next: str | None = Field(description="Cursor of the next page; null at the end.")
