"""What people read on pages: names of people and things, no key of a program."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from buyers_kit import buyers_pages
from console_kit import Console, console, issuing

from footprint.rules.answers import question_key


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with console(tmp_path_factory.mktemp("words")) as made:
        yield made


@pytest.fixture(scope="module")
def visitor(served: Console) -> Iterator[httpx.Client]:
    headers = {"Sec-Fetch-Site": "same-origin"}
    base = served.address
    with httpx.Client(base_url=base, headers=headers, trust_env=False, timeout=60) as client:
        answer = client.post(served.link().removeprefix(served.address))
        name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
        client.cookies.clear()
        client.cookies.set(name, value)
        yield client


@pytest.fixture(scope="module")
def buyers(served: Console) -> dict[str, str]:
    return buyers_pages(served)


def _text(visitor: httpx.Client, path: str, language: str = "en") -> str:
    joint = "&" if "?" in path else "?"
    answer = visitor.get(f"{path}{joint}lang={language}", follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def test_a_token_is_called_as_its_owner_called_it(
    visitor: httpx.Client, buyers: dict[str, str]
) -> None:
    text = _text(visitor, buyers["packed"])
    assert 'value="first token"' in text
    assert re.search(r"<h3>Pack of .*, <span lang=\"\">first token</span></h3>", text)
    assert "token:" not in text


def test_the_digest_calls_it_so_too(served: Console, buyers: dict[str, str]) -> None:
    assert buyers
    order = {"buyer": "Due Ltd", "due": "2026-11-21"}
    made = served.site.client.post("/v1/requests", json=order).json()
    body = {"revision": 1, "answers": {"targets": {"state": "declined", "words": "No."}}}
    served.site.client.put(f"/v1/requests/{made['id']}", json=body)
    digest = served.site.client.get("/v1/requests/digest").json()
    for text in (digest["text"], digest["text_zh"]):
        (line,) = [one for one in text.splitlines() if "Due Ltd" in one]
        assert "first token" in line
        assert "token:" not in line


def test_a_declined_question_has_no_tick(visitor: httpx.Client, buyers: dict[str, str]) -> None:
    marks = re.findall(
        r'<h2 id="q-[^>]*>.*?class="mark ([a-z-]+)"', _text(visitor, buyers["packed"])
    )
    assert marks == ["not-part"] * 4


def test_an_empty_state_of_a_campaign_says_so(
    visitor: httpx.Client, buyers: dict[str, str]
) -> None:
    path = buyers["none declined"]
    assert "No supplier is in this state." in _text(visitor, path)
    text = _text(visitor, path, "zh")
    assert "没有处于该状态的供应商。" in text
    assert "每件 1.93 千克 CO2e、实测 0\u00a0%；1 处待查" in _text(
        visitor, buyers["campaign"], "zh"
    )
    assert "<table" not in text


def test_reasons_call_what_is_missing_by_its_name(served: Console, visitor: httpx.Client) -> None:
    path = issuing(served)["not-earned"]
    for language, name in (
        ("en", "Value to compare with: the mean of the category"),
        ("zh", "同类平均值"),
    ):
        text = _text(visitor, path, language)
        says = re.findall(r"</span> ([^<]*)<", text)
        assert any(name in one for one in says)
        keys = [one for one in says if re.search(r"\b[a-z]+(_[a-z0-9]+|\.[a-z])", one)]
        assert not [one for one in keys if question_key(one.split()[-1])]
        assert "references.category_mean_6y" not in text


def test_a_certificate_has_its_chinese_name_on_chinese_pages(
    served: Console, visitor: httpx.Client
) -> None:
    number = served.site.certificate()["number"]
    for path in ("/certificates", f"/certificates/{number}"):
        assert "墙面支架" in _text(visitor, path, "zh")
        assert "墙面支架" not in _text(visitor, path)


def _dropped(visitor: httpx.Client, text: str, language: str = "en") -> str:
    """The address of a draft of this list."""
    visitor.get(f"/?lang={language}")
    answer = visitor.post("/drafts", files={"file": ("list.csv", text.encode())})
    assert answer.status_code == 303
    return answer.headers["location"].rpartition("/")[0]


LIST = """生产地：浙江宁波,,,
名称,数量,单位,单重(g)
ABS树脂,1,kg,
冷轧钢板,2,kg,
"""


def test_where_it_is_made_comes_from_the_file_and_not_from_the_language(
    visitor: httpx.Client,
) -> None:
    chosen = re.compile(r'<option value="([^"]*)" selected>')
    for language in ("en", "zh"):
        facts = _text(visitor, _dropped(visitor, LIST, language) + "/facts", language)
        assert "CN-ZJ" in chosen.findall(facts)
        open_place = LIST.partition("\n")[2]
        facts = _text(visitor, _dropped(visitor, open_place, language) + "/facts", language)
        assert not {one for one in chosen.findall(facts) if one.startswith("CN")}
        hint = {"en": "the total can differ much", "zh": "总量可能相差很大"}[language]
        assert hint in facts


def test_an_amount_that_cannot_be_is_refused_where_it_stands(visitor: httpx.Client) -> None:
    text = "Name,Quantity,Unit\nSteel,1,kg\nCover,1e300,kg\n"
    page = _text(visitor, _dropped(visitor, text) + "/columns")
    assert "row 3, column quantity" in page
    assert "1e+300 is beyond any plausible value" in page


def test_the_page_of_a_refused_file_can_change_its_language(visitor: httpx.Client) -> None:
    refused = visitor.post("/drafts", files={"file": ("empty.csv", b"")})
    assert refused.status_code == 422
    assert 'href="/drafts?lang=zh"' in refused.text
    assert visitor.get("/drafts?lang=zh", follow_redirects=True).status_code == 200


def test_rows_of_a_result_have_their_transport_and_make_its_total(visitor: httpx.Client) -> None:
    text = (
        "# name: Plate\n# declared_unit: 1 piece\nid,name,quantity,unit,dataset,transport\n"
        "1,Steel,1,kg,steel-cold-rolled-cn,road 3000 km\n"
    )
    page = _text(visitor, _dropped(visitor, text) + "/result")
    (total,) = re.findall(r'<strong class="kg">([\d.]+)</strong>', page)[:1]
    (row,) = re.findall(r'<td class="n">([\d.]+)</td>', page)[:1]
    assert row == total


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("kind=lighter&row=5&value=abc", "&#39;abc&#39; is not a number; nothing was changed."),
        ("kind=lighter&row=5&value=150", "150 is not between 0 and 100; nothing was changed."),
        ("kind=lighter&row=5&value=-10", "-10 is not between 0 and 100; nothing was changed."),
        ("kind=lighter&row=5&value=0", "0 is not between 0 and 100; nothing was changed."),
        ("kind=recycled&row=5&value=101&dataset=x", "101 is not between 0 and 100"),
        ("kind=supplier&row=5&value=-1&company=x", "-1 is not between 0 and 1000000000"),
    ],
)
def test_a_change_that_cannot_be_keeps_those_before_it(
    visitor: httpx.Client, asked: str, says: str
) -> None:
    address = _dropped(visitor, LIST)
    form = _text(visitor, f"{address}/result").rpartition("/keep")[2].partition("</form>")[0]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    kept = visitor.post(f"{address}/keep", data=fields)
    assert kept.status_code == 303
    page = kept.headers["location"].partition("?")[0] + "/improve?c=lighter:4:10"
    answer = visitor.get(f"{page}&{asked}")
    assert answer.status_code == 422
    assert says in answer.text
    assert 'type="hidden" name="c" value="lighter:4:10"' in answer.text
    assert ":5:" not in answer.text  # the refused one is about row 5
    typed = asked.partition("&value=")[2].partition("&")[0]
    assert f'name="value" inputmode="decimal" required value="{typed}"' in answer.text
    assert "{{" not in answer.text


def test_a_change_that_fits_no_line_leaves_what_was_typed(visitor: httpx.Client) -> None:
    page = _kept(visitor, _dropped(visitor, LIST))
    asked = "c=lighter:4:10&c=supplier:99:1.5:Acme"
    answer = visitor.get(f"{page}/improve?{asked}")
    assert answer.status_code == 422
    assert 'type="hidden" name="c" value="lighter:4:10"' in answer.text
    assert 'value="1.5"' in answer.text
    assert 'value="Acme"' in answer.text


def test_what_is_kept_again_without_a_word_is_a_further_version(visitor: httpx.Client) -> None:
    """A form that names no product makes no second one, of a changed draft or of the same file."""
    # A name of its own: the other tests keep products called as their file, at the same moment.
    own = "产品名称：再次保存的架子,,,\n" + LIST.replace("2,kg", "3,kg")
    draft = _dropped(visitor, own)
    first = _kept(visitor, draft)
    text = _text(visitor, f"{draft}/match")
    line = re.findall(r'name="line" value="(\w+)"', text)[0]
    (revision,) = set(re.findall(r'name="revision" value="(\d+)"', text))
    fields = {"revision": revision, "line": line, "do": "not-part"}
    assert visitor.post(f"{draft}/match", data=fields).status_code == 303
    assert _kept(visitor, draft, named=False) == first
    assert _kept(visitor, _dropped(visitor, own), named=False) == first
    assert _kept(visitor, _dropped(visitor, own)) != first


def _kept(visitor: httpx.Client, draft: str, *, named: bool = True) -> str:
    """Keep a draft, as a product of its own where it is `named` as a new one; its path."""
    text = _text(visitor, f"{draft}/result")
    (revision,) = set(re.findall(r'name="revision" value="(\d+)"', text))
    fields = {"revision": revision} | ({"product": ""} if named else {})
    kept = visitor.post(f"{draft}/keep", data=fields)
    assert kept.status_code == 303
    return str(kept.headers["location"]).partition("?")[0]


def test_whoever_is_signed_out_is_told_that_nothing_was_stored(served: Console) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
    with httpx.Client(base_url=served.address, headers=headers, trust_env=False) as stranger:
        for language, says in (("en", "nothing of this was stored"), ("zh", "没有保存")):
            answer = stranger.post(f"/drafts?lang={language}", files={"file": ("a.csv", b"a")})
            assert answer.status_code == 401
            assert says in answer.text
            assert 'href="/sign-in"' in answer.text
