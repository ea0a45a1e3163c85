"""Run the service with uvicorn."""

from __future__ import annotations

import sys

import uvicorn

from api.app import create_app
from api.settings import Settings


def run(settings: Settings, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until interrupted. Messages go to stderr; a secret is never among them."""
    app = create_app(settings, progress=_say)
    uvicorn.run(app, host=host, port=port, server_header=False)


def _say(message: str) -> None:
    print(message, file=sys.stderr)
