"""The public pages of the register: of a certificate, of a broken one, of an unknown number."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Literal, NamedTuple

from markupsafe import Markup

from footprint.certificates.register import RegisterStatus
from footprint.certificates.report import VerificationReport
from footprint.certificates.view import CertificateView
from label_templates.content.phrases import view_words
from label_templates.content.sheet import make_sheet
from label_templates.environment import environment, in_utc
from label_templates.held_numbers import held_day, held_together
from label_templates.label.artwork import draw_svg
from label_templates.type import typesetting
from label_templates.words import Language, Words, own_names, words

#: Stands for the moment of the question while a page is drawn: no character of any text (Unicode
#: keeps U+FDD0 for such uses).
_MOMENT = "\ufdd0"


#: What a page says of an objection that was sent with its form.
ObjectionSaid = Literal["object_done", "object_unusable", "object_too_many"]


class ObjectionForm(NamedTuple):
    """The form for objections of a page: how many there are in each state, what came of one that
    was sent, and what was typed, where it has to be mended."""

    tally: Mapping[Literal["open", "upheld", "rejected"], int]
    said: ObjectionSaid | None = None
    text: str = ""
    name: str = ""
    contact: str = ""
    ground: str = "other"


def certificate_page(
    view: CertificateView,
    language: Language,
    status: RegisterStatus,
    report: VerificationReport | None = None,
) -> str:
    """The public page for /verify/{number}: one sentence for everyone, label, checks, and folded
    behind them all fields and how to check without this site. Of a certificate that failed a check
    nothing is shown as a fact. Needs no script; links are relative to the page's own address.

    `report`: the checks of the signed credential, shown when given.
    """
    return _drawn(view, language, status, report, in_utc(status.asked_at))


def certificate_page_around(
    view: CertificateView,
    language: Language,
    status: RegisterStatus,
    report: VerificationReport | None = None,
) -> tuple[str, str] | None:
    """`certificate_page` before and behind the moment of the question, as `asked_moment` writes it:
    all else is the same at any moment. None where a text of the view cannot be told from it."""
    page = _drawn(view, language, status, report, _MOMENT)
    before, _, behind = page.partition(_MOMENT)
    return None if _MOMENT in behind else (before, behind)


def asked_moment(moment: datetime) -> str:
    """The moment of a question as a page writes it, in UTC and to the minute."""
    day, _, time = in_utc(moment).partition(" ")
    return f"{held_day(day)} {time}"


def _drawn(
    view: CertificateView,
    language: Language,
    status: RegisterStatus,
    report: VerificationReport | None,
    asked: str,
) -> str:
    texts = view_words(view, language)
    label = draw_svg(view, language, "full", status.state)
    made = (
        environment()
        .get_template("page.html.j2")
        .render(
            view=view,
            words=texts,
            sheet=make_sheet(view, texts),
            status=status,
            asked=asked,
            report=report,
            tally=_tally(report, texts),
            style=Markup(_style()),  # noqa: S704 - our own file
            label=Markup(label),  # noqa: S704 - escaped by its own template already
            language=language,
            languages=own_names(),
            files=f"../v1/certificates/{view.number}",
        )
    )
    return held_together(made)


def page_with_form(page: str, number: str, language: Language, form: ObjectionForm) -> str:
    """A page of `certificate_page` with the form for objections at its end, which differs from
    visit to visit and so is no part of what is kept of a page."""
    texts = words(language)
    drawn = (
        environment()
        .get_template("objection.html.j2")
        .render(number=number, words=texts, language=language, objections=form)
    )
    before, end, behind = page.rpartition("</main>")
    return f"{before}{drawn}\n{end}{behind}"


def _tally(report: VerificationReport | None, texts: Words) -> str:
    """How many checks there were and how they went, in words."""
    outcomes = [check.outcome for check in report.checks] if report else []
    count, failed = len(outcomes), outcomes.count("failed")
    if failed:
        return texts.say("some_failed", failed=failed, count=count)
    passed = outcomes.count("passed")
    sentence = "all_passed" if passed == count else "some_passed"
    return texts.say(sentence, passed=passed, count=count)


def broken_page(number: str, language: Language, report: VerificationReport) -> str:
    """The page of a certificate of which the register keeps nothing that can be shown."""
    texts = words(language)
    return (
        environment()
        .get_template("broken.html.j2")
        .render(
            number=number,
            words=texts,
            report=report,
            tally=_tally(report, texts),
            style=Markup(_style()),  # noqa: S704 - our own file
            language=language,
            languages=own_names(),
        )
    )


def unknown_page(number: str, language: Language, code: str) -> str:
    """The page for a number that the register does not have; `code` is that of the error."""
    texts = words(language)
    return (
        environment()
        .get_template("unknown.html.j2")
        .render(
            number=number,
            words=texts,
            code=code,
            style=Markup(_style()),  # noqa: S704 - our own file
            language=language,
            languages=own_names(),
        )
    )


@cache
def page_style_source() -> str:
    """What a Content-Security-Policy has to allow as `style-src` for the page's style block."""
    return f"'sha256-{b64encode(hashlib.sha256(_style().encode()).digest()).decode()}'"


@cache
def _style() -> str:
    return (typesetting.TEMPLATES / "page.css").read_text(encoding="utf-8")
