"""Pages: a limit, an opaque cursor that says where the last page ended, and a Link to the next."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request, Response

from api.faults import BAD_CURSOR
from footprint.certificates.jose import unpadded_decode, unpadded_encode

MAX_LIMIT = 500

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Most entries of a page.")]
Cursor = Annotated[
    str | None,
    Query(
        max_length=300,
        description="Where the last page ended, as its member `next` said. Left out: from the top.",
    ),
]


def cursor_of(*parts: str) -> str:
    """An opaque cursor that holds `parts`."""
    return unpadded_encode(json.dumps(parts).encode())


def parts_of(cursor: str, count: int) -> list[str]:
    """What `cursor_of` was given. Raises ServiceRefused API-508 for anything else."""
    try:
        parts = json.loads(unpadded_decode(cursor))
    except (ValueError, RecursionError):
        parts = None
    if not isinstance(parts, list) or [type(part) for part in parts] != [str] * count:
        raise bad_cursor()
    if not all(part.isprintable() for part in parts):  # a lone surrogate, or NUL
        raise bad_cursor()
    return parts


def place_after(cursor: str | None) -> tuple[datetime, str] | None:
    """The moment (UTC) and the id where a page of things in order of time ended; None for the top.

    Raises ServiceRefused API-508 for a cursor that holds something else.
    """
    if cursor is None:
        return None
    at, last = parts_of(cursor, 2)
    try:
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("a time without a zone")
        return moment.astimezone(UTC), last
    except (ValueError, OverflowError):
        raise bad_cursor() from None


def bad_cursor() -> Exception:
    """API-508; the caller raises it."""
    return BAD_CURSOR.refuse(
        "The cursor is not one that this service gave out.",
        "Begin again without `cursor`, and take `next` from each answer as it stands.",
    )


def link_next(request: Request, response: Response, cursor: str | None, base_url: str) -> None:
    """Set the Link header to the next page (RFC 8288), when there is one."""
    if cursor is not None:
        query = dict(request.query_params) | {"cursor": cursor}
        address = f"{base_url}{request.url.path}?{urlencode(query)}"
        response.headers["Link"] = f'<{address}>; rel="next"'
