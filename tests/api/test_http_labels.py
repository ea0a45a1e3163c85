"""Labels over HTTP: every language, every size, and the state that the register says."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import product
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader
from served import Site, codes, running, settings_for

from label_templates.words import LANGUAGES, Language, words

SIZES = ("full", "compact", "mini")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("labels"))) as served:
        yield served


@pytest.fixture(scope="module")
def number(site: Site) -> str:
    return str(site.certificate()["number"])


@pytest.fixture(scope="module")
def revoked(site: Site) -> str:
    number = str(site.certificate()["number"])
    change = {"status": "revoked", "reason": "The data were wrong"}
    assert site.client.post(f"/v1/certificates/{number}/status", json=change).is_success
    return number


def said(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    return [node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(("lang", "size"), [*product(LANGUAGES, SIZES)])
def test_a_label_in_every_language_and_size(
    site: Site, number: str, lang: Language, size: str
) -> None:
    query = {"lang": lang, "size": size}
    answer = site.visitor.get(f"/v1/certificates/{number}/label.svg", params=query)
    assert answer.headers["Content-Language"] == lang
    texts = said(answer.text)
    assert words(lang).say("number_short", number=number) in texts
    assert words(lang).word("states", "revoked") not in texts


@pytest.mark.parametrize(("lang", "size"), [*product(LANGUAGES, SIZES)])
def test_the_label_of_a_withdrawn_certificate_says_so(
    site: Site, revoked: str, lang: Language, size: str
) -> None:
    query = {"lang": lang, "size": size}
    answer = site.visitor.get(f"/v1/certificates/{revoked}/label.svg", params=query)
    word = words(lang).word("states", "revoked")
    texts = said(answer.text)
    assert word in texts
    assert word.upper() in texts


@pytest.mark.parametrize("form", ["label.svg", "label.png", "label.pdf"])
def test_a_change_of_status_changes_the_label_and_its_tag(site: Site, form: str) -> None:
    number = site.certificate()["number"]
    address = f"/v1/certificates/{number}/{form}"
    before = site.visitor.get(address)
    change = {"status": "suspended", "reason": "Surveillance"}
    site.client.post(f"/v1/certificates/{number}/status", json=change)
    after = site.visitor.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.content != before.content


def test_sizes_have_tags_of_their_own(site: Site, number: str) -> None:
    address = f"/v1/certificates/{number}/label.png?width=300&size="
    tags = {site.visitor.get(address + size).headers["ETag"] for size in SIZES}
    assert len(tags) == len(SIZES)


def test_the_label_for_print_has_the_width_asked_for(site: Site, number: str) -> None:
    answer = site.visitor.get(f"/v1/certificates/{number}/label.pdf?size=compact&width=60")
    assert answer.headers["Content-Type"] == "application/pdf"
    (page,) = PdfReader(BytesIO(answer.content)).pages
    assert float(page.mediabox.width) == pytest.approx(60 / 25.4 * 72, abs=0.01)


@pytest.mark.parametrize("query", ["label.svg?size=huge", "label.svg?lang=it", "label.pdf?width=0"])
def test_a_label_that_there_is_not_is_refused_with_a_code(
    site: Site, number: str, query: str
) -> None:
    answer = site.visitor.get(f"/v1/certificates/{number}/{query}")
    assert (answer.status_code, set(codes(answer))) == (422, {"API-002"})


def test_a_label_too_narrow_to_be_read_is_refused(site: Site, number: str) -> None:
    answer = site.visitor.get(f"/v1/certificates/{number}/label.pdf?width=5")
    assert (answer.status_code, set(codes(answer))) == (422, {"API-003"})


def test_the_answer_names_the_label_and_the_file_of_every_language(site: Site, number: str) -> None:
    answer = site.visitor.get(f"/v1/certificates/{number}").json()
    assert list(answer["labels"]) == list(LANGUAGES)
    assert list(answer["files"]) == list(LANGUAGES)
