"""A served console for tests in a browser: the real service, a fresh store, a real Chromium."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, sync_playwright

from api.services.access import LOCAL, let_in
from footprint.certificates.lifecycle import Role

sys.path.append(str(Path(__file__).parents[1] / "api"))
from served import Site, running, settings_for

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@dataclass(frozen=True, slots=True)
class Console:
    """A served installation, and where it is."""

    site: Site
    address: str

    def link(self) -> str:
        """A new link that signs in once."""
        return f"{self.address}/open/{self.site.service.sessions.new_link()}"


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium until the block ends; skips the test where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium browser on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def console(folder: Path) -> Iterator[Console]:
    """Serve a fresh store until the block ends."""
    with running(settings_for(folder)) as site:
        yield Console(site, str(site.visitor.base_url).rstrip("/"))


def entered(page: Page, served: Console, language: str = "") -> None:
    """Sign in by a new link, as a person does: open it, press the button."""
    asked = f"?lang={language}" if language else ""
    page.goto(served.link() + asked)
    page.click("main button")


def pressed(page: Page, what: str) -> None:
    """Press it and wait for the page that answers: a count does not wait, and is 0 in a page of
    which only the head has come."""
    with page.expect_navigation():
        page.click(what)


def speaker(path: Path, *, unit: bool = False) -> Path:
    """The list of a Bluetooth speaker as a Chinese ERP exports it: a title over the table, row
    numbers, part numbers, the unit of the weight in its heading, and no column of units."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "BOM"
    head = ["序号", "料号", "物料名称", "规格型号", "材料", "用量", "单重(g)", "备注"]
    rows: list[list[object]] = [["蓝牙音箱 S1 物料清单"], [], [*head, *(["单位"] if unit else [])]]
    for number, (name, spec, made_of, amount, grams) in enumerate(PARTS, start=1):
        row: list[object] = [number, f"S1-{number:03}", name, spec, made_of, amount, grams, None]
        rows.append([*row, *(["个"] if unit else [])])
    rows += [["合计"], ["制表：", None, None, "审核："]]
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


#: Name, specification, material, pieces in a speaker, grams a piece.
PARTS: tuple[tuple[str, str | None, str | None, int, float | None], ...] = (
    ("上盖", "注塑件", "ABS", 1, 85),
    ("下盖", "注塑件", "ABS", 1, 92),
    ("网罩", "冲压喷涂", "SPCC 钢板", 1, 64),
    ("喇叭", "4Ω 5W 52mm", None, 2, 118),
    ("PCBA主板", "60x45mm 双面", None, 1, 18),
    ("锂离子电池", "18650 3.7V 2000mAh", None, 1, 47),
    ("USB-C充电线", "0.8m", None, 1, 22),
    ("自攻螺丝", "PWA 2.6x8", None, 8, 0.45),
    ("硅胶脚垫", "Φ10x2", "硅胶", 4, 0.4),
    ("装饰环", "电镀", None, 1, 11),
    ("EVA泡棉", "背胶 2mm", "EVA", 1, 3),
    ("磁吸组件", None, None, 1, None),
    ("彩盒", "350g灰板 4C", None, 1, 96),
    ("PE袋", "0.05mm", "PE", 1, 4),
    ("说明书", "80g双胶纸", None, 1, 12),
)


SCREENS = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


def uploaded(page: Page, served: Console, file: Path) -> str:
    """Upload a file by the front page; the address of its draft."""
    page.goto(f"{served.address}/")
    page.set_input_files("#file", file)
    page.click("form.drop button")
    return page.url.rsplit("/", 1)[0]


def at_lines(page: Page, served: Console, file: Path) -> str:
    """Take a file to the page of its lines as it is; the address of its draft."""
    draft = uploaded(page, served, file)
    if page.url.endswith("/columns"):
        page.click("button.large")
    page.click("button.large")
    page.wait_for_url("**/match")
    return draft


def total_of(page: Page) -> str:
    """The figure of the total in the bar."""
    return page.inner_text("#bar .kg")


def with_token(served: Console, person: str, roles: Sequence[Role], tenant: str = "default") -> str:
    """The secret of a new access token of a person in these roles."""
    secret = os.urandom(16).hex()
    database, now = served.site.service.database, served.site.clock.now
    let_in(database, tenant, person, secret, now, os.urandom(16), person, roles)
    return secret


def signed_in(page: Page, served: Console, token: str) -> None:
    """Sign in with an access token, as a person does."""
    page.goto(f"{served.address}/sign-in")
    page.fill("#token", token)
    page.click("main button")
    page.wait_for_url(f"{served.address}/")


def drafted(served: Console, token: str, **changes: Any) -> str:
    """The id of a new application of whoever holds this token."""
    order = served.site.order(**changes)
    headers = {"Authorization": f"Bearer {token}"}
    url = f"{served.address}/v1/applications"
    answer = httpx.post(url, json=order, headers=headers, trust_env=False, timeout=60)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def issuing(served: Console) -> dict[str, str]:
    """Addresses of the issuer's pages, with something on each."""
    token = with_token(served, "Mai", ("maker", "checker"))
    application, number = drafted(served, token), served.site.certificate()["number"]
    refused = drafted(served, token, scheme="kr-keiti", tier="low-carbon")
    service = served.site.service
    service.staff.invite(LOCAL, f"Chen {number}", ["checker", "owner"])
    service.tokens.make(LOCAL, "ERP", ["maker"], 30)
    grant, secret = service.rooms.invite(LOCAL, application, "Prüf GmbH", 30)
    service.rooms.draw(grant)
    service.rooms.open(grant, 1)
    service.rooms.find(grant, "major", "Line 1", "The loss is not shown")
    order = {"party": "A rival", "text": "It is too low."}
    served.site.client.post(f"/v1/certificates/{number}/objections", json=order)
    return {
        "desk": "/desk",
        "application": f"/desk/{application}",
        "not-earned": f"/desk/{refused}",
        "watched": f"/desk/certificates/{number}",
        "room": f"/room/{application}",
        "room-again": f"/room/{application}?recompute=1",
        "people": "/people",
        "tokens": "/tokens",
        "audit": "/audit",
        "log": "/log",
        "settings": "/settings",
        "sign-ins": "/sign-ins",
        "room-door": f"/room/enter/{secret}",
    }
