"""The text, the tags and the attributes of the public page."""

from __future__ import annotations

from html.parser import HTMLParser

import certificate_samples as samples

from footprint.certificates import CertificateView, RegisterStatus
from label_templates.render import Language, certificate_page

ISSUED = RegisterStatus("issued", samples.AS_OF)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.extend(attrs)
        self._hidden = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def page(view: CertificateView, language: Language, status: RegisterStatus = ISSUED) -> _Text:
    parser = _Text()
    parser.feed(certificate_page(view, language, status))
    return parser
