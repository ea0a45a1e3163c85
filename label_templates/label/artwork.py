"""Draw a label: SVG with live text, PNG, and PDF of the exact width in print."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime

from footprint.certificates.register import State
from footprint.certificates.view import CertificateView
from label_templates.content.phrases import view_words
from label_templates.content.printable import check_printable
from label_templates.drawing.shapes import Drawing
from label_templates.drawing.svg import drawing_svg
from label_templates.environment import LANGUAGE_TAGS
from label_templates.label.layout import Size, label_layout
from label_templates.label.pen import least_width_mm
from label_templates.type import typesetting
from label_templates.type.fonts import families, printable
from label_templates.words import Language

#: Fonts that viewers have, by language, after the one that PNG and PDF embed.
_VIEWERS_FONTS: dict[Language, str] = {
    "en": "Arial, Noto Sans SC, PingFang SC, Microsoft YaHei",
    "zh": "Noto Sans SC, PingFang SC, Microsoft YaHei, Arial",
    "zh-Hant": "Noto Sans TC, PingFang TC, Microsoft JhengHei, Arial",
    "ja": "Noto Sans JP, Hiragino Sans, Yu Gothic, Meiryo, Arial",
    "ko": "Noto Sans KR, Apple SD Gothic Neo, Malgun Gothic, Arial",
    "th": "Thonburi, Leelawadee UI, Tahoma, Arial",
    "de": "Arial, Noto Sans SC, PingFang SC, Microsoft YaHei",
    "fr": "Arial, Noto Sans SC, PingFang SC, Microsoft YaHei",
}
_POINTS_PER_INCH = 72
_MM_PER_INCH = 25.4
#: A page of typst has at most this width; a label has no use for a wider one.
MOST_WIDTH_MM = 1000


def label_svg(
    view: CertificateView, language: Language, *, size: Size = "full", state: State = "issued"
) -> str:
    """The label as one self-contained SVG document with live text.

    `size`: full, compact or mini (a strip). `state`: what the register says; a label that is not
    in force shows it as words, in a frame above and across the whole label.
    Raises InputRefused (CER-010) for characters that the fonts cannot show.
    """
    check_printable(view)
    return draw_svg(view, language, size, state)


def draw_svg(view: CertificateView, language: Language, size: Size, state: State) -> str:
    """`label_svg` of a view whose characters have been checked."""
    texts = view_words(view, language)
    cjk_or_latin, *rest = families(language)[:2]
    viewers = (cjk_or_latin, _VIEWERS_FONTS[language], *rest, "sans-serif")
    drawing = label_layout(view, texts, size, state)
    return drawing_svg(drawing, ", ".join(viewers), texts["html_lang"])


def least_label_width(
    view: CertificateView, language: Language, size: Size, state: State = "issued"
) -> float:
    """The least width in print at which this label reads, in mm."""
    return least_width_mm(label_layout(view, view_words(view, language), size, state))


def label_png(
    view: CertificateView,
    language: Language,
    width_px: int = 800,
    *,
    size: Size = "full",
    state: State = "issued",
) -> bytes:
    """The label as a PNG, `width_px` pixels wide (200 to 4000); other arguments as `label_svg`.

    Raises ValueError for another width, InputRefused (CER-010) as `label_svg` does.
    """
    if not 200 <= width_px <= 4000:
        raise ValueError(f"a label is 200 to 4000 pixels wide, not {width_px}")
    check_printable(view)
    layout = label_layout(view, view_words(view, language), size, state)
    inputs = _inputs(view, language, layout, 1.0)
    return typesetting.png("label.typ", inputs, width_px * _POINTS_PER_INCH / layout.width)


def label_pdf(
    view: CertificateView,
    language: Language,
    width_mm: float = 0.0,
    *,
    size: Size = "full",
    state: State = "issued",
) -> bytes:
    """The label for print as a PDF of one page, `width_mm` wide: by default the least width.

    Raises ValueError for a width below the least or above 1000 mm, InputRefused (CER-010) as
    `label_svg` does.
    """
    check_printable(view)
    layout = label_layout(view, view_words(view, language), size, state)
    least = least_width_mm(layout)
    width_mm = width_mm or least
    if not least <= width_mm <= MOST_WIDTH_MM:
        raise ValueError(f"this label is {least} to {MOST_WIDTH_MM} mm wide, not {width_mm:g}")
    unit = width_mm / _MM_PER_INCH * _POINTS_PER_INCH / layout.width
    issued = datetime.strptime(view.issued_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    inputs = _inputs(view, language, layout, unit)
    return typesetting.pdf("label.typ", inputs, int(issued.timestamp()))


def _inputs(
    view: CertificateView, language: Language, layout: Drawing, unit: float
) -> dict[str, str]:
    """What the template of the label needs; `unit` is the length of a unit in points."""
    texts = view_words(view, language)
    lang, region = LANGUAGE_TAGS[language]
    data = {
        "label": asdict(layout),
        "unit": unit,
        "fonts": families(language),
        "lang": lang,
        "region": region,
        "author": printable(texts.pick(view.issuer_name, view.issuer_name_zh)),
        "qr_alt": texts.say("qr_alt", url=view.verify_url),
    }
    return {"data.json": json.dumps(data, ensure_ascii=False)}
