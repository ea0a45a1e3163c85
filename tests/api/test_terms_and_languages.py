"""Terms of certificates, and the choice of a language."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.language import best_of, preferred
from footprint.certificates.terms import last_day, next_surveillance
from label_templates.words import LANGUAGES as CERTIFICATE_LANGUAGES


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 11, 20), 12, date(2027, 11, 19)),
        (date(2026, 11, 20), 24, date(2028, 11, 19)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2027, 3, 1), 12, date(2028, 2, 29)),
    ],
)
def test_a_term_ends_the_day_before_its_first_day_comes_again(
    first: date, months: int, last: date
) -> None:
    assert last_day(first, months) == last


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 240))
def test_the_next_term_never_starts_before_the_day_has_come_round(first: date, months: int) -> None:
    following = last_day(first, months) + timedelta(days=1)
    apart = (following.year - first.year) * 12 + following.month - first.month
    assert (apart, following.day) in {(months, first.day), (months + 1, 1)}


@pytest.mark.parametrize(
    ("asked", "header", "language"),
    [
        (None, None, "en"),
        (None, "", "en"),
        ("zh", "en", "zh"),
        ("zh-Hant", "en", "zh"),
        ("ja", "en", "en"),
        ("en", "zh-CN", "en"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, "en-GB,en;q=0.9,zh;q=0.8", "en"),
        (None, "de, zh-Hans;q=0.5, en;q=0.4", "zh"),
        (None, "fr, de;q=0.9", "en"),
        (None, "zh;q=0", "en"),
        (None, "en;q=0.2, zh;q=0.7", "zh"),
        (None, "zh;q=broken", "en"),
    ],
)
def test_the_language_is_the_one_asked_for_or_the_best_accepted(
    asked: str | None, header: str | None, language: str
) -> None:
    assert preferred(asked, header) == language


MANY = ("en", "zh", "zh-Hant", "ja", "de")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("en-GB", "en"),
        ("zh-SG,en;q=0.5", "zh"),
        ("zh-MO", "zh-Hant"),
        ("ja", "ja"),
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("th-TH", "th"),
        ("de-CH;q=0.9,fr-CH", "fr"),
        ("de-CH,fr-CH;q=0.9", "de"),
        ("it-IT,it;q=0.9", "en"),
    ],
)
def test_a_certificate_is_shown_in_the_readers_language(accepted: str, language: str) -> None:
    assert best_of(CERTIFICATE_LANGUAGES, None, accepted) == language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK,en", "zh-Hant"),
        ("zh-CN", "zh"),
        ("ja-JP;q=0.5,de-AT", "de"),
        ("fr", "en"),
        (None, "en"),
    ],
)
def test_of_many_languages_the_readers_own_is_chosen(accepted: str | None, language: str) -> None:
    assert best_of(MANY, None, accepted) == language
    assert best_of(MANY, "ja", accepted) == "ja"
    assert best_of(MANY, "xx", accepted) == language


def test_surveillance_is_due_a_year_on_and_not_behind_the_end_of_the_term() -> None:
    first = date(2026, 11, 20)
    assert next_surveillance(first, 12, date(2029, 11, 19)) == date(2027, 11, 20)
    assert next_surveillance(first, 12, date(2027, 11, 20)) == date(2027, 11, 20)
    assert next_surveillance(first, 12, date(2027, 11, 19)) is None
