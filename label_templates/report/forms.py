"""The forms of a report by name, each with its media type."""

from __future__ import annotations

from typing import Literal

from footprint.documents.footprint import footprint_document
from footprint.report.faults import TOO_LONG
from footprint.report.model import FootprintReport
from footprint.values.result import Footprint
from label_templates.report.words import ReportLanguage

ReportForm = Literal["html", "pdf", "xlsx"]
MEDIA_TYPES: dict[ReportForm, str] = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

#: Lines that each form holds. Measured on two cores: 2,000 lines take 4 s and 118 pages as PDF,
#: during which no other PDF is made, and 0.8 s and 2 MB as HTML.
MOST_LINES: dict[str, int] = {"html": 20_000, "pdf": 2_000, "xlsx": 200_000}


def rendered(
    report: FootprintReport, footprint: Footprint, form: str, language: ReportLanguage
) -> bytes:
    """The report on `footprint` as a file. The same arguments give the same bytes.

    Raises InputRefused: RPT-001 for letters that no font of the PDF has, RPT-002 for more lines
    than `MOST_LINES`. Raises ValueError for another form.
    """
    most = MOST_LINES.get(form)
    if most is not None and len(report.lines) > most:
        raise TOO_LONG.refuse(
            f"The result has {len(report.lines):,} lines; this form holds {most:,}.",
            hint="Take xlsx, or the result itself as JSON.",
        )
    # Each form loads what makes it, and no other: typst, Jinja and openpyxl take 50 ms each.
    if form == "html":
        from label_templates.report.html import report_html  # noqa: PLC0415

        return report_html(report, language).encode()
    if form == "pdf":
        from label_templates.report.pdf import report_pdf  # noqa: PLC0415

        return report_pdf(report, language, footprint_document(footprint))
    if form == "xlsx":
        from label_templates.report.workbook import report_xlsx  # noqa: PLC0415

        return report_xlsx(report, language)
    raise ValueError(f"no report as {form!r}; known: {', '.join(MEDIA_TYPES)}")
