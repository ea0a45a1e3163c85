"""Bodies of the PACT routes, for the description. Footprints are described by `footprint.pact`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field


class PactError(BaseModel):
    """An error in the form of the protocol."""

    code: str = Field(description="Such as BadRequest, TokenExpired, AccessDenied, NotFound.")
    message: str = Field(description="What is wrong, for people.")


class TokenError(BaseModel):
    """An error of RFC 6749, section 5.2."""

    error: str = Field(description="Such as invalid_client or unsupported_grant_type.")
    error_description: str = Field(description="What is wrong, for people.")


class TokenAnswer(BaseModel):
    """A token (RFC 6749, section 5.1)."""

    access_token: str = Field(description="To be sent as `Authorization: Bearer`.")
    token_type: Literal["bearer"] = Field(default="bearer", description="How it is sent.")
    expires_in: int = Field(description="Seconds for which it counts.")
    scope: str = Field(
        description="What it may be used for, divided by blanks.",
        examples=["footprints:read events:write"],
    )


class OpenIdDocument(BaseModel):
    """What OpenID discovery asks for, as far as clients of this service need it."""

    issuer: str = Field(description="This service.")
    token_endpoint: str = Field(description="Where tokens are given.")
    token_endpoint_auth_methods_supported: list[str] = Field(
        default=["client_secret_basic", "client_secret_post"],
        description="How a client shows its secret.",
    )
    grant_types_supported: list[str] = Field(
        default=["client_credentials"], description="How tokens are asked for."
    )


class FootprintData(BaseModel):
    """One footprint."""

    data: dict[str, Any] = Field(description="A ProductFootprint of the PACT data model 3.0.3.")


class FootprintList(BaseModel):
    """A page of footprints."""

    data: list[dict[str, Any]] = Field(
        description="ProductFootprints of the PACT data model 3.0.3."
    )


class EventBody(BaseModel):
    """An event (CloudEvents 1.0) of one of the four types of the protocol."""

    type: str = Field(description="org.wbcsd.pact.ProductFootprint. and the kind of event.")
    specversion: Literal["1.0"] = Field(description="Version of CloudEvents.")
    id: str = Field(min_length=1, max_length=500, description="Any text of your own.")
    source: str = Field(min_length=1, max_length=2000, description="Your address.")
    time: str = Field(description="When (RFC 3339).")
    data: dict[str, Any] = Field(description="What the type asks for.")
