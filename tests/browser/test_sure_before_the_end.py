"""What cannot be undone asks first: the button stands behind a fold that says whom it is about and
what it does, without script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from buyers_kit import buyers_pages
from console_kit import Console, console, issuing
from evidence import some
from test_console_mistakes import signed_in

#: The page, the button, whom the sentence names ("" for nobody), and what it says in each language.
ENDS = {
    "a person": (
        "people", 'name="do" value="end"', "Chen", "Tokens do not come back", "令牌不能恢复",
    ),
    "a token": ("tokens", "", "ERP", "cannot be brought back", "撤销后不能恢复"),
    "a verifier's link": (
        "room", 'name="do" value="revoke"', "Prüf GmbH", "cannot be brought back", "撤销后不能恢复",
    ),
    "an application": (
        "application", 'name="do" value="withdraw"', "", "cannot be taken up again", "不能重新提起",
    ),
    "a supplier's link": (
        "supplier", 'name="do" value="link"', "", "opens nothing from then on", "都将立即失效",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with console(tmp_path_factory.mktemp("sure")) as made:
        yield made


@pytest.fixture(scope="module")
def clerk(served: Console) -> Iterator[httpx.Client]:
    with signed_in(served.site) as client:
        yield client


@pytest.fixture(scope="module")
def places(served: Console) -> dict[str, str]:
    return issuing(served) | buyers_pages(served)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("end", ENDS)
def test_an_end_says_what_it_does_before_its_button(
    clerk: httpx.Client, places: dict[str, str], end: str, language: str
) -> None:
    place, button, name, english, chinese = ENDS[end]
    page = clerk.get(places[place], params={"lang": language}).text
    folds = re.findall(r'<details class="plain-details sure[^"]*">.*?</details>', page, re.DOTALL)
    found = [one for one in some(folds) if button in one and name in one]
    assert found
    says = english if language == "en" else chinese
    for one in found:
        sentence, _, rest = one.partition("<button")
        assert says in sentence
        assert name in sentence.rpartition("<p")[2]
        assert name in rest.partition("</button>")[0]
        assert "open" not in one.partition(">")[0]
    outside = re.sub(r'<details class="plain-details sure.*?</details>', "", page, flags=re.DOTALL)
    assert not button or button not in outside
    assert "/revoke" not in outside
