"""A buyer and his suppliers in the browser: a list of a hundred, links without an account."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from console_kit import Console, entered
from playwright.sync_api import Browser, Page, Response
from served import BOM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

COUNT = 100
#: A line of a supplier's list, which nobody but him may see.
LINE = "Geheime Legierung 4711"


@pytest.fixture
def buyer(chromium: Browser, served: Console) -> Iterator[Page]:
    context = chromium.new_context(locale="en", accept_downloads=True)
    page = context.new_page()
    entered(page, served)
    yield page
    context.close()


@pytest.fixture
def stranger(chromium: Browser) -> Iterator[Page]:
    """A supplier's browser: no account, and no script either."""
    context = chromium.new_context(locale="zh", java_script_enabled=False)
    yield context.new_page()
    context.close()


def counted(page: Page, address: str) -> dict[str, int]:
    """The counts of the board, which add up to all suppliers."""
    page.goto(address)
    links = page.locator("nav.facets a").all_inner_texts()
    counts = {
        text.rpartition(" (")[0].lower(): int(text.rpartition(" (")[2][:-1]) for text in links[1:]
    }
    assert sum(counts.values()) == COUNT
    assert page.locator("tbody tr").count() == COUNT
    return counts


def test_three_of_a_hundred_answer_by_their_links(
    buyer: Page, stranger: Page, served: Console, tmp_path: Path
) -> None:
    seen: list[str] = []

    def keep(answer: Response) -> None:
        if answer.ok and answer.headers.get("content-type", "").startswith("text/"):
            seen.append(answer.text())

    buyer.on("response", keep)
    suppliers = tmp_path / "suppliers.csv"
    rows = [f"供应商{n},s{n}@supplier.example,螺丝 M{n}" for n in range(COUNT)]
    suppliers.write_text("\n".join(["供应商名称,邮箱,产品", *rows]), "utf-8")
    buyer.goto(f"{served.address}/campaigns")
    buyer.fill("#name", "Top 100")
    buyer.fill("#buyer", "Example Motors")
    buyer.fill("#due", "2026-12-18")
    buyer.set_input_files("#file", suppliers)
    buyer.click("main form button")
    board = buyer.url
    assert counted(buyer, board)["not sent"] == COUNT
    with buyer.expect_download() as mail:
        buyer.click("a[href$='mail.csv']")
    mails = list(csv.DictReader(io.StringIO(Path(mail.value.path()).read_text("utf-8-sig"))))
    assert len(mails) == COUNT
    buyer.click("form[action$='/sent'] button")
    assert counted(buyer, board)["sent"] == COUNT

    parts = tmp_path / "parts.csv"
    parts.write_text(BOM.replace("Cold-rolled steel", LINE), "utf-8")
    for number in range(3):
        link = mails[number]["link"].rpartition("/answer/")[2]
        stranger.goto(f"{served.address}/answer/{link}")
        stranger.click("main button.large")
        assert counted(buyer, board)["opened"] == 1
        stranger.click("details:nth-of-type(2) summary")
        stranger.set_input_files("#parts-0", parts)
        stranger.fill("#name-0", "")
        stranger.click("button[value=calculate]")
        assert "1.93" in stranger.inner_text("main")
        assert counted(buyer, board)["working"] == 1
        stranger.check("input[value=inventory]")
        stranger.click("button[value=send]")
        assert counted(buyer, board)["answered"] == number + 1
    buyer.click("tbody tr:first-child a")
    assert "1.93" in buyer.inner_text("main")
    buyer.click("button[value=accept]")
    counts = counted(buyer, board)
    assert (counts["accepted"], counts["answered"], counts["sent"]) == (1, 2, COUNT - 3)
    with buyer.expect_download() as table:
        buyer.click("a[href$='answers.csv']")
    answers = Path(table.value.path()).read_text("utf-8-sig")
    assert sum(bool(row["kg_co2e"]) for row in csv.DictReader(io.StringIO(answers))) == 3
    assert len(seen) > 10
    assert LINE not in "".join([*seen, answers])
