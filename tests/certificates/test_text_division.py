"""Where a text may be divided, and with which fonts it is measured."""

from __future__ import annotations

import json
import unicodedata

import pytest
from evidence import some
from hypothesis import given
from hypothesis import strategies as st
from label_views import LONG

from label_templates.render import LANGUAGES, Language
from label_templates.type import fonts, typesetting
from label_templates.type.breaks import breakable
from label_templates.type.clusters import breakable_pieces, clusters
from label_templates.type.fit import fit, text_width
from label_templates.type.letters import unprintable_letters

LETTERS = st.text(
    st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x24F),
        st.characters(min_codepoint=0x300, max_codepoint=0x36F),
        st.characters(min_codepoint=0xE01, max_codepoint=0xE5B),
        st.characters(min_codepoint=0x3000, max_codepoint=0x30FF),
        st.sampled_from("漢字각ᄀ（）「」"),
    ),
    max_size=60,
)


@given(LETTERS)
def test_joined_clusters_and_pieces_give_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text
    assert "".join(breakable_pieces(text)) == text


@given(LETTERS)
def test_a_line_never_ends_within_a_cluster(text: str) -> None:
    def ends(parts: list[str]) -> set[int]:
        return {len("".join(parts[: place + 1])) for place in range(len(parts))}

    assert ends(breakable_pieces(text)) <= ends(clusters(text))


@given(LETTERS.filter(lambda text: len(clusters(text)) > 1))
def test_no_cluster_begins_with_a_mark_that_could_follow_a_letter(text: str) -> None:
    for cluster in some(clusters(text)[1:]):
        assert unicodedata.category(cluster[0]) not in ("Mn", "Me", "Mc")


@pytest.mark.parametrize(
    ("word", "divided"),
    [
        ("น้ำผู้ใหญ่", ["น้ำ", "ผู้", "ให", "ญ่"]),
        ("เกี่ยวข้อง", ["เกี่", "ย", "ว", "ข้", "อ", "ง"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("\u1100\u1161\u11a8나", ["\u1100\u1161\u11a8", "나"]),
        ("か\u3099き", ["か\u3099", "き"]),
    ],
)
def test_what_a_reader_takes_for_a_letter_is_one_cluster(word: str, divided: list[str]) -> None:
    assert clusters(word) == divided


@pytest.mark.parametrize(
    ("text", "divided"),
    [
        ("ボトル（大）、とって", ["ボ", "ト", "ル", "（大）、", "とっ", "て"]),
        ("「水」ー", ["「水」ー"]),
        ("Żółta, a-b", ["Żółta,", " ", "a-b"]),
        ("น้ำ ดี", ["น้ำ", " ", "ดี"]),
    ],
)
def test_closing_signs_and_small_kana_do_not_begin_a_line(text: str, divided: list[str]) -> None:
    assert breakable_pieces(text) == divided


@pytest.mark.parametrize(
    ("text", "width"), [("ผู้ออกเป็นผู้ใช้ กฎเกณฑ์เอง", 75), ("진공단열 보온병 물병", 60)]
)
def test_a_short_word_is_not_divided(text: str, width: float) -> None:
    words = text.split()
    lines = fit(text, width, 10, smallest=10, lines=9, language="th").lines
    if all(text_width(word, 10, "th") <= 0.4 * width for word in words):
        assert set(" ".join(lines).split()) == set(words)


@pytest.mark.parametrize("text", ["ขวดน้ำสเตนเลส" * 20, "漢字，" * 90, "W" * 300, "ก" * 300])
def test_break_points_stand_between_clusters_only(text: str) -> None:
    parts = breakable(text, "th").split("\u200b")
    assert "".join(parts) == text
    whole = clusters(text)
    assert [cluster for part in parts for cluster in clusters(part)] == whole


def test_a_text_that_breaks_by_itself_gets_no_break_points() -> None:
    chinese = "本标签不是任何计划的证书，也不是其标志；规则由签发者应用。" * 3
    assert breakable(chinese) == chinese
    hash_text = "sha256:" + "1a" * 32
    assert breakable(f"{hash_text} {hash_text}") == f"{hash_text} {hash_text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_families_and_the_typesetter_finds_them(language: Language) -> None:
    families = fonts.families(language)
    assert {fonts.LATIN_FAMILY, fonts.THAI_FAMILY, fonts.FALLBACK_FAMILY} <= set(families)
    assert typesetting.pdf(
        "glyph.typ", {"texts.json": '["A"]', "fonts.json": json.dumps(families)}, 0
    )


def test_each_chinese_japanese_or_korean_reader_gets_their_own_face() -> None:
    faces = {language: fonts.families(language)[0] for language in ("zh", "zh-Hant", "ja", "ko")}
    endings = {language: face.removeprefix("Noto Sans CJK ") for language, face in faces.items()}
    assert endings == {"zh": "SC", "zh-Hant": "TC", "ja": "JP", "ko": "KR"}


def test_the_fonts_have_thai_and_the_latin_letters_of_europe() -> None:
    thai = "".join(chr(code) for code in (*range(0xE01, 0xE3B), *range(0xE3F, 0xE5C)))
    european = "ĄąĆćĘęŁłŃńÓóŚśŹźŻżĞğİıŞşÇçŐőŰűŘřŮůẞßŒœŸÿÆæØøÅåĐđŽž’“”„«»€"
    assert fonts.missing_characters([thai, european]) == ""
    assert fonts.missing_characters(["😀"]) == "😀"


def test_widths_are_those_of_the_first_face_that_has_the_letter() -> None:
    assert fonts.metrics("zh").width("漢", 10) == 10
    assert fonts.metrics("ja").width("漢字", 10) == 20
    assert fonts.metrics("en").width("A", 1000) == 639
    assert fonts.metrics("zh").width("A", 1000) == 608
    assert fonts.metrics("th").width("ที่", 1000) == fonts.metrics("th").width("ท", 1000)
    assert fonts.metrics("en").width("😀", 1000) == pytest.approx(602)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_is_cut_shows_its_beginning_as_it_is_written(language: Language) -> None:
    text = LONG[language]
    lines = fit(text, 300, 12, smallest=10, lines=3, language=language).lines
    assert lines[-1].endswith("…")
    assert text.startswith("".join(lines).removesuffix("…"))


def test_no_line_begins_with_a_closing_mark_after_a_word_of_latin_letters() -> None:
    assert breakable_pieces("0.580 kg CO2e）；超出") == [
        "0.580",
        " ",
        "kg",
        " ",
        "CO2e）；",
        "超",
        "出",
    ]
    text = "比基准年低 3.94 %（2024 年：0.580 kg CO2e）；超出所述不确定度"
    for width in range(100, 400):
        for line in some(fit(text, width, 12, smallest=12, lines=40).lines):
            assert line[0] not in "）；："


def test_a_place_to_break_between_plain_letters_needs_no_page_to_be_set() -> None:
    """The typesetter sets each of these rows, so that no certificate has to ask it."""
    codes = (*range(0x20, 0x530), *range(0x4E00, 0x9FA6), *range(0xAC00, 0xD7A4))
    plain = [chr(code) for code in codes if unicodedata.category(chr(code))[0] in "LNPSZ"]
    lacking = set(fonts.missing_characters(plain))
    shown = [char for char in plain if char not in lacking]
    rows = ["\u200b".join(shown[place : place + 100]) for place in range(0, len(shown), 100)]
    assert len(rows) > 300
    inputs = {"texts.json": json.dumps(rows), "fonts.json": json.dumps(fonts.families("en"))}
    assert typesetting.pdf("glyph.typ", inputs, 0)
    assert unprintable_letters(rows) == ()
