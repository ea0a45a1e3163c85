"""A buyer's system, written from the protocol's description alone: it knows nothing of the server.

It is strict: what the protocol promises is asserted in every answer.
"""

from __future__ import annotations

import base64
import json
import re
import select
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx

#: What the receiver lets in with.
TOKEN = "let-me-in"  # noqa: S105 - of a test
PREFIX = "org.wbcsd.pact.ProductFootprint."
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: What the total without uptake is the sum of.
PARTS = (
    "fossilGhgEmissions",
    "landUseChangeGhgEmissions",
    "landManagementBiogenicCO2Emissions",
    "landManagementBiogenicCO2Removals",
    "technologicalCO2Removals",
    "ccsTechnologicalCO2Capture",
    "biogenicNonCO2Emissions",
)
#: Properties of the data model that are required.
REQUIRED = (
    *("id", "specVersion", "created", "status", "companyName", "companyIds"),
    *("productDescription", "productIds", "productNameCompany", "pcf"),
)
REQUIRED_PCF = (
    *("declaredUnitOfMeasurement", "declaredUnitAmount", "productMassPerDeclaredUnit"),
    *("referencePeriodStart", "referencePeriodEnd", "pcfExcludingBiogenicUptake"),
    *("pcfIncludingBiogenicUptake", "fossilCarbonContent", "fossilGhgEmissions"),
    *("ipccCharacterizationFactors", "crossSectoralStandards", "exemptedEmissionsPercent"),
    *("packagingEmissionsIncluded", "ccsTechnologicalCO2CaptureIncluded", "primaryDataShare"),
)


def check_footprint(document: dict[str, Any]) -> None:
    """Assert what the data model and its rules say of a footprint."""
    missing = [name for name in REQUIRED if name not in document]
    missing += [name for name in REQUIRED_PCF if name not in document["pcf"]]
    assert not missing
    assert UUID.fullmatch(document["id"])
    assert document["status"] in ("Active", "Deprecated")
    pcf = document["pcf"]
    numbers = [*PARTS, *(name for name in REQUIRED_PCF if name.startswith(("pcf", "fossil")))]
    numbers += ["declaredUnitAmount", "exemptedEmissionsPercent", "primaryDataShare"]
    for name in numbers:
        assert name not in pcf or NUMBER.fullmatch(pcf[name]), name
    assert None not in (*document.values(), *pcf.values())
    total = sum((Decimal(pcf[name]) for name in PARTS if name in pcf), Decimal())
    assert abs(total - Decimal(pcf["pcfExcludingBiogenicUptake"])) <= Decimal("1e-9")
    uptake = Decimal(pcf.get("biogenicCO2Uptake", "0"))
    assert abs(total + uptake - Decimal(pcf["pcfIncludingBiogenicUptake"])) <= Decimal("1e-9")
    start, end = (_time(pcf[f"referencePeriod{name}"]) for name in ("Start", "End"))
    assert start < end
    assert _time(document["validityPeriodStart"]) >= end
    assert _time(document["validityPeriodEnd"]) > _time(document["validityPeriodStart"])
    for name in ("companyIds", "productIds", "precedingPfIds", "productClassifications"):
        values = document.get(name, ["x"])
        assert values
        assert len(values) == len(set(values))
    places = [name for name in pcf if name.startswith("geography")]
    assert len(places) <= 1
    if not pcf["packagingEmissionsIncluded"]:
        assert "packagingGhgEmissions" not in pcf


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None
    assert text.endswith("Z")
    return moment


@dataclass
class Buyer:
    """Asks a host for footprints. `base` is all that a supplier tells beside id and secret."""

    base: str
    client_id: str
    secret: str
    authorities: Path
    token: str = ""

    def __post_init__(self) -> None:
        context = ssl.create_default_context(cafile=str(self.authorities))
        self.http = httpx.Client(verify=context, timeout=30, trust_env=False)

    def close(self) -> None:
        self.http.close()

    def sign_in(self) -> None:
        """Find the token endpoint by discovery, and get a token there."""
        found = self.http.get(f"{self.base}/.well-known/openid-configuration")
        endpoint = f"{self.base}/auth/token"
        if found.status_code == 200:
            endpoint = found.json()["token_endpoint"]
        answer = self.http.post(
            endpoint,
            headers={"Authorization": "Basic " + _pair(self.client_id, self.secret)},
            data={"grant_type": "client_credentials"},
        )
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert body["token_type"].lower() == "bearer"
        assert body["expires_in"] > 0
        assert answer.headers["Cache-Control"] == "no-store"
        self.token = body["access_token"]

    def ask(self, path: str, **filters: str | list[str]) -> httpx.Response:
        """GET under the base, or of an address that a Link header gave."""
        address = path if path.startswith("https:") else f"{self.base}{path}"
        query = urlencode(filters, doseq=True)
        address += ("&" if "?" in address else "?") + query if query else ""
        return self.http.get(address, headers=self._bearer())

    def listed(self, **filters: str | list[str]) -> list[dict[str, Any]]:
        """All footprints that pass the filters, page after page; each is checked."""
        return [one for page in self.pages(**filters) for one in page]

    def pages(self, **filters: str | list[str]) -> Iterator[list[dict[str, Any]]]:
        answer = self.ask("/3/footprints", **filters)
        while True:
            assert answer.status_code == 200, answer.text
            assert answer.headers["Content-Type"].startswith("application/json")
            body = answer.json()
            assert set(body) == {"data"}
            if "limit" in filters:
                assert len(body["data"]) <= int(str(filters["limit"]))
            for one in body["data"]:
                check_footprint(one)
            yield body["data"]
            if "Link" not in answer.headers:
                return
            link = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers["Link"])
            assert link, answer.headers["Link"]
            assert urlsplit(link[1]).netloc == urlsplit(self.base).netloc
            again = self.ask(link[1])
            answer = self.ask(link[1])
            assert again.content == answer.content, "a link can be followed more than once"

    def send(self, event: dict[str, Any] | bytes, media: str = "") -> httpx.Response:
        """POST an event."""
        kind = media or "application/cloudevents+json; charset=UTF-8"
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        headers = self._bearer() | {"Content-Type": kind}
        return self.http.post(f"{self.base}/3/events", content=body, headers=headers)

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def event(kind: str, data: dict[str, Any], number: str = "UUID/1", **more: str) -> dict[str, Any]:
    """An event as a buyer sends it: its id is a free text."""
    usual = {"specversion": "1.0", "source": "//buyer.example", "time": "2026-11-20T12:00:00Z"}
    return {"type": PREFIX + kind, "id": number, **usual, "data": data, **more}


def _pair(name: str, secret: str) -> str:
    return base64.b64encode(f"{name}:{secret}".encode()).decode()


def close_after_answers(server: ThreadingHTTPServer) -> None:
    """Answer whoever connected while the server stopped, then close it: closing at once would reset
    him, and Python 3.11 leaves a socket open that is reset between connecting and its handshake."""
    server.timeout = 0
    while select.select([server], [], [], 0)[0]:
        server.handle_request()
    server.server_close()


@dataclass
class Receiver:
    """The buyer's own server over TLS: gives tokens to one client, and keeps the events it gets.

    `refusing` answers that many events with 503 first, as servers in trouble do.
    """

    client_id: str
    secret: str
    certificate: Path
    key: Path
    refusing: int = 0
    discovery: bool = True
    got: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    tokens: int = 0
    discoveries: int = 0
    expires_in: int = 600

    def __enter__(self) -> Receiver:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
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
        return f"https://localhost:{self.server.server_address[1]}"

    def distinct(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Each event once, by what makes it the same one; its bytes never differ."""
        seen: dict[tuple[str, str], bytes] = {}
        for one, body in zip(self.got, self.bodies, strict=True):
            assert seen.setdefault((one["source"], one["id"]), body) == body
        return {(one["source"], one["id"]): one for one in self.got}


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        pass

    Handler.receiver = receiver
    return Handler


class _Handler(BaseHTTPRequestHandler):
    receiver: ClassVar[Receiver]
    lock = threading.Lock()

    def do_GET(self) -> None:
        if self.path == "/.well-known/openid-configuration" and self.receiver.discovery:
            with self.lock:
                self.receiver.discoveries += 1
            self._answer(200, {"token_endpoint": f"{self.receiver.address}/oauth/somewhere"})
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        body = self.rfile.read(length)
        if len(body) < length:
            return  # the sender was killed while it spoke
        if self.path in ("/oauth/somewhere", "/auth/token"):
            self._token(body)
        elif self.path == "/3/events":
            self._event(body)
        else:
            self._answer(404, {})

    def _token(self, body: bytes) -> None:
        wanted = "Basic " + _pair(
            quote_plus(self.receiver.client_id), quote_plus(self.receiver.secret)
        )
        with self.lock:
            self.receiver.tokens += 1
        if self.headers.get("Authorization") == wanted and body == b"grant_type=client_credentials":
            life = self.receiver.expires_in
            self._answer(200, {"access_token": TOKEN, "token_type": "bearer", "expires_in": life})
        else:
            self._answer(401, {"error": "invalid_client"})

    def _event(self, body: bytes) -> None:
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._answer(401, {"code": "BadRequest", "message": "no token"})
            return
        if not self.headers["Content-Type"].startswith("application/cloudevents+json"):
            self._answer(400, {"code": "BadRequest", "message": "no event"})
            return
        with self.lock:
            refused = self.receiver.refusing > 0
            self.receiver.refusing -= refused
            if not refused:
                self.receiver.bodies.append(body)
                self.receiver.got.append(json.loads(body))
        if refused:
            self._answer(503, {})
            return
        self.send_response(200)
        self.end_headers()

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""
