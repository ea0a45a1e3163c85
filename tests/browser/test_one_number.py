"""One result is one number: page, kept version, report and workbook say the same of it."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator

import httpx
import pytest
from console_kit import console
from evidence import some
from openpyxl import load_workbook
from served import Site
from test_console_mistakes import drafted, revision_of, signed_in

#: A plate by its dataset, a handle by an estimate, a ring that nothing stands for; 1 kg in all, of
#: which no line is 0.2.
LIST = b"""# name: Stand
# mass: 1 kg
# country: CN
name,quantity,unit,weight (g),dataset
Plate,1,pcs,600,steel-carbon-average-cn
Handle,1,pcs,150,
Qwxyz,1,pcs,50,
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with console(tmp_path_factory.mktemp("one-number")) as made:
        yield made.site


@pytest.fixture(scope="module")
def clerk(site: Site) -> Iterator[httpx.Client]:
    with signed_in(site) as client:
        yield client


@pytest.fixture(scope="module")
def draft(clerk: httpx.Client) -> str:
    made = drafted(clerk, LIST)
    page = clerk.get(f"{made}/match")
    (key,) = re.findall(r'id="line-(\w+)"(?:(?!</summary>).)*Handle', page.text, re.DOTALL)
    said = {"revision": revision_of(page), "line": key, "do": "class", "class": "screening-plastic"}
    assert clerk.post(f"{made}/match", data=said).status_code == 303
    return made


@pytest.fixture(scope="module")
def kept(clerk: httpx.Client, draft: str) -> str:
    revision = revision_of(clerk.get(f"{draft}/result"))
    answer = clerk.post(f"{draft}/keep", data={"revision": revision})
    return str(answer.headers["location"]).partition("?")[0]


def read(answer: httpx.Response) -> str:
    """The words of a page in one line."""
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def cells(answer: httpx.Response) -> str:
    book = load_workbook(io.BytesIO(answer.content), read_only=True)
    return " ".join(
        str(one) for row in book.worksheets[0].iter_rows(values_only=True) for one in row
    )


@pytest.mark.parametrize(
    ("language", "counted", "data"),
    [("en", "75 % of the mass", "data cover 60 %"), ("zh", "质量的 75 %", "数据覆盖")],
)
def test_what_is_counted_is_one_measure(
    clerk: httpx.Client, draft: str, kept: str, language: str, counted: str, data: str
) -> None:
    asked = f"lang={language}"
    texts = [read(clerk.get(f"{one}?{asked}")) for one in (f"{draft}/result", kept)]
    for where in (draft, kept):
        texts.append(read(clerk.get(f"{where}/files/html?{asked}")))
        texts.append(cells(clerk.get(f"{where}/files/xlsx?{asked}")))
    for text in some(texts):
        assert counted in text
        assert data in text
        assert "60 %" in text


def test_the_headline_has_the_same_digits_in_every_form(
    clerk: httpx.Client, draft: str, kept: str
) -> None:
    pages = [clerk.get(f"{draft}/result?interval=1&lang=en"), clerk.get(f"{kept}?lang=en")]
    headlines = {re.findall(r'id="headline">.*?class="kg">([^<]+)<', one.text)[0] for one in pages}
    ends = {re.findall(r"between ([\d.]+) and ([\d.]+) kg", read(one))[0] for one in pages}
    (shown,), ((low, high),) = headlines, ends
    assert len(shown.replace(".", "").lstrip("0")) == 3
    report = read(clerk.get(f"{kept}/files/html?lang=en"))
    workbook = cells(clerk.get(f"{kept}/files/xlsx?lang=en"))
    for text in some((report, workbook)):
        assert f"{shown} kg CO2e" in text
        assert f"{low} to {high} kg CO2e" in text


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "t least” speaks of that alone"), ("zh", "“至少”只就")],
)
def test_at_least_beside_an_interval_says_what_each_is_of(
    clerk: httpx.Client, draft: str, kept: str, language: str, says: str
) -> None:
    """The low end lies below the least: without these words the two contradict each other."""
    for path in some((f"{draft}/result?interval=1&", f"{kept}?", f"{kept}/files/html?")):
        assert says in read(clerk.get(f"{path}lang={language}"))
