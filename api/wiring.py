"""What routes depend on: the open service, the caller, the language, the idempotency key."""

from __future__ import annotations

from typing import Annotated, Literal, cast

from fastapi import Depends, Header, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.faults import FORBIDDEN, INVALID, UNAUTHORIZED
from api.language import Language, best_of, preferred
from api.rates import Rates
from api.request_log import of_tenant
from api.scopes import needed_scope
from api.services.access import entry_for
from api.services.service import Service
from api.store.tenants import Actor
from footprint.faults import Where
from label_templates.render import LANGUAGES as FORM_LANGUAGES
from label_templates.render import Language as FormLanguage

_bearer = HTTPBearer(
    auto_error=False,
    description="An access token. The first one is in the store, in the file `access-token`.",
)


async def the_service(request: Request) -> Service:
    """The service that the application opened when it started."""
    service: Service = request.app.state.service
    return service


ServiceNeeded = Annotated[Service, Depends(the_service)]


def the_actor(
    request: Request,
    service: ServiceNeeded,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Actor:
    """Whom the bearer token lets in. Raises ServiceRefused API-101, API-701 when it asks
    too often, API-102 for what the token is not for."""
    now = service.clock()
    entry = None if bearer is None else entry_for(service.database, bearer.credentials, now)
    if entry is None:
        raise UNAUTHORIZED.refuse(
            "The request has no access token, or one that is not valid here.",
            "Send the header `Authorization: Bearer TOKEN`.",
        )
    actor, scopes = entry
    # Counted once it is known: whoever makes tokens up would fill the memory with counters.
    token_rates: Rates = request.app.state.token_rates
    refused = token_rates.refused(actor.name)
    if refused is not None:
        raise refused
    of_tenant(request.scope, actor.tenant)
    needed = needed_scope(request.method, request.scope["route"].path)
    if needed not in scopes:
        raise FORBIDDEN.refuse(
            f"This token may not be used for that: it lacks the scope {needed}.",
            "Use one that has it: footprint tokens add --scope ...",
        )
    return actor


ActorNeeded = Annotated[Actor, Depends(the_actor)]


async def the_language(
    lang: Annotated[
        Literal["en", "zh"] | None,
        Query(description="Language. Left out, the better one of Accept-Language, else English."),
    ] = None,
    accept_language: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Language:
    """The language to answer in."""
    return preferred(lang, accept_language)


LanguageAsked = Annotated[Language, Depends(the_language)]


async def the_form_language(
    lang: Annotated[
        str | None,
        Query(
            max_length=16,
            json_schema_extra={"enum": list(FORM_LANGUAGES)},
            description="Language. Left out, the best one of Accept-Language, else English.",
        ),
    ] = None,
    accept_language: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> FormLanguage:
    """The language of a label or certificate, of which there may be more than of messages."""
    if lang is not None and lang not in FORM_LANGUAGES:
        raise INVALID.refuse(
            f"There is no certificate in {lang!r}.",
            f"Languages: {', '.join(FORM_LANGUAGES)}.",
            where=Where(column="query.lang"),
        )
    return cast("FormLanguage", best_of(FORM_LANGUAGES, lang, accept_language))


FormLanguageAsked = Annotated[FormLanguage, Depends(the_form_language)]

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Repeat a request with the same key and content and the thing is made once. "
        "1 to 255 printable ASCII characters, such as a random UUID.",
        examples=["5b2d3a52-7a6e-4f0e-9d6b-0c6a54a1b1c5"],
    ),
]
