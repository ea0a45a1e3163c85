from __future__ import annotations

import math
import re
import struct
import xml.etree.ElementTree as ET
from io import BytesIO
from itertools import product
from typing import get_args

import certificate_samples as samples
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from label_views import long_named, tiered
from pdf_reading import pdf_text, squeezed
from pypdf import PdfReader

from footprint.certificates import CertificateView, build_view
from footprint.certificates.register import State
from footprint.faults import InputRefused
from footprint.values.decision import TIERS
from label_templates.content.sheet import make_sheet
from label_templates.drawing.qr import QUIET, qr_code
from label_templates.label.layout import label_layout
from label_templates.label.pen import MODULE_MM, TYPE_MM, least_width_mm
from label_templates.render import (
    LANGUAGES,
    SIZES,
    Language,
    Size,
    label_pdf,
    label_png,
    label_svg,
)
from label_templates.type.fit import fit, text_width
from label_templates.words import words

STATES: tuple[State, ...] = get_args(State)
SVG = "{http://www.w3.org/2000/svg}"
LONG = "Extra durable vacuum insulated stainless steel drinking bottle with bamboo lid. " * 3
VIEWS: dict[str, CertificateView] = {
    "plain": samples.view(),
    "verified": samples.view(
        self_declared=False, verifier="Verifier AG", verifier_statement="V-2026-1"
    ),
    "long": samples.view(
        product={
            "name": LONG[:200],
            "name_zh": "超级耐用真空保温不锈钢水壶" * 15,
            "company": "W" * 200,
        },
        issuer_name="Very long issuer name " * 9,
        self_declared=False,
        verifier="Very long verifier name " * 9,
    ),
    "european": samples.view(product={"name": "Żółta łódź, Işık & Çelik", "name_zh": ""}),
}


@pytest.mark.parametrize(("name", "language"), [*product(VIEWS, LANGUAGES)])
def test_the_same_view_gives_the_same_label(name: str, language: Language) -> None:
    assert label_svg(VIEWS[name], language) == label_svg(VIEWS[name], language)


def assert_inside(view: CertificateView, state: State = "issued") -> None:
    """No line and no box leaves the frame, and no line is set over the code's quiet zone."""
    for language, size in product(LANGUAGES, SIZES):
        layout = label_layout(view, words(language), size, state)
        code = layout.code
        assert code is not None
        side = code.modules * code.scale
        for text in layout.texts:
            right = text.x + text.length
            assert 0 <= text.x <= right <= layout.width - 3
            assert 0 < text.y < layout.height - 3
            above, below = text.y - 0.7 * text.size, text.y
            over = code.x < right and text.x < code.x + side
            assert not over or below <= code.y + 0.1 or above >= code.y + side - 4 * code.scale
        for box in layout.boxes:
            assert box.y + box.height <= layout.height + 0.01
            assert box.x + box.width <= layout.width + 0.01
        assert code.x >= 0
        assert code.x + side <= layout.width
        assert code.y + side <= layout.height


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_leaves_the_frame(name: str) -> None:
    assert_inside(VIEWS[name])
    assert_inside(VIEWS[name], "not_yet_valid")


@pytest.mark.parametrize("language", LANGUAGES)
def test_300_letters_without_a_blank_stay_in_the_frame_in_every_script(language: Language) -> None:
    assert_inside(long_named(language))
    assert_inside(long_named(language), "suspended")


printable_text = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=200
).filter(str.strip)


@given(printable_text)
def test_no_name_leaves_the_frame(name: str) -> None:
    try:
        view = samples.view(product={"name": name, "name_zh": "", "company": name})
    except InputRefused:
        return
    assert_inside(view)


@given(st.floats(-1e9, 1e12), st.floats(-1e9, 1e12))
def test_no_number_leaves_the_frame(total: float, stage: float) -> None:
    footprint = samples.footprint_document()
    footprint["totals"]["excluding_biogenic_uptake_kg_co2e"] = total
    footprint["stages"]["material"] = stage
    view = build_view(footprint, samples.decision_document(), samples.issuance())
    assert_inside(view)


@given(printable_text, st.floats(20, 400), st.integers(1, 3))
def test_a_fitted_text_is_no_wider_than_its_box(text: str, width: float, count: int) -> None:
    fitted = fit(text, width, 16, smallest=9, lines=count)
    assert 1 <= len(fitted.lines) <= count
    assert 9 <= fitted.size <= 16
    assert all(text_width(line, fitted.size) <= width for line in fitted.lines)


def test_a_text_that_fits_is_not_changed() -> None:
    assert fit("Bottle", 400, 16, smallest=9).lines == ("Bottle",)
    assert fit("Bottle", 400, 16, smallest=9).size == 16


def test_a_text_that_does_not_fit_ends_in_an_ellipsis() -> None:
    (line,) = fit("Bottle " * 50, 100, 16, smallest=9).lines
    assert line.endswith("…")


def test_chinese_closing_marks_do_not_begin_a_line() -> None:
    fitted = fit("碳足迹，" * 20, 70, 10, smallest=10, lines=50)
    assert not any(line.startswith("，") for line in fitted.lines)


@pytest.mark.parametrize("name", VIEWS)
def test_the_drawing_needs_nothing_from_outside(name: str) -> None:
    root = ET.fromstring(label_svg(VIEWS[name], "en"))  # noqa: S314
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        *("svg", "title", "desc", "rect", "text", "path")
    }
    values = [value for element in root.iter() for value in element.attrib.values()]
    assert not any("://" in value or "url(" in value for value in values)


HOSTILE = ['#read("/etc/passwd")', "<script>alert(1)</script>", "{{7*7}}", "]]>&lt;&#0;", "%s\\"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_drawn_as_it_is_written(name: str) -> None:
    view = samples.view(product={"name": name, "name_zh": ""})
    root = ET.fromstring(label_svg(view, "en"))  # noqa: S314
    assert name in [element.text for element in root.iter(f"{SVG}text")]


def test_characters_that_no_font_shows_are_refused_by_name() -> None:
    view = samples.view(product={"name": "குடுவை 😀"})
    with pytest.raises(InputRefused, match=r"CER-010.*U\+0B95"):
        label_svg(view, "en")


def test_letters_of_european_languages_can_be_shown() -> None:
    assert "Żółta łódź" in label_svg(VIEWS["european"], "en")


def modules(path: str) -> set[tuple[int, int]]:
    """The dark modules that a path draws."""
    dark = set()
    for run in path.split("M")[1:]:
        place, length = run.split("h")[:2]
        x, y = map(int, place.split())
        dark |= {(x + step, y) for step in range(int(length.split("v")[0]))}
    return dark


def test_the_code_is_the_code_of_the_address_at_level_q() -> None:
    url = samples.view().verify_url
    made = qr_code(url)
    code = segno.make_qr(url, error="q", boost_error=False)
    matrix = [list(row) for row in code.matrix]
    expected = {
        (x + QUIET, y + QUIET)
        for y, row in enumerate(matrix)
        for x, module in enumerate(row)
        if module
    }
    dark = {(x + step, y) for x, y, length in made.runs for step in range(length)}
    assert dark == expected
    (drawn,) = re.findall(r'<path [^>]* d="([^"]+)"', label_svg(samples.view(), "en"))
    assert modules(drawn) == expected
    assert (code.error, made.modules) == ("Q", len(matrix) + 8)


def test_bars_are_linear_from_zero() -> None:
    layout = label_layout(samples.view(), words("en"))
    bars = [box for box in layout.boxes if box.height == 9]
    amounts = [1.7221357902468, 0.498, 0.081, 0.112, 0.055]
    scale = bars[0].width / amounts[0]
    for bar, amount in zip(bars, amounts, strict=True):
        assert bar.width == pytest.approx(amount * scale, abs=0.02)
    assert len({bar.x for bar in bars}) == 1


@pytest.mark.parametrize("width", [200, 801, 1600])
def test_the_picture_has_the_width_that_was_asked_for(width: int) -> None:
    png = label_png(samples.view(), "zh", width)
    assert struct.unpack(">I", png[16:20])[0] == width
    assert png == label_png(samples.view(), "zh", width)


@pytest.mark.parametrize("width", [0, 199, 4001])
def test_a_picture_of_an_absurd_width_is_refused(width: int) -> None:
    with pytest.raises(ValueError, match="200 to 4000"):
        label_png(samples.view(), "en", width)


@pytest.mark.parametrize(("name", "language"), [*product(VIEWS, LANGUAGES)])
def test_the_word_across_a_draft_covers_nothing(name: str, language: Language) -> None:
    for size in SIZES:
        layout = label_layout(VIEWS[name], words(language), size, "draft")
        mark, code = layout.mark, layout.code
        assert mark is not None
        assert code is not None
        turn = math.radians(abs(mark.angle))
        half_high = (mark.length * math.sin(turn) + mark.size * math.cos(turn)) / 2
        half_wide = (mark.length * math.cos(turn) + mark.size * math.sin(turn)) / 2
        middle = mark.y - mark.size / 3
        top, bottom = middle - half_high, middle + half_high
        left, right = mark.x - half_wide, mark.x + half_wide
        assert bottom <= layout.height
        assert left >= 0
        assert right <= layout.width
        side = code.modules * code.scale
        there = [
            *(
                (one.x, one.y - 0.75 * one.size, one.length, 0.75 * one.size)
                for one in layout.texts
            ),
            *((b.x, b.y, b.width, b.height) for b in layout.boxes if b.fill != "none"),
            (
                code.x + 4 * code.scale,
                code.y + 4 * code.scale,
                side - 8 * code.scale,
                side - 8 * code.scale,
            ),
        ]
        for x, y, width, height in there:
            apart = x + width <= left or x >= right
            # Half a unit of a line's own descenders is not seen.
            assert apart or y + height <= top + 0.5 or y >= bottom - 0.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_label_says_what_it_is_not(language: Language) -> None:
    texts = [text.content for text in label_layout(samples.view(), words(language)).texts]
    sheet = make_sheet(samples.view(), words(language))
    said = squeezed("".join(texts))
    assert squeezed(sheet.not_scheme) in said
    assert squeezed(words(language).say("self_declared")) in said
    assert samples.view().number in said


@pytest.mark.parametrize(("language", "size"), [*product(LANGUAGES, SIZES)])
def test_no_word_of_ours_is_cut_on_a_label(language: Language, size: Size) -> None:
    for tier, state in product(TIERS, STATES):
        layout = label_layout(tiered(tier, language), words(language), size, state)
        assert not [text.content for text in layout.texts if "…" in text.content]


@pytest.mark.parametrize(("language", "size"), [*product(LANGUAGES, SIZES)])
def test_every_label_has_number_unit_statement_verification_and_certificate_number(
    language: Language, size: Size
) -> None:
    view, texts = samples.view(), words(language)
    sheet = make_sheet(view, texts)
    said = squeezed("".join(text.content for text in label_layout(view, texts, size).texts))
    wanted = (sheet.tier, sheet.amount, sheet.unit, sheet.per, sheet.verified, sheet.coverage)
    for text in (*wanted, view.number):
        assert squeezed(text) in said, text


@pytest.mark.parametrize("size", SIZES)
def test_the_least_width_keeps_modules_and_type_above_the_rule(size: Size) -> None:
    layout = label_layout(samples.view(), words("en"), size)
    assert layout.code is not None
    mm = least_width_mm(layout) / layout.width
    smallest = min(text.size for text in layout.texts) * mm
    assert layout.code.scale * mm >= MODULE_MM
    assert smallest >= TYPE_MM
    narrower = (least_width_mm(layout) - 1) / layout.width
    assert layout.code.scale * narrower < MODULE_MM or smallest / mm * narrower < TYPE_MM
    assert f"{least_width_mm(layout)} mm" in layout.description


@pytest.mark.parametrize(("language", "size"), [*product(LANGUAGES, SIZES)])
def test_the_label_for_print_has_its_exact_width(language: Language, size: Size) -> None:
    layout = label_layout(samples.view(), words(language), size, "expired")
    pdf = label_pdf(samples.view(), language, 120, size=size, state="expired")
    (page,) = PdfReader(BytesIO(pdf)).pages
    assert float(page.mediabox.width) == pytest.approx(120 / 25.4 * 72, abs=0.01)
    ratio = layout.height / layout.width
    assert float(page.mediabox.height) == pytest.approx(120 / 25.4 * 72 * ratio, abs=0.01)
    text = pdf_text(pdf)
    for line in layout.texts:
        assert squeezed(line.content) in text
    assert layout.mark is not None
    assert squeezed(layout.mark.content) in text


def test_a_label_too_small_to_read_is_refused() -> None:
    least = least_width_mm(label_layout(samples.view(), words("en"), "compact"))
    with pytest.raises(ValueError, match=f"{least} to 1000 mm"):
        label_pdf(samples.view(), "en", least - 1, size="compact")
