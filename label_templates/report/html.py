"""The report as one HTML file: no script, nothing fetched, readable on a phone and on paper."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from footprint.report.model import FootprintReport
from label_templates.drawing.shapes import Drawing
from label_templates.drawing.svg import drawing_svg, screen_families
from label_templates.environment import environment
from label_templates.held_numbers import held_together
from label_templates.report.sheet import report_sheet
from label_templates.report.words import ReportLanguage, report_words
from label_templates.type.typesetting import TEMPLATES


def report_html(report: FootprintReport, language: ReportLanguage) -> str:
    """The report as a whole HTML document. The same report gives the same text."""
    words = report_words(language)
    made = (
        environment()
        .get_template("report.html.j2")
        .render(
            sheet=report_sheet(report, words),
            words=words,
            style=Markup(_style()),  # noqa: S704 - our own file
            svg=lambda drawing: _svg(drawing, language),
        )
    )
    return held_together(made)


def _svg(drawing: Drawing, language: ReportLanguage) -> Markup:
    """A drawing inside HTML: escaped by its own template already."""
    return Markup(drawing_svg(drawing, screen_families(language)))  # noqa: S704


@cache
def _style() -> str:
    return (TEMPLATES / "report.css").read_text(encoding="utf-8")
