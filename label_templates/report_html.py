"""The report as one HTML file: no script, nothing fetched, readable on a phone and on paper."""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup

from footprint.report.model import FootprintReport
from label_templates.environment import environment
from label_templates.fonts import FALLBACK_FAMILY, families
from label_templates.report_drawing import CJK, Drawing
from label_templates.report_sheet import report_sheet
from label_templates.report_words import ReportLanguage, report_words
from label_templates.typesetting import TEMPLATES


def report_html(report: FootprintReport, language: ReportLanguage) -> str:
    """The report as a whole HTML document. The same report gives the same text."""
    words = report_words(language)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            sheet=report_sheet(report, words),
            words=words,
            style=Markup(_style()),  # noqa: S704 - our own file
            svg=lambda drawing: _svg(drawing, language),
        )
    )


def drawing_svg(drawing: Drawing, language: ReportLanguage) -> str:
    """A drawing as one self-contained SVG document with live text, a title and a description."""
    template = environment().get_template("report.svg.j2")
    return template.render(
        drawing=drawing,
        family=_family(language),
        ideographs=_IDEOGRAPHS.search,
        ideograph_family=_family("zh"),
    )


#: Within a drawing typst takes a letter that the first family lacks from any other: Chinese names
#: in an English picture would get Japanese letter forms.
_IDEOGRAPHS = re.compile(f"[{CJK}]")


def _family(language: ReportLanguage) -> str:
    """The fonts that the PDF embeds, then those that viewers have."""
    embedded = [name for name in families(language) if name != FALLBACK_FAMILY]
    return ", ".join((*embedded, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif"))


def _svg(drawing: Drawing, language: ReportLanguage) -> Markup:
    """A drawing inside HTML: escaped by its own template already."""
    return Markup(drawing_svg(drawing, language))  # noqa: S704


@cache
def _style() -> str:
    return (TEMPLATES / "report.css").read_text(encoding="utf-8")
