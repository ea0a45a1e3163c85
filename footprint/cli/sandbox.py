"""`footprint serve --sandbox`: a store of made-up things for whoever connects a system, gone after.

Nothing of the environment counts but the cache, so that no store of a user is ever opened.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from api.answering.cases import CaseOrder
from api.opening import opened
from api.partners.host import PublishOrder
from api.partners.model import CREATED
from api.partners.registry import PartnerOrder
from api.services.access import LOCAL
from api.services.issuer import Order
from api.services.service import Service
from api.settings import Settings
from footprint.canonical import canonical_json
from footprint.cli.demo import CASES
from footprint.examples import examples_folder
from footprint.study import Inputs

#: A host that never exists (RFC 2606): answers to requests wait until a partner is connected.
_NOWHERE = "https://buyer.invalid"
_BUYER = "Example Motors (sandbox)"
#: Of the examples, those that get a certificate: drawing one takes a second or two.
_CERTIFIED = 2


def sandbox_settings(folder: Path, cache: Path) -> Settings:
    """Settings of a store in `folder` that issues drafts alone."""
    return Settings.model_construct(
        store_dir=folder,
        cache=cache,
        private_address="draft",
        issuer_name="Sandbox, made-up data",
        issuer_name_zh="沙盒，虚构数据",
    )


def end_tidily() -> None:
    """Let a request to end (SIGTERM) leave the blocks that are open, so that the store is removed:
    the server ends first, and then passes the signal on."""

    def leave(_signal: int, _frame: object) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)


def fill_sandbox(settings: Settings, say: Callable[[str], None]) -> str:
    """Make up a company's things in an empty store; how to begin, for a shell, five commands."""
    with opened(settings, progress=say) as service:
        say(
            "Sandbox: made-up products, footprints, draft certificates, a buyer and his request ..."
        )
        buyer = PartnerOrder(_BUYER, _NOWHERE, "", "sandbox", "sandbox")
        partner, secret = service.exchange.registry.add(LOCAL, buyer)
        made = [_example(service, number) for number in range(len(CASES))]
        footprint, certificate = made[0]
        product = _product(service, footprint)
        due = service.clock().date() + timedelta(days=10)
        order = CaseOrder(_BUYER, "Butter biscuits 200 g", (product,), due, "Made up.")
        service.desk.cases.add(LOCAL, order)
        moment = service.clock().isoformat().replace("+00:00", "Z")
    event = canonical_json(
        {
            "type": CREATED,
            "specversion": "1.0",
            "id": "sandbox-1",
            "source": _NOWHERE,
            "time": moment,
            "data": {"productId": [product]},
        }
    ).decode()
    pair = f"{partner.client_id}:{secret}"
    return _commands(settings, pair, footprint, certificate, event)


def _example(service: Service, number: int) -> tuple[str, str]:
    """An example, calculated and published, and a draft of a certificate: their ids."""
    case = CASES[number]
    data = (examples_folder() / case.bom).read_bytes()
    footprint = service.footprints.calculate(LOCAL, Inputs(case.bom, data)).id
    service.exchange.host.publish(LOCAL, PublishOrder(footprint))
    if number >= _CERTIFIED:
        return footprint, ""
    evidence = (examples_folder() / f"{case.name}.evidence.yaml").read_text("utf-8")
    order = Order(footprint, case.scheme, case.tier, evidence, case.months, draft=True)
    return footprint, service.certificates.issue(LOCAL, order).number


def _product(service: Service, footprint: str) -> str:
    content = service.footprints.get(LOCAL, footprint).content
    return str(content["product"]["product_ids"][0])


def _commands(settings: Settings, pair: str, footprint: str, certificate: str, event: str) -> str:
    url, bearer = settings.base_url, '-H "Authorization: Bearer $TOKEN"'
    taken = 'sed \'s/.*"access_token":"\\([^"]*\\)".*/\\1/\''
    status = "-o /dev/null -w '%{http_code}\\n'"
    media = "-H 'Content-Type: application/cloudevents+json'"
    steps = {
        "A token for the buyer's system": f"TOKEN=$(curl -s {url}/auth/token -u '{pair}' "
        f"-d grant_type=client_credentials | {taken})",
        "The footprints that he may fetch": f"curl -s '{url}/3/footprints?status=Active' "
        f"{bearer}; echo",
        "One of them": f"curl -s {url}/3/footprints/{footprint} {bearer}; echo",
        "He asks by an event; it becomes a request at /requests": f"curl -s {status} "
        f"{url}/3/events {bearer} {media} -d '{event}'",
        "Anybody verifies a certificate (a draft, not for use)": "curl -s "
        f"{url}/v1/certificates/{certificate}/credential | curl -s {url}/v1/verify "
        "-H 'Content-Type: application/vc+jwt' --data-binary @-; echo",
    }
    lines = [f"# {number}. {says}\n{line}" for number, (says, line) in enumerate(steps.items(), 1)]
    own = f'# Your own side: -H "Authorization: Bearer $(cat {settings.store_dir}/access-token)"'
    return "\n".join([*lines, own, "# docs/integrating.md goes on. All of it is gone at the end."])
