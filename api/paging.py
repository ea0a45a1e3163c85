"""Pages: a limit, an opaque cursor that says where the last page ended, and a Link to the next."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response

from api.faults import BAD_CURSOR
from api.wiring import ServiceNeeded
from footprint.certificates.jose import unpadded_decode, unpadded_encode

MAX_LIMIT = 500

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Most entries of a page.")]
_T = TypeVar("_T")
#: Where a thing stands in a list in order of time: its moment, and its id.
Place = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class PageCursor:
    """The page that is asked for: at most `limit` things behind `after`, the moment (UTC) and the
    id where the page before ended; None for the top."""

    limit: int
    after: Place | None
    request: Request
    response: Response
    base_url: str

    @property
    def window(self) -> tuple[int, Place | None]:
        """What a store is asked for: one thing more than the page holds, to know of the next."""
        return self.limit + 1, self.after

    def page(
        self, found: Sequence[_T], place: Callable[[_T], Place]
    ) -> tuple[Sequence[_T], str | None]:
        """The page of what was found in `window`, and the cursor of the next one; None at the end.
        The answer gets a Link to it (RFC 8288). `place` is where a thing stands in the list."""
        if len(found) <= self.limit:
            return found, None
        shown = found[: self.limit]
        cursor = cursor_at(*place(shown[-1]))
        query = dict(self.request.query_params) | {"cursor": cursor}
        address = f"{self.base_url}{self.request.url.path}?{urlencode(query)}"
        self.response.headers["Link"] = f'<{address}>; rel="next"'
        return shown, cursor


async def the_page(
    service: ServiceNeeded,
    request: Request,
    response: Response,
    limit: Limit = 50,
    cursor: Annotated[
        str | None,
        Query(
            max_length=300,
            description="Where the last page ended, as its member `next` said. Left out: from the "
            "top.",
        ),
    ] = None,
) -> PageCursor:
    """What the query says about the page. Raises ServiceRefused API-508 for a cursor of others."""
    return PageCursor(limit, place_after(cursor), request, response, service.settings.base_url)


PageAsked = Annotated[PageCursor, Depends(the_page)]


def cursor_at(moment: datetime, last: str) -> str:
    """An opaque cursor to what stands behind this place."""
    return unpadded_encode(json.dumps((moment.isoformat(), last)).encode())


def place_after(cursor: str | None) -> Place | None:
    """The moment (UTC) and the id in a cursor; None for no cursor.

    Raises ServiceRefused API-508 for anything that this service did not give out.
    """
    if cursor is None:
        return None
    try:
        parts = json.loads(unpadded_decode(cursor))
        at, last = parts
        moment = datetime.fromisoformat(at)
        if not isinstance(parts, list) or moment.tzinfo is None:
            raise ValueError("a time without a zone")
        if not last.isprintable():  # a lone surrogate, or NUL
            raise ValueError("no id")
        return moment.astimezone(UTC), last
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        raise BAD_CURSOR.refuse(
            "The cursor is not one that this service gave out.",
            "Begin again without `cursor`, and take `next` from each answer as it stands.",
        ) from None
