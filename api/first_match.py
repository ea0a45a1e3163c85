"""Find the router of a request at once: the framework asks each route of each in turn.

With two hundred routes that took a tenth of a short answer. Here one expression of all addresses
tells which router is the first that has the address; that router decides the rest. Where it does
not take the request (another method, no such address), every router is asked as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

#: The beginning of a named group in the expression of an address: a name may stand once only.
_NAMED = re.compile(r"\(\?P<\w+>")
_CHOSEN = "footprint.router"


class FirstMatch(BaseRoute):
    """A route in front of `routers` that hands a request to the one that would take it anyway."""

    def __init__(self, routers: Sequence[BaseRoute]) -> None:
        self._routers = tuple(routers)
        addresses = ("|".join(_addresses([router])) for router in self._routers)
        self._all = re.compile("|".join(f"({one})" for one in addresses))

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """A full match where the first router that has the address takes the request."""
        if scope["type"] == "http" and (found := self._all.match(scope["path"])):
            router = self._routers[(found.lastindex or 1) - 1]
            match, child = router.matches(scope)
            if match is Match.FULL:
                return match, {**child, _CHOSEN: router}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request to the router that was found."""
        router: BaseRoute = scope.pop(_CHOSEN)
        await router.handle(scope, receive, send)


def all_routes(routes: Iterable[BaseRoute]) -> Iterable[BaseRoute]:
    """The routes themselves: `app.routes` names the routers that were included, not theirs."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from all_routes(inner.routes)
        elif not isinstance(route, FirstMatch):
            yield route


def _addresses(routers: Iterable[BaseRoute]) -> Iterable[str]:
    """An expression of each address, without groups."""
    route: Any
    for route in all_routes(routers):
        yield _NAMED.sub("(?:", route.path_regex.pattern)
