"""A credit stands behind one certificate, whatever its registry and serial are called."""

from __future__ import annotations

import string
from itertools import combinations

import pytest
from evidence import some
from hypothesis import given
from hypothesis import strategies as st

from footprint.rules.registries import plain_letters, registries, registry_of
from footprint.rules.serials import UNKNOWN, parsed_serial, registry_id, series_id

NAMES = [
    (known.id, name) for known in registries().values() for name in (known.name, *known.aliases)
]
#: Letters of other scripts that a reader takes for these.
TWINS = {
    "a": "\u0430\u0251\U0001d44e\uff41",
    "c": "\u0441\u03f2",
    "e": "\u0435\u212e",
    "o": "\u043e\u03bf\u0585",
    "p": "\u0440\u03c1",
    "s": "\u0455\uff53",
    "v": "\u0475\u03bd\u1d20",
    "A": "\u0410\u0391\uff21",
    "C": "\u0421\u03f9\u216d",
    "G": "\u050c\uff27",
    "P": "\u0420\u03a1",
    "R": "\uff32\U0001d411",
    "S": "\u0405\uff33",
    "V": "\u0474\u2164\uff36",
}
UNSEEN = ["\u200b", "\u00ad", "\u2060", "\u0301"]
BETWEEN = [" ", "-", ".", "_", " / ", ", ", "\u00a0", "\u3000", "\u2013"]
AROUND = ["", "the ", "The ", "  "]
BEHIND = ["", " Registry", " registry", " Program", " Foundation", " Inc.", " (registry)"]


@st.composite
def respelt(draw: st.DrawFn, text: str, between: list[str]) -> str:
    """A text as somebody could write it who wants it to look the same and be another."""
    letters = []
    for letter in text:
        written = letter
        if letter in TWINS and draw(st.integers(0, 3)) == 0:
            written = draw(st.sampled_from(TWINS[letter]))
        elif letter in string.ascii_letters and draw(st.booleans()):
            written = letter.swapcase()
        elif letter in " -":
            written = draw(st.sampled_from(between))
        letters.append(written)
        if draw(st.integers(0, 9)) == 0:
            letters.append(draw(st.sampled_from(UNSEEN)))
    return "".join(letters)


@st.composite
def names(draw: st.DrawFn) -> tuple[str, str]:
    """A registry's id, and one of its names as somebody could spell it."""
    known, name = draw(st.sampled_from(NAMES))
    spelt = draw(respelt(name, BETWEEN))
    if draw(st.booleans()) and " " in spelt:
        spelt = spelt.replace(" ", "")
    return known, f"{draw(st.sampled_from(AROUND))}{spelt}{draw(st.sampled_from(BEHIND))}"


@given(names())
def test_no_spelling_makes_another_registry(given_: tuple[str, str]) -> None:
    known, spelt = given_
    assert registry_id(spelt) == known, ascii(spelt)


@given(st.text(max_size=40))
def test_any_text_is_a_known_registry_or_unknown(text: str) -> None:
    assert registry_id(text) in {*registries(), UNKNOWN}


@pytest.mark.parametrize(
    "name",
    ["", " ", "the registry", "Verra 2", "Vera", "Carbon Registry", "VCS Gold Standard", "ACR CAR"],
)
def test_what_is_not_in_the_list_is_unknown(name: str) -> None:
    assert registry_of(name) is None


def test_no_name_belongs_to_two_registries() -> None:
    for (one, name), (other, same) in some(combinations(NAMES, 2)):
        if plain_letters(name).replace(" ", "") == plain_letters(same).replace(" ", ""):
            assert one == other, name


@pytest.mark.parametrize("known", registries().values(), ids=lambda known: known.id)
def test_every_registry_has_a_source_and_a_form(known: object) -> None:
    assert "http" in known.source  # type: ignore[attr-defined]
    assert known.form in {"leading", "trailing"}  # type: ignore[attr-defined]


SERIALS = [
    ("verra", "0001-000001-000100-VCS-VCU-003-VER-US-0003-01012020-31122020-1"),
    ("verra", "VCS-001-1-100"),
    ("acr", "ACR-US-192-2010-203-1-5000"),
    ("car", "CAR-1-US-293-1-120-CA-2006-102-1 to 29251"),
    ("puro", "PURO_PR_CORC100+_FI_577166_2020_055a3fbe-eabc-4535-b9cf-1028e7d18f89_1-100"),
]


@given(st.data())
def test_no_spelling_of_a_serial_makes_another_credit(data: st.DataObject) -> None:
    known, serial = data.draw(st.sampled_from(SERIALS))
    spelt = data.draw(respelt(serial, ["-", " ", "_", " - ", "\u2013"]))
    assert parsed_serial(spelt, known) == parsed_serial(serial, known), ascii(spelt)


@pytest.mark.parametrize(
    "series", ["VCS-001", "vcs 1", "001", "VCU-1", "VCS VCU 001", "V\u0421S-OO1", "VCS-0O1"]
)
def test_prefixes_blanks_and_look_alike_digits_fold(series: str) -> None:
    assert series_id(series, "Verra") == "1"


@pytest.mark.parametrize(
    "block",
    [
        "1001至1032",
        "1001 至 1032",
        "１００１至１０３２",
        "1001到1032",
        "第1001号至第1032号",
        "1001～1032",
        "1001號至1032號",
    ],
)
def test_a_block_may_be_written_as_people_write_it_in_chinese(block: str) -> None:
    found = parsed_serial(f"CCER-2024-0917-{block}", "CCER")
    assert found == parsed_serial("CCER-2024-0917-1001-1032", "CCER")
    assert found is not None
    assert found.tonnes == 32
    assert parsed_serial("CCER-2024-0917-1032至1001", "CCER") is None


def test_two_issuances_of_puro_are_two_series() -> None:
    """There a running number is unique within one issuance only."""
    stem = "PURO_PR_CORC100+_FI_577166_2020"
    one = parsed_serial(f"{stem}_055a3fbe-eabc-4535-b9cf-1028e7d18f89_1-100", "Puro.earth")
    other = parsed_serial(f"{stem}_155a3fbe-eabc-4535-b9cf-1028e7d18f89_1-100", "Puro.earth")
    assert one is not None
    assert other is not None
    assert one.series != other.series


def test_a_serial_of_another_registry_is_not_read() -> None:
    assert parsed_serial("ACR-US-192-2010-203-1-5000", "Verra") is None
    assert parsed_serial("ACR-US-192-2010-203-1-5000", "American Carbon Registry") is not None
