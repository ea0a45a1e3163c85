from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import certificate_samples as samples
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.certificates import CertificateView, build_view
from footprint.faults import InputRefused
from label_templates.fit import fit, text_width
from label_templates.label import WIDTH, label_layout
from label_templates.qr import QUIET, qr_path
from label_templates.render import LANGUAGES, Language, label_png, label_svg
from label_templates.words import words

GOLDEN = Path(__file__).parent / "golden"
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


def same_tree(one: ET.Element, two: ET.Element) -> bool:
    return (
        (one.tag, one.attrib, (one.text or "").strip())
        == (two.tag, two.attrib, (two.text or "").strip())
        and len(one) == len(two)
        and all(same_tree(a, b) for a, b in zip(one, two, strict=True))
    )


@pytest.mark.parametrize(("name", "language"), [*product(VIEWS, LANGUAGES)])
def test_the_label_looks_as_it_was_approved(
    name: str, language: Language, request: pytest.FixtureRequest
) -> None:
    path = GOLDEN / f"label-{name}-{language}.svg"
    svg = label_svg(VIEWS[name], language)
    if request.config.getoption("--update-golden", default=False):
        path.write_text(svg, encoding="utf-8")
    approved = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314
    assert same_tree(ET.fromstring(svg), approved), (  # noqa: S314
        f"The label differs from {path.name}. Look at both; if the new one is right, "
        "run `make golden` and commit the change."
    )


@pytest.mark.parametrize(("name", "language"), [*product(VIEWS, LANGUAGES)])
def test_the_same_view_gives_the_same_label(name: str, language: Language) -> None:
    assert label_svg(VIEWS[name], language) == label_svg(VIEWS[name], language)


def lines(view: CertificateView, language: Language) -> Iterator[tuple[float, float, float]]:
    layout = label_layout(view, words(language))
    for text in layout.texts:
        yield text.x, text.x + text.length, text.y
    assert all(box.y + box.height <= layout.height + 0.01 for box in layout.boxes)


def assert_inside(view: CertificateView) -> None:
    for language in LANGUAGES:
        height = label_layout(view, words(language)).height
        for left, right, baseline in lines(view, language):
            assert 0 <= left <= right <= WIDTH - 10
            assert 0 < baseline < height - 4


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_leaves_the_frame(name: str) -> None:
    assert_inside(VIEWS[name])


printable_text = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=200
).filter(str.strip)


@settings(deadline=None)
@given(printable_text)
def test_no_name_leaves_the_frame(name: str) -> None:
    try:
        view = samples.view(product={"name": name, "name_zh": "", "company": name})
    except InputRefused:
        return
    assert_inside(view)


@settings(deadline=None)
@given(st.floats(-1e9, 1e12), st.floats(-1e9, 1e12))
def test_no_number_leaves_the_frame(total: float, stage: float) -> None:
    footprint = samples.footprint_document()
    footprint["totals"]["excluding_biogenic_uptake_kg_co2e"] = total
    footprint["stages"]["material"] = stage
    view = build_view(footprint, samples.decision_document(), samples.issuance())
    assert_inside(view)


@settings(deadline=None)
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
    view = samples.view(product={"name": "ขวดน้ำ"})
    with pytest.raises(InputRefused, match=r"CER-010.*U\+0E02"):
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
    path, side = qr_path(url)
    code = segno.make_qr(url, error="q", boost_error=False)
    matrix = [list(row) for row in code.matrix]
    expected = {
        (x + QUIET, y + QUIET)
        for y, row in enumerate(matrix)
        for x, module in enumerate(row)
        if module
    }
    assert modules(path) == expected
    assert (code.error, side) == ("Q", len(matrix) + 8)


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_label_says_what_it_is_not(language: Language) -> None:
    texts: Any = [text.content for text in label_layout(samples.view(), words(language)).texts]
    said = " ".join(texts)
    assert words(language).say("self_declared") in said
    assert {"en": "Not a certificate of", "zh": "本标签不是"}[language] in said
    assert samples.view().number in said
