"""What kind of page a source's address leads to: `source_hosts.json` lists every host by kind.

`official`: whoever made the law, scheme, standard or figure. `publisher`: somebody who writes in
his own name (press, law firms, consultancies, journals). `secondary`: a copy of another's text, a
folder of files, a page of nobody in particular: to be looked up at its origin.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal
from urllib.parse import urlsplit

SourceKind = Literal["official", "publisher", "secondary"]
#: What is printed beside a source of each kind, in English and in Chinese; mostly nothing.
SECONDARY_MARK = {"en": "[secondary page]", "zh": "［非原始页面］"}


def source_kind(url: str) -> SourceKind | None:
    """The kind of an address's host; None for one that is in no list, or no address."""
    return _kinds().get(urlsplit(url).hostname or "")


def source_mark(url: str, language: Literal["en", "zh"]) -> str:
    """What is printed behind a source: a mark and a blank before it, or nothing."""
    return f" {SECONDARY_MARK[language]}" if source_kind(url) == "secondary" else ""


@cache
def _kinds() -> Mapping[str, SourceKind]:
    lists: dict[SourceKind, list[str]] = json.loads(
        (files("footprint") / "source_hosts.json").read_text("utf-8")
    )
    return MappingProxyType({host: kind for kind, hosts in lists.items() for host in hosts})
