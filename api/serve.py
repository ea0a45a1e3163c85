"""Run the service with uvicorn."""

from __future__ import annotations

import asyncio
import socket
import sys
import webbrowser
from collections.abc import Callable
from functools import partial
from threading import Thread
from urllib.parse import urlsplit

import uvicorn

from api.app import create_app
from api.faults import ADDRESS_DIFFERS
from api.services.sessions import LINK_LIFE
from api.settings import Settings
from api.several import Several, refuse_workers_here
from api.transport import Transport, server_config

LINK_MINUTES = int(LINK_LIFE.total_seconds()) // 60
#: Hosts of this computer alone: the port in such an address must be the one that is served.
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve_until_interrupted(
    settings: Settings,
    host: str,
    port: int,
    transport: Transport,
    *,
    browser: bool = False,
    prepare: Callable[[Settings], str] | None = None,
) -> None:
    """Serve until interrupted. Messages go to stderr; the last one is the link that opens the
    console once, and no other secret is among them. `browser` opens that link. `prepare` gets the
    settings with the port that is served; what it returns goes to standard output at the end.

    Raises ServiceRefused API-513 where `settings.base_url` names another port of this computer,
    API-528 where several processes cannot share one, OSError where the port cannot be had.
    """
    refuse_workers_here(settings.workers)
    with _listening(host, port) as listener:
        secure = transport.certificate is not None
        settings = with_port(settings, listener.getsockname()[1], secure=secure)
        says = ""
        if prepare is not None:
            says = prepare(settings)
            listener.listen()  # whoever follows what is said at once waits, and is not refused
        linked = partial(_link, browser=browser, says=says)
        if settings.workers > 1:
            asyncio.run(Several(settings, listener, transport, _say, linked).serve())
            return
        app = create_app(settings, progress=_say, linked=linked)
        uvicorn.Server(server_config(app, transport)).run(sockets=[listener])


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


def _link(address: str, *, browser: bool, says: str) -> None:
    _say(f"Open: {address}  (works once, {LINK_MINUTES} minutes)")
    if says:
        print(says, flush=True)
    if browser:
        # A thread of its own: some browsers keep the caller waiting, and the port listens already.
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
