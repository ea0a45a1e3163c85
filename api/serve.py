"""Run the service with uvicorn."""

from __future__ import annotations

import socket
import sys
import webbrowser
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import uvicorn

from api.app import create_app
from api.faults import ADDRESS_DIFFERS
from api.services.sessions import LINK_LIFE
from api.settings import Settings

LINK_MINUTES = int(LINK_LIFE.total_seconds()) // 60
#: Hosts of this computer alone: the port in such an address must be the one that is served.
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Transport:
    """How the server is reached: with TLS of its own (PEM files of a certificate chain and its
    key), or behind proxies whose word on scheme and client counts (addresses, or `*`)."""

    certificate: Path | None = None
    key: Path | None = None
    proxies: str = ""


def serve_until_interrupted(
    settings: Settings,
    host: str = "127.0.0.1",
    port: int = 8000,
    transport: Transport = Transport(),
    *,
    browser: bool = False,
) -> None:
    """Serve until interrupted. Messages go to stderr; the last one is the link that opens the
    console once, and no other secret is among them. `browser` opens that link.

    Raises ServiceRefused API-513 where `settings.base_url` names another port of this computer,
    OSError where the port cannot be had.
    """
    with _listening(host, port) as listener:
        secure = transport.certificate is not None
        settings = with_port(settings, listener.getsockname()[1], secure=secure)
        app = create_app(settings, progress=_say, linked=partial(_link, browser=browser))
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            **server_options(),
            ssl_certfile=transport.certificate,
            ssl_keyfile=transport.key,
            proxy_headers=bool(transport.proxies),
            forwarded_allow_ips=transport.proxies or None,
        )
        server = uvicorn.Server(config)
        server.run(sockets=[listener])


def server_options() -> dict[str, Any]:
    """What uvicorn is told wherever it serves us: it says nothing of itself, and its own log of
    requests, which would have addresses with secrets and queries in it, is off."""
    return {"server_header": False, "access_log": False}


def with_port(settings: Settings, port: int, *, secure: bool = False) -> Settings:
    """The settings with a base address that agrees with the port that is served.

    An address that was left out follows the port. One that was given is public, or of a proxy in
    front, and is kept; but an address of this computer with another port leads nowhere.
    Raises ServiceRefused API-513 for that.
    """
    parts = urlsplit(settings.base_url)
    scheme = "https" if secure else "http"
    if "base_url" not in settings.model_fields_set:
        return settings.model_copy(update={"base_url": f"{scheme}://127.0.0.1:{port}"})
    named = parts.port or (443 if parts.scheme == "https" else 80)
    if parts.hostname in _LOOPBACK and parts.scheme == scheme and named != port:
        raise ADDRESS_DIFFERS.refuse(
            f"FOOTPRINT_BASE_URL is {settings.base_url}, and port {port} is to be served.",
            f"Serve port {named}, or set FOOTPRINT_BASE_URL to the address that people will use.",
        )
    return settings


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once (TCP_NODELAY) only on sockets that name their protocol; on others each
    # answer on a connection that stays open waits 40 ms for the acknowledgement of its head.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def _link(address: str, *, browser: bool) -> None:
    _say(f"Open: {address}  (works once, {LINK_MINUTES} minutes)")
    if browser:
        # A thread of its own: some browsers keep the caller waiting, and the port listens already.
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
