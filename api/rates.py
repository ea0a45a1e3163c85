"""How often one address, and one access token, may ask."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from limits import RateLimitItem, parse_many
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.addresses import address_key
from api.faults import TOO_FAST, ServiceRefused
from api.problems import problem_response
from api.settings import Settings

#: What a load balancer asks all day is not counted.
UNCOUNTED = ("/healthz", "/readyz")


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts requests by key and refuses those beyond the limits. Counts are of one server: with
    several behind one address each counts for itself.

    Fixed windows: they need one counter for a key, and `Retry-After` is then exact.
    """

    limits: tuple[RateLimitItem, ...]
    _limiter: FixedWindowRateLimiter

    def refused(self, key: str) -> ServiceRefused | None:
        """Count one request of `key`; API-701 with the seconds to wait when it is one too many."""
        for limit in self.limits:
            if not self._limiter.hit(limit, key):
                reset = self._limiter.get_window_stats(limit, key).reset_time
                wait = max(1, math.ceil(reset - time.time()))
                return TOO_FAST.refuse(
                    f"More requests than {limit.amount} in {limit.get_expiry()} seconds.",
                    f"Wait {wait} seconds.",
                    headers={"Retry-After": str(wait)},
                )
        return None


def rates(text: str, counts: Storage) -> Rates:
    """The limits that a setting states, counted in `counts`. Raises ValueError for what is none."""
    return Rates(tuple(parse_many(text)), FixedWindowRateLimiter(counts))


@dataclass(frozen=True, slots=True)
class ReaderRates:
    """How often readers without a token may write: each address, and to each certificate."""

    per_address: Rates
    per_certificate: Rates

    def refuse_too_fast(self, request: Request, number: str) -> None:
        """Count one text of this request's address to the certificate of this canonical number.
        Raises ServiceRefused API-701."""
        refused = self.per_address.refused(address_key(request))
        # Whoever is stopped himself takes no place from others.
        refused = refused or self.per_certificate.refused(number)
        if refused is not None:
            raise refused


def reader_rates(settings: Settings, counts: Callable[[str], Storage]) -> ReaderRates:
    """What the settings allow readers, counted in counters of these names."""
    return ReaderRates(
        rates(settings.rate_objections_per_address, counts("objectors")),
        rates(settings.rate_objections_per_certificate, counts("objected")),
    )


class AddressRates:
    """An ASGI layer that answers 429 to an address that asks too often."""

    def __init__(self, app: ASGIApp, rates: Rates) -> None:
        self.app = app
        self.rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in UNCOUNTED:
            request = Request(scope)
            refused = self.rates.refused(address_key(request))
            if refused is not None:
                await problem_response(request, refused)(scope, receive, send)
                return
        await self.app(scope, receive, send)
