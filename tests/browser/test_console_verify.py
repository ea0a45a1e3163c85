"""The check of a file: five files, five sentences, and nothing is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from console_kit import Console
from evidence import some
from playwright.sync_api import Browser, Page
from served import Site, running, settings_for
from sqlalchemy import func, select

from api.store.tables import metadata

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

SENTENCES = {
    "en": {
        "mine.pdf": "Genuine and in force",
        "changed.pdf": "Changed after it was signed: do not rely on it",
        "revoked.pdf": "Withdrawn: do not rely on it",
        "foreign.pdf": "Not issued here: ask the issuer that it names",
        "holiday.jpg": "No certificate in this file",
    },
    "zh": {
        "mine.pdf": "真实且有效",
        "changed.pdf": "签发后被改动，不可采信",
        "revoked.pdf": "已撤销，不可采信",
        "foreign.pdf": "非本机构签发，请向其所写的签发者查询",
        "holiday.jpg": "文件中没有证书",
    },
}


def pdf_of(site: Site, number: str) -> bytes:
    """The certificate as it is handed out."""
    answer = site.visitor.get(f"/v1/certificates/{number}/certificate.pdf")
    assert answer.status_code == 200
    return answer.content


def changed(pdf: bytes) -> bytes:
    """A copy with one changed byte, inside what the seal covers."""
    at = pdf.index(b"/Producer") if b"/Producer" in pdf else len(pdf) // 3
    copy = bytearray(pdf)
    copy[at + 12] ^= 1
    return bytes(copy)


@pytest.fixture(scope="module")
def files(
    chromium: Browser, served: Console, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The five files of a stranger."""
    folder = tmp_path_factory.mktemp("files")
    site = served.site
    mine, gone = site.certificate()["number"], site.certificate()["number"]
    contents = {"mine.pdf": pdf_of(site, mine), "revoked.pdf": pdf_of(site, gone)}
    contents["changed.pdf"] = changed(contents["mine.pdf"])
    order = {"status": "revoked", "reason": "A wrong weight"}
    assert site.client.post(f"/v1/certificates/{gone}/status", json=order).status_code == 200
    elsewhere = settings_for(folder).model_copy(update={"base_url": "https://other.example.org"})
    with running(elsewhere) as other:
        contents["foreign.pdf"] = pdf_of(other, other.certificate()["number"])
    page = chromium.new_page()
    page.set_content("<h1>Beach</h1>")
    contents["holiday.jpg"] = page.screenshot(type="jpeg")
    page.close()
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in contents}


def rows(served: Console) -> dict[str, int]:
    """How many rows each table has."""
    with served.site.service.database.reading() as uow:
        return {
            table.name: uow.connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


def store(served: Console) -> dict[str, int]:
    """The files beside the database and their sizes."""
    folder = served.site.service.settings.store_dir
    kept = (one for one in folder.rglob("*") if one.is_file() and "sqlite" not in one.name)
    return {str(one): one.stat().st_size for one in kept}


def dropped(page: Page, served: Console, file: Path) -> str:
    """What the page says of a file."""
    page.goto(f"{served.address}/verify")
    page.set_input_files("#file", file)
    page.click("form.drop button")
    return page.inner_text(".verdict")


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_five_files_get_five_sentences_and_nothing_is_stored(
    chromium: Browser, served: Console, files: dict[str, Path], language: str
) -> None:
    context = chromium.new_context(locale=language, java_script_enabled=False)
    page = context.new_page()
    before = (rows(served), store(served), served.site.service.log.head()[:2])
    said = {name: dropped(page, served, path) for name, path in some(files.items())}
    context.close()
    assert said == SENTENCES[language]
    assert len(set(said.values())) == 5
    assert (rows(served), store(served), served.site.service.log.head()[:2]) == before


@pytest.mark.parametrize("at", [0.02, 0.3, 0.6, 0.97])
def test_a_changed_byte_anywhere_is_never_called_genuine(
    chromium: Browser, served: Console, files: dict[str, Path], tmp_path: Path, at: float
) -> None:
    copy = bytearray(files["mine.pdf"].read_bytes())
    copy[int(len(copy) * at)] ^= 1
    path = tmp_path / "copy.pdf"
    path.write_bytes(bytes(copy))
    page = chromium.new_context(locale="en").new_page()
    assert dropped(page, served, path) not in {"Genuine and in force"}
    page.context.close()
