"""A tenant's own system that takes webhooks: it checks signatures by a library of others."""

from __future__ import annotations

import json
import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from pact_buyer import close_after_answers
from pact_hosting import Certificates
from standardwebhooks import Webhook


@dataclass
class Got:
    """A message as it arrived: `secrets` are those, of what the receiver knows, that signed it."""

    id: str
    body: bytes
    secrets: list[str]

    @property
    def content(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class HookReceiver:
    """Takes messages over TLS. `answers` are the statuses of the next ones; then 204. `secrets`
    are what it was told that messages are signed with."""

    certificates: Certificates
    secrets: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    elsewhere: int = 0

    def __enter__(self) -> HookReceiver:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificates.certificate, self.certificates.key)
        handler = type("Handler", (_Handler,), {"receiver": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        close_after_answers(self.server)

    @property
    def address(self) -> str:
        return f"https://localhost:{self.server.server_address[1]}/hook?of=footprint"

    def told(self, kind: str) -> list[dict[str, Any]]:
        """What was told of this type, each message once; the bytes of one id never differ, and at
        least one known secret signed each."""
        seen: dict[str, bytes] = {}
        for one in list(self.got):
            assert one.secrets, f"{one.id} was signed by nobody who is known"
            assert seen.setdefault(one.id, one.body) == one.body
        found = [json.loads(body) for body in seen.values()]
        return [one for one in found if one["type"] == kind]


class _Handler(BaseHTTPRequestHandler):
    receiver: ClassVar[HookReceiver]
    lock = threading.Lock()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Type"] == "application/json"
        if not self.path.startswith("/hook?of=footprint"):
            self.receiver.elsewhere += 1
        names = ("webhook-id", "webhook-timestamp", "webhook-signature")
        headers = {name: self.headers[name] for name in names}
        with self.lock:
            good = [one for one in self.receiver.secrets if _signed(one, body, headers)]
            self.receiver.got.append(Got(headers["webhook-id"], body, good))
            status = self.receiver.answers.pop(0) if self.receiver.answers else 204
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"{self.receiver.address.partition('/hook')[0]}/other")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


def _signed(secret: str, body: bytes, headers: dict[str, str]) -> bool:
    try:
        Webhook(secret).verify(body, headers)
    except Exception:  # noqa: BLE001 - whatever the library refuses with
        return False
    return True
