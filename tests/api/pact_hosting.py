"""A host of the protocol for tests: a real server with TLS, its supplier, and a buyer."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pact_buyer import Buyer, Receiver
from served import BOM, settings_for
from still_clock import StillClock

from api.app import create_app
from api.services.service import Service
from api.settings import Settings

COMPANY = "urn:uuid:7b0f3a5e-5a0e-4b0f-8c39-0d0b3c1f9a11"
BRACKET = "urn:gtin:06901234567892"


def bom(product: str = BRACKET, steel: str = "0.55", **facts: str) -> bytes:
    """A bill of materials of a product that has all facts of a PACT document."""
    more = {"company_ids": COMPANY, "product_ids": product} | facts
    rows = "".join(f"# {name}: {value}\n" for name, value in more.items())
    kept = "".join(
        line
        for line in BOM.splitlines(keepends=True)
        if not line.startswith(tuple(f"# {name}:" for name in facts))
    )
    return (rows + kept.replace("0.55,kg", f"{steel},kg")).encode()


@dataclass(frozen=True)
class Certificates:
    """A certificate for this machine, its key, and who vouches for it: itself."""

    certificate: Path
    key: Path


def make_certificates(folder: Path) -> Certificates:
    """A certificate for localhost and 127.0.0.1, for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    places = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(places), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    found = Certificates(folder / "certificate.pem", folder / "key.pem")
    found.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    found.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return found


@dataclass
class Hosting:
    """A served installation and its supplier's client."""

    base: str
    service: Service
    clock: StillClock
    supplier: httpx.Client
    certificates: Certificates

    def footprint(self, content: bytes | None = None) -> str:
        """The id of a new footprint."""
        answer = self.supplier.post(
            "/v1/footprints", content=content or bom(), headers={"Content-Type": "text/csv"}
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def publish(self, content: bytes | None = None, **order: Any) -> dict[str, Any]:
        """A new published footprint."""
        body = {"footprint_id": self.footprint(content)} | order
        answer = self.supplier.post("/v1/publications", json=body)
        assert answer.status_code == 201, answer.text
        published: dict[str, Any] = answer.json()
        return published

    def partner(self, receiver: Receiver | None = None, name: str = "Buyer") -> dict[str, Any]:
        """A new partner; its events go to `receiver`."""
        body: dict[str, Any] = {"name": name}
        if receiver is not None:
            body |= {
                "events_url": receiver.address,
                "their_client_id": receiver.client_id,
                "their_client_secret": receiver.secret,
            }
        answer = self.supplier.post("/v1/partners", json=body)
        assert answer.status_code == 201, answer.text
        partner: dict[str, Any] = answer.json()
        return partner

    @contextmanager
    def buyer(self, receiver: Receiver | None = None) -> Iterator[Buyer]:
        """A buyer who has signed in."""
        partner = self.partner(receiver)
        client, secret = partner["client_id"], partner["client_secret"]
        made = Buyer(self.base, client, secret, self.certificates.certificate)
        made.sign_in()
        try:
            yield made
        finally:
            made.close()

    def receiver(self, **more: Any) -> Receiver:
        """A buyer's server with a certificate of its own."""
        files = self.certificates
        return Receiver("supplier 4711", "s:ecr+et%", files.certificate, files.key, **more)


def settings_on(folder: Path, base: str, database: Any = None) -> Settings:
    """Settings of a host at this address, which reaches receivers on this machine."""
    return settings_for(
        folder,
        database_url=database,
        partner_private_hosts="localhost",
        partner_authorities=folder / "certificate.pem",
    ).model_copy(update={"base_url": base})


@contextmanager
def hosting(
    folder: Path,
    database: str | None = None,
    trusted: Certificates | None = None,
    **more: Any,
) -> Iterator[Hosting]:
    """Serve over TLS on a free port of this machine until the block ends; with the certificate of
    another host, the two trust each other."""
    certificates = trusted or make_certificates(folder)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    base = f"https://localhost:{listener.getsockname()[1]}"
    settings = settings_on(folder, base, database)
    settings = settings.model_copy(update={"partner_authorities": certificates.certificate} | more)
    clock = StillClock()
    app = create_app(settings, clock=clock)
    files = {"ssl_certfile": certificates.certificate, "ssl_keyfile": certificates.key}
    config = uvicorn.Config(app, log_level="critical", lifespan="on", **files)  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        token = (settings.store_dir / "access-token").read_text().strip()
        context = ssl.create_default_context(cafile=str(certificates.certificate))
        headers = {"Authorization": f"Bearer {token}"}
        with httpx.Client(
            base_url=base, headers=headers, verify=context, timeout=60, trust_env=False
        ) as supplier:
            yield Hosting(base, app.state.service, clock, supplier, certificates)
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def until(found: Any, seconds: float = 30) -> None:
    """Wait until `found()` is true; fails after `seconds`."""
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
