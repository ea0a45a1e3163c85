"""Certificates: credentials, labels and PDFs a second, and 30,000 registered on both databases."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
#: How many are registered; `FOOTPRINT_CERTIFICATES=3000` makes it shorter.
COUNT = int(os.environ.get("FOOTPRINT_CERTIFICATES", "30000"))
#: How many are registered one at a time, each in a transaction of its own and with its PDFs.
NAIVE = 20


def rate(action: Callable[[], object], seconds: float = 2.0) -> float:
    """Calls a second of processor time, so that other work on the machine does not count."""
    action()
    count, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        action()
        count += 1
    return count / (time.process_time() - start)


def main() -> None:
    """Print the rates, and the ratio to one certificate a transaction, in the same run."""
    sys.path.insert(0, str(ROOT / "tests" / "api"))
    os.environ.setdefault("FOOTPRINT_CACHE", str(ROOT / ".cache" / "footprint"))
    from databases import database_address
    from pydantic import SecretStr
    from served import settings_for

    from api.opening import opened

    with tempfile.TemporaryDirectory() as folder, opened(settings_for(Path(folder))) as service:
        _forms(service)
    for kind in ("sqlite", "postgresql"):
        with (
            tempfile.TemporaryDirectory() as folder,
            database_address(kind, Path(folder)) as address,
        ):
            more = {"database_url": SecretStr(address)} if kind == "postgresql" else {}
            with opened(settings_for(Path(folder), **more)) as service:
                _register(kind, service)


def _forms(service: Any) -> None:
    from served import BOM, EVIDENCE

    from api.services.access import LOCAL
    from api.services.issuer import Order
    from footprint.certificates.credential import issue_credential
    from footprint.certificates.digest import hash_multihash
    from footprint.certificates.verify import verify_credential
    from footprint.certificates.view import view_from_document
    from footprint.study import Inputs
    from label_templates.render import certificate_pdf, label_png, label_svg

    footprint = service.footprints.calculate(LOCAL, Inputs("bracket.csv", BOM.encode()))
    order = Order(footprint.id, "th-tgo", "disclosure", yaml.safe_dump(EVIDENCE))
    made = service.certificates.issue(LOCAL, order)
    document = made.view_content
    view = view_from_document(document)
    digest = hash_multihash("sha256:" + "0" * 64)
    key, keys, seal = service.keyring.active, service.keyring.jwks, service.seals.active
    pdf = service.register.file(made, "en").pdf
    now = service.register.clock()
    rows: tuple[tuple[str, Callable[[], object]], ...] = (
        ("credentials signed", lambda: issue_credential(view, key, digest=digest)),
        (
            "credentials verified",
            lambda: verify_credential(made.credential, keys, now, view_document=document),
        ),
        ("labels, SVG", lambda: label_svg(view, "en")),
        ("labels, PNG", lambda: label_png(view, "en")),
        ("PDFs, unsealed", lambda: certificate_pdf(view, "en", made.credential)),
        ("PDFs, sealed", lambda: service.certificates.issuer.draw(made, seal, "en")),
        ("PDFs verified", lambda: service.register.verify_file(pdf, "certificate.pdf")),
    )
    print("  one core, per second of processor time")
    for name, action in rows:
        print(f"    {name:<22} {rate(action):9.0f}", flush=True)


def _register(kind: str, service: Any) -> None:
    from served import EVIDENCE

    from api.services.access import LOCAL
    from api.services.issuer import Order

    evidence = yaml.safe_dump(EVIDENCE)
    orders = [
        Order(footprint, "th-tgo", "disclosure", evidence)
        for footprint in _footprints(service, COUNT)
    ]
    processes = os.cpu_count() or 1
    busy, start = _processor_seconds(), time.perf_counter()
    result = service.batches.issue(LOCAL, orders, processes)
    batch = time.perf_counter() - start
    own, others = (now - before for now, before in zip(_processor_seconds(), busy, strict=True))
    assert len(result.numbers) == len(orders), result.refused[:1]
    start = time.perf_counter()
    for order in orders[:NAIVE]:
        service.certificates.issue(LOCAL, replace(order, replace=True))
    naive = (time.perf_counter() - start) / NAIVE
    assert service.check_audit_log().intact
    print(
        f"  {kind}: {len(orders)} decided, signed and registered in {batch:.1f} s with {processes} "
        f"processes ({len(orders) / batch:.0f}/s); one at a time with sealed PDFs "
        f"{1 / naive:.1f}/s, ratio {naive * len(orders) / batch:.0f}\n"
        f"    processor time: {others:.1f} s making, {own:.1f} s storing, without the server's; "
        f"{(others + own) / 2:.1f} s on two cores that have nothing else to do",
        flush=True,
    )


def _processor_seconds() -> tuple[float, float]:
    """Processor time of this process, and of those that it started and that have ended."""
    now = os.times()
    return now.user + now.system, now.children_user + now.children_system


def _footprints(service: Any, count: int) -> list[str]:
    """As many stored footprints, of products of different names; none of it is measured."""
    from served import BOM

    from api.services.access import LOCAL
    from api.store.footprints import FootprintSource, add_footprint
    from footprint.certificates.build import document_hash, public_part
    from footprint.study import Inputs

    first = service.footprints.calculate(LOCAL, Inputs("bracket.csv", BOM.encode()))
    content, found = first.content, []
    with service.database.writing() as uow:
        for number in range(count):
            content["product"]["name"] = f"Wall bracket {number}"
            one = replace(
                first,
                id=str(uuid.uuid4()),
                document=json.dumps(content),
                public_hash=document_hash("footprint", public_part(content)),
            )
            add_footprint(uow, one, FootprintSource(BOM.encode(), None, bytes(32)))
            found.append(one.id)
    return found


if __name__ == "__main__":
    main()
