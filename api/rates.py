"""How often one address, and one access token, may ask."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from threading import Lock

from limits import RateLimitItem, parse_many
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.addresses import address_key
from api.faults import TOO_FAST, ServiceRefused
from api.problems import problem_response

#: What a load balancer asks all day is not counted.
UNCOUNTED = ("/healthz", "/readyz")

#: Windows that are over are not looked for among fewer.
_FEW = 1_000


@dataclass(slots=True)
class Windows:
    """Counters of fixed windows in memory: a window begins with the first request in it."""

    _open: dict[tuple[int, str], tuple[int, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _look_at: int = _FEW

    def count(self, key: tuple[int, str], now: float, seconds: int) -> tuple[int, float]:
        """Count one more; how many there are in this window, and when it ends (Unix time)."""
        with self._lock:
            before, ends = self._open.get(key, (0, 0.0))
            if ends <= now:
                before, ends = 0, now + seconds
            self._open[key] = before + 1, ends
            if len(self._open) >= self._look_at:
                self._forget(now)
            return before + 1, ends

    def _forget(self, now: float) -> None:
        """Let go of the windows that are over, each time when there are twice as many as stayed."""
        self._open = {key: one for key, one in self._open.items() if one[1] > now}
        self._look_at = max(_FEW, 2 * len(self._open))


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts requests by key and refuses those beyond the limits. Counts are this process's own:
    with several servers behind one address each counts for itself.

    Fixed windows: they need one counter for a key, and `Retry-After` is then exact. The counters
    are a dictionary here and not the storage of `limits`, which starts a thread for each request
    to forget the windows that are over: that took a third of a short request.
    """

    limits: tuple[RateLimitItem, ...]
    _windows: Windows = field(default_factory=Windows)

    def refused(self, key: str) -> ServiceRefused | None:
        """Count one request of `key`; API-701 with the seconds to wait when it is one too many."""
        now = time.time()
        for at, limit in enumerate(self.limits):
            count, ends = self._windows.count((at, key), now, limit.get_expiry())
            if count > limit.amount:
                wait = max(1, math.ceil(ends - now))
                return TOO_FAST.refuse(
                    f"More requests than {limit.amount} in {limit.get_expiry()} seconds.",
                    f"Wait {wait} seconds.",
                    headers={"Retry-After": str(wait)},
                )
        return None


def rates(text: str) -> Rates:
    """The limits that a setting states. Raises ValueError for what is none."""
    return Rates(tuple(parse_many(text)))


class AddressRates:
    """An ASGI layer that answers 429 to an address that asks too often."""

    def __init__(self, app: ASGIApp, limits: str) -> None:
        self.app = app
        self.rates = rates(limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in UNCOUNTED:
            request = Request(scope)
            refused = self.rates.refused(address_key(request))
            if refused is not None:
                await problem_response(request, refused)(scope, receive, send)
                return
        await self.app(scope, receive, send)
