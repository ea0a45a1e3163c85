"""How a partner's server is reached: by https, at a public address, without redirects.

A name is resolved once and the connection goes to that very address: a name that leads elsewhere
the second time (DNS rebinding) leads nowhere. Addresses of private networks are refused unless the
settings name the host.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import httpx

from api.other_hosts import https_place

#: Seconds for a connection and for each piece of an answer; seconds for a whole answer, however
#: small its pieces; bytes of an answer that are read.
TIMEOUT, WHOLE_ANSWER, MAX_ANSWER = 15.0, 30.0, 20_000_000


class Unreachable(Exception):
    """A partner's server cannot be reached, or does not answer as the protocol says."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body of an answer, and the address of the next page if its Link header has one."""

    status: int
    body: bytes
    following: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """Requests to partners' servers. `private_hosts` may have private addresses; `authorities` is a
    file of certificate authorities to trust beside the system's."""

    private_hosts: frozenset[str] = frozenset()
    authorities: str = ""
    _trusted: list[ssl.SSLContext] = field(default_factory=list)

    def get(self, url: str, headers: Mapping[str, str] = MappingProxyType({})) -> Answer:
        """GET. Raises Unreachable."""
        return self._send("GET", url, {"Accept": "application/json"} | dict(headers))

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """POST. Raises Unreachable."""
        return self._send("POST", url, headers, body)

    def _send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> Answer:
        host, port = _place(url)
        address = self._address(host, port)
        target = httpx.URL(url).copy_with(host=address)
        named = {"Host": urlsplit(url).netloc, "User-Agent": "footprint"} | dict(headers)
        options: dict[str, Any] = {"verify": self._context(), "trust_env": False}
        try:
            with (
                httpx.Client(timeout=TIMEOUT, follow_redirects=False, **options) as client,
                client.stream(
                    method,
                    target,
                    headers=named,
                    content=body,
                    extensions={"sni_hostname": host},
                ) as response,
            ):
                return Answer(response.status_code, _read(response, host), _link(response))
        except httpx.HTTPError as error:
            raise Unreachable(f"{host}: {type(error).__name__} {error}".strip()) from None

    def _address(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:
            raise Unreachable(f"{host} has no address") from None
        for *_, place in found:
            address = str(place[0])
            if host in self.private_hosts or ipaddress.ip_address(address).is_global:
                return address
        raise Unreachable(
            f"{host} has a private address; FOOTPRINT_PARTNER_PRIVATE_HOSTS may allow it"
        )

    def _context(self) -> ssl.SSLContext:
        if not self._trusted:
            context = ssl.create_default_context()
            if self.authorities:
                context.load_verify_locations(self.authorities)
            self._trusted.append(context)
        return self._trusted[0]


def _place(url: str) -> tuple[str, int]:
    try:
        httpx.URL(url)
    except httpx.InvalidURL:
        place = None
    else:
        place = https_place(url)
    if place is None:
        raise Unreachable(f"{url[:200]} is no https address")
    return place


def _read(response: httpx.Response, host: str) -> bytes:
    """The body; whoever sends a byte now and then must not hold a sender for ever."""
    read, end = bytearray(), time.monotonic() + WHOLE_ANSWER
    for piece in response.iter_bytes():
        read += piece
        if len(read) > MAX_ANSWER:
            raise Unreachable(f"{host} answered with more than {MAX_ANSWER} bytes")
        if time.monotonic() > end:
            raise Unreachable(f"{host} took more than {WHOLE_ANSWER:.0f} s to answer")
    return bytes(read)


#: A link of RFC 8288 with the relation `next`, quoted or not.
_NEXT = re.compile(r'<([^>]*)>[^,]*;\s*rel="?next"?', re.IGNORECASE)


def _link(response: httpx.Response) -> str:
    found = _NEXT.search(response.headers.get("link", ""))
    return found[1] if found else ""
