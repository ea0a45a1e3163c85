"""Every source's host is known by kind, so that a copy of somebody's text is told as one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from evidence import some

from footprint.rules.load import load_rules
from footprint.rules.scheme_register import scheme_document
from footprint.source_hosts import source_kind, source_mark

ROOT = Path(__file__).parents[2]
LISTS: dict[str, list[str]] = json.loads((ROOT / "footprint/source_hosts.json").read_text("utf-8"))
_URL = re.compile(r"https?://[^\s\"'<>)|,;}]+")
COPY, COPY_ZH = " [secondary page]", " ［非原始页面］"


def sources() -> dict[str, set[str]]:
    """Hosts of all addresses in rules and figures, with the files that name them."""
    found: dict[str, set[str]] = {}
    folders = (ROOT / "footprint" / "rules" / "data", ROOT / "lci_data")
    for path in (one for folder in folders for one in folder.rglob("*")):
        if path.suffix in (".yaml", ".csv", ".json") and not path.name.endswith(".cases.yaml"):
            for url in _URL.findall(path.read_text("utf-8")):
                found.setdefault(urlsplit(url).hostname or "", set()).add(path.name)
    return found


def test_every_host_of_a_source_is_listed_by_its_kind() -> None:
    listed = {host for hosts in LISTS.values() for host in hosts}
    found = sources()
    assert len(found) > 100
    new = {host: sorted(files) for host, files in found.items() if host not in listed}
    assert new == {}, "official, publisher or secondary? see footprint/source_hosts.json"


def test_no_host_is_listed_twice_and_none_in_vain() -> None:
    all_hosts = [host for hosts in LISTS.values() for host in hosts]
    assert len(all_hosts) == len(set(all_hosts))
    assert sorted(set(all_hosts) - set(sources())) == []
    for kind, hosts in some(LISTS.items()):
        assert hosts == sorted(hosts), kind


@pytest.mark.parametrize(
    ("url", "kind", "english", "chinese"),
    [
        ("https://eur-lex.europa.eu/eli/reg/2023/1542/oj", "official", "", ""),
        ("https://www.minterellison.com/a", "publisher", "", ""),
        ("http://www.fudetanhuang.com/news/414.html", "secondary", COPY, COPY_ZH),
        ("https://documents.pub/document/a.html", "secondary", COPY, COPY_ZH),
        ("https://nobody.invalid/", None, "", ""),
        ("", None, "", ""),
    ],
)
def test_a_copy_is_marked_and_nothing_else(
    url: str, kind: str | None, english: str, chinese: str
) -> None:
    assert source_kind(url) == kind
    assert (source_mark(url, "en"), source_mark(url, "zh")) == (english, chinese)


def test_a_scheme_says_the_kind_of_each_of_its_sources() -> None:
    rules = load_rules()
    cited = [
        source
        for scheme in rules.schemes
        for parameter in scheme_document(rules, scheme)["parameters"]
        for value in parameter["values"]
        for source in value["reference"]
    ]
    assert len(cited) > 200
    for source in some(cited):
        assert source["host"] == source_kind(source["url"])
        assert (source["host"] is None) == (source["url"] == ""), source


def test_copies_are_fewer_than_pages_of_the_origin() -> None:
    assert len(LISTS["secondary"]) < len(LISTS["official"])
