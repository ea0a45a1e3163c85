"""What a weight is of is said where it is asked for, and facts have one name everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from console_kit import console
from evidence import some

LIST = b"""name,quantity,unit,unit_mass
Steel plate,1,kg,
Blister pack PET,180,cm2,
Zinc bracket,2,pcs,
"""


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    headers = {"Sec-Fetch-Site": "same-origin"}
    with (
        console(tmp_path_factory.mktemp("weights")) as served,
        httpx.Client(base_url=served.address, headers=headers, trust_env=False, timeout=60) as made,
    ):
        answer = made.post(served.link().removeprefix(served.address))
        name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
        made.cookies.clear()
        made.cookies.set(name, value)
        yield made


@pytest.fixture(scope="module")
def draft(clerk: httpx.Client) -> str:
    answer = clerk.post("/drafts", files={"file": ("list.csv", LIST)})
    return str(answer.headers["location"]).rpartition("/")[0]


@pytest.mark.parametrize(
    ("language", "sheet", "piece"),
    [("en", "Weight of 1 cm2", "Weight of one"), ("zh", "每 1 cm2 的质量", "单件净重")],
)
def test_a_weight_is_asked_for_of_one_of_the_lines_own_unit(
    clerk: httpx.Client, draft: str, language: str, sheet: str, piece: str
) -> None:
    shown = clerk.get(f"{draft}/match?lang={language}").text
    asked = dict.fromkeys(some(re.findall(r'<label for="(?:mass|weigh)-\w+">([^<]*)', shown)))
    assert [one.strip() for one in asked if sheet in one]
    assert [one.strip() for one in asked if one.strip() == piece]


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Product number, as a URN is missing"), ("zh", "缺少产品编号（URN）")],
)
def test_why_there_is_no_pact_file_is_told_in_the_words_of_the_page_of_facts(
    clerk: httpx.Client, draft: str, language: str, told: str
) -> None:
    shown = clerk.get(f"{draft}/facts?pact=1&lang={language}").text
    assert told in shown
    assert "product_ids&#39;" not in shown
    assert "# company" not in shown
