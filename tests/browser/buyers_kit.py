"""Pages of requests and campaigns, with something on each, for tests of all pages."""

from __future__ import annotations

import base64

from console_kit import Console
from served import BOM

QUESTIONS = ("footprint", "targets", "measures", "clean-energy")


def buyers_pages(served: Console) -> dict[str, str]:
    """Requests of buyers: with an answer, with evidence, with a pack."""
    client = served.site.client
    order = {"buyer": "示例汽车", "product": "墙面支架", "due": "2026-11-10", "note": "2027"}
    made = client.post("/v1/requests", json=order).json()
    facts = {"what": "新窑炉", "since": "2025"}
    client.post("/v1/evidence", json={"kind": "measures", "title": "新窑炉", "facts": facts})
    address = f"/v1/requests/{made['id']}"
    some = {"footprint": {"state": "answered", "footprint": served.site.footprint()}}
    client.put(address, json={"revision": 1, "worker": "Li Wei", "answers": some})
    over = client.post("/v1/requests", json=order | {"due": None}).json()
    no = {one: {"state": "declined", "words": "否"} for one in QUESTIONS}
    client.put(f"/v1/requests/{over['id']}", json={"revision": 1, "answers": no})
    client.post(f"/v1/requests/{over['id']}/packs", json={})
    return {
        "requests": "/requests",
        "no requests": "/requests?state=accepted",
        "request": f"/requests/{made['id']}",
        "packed": f"/requests/{over['id']}",
    } | campaign_pages(served)


def campaign_pages(served: Console) -> dict[str, str]:
    """A campaign, one of its suppliers, and what suppliers see in each state."""
    client, links = served.site.client, served.site.service.desk.links
    rows = ["供应商,邮箱,产品", *(f"第{n}公司,s{n}@supplier.example,螺丝;外壳" for n in range(4))]
    body = {"name": "前百家", "buyer": "示例汽车", "due": "2026-12-18", "file": "名单.csv"}
    body["content"] = base64.b64encode("\n".join(rows).encode()).decode()
    campaign = client.post("/v1/campaigns", json=body).json()["id"]
    them = client.get(f"/v1/campaigns/{campaign}").json()["suppliers"]
    secrets = [one["link"].rpartition("/")[2] for one in them]
    links.begin(secrets[1])
    links.give_file(secrets[2], 0, "oops.json", b"{}")
    links.calculate(secrets[2], 1, "list.csv", BOM.encode(), {})
    links.decline(secrets[3], "不生产")
    return {
        "campaigns": "/campaigns",
        "campaign": f"/campaigns/{campaign}",
        "none declined": f"/campaigns/{campaign}?state=accepted",
        "supplier": f"/campaigns/{campaign}/{them[2]['id']}",
        **{f"answer {at}": f"/answer/{secret}" for at, secret in enumerate(secrets)},
    }
