"""How a server is reached: TLS of its own, or proxies in front; and what uvicorn is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp


@dataclass(frozen=True, slots=True)
class Transport:
    """How the server is reached: with TLS of its own (PEM files of a certificate chain and its
    key), or behind proxies whose word on scheme and client counts (addresses, or `*`)."""

    certificate: Path | None = None
    key: Path | None = None
    proxies: str = ""


def server_config(app: ASGIApp, transport: Transport) -> uvicorn.Config:
    """What uvicorn is told, whichever process serves."""
    return uvicorn.Config(
        app,
        **server_options(),
        ssl_certfile=transport.certificate,
        ssl_keyfile=transport.key,
        proxy_headers=bool(transport.proxies),
        forwarded_allow_ips=transport.proxies or None,
    )


def server_options() -> dict[str, Any]:
    """What uvicorn is told wherever it serves us: it says nothing of itself, and its own log of
    requests, which would have addresses with secrets and queries in it, is off."""
    return {"server_header": False, "access_log": False}
