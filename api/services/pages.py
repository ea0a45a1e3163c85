"""The public page of a certificate, drawn once for all who ask while nothing of it changes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock

from api.services.verdicts import Standing
from footprint.certificates.register import RegisterStatus
from footprint.certificates.view import CertificateView
from label_templates.render import (
    Language,
    asked_moment,
    certificate_page,
    certificate_page_around,
)

#: Pages that are kept in memory, about 50 kB each.
MOST_PAGES = 200
#: Stands for the moment of the question, on which no more than one line of a page depends.
_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)

_Key = tuple[str, RegisterStatus, Language]


@dataclass(frozen=True, slots=True)
class Pages:
    """Keeps pages under the hash of all that the store holds of a certificate, which is read anew
    for each request, and under the status that follows from it. Drawing takes ten times as long."""

    _kept: OrderedDict[_Key, tuple[str, str]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def kept(self, standing: Standing, language: Language) -> str | None:
        """The page as it would be drawn now, or None where it was not drawn before."""
        key = _key(standing, language)
        with self._lock:
            around = self._kept.get(key)
            if around is None:
                return None
            self._kept.move_to_end(key)
        before, behind = around
        return f"{before}{asked_moment(standing.status.asked_at)}{behind}"

    def draw(self, view: CertificateView, standing: Standing, language: Language) -> str:
        """The page of a view that `standing` holds, drawn and kept."""
        around = certificate_page_around(view, language, standing.status, standing.report)
        if around is None:
            return certificate_page(view, language, standing.status, standing.report)
        with self._lock:
            self._kept[_key(standing, language)] = around
            while len(self._kept) > MOST_PAGES:
                self._kept.popitem(last=False)
        before, behind = around
        return f"{before}{asked_moment(standing.status.asked_at)}{behind}"


def _key(standing: Standing, language: Language) -> _Key:
    return standing.name, replace(standing.status, asked_at=_ANY_MOMENT), language
