"""Kill a host again and again while a buyer asks: each request ends with one distinct answer.

`python tests/api/pact_kills.py --kills 50 --requests 1000 --folder F [--database postgresql://...]`

The server is a process of its own, forked from one that has imported what it imports, and is killed
with SIGKILL at random moments. The buyer repeats what was not acknowledged, as buyers do; every
tenth request fits nothing and is rejected.
"""

from __future__ import annotations

import argparse
import json
import random
import socket
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parents[1]))

import forked
import httpx
import uvicorn
from pact_buyer import Buyer, Receiver, event
from pact_hosting import BRACKET, Certificates, bom, make_certificates, settings_on, until
from pydantic import SecretStr

from api.app import create_app
from api.partners import courier
from api.settings import Settings


def settings_of(folder: Path, port: int, database: str | None) -> Settings:
    """Settings that every life of the server shares."""
    url = None if database is None else SecretStr(database)
    return settings_on(folder, f"https://localhost:{port}", url)


def serve(folder: Path, port: int, database: str | None) -> None:
    """Be the server, until killed. What a dead one was just sending is taken over sooner than in
    earnest, so that the run need not wait for it."""
    courier.LEASE = timedelta(seconds=5)
    files = {
        "ssl_certfile": folder / "certificate.pem",
        "ssl_keyfile": folder / "key.pem",
    }
    app = create_app(settings_of(folder, port, database))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="critical", **files)  # type: ignore[arg-type]


@dataclass
class Killer:
    """The server process, started and killed; `kills` counts how often."""

    folder: Path
    port: int
    database: str | None
    kills: int = 0
    process: BaseProcess | None = None

    def start(self) -> None:
        self.process = forked.begun(serve, self.folder, self.port, self.database)

    def kill(self) -> None:
        assert self.process is not None
        assert self.process.is_alive(), "the server ended by itself"
        self.process.kill()
        self.process.join()
        self.kills += 1


def run(folder: Path, kills: int, requests: int, database: str | None, seed: int) -> dict[str, int]:
    """Ask `requests` times while the server is killed `kills` times; what came of it, counted.

    Raises AssertionError when a request has no answer, or two that differ.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    files = make_certificates(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    killer = Killer(folder, port, database)
    killer.start()
    base = f"https://localhost:{port}"
    receiver = Receiver("we", "there", files.certificate, files.key)
    with receiver:
        buyer = _set_up(base, folder, files, receiver)
        try:
            at = sorted(chance.sample(range(1, requests), kills))
            for number in range(requests):
                if at and number == at[0]:
                    at.pop(0)
                    time.sleep(chance.random() * 0.2)
                    killer.kill()
                    killer.start()
                _ask(buyer, number)
            until(lambda: len(receiver.distinct()) >= requests, 300)
            time.sleep(1)
        finally:
            buyer.close()
            killer.kill()
    answers = receiver.distinct().values()
    asked = [one["data"]["requestEventId"] for one in answers]
    assert sorted(asked) == sorted(f"R/{number}" for number in range(requests))
    rejected = sum(one["type"].endswith("RequestRejectedEvent.3") for one in answers)
    assert rejected == sum(number % 10 == 0 for number in range(requests))
    return {
        "kills": killer.kills - 1,
        "requests": requests,
        "answers": len(asked),
        "deliveries": len(receiver.got),
        "rejected": rejected,
    }


def _set_up(base: str, folder: Path, files: Certificates, receiver: Receiver) -> Buyer:
    """Publish a footprint and register the buyer, as soon as the server answers."""
    supplier = Buyer(base, "", "", files.certificate)
    until(lambda: _alive(supplier), 120)
    supplier.token = (folder / "store" / "access-token").read_text().strip()
    headers = {"Authorization": f"Bearer {supplier.token}"}
    made = supplier.http.post(
        f"{base}/v1/footprints", content=bom(), headers=headers | {"Content-Type": "text/csv"}
    )
    order = {"footprint_id": made.json()["id"]}
    published = supplier.http.post(f"{base}/v1/publications", json=order, headers=headers)
    assert published.status_code == 201, published.text
    partner = {
        "name": "Buyer",
        "events_url": receiver.address,
        "their_client_id": receiver.client_id,
        "their_client_secret": receiver.secret,
    }
    known = supplier.http.post(f"{base}/v1/partners", json=partner, headers=headers).json()
    supplier.close()
    buyer = Buyer(base, known["client_id"], known["client_secret"], files.certificate)
    buyer.sign_in()
    return buyer


def _alive(buyer: Buyer) -> bool:
    try:
        return buyer.http.get(f"{buyer.base}/healthz").status_code == 200
    except httpx.TransportError:
        time.sleep(0.1)
        return False


def _ask(buyer: Buyer, number: int) -> None:
    """Send a request until it is acknowledged."""
    product = "urn:x:none" if number % 10 == 0 else BRACKET
    wanted = event("RequestCreatedEvent.3", {"productId": [product]}, f"R/{number}")
    end = time.monotonic() + 120
    while True:
        try:
            answer = buyer.send(wanted)
        except httpx.TransportError:
            assert time.monotonic() < end, "the server does not come back"
            time.sleep(0.05)
            continue
        assert answer.status_code == 200, answer.text
        return


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--database")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    outcome = run(given.folder, given.kills, given.requests, given.database, given.seed)
    print(json.dumps(outcome))


if __name__ == "__main__":
    main()
