"""What is kept in memory between requests: counters of windows, and pages that nothing changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from evidence import some
from served import running, settings_for

from api.own_counts import OwnCounts
from api.services import pages
from api.services.register import readable
from footprint.certificates.view import CertificateView
from label_templates.certificate import page as drawing
from label_templates.render import (
    LANGUAGES,
    Language,
    ObjectionForm,
    certificate_page,
    certificate_page_around,
    page_with_form,
)


def test_a_window_begins_with_its_first_request_and_is_forgotten_when_it_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr("api.own_counts.time", SimpleNamespace(time=lambda: now))
    counts = OwnCounts()
    for now in (100.0, 105.0, 109.9):  # noqa: B007  the clock
        last = counts.incr("one", 10)
    assert (last, counts.get("one"), counts.get_expiry("one")) == (3, 3, 110.0)
    assert (counts.incr("another", 60), counts.get_expiry("another")) == (1, 169.9)
    now = 110.0
    assert (counts.get("one"), counts.get_expiry("one")) == (0, 110.0)
    assert (counts.incr("one", 10), counts.get_expiry("one")) == (1, 120.0)
    for at in range(5_000):  # each address asks once: no more are kept than windows are open
        now = 200.0 + at
        counts.incr(f"address {at}", 3)
    assert len(counts._open) < 2_000
    now = 5_199.5
    assert (counts.incr("address 4999", 3), counts.get_expiry("address 4999")) == (2, 5_202.0)
    counts.clear("address 4999")
    assert counts.get("address 4999") == 0
    counts.reset()
    assert (counts.check(), counts._open) == (True, {})


def test_a_page_that_was_kept_is_the_one_that_would_be_drawn_at_each_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(settings_for(tmp_path)) as site:
        number = site.certificate()["number"]
        first = site.visitor.get(f"/verify/{number}").text
        drawn: list[str] = []

        def draw(view: CertificateView, language: Language, *of: Any) -> tuple[str, str] | None:
            drawn.append(language)
            return certificate_page_around(view, language, *of)

        monkeypatch.setattr(pages, "certificate_page_around", draw)
        site.clock.now += timedelta(hours=3)
        later = site.visitor.get(f"/verify/{number}").text
        assert not drawn
        assert later != first
        standing = site.service.register.standing(number)
        view = readable(standing)
        for language in some(LANGUAGES):
            page = site.visitor.get(f"/verify/{number}", params={"lang": language}).text
            own = certificate_page(view, language, standing.status, standing.report)
            assert page == page_with_form(own, number, language, ObjectionForm({}))
        own = certificate_page(view, "en", standing.status, standing.report)
        assert later == page_with_form(own, number, "en", ObjectionForm({}))
        answer = site.client.post(
            f"/v1/certificates/{number}/status", json={"status": "suspended", "reason": "Recall"}
        )
        assert answer.is_success
        drawn.clear()
        assert "Recall" in site.visitor.get(f"/verify/{number}").text
        assert drawn == ["en"]


def test_no_more_pages_are_kept_than_there_is_room_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_PAGES", 2)
    with running(settings_for(tmp_path)) as site:
        number = site.certificate()["number"]
        for language in some(LANGUAGES):
            site.visitor.get(f"/verify/{number}", params={"lang": language}).raise_for_status()
        assert len(site.service.register.pages._kept) == 2


def test_a_page_whose_text_has_the_mark_of_the_moment_is_not_kept(tmp_path: Path) -> None:
    with running(settings_for(tmp_path)) as site:
        standing = site.service.register.standing(site.certificate()["number"])
        view = replace(readable(standing), product_name=f"Bracket {drawing._MOMENT}")
        assert certificate_page_around(view, "en", standing.status, standing.report) is None
        page = site.service.register.pages.draw(view, standing, "en")
        assert page == certificate_page(view, "en", standing.status, standing.report)
        assert site.service.register.pages.kept(standing, "en") is None
