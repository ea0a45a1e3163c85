"""Render a certificate: label (SVG, PNG, PDF), certificate (PDF/A-3 with attachments), public page.

Every function is pure: the same view gives the same bytes. Nothing is fetched, no clock is read,
and no text of a user is ever treated as a template. This is the door; the rooms are behind it.
"""

from __future__ import annotations

from label_templates.certificate.page import (
    ObjectionForm,
    ObjectionSaid,
    asked_moment,
    broken_page,
    certificate_page,
    certificate_page_around,
    page_style_source,
    page_with_form,
    unknown_page,
)
from label_templates.certificate.pdf import certificate_pdf, pdf_candidates
from label_templates.content.printable import check_printable
from label_templates.label.artwork import label_pdf, label_png, label_svg
from label_templates.label.layout import SIZES, Size
from label_templates.renderer import renderer_id
from label_templates.words import LANGUAGES, Language

__all__ = [
    "LANGUAGES",
    "SIZES",
    "Language",
    "ObjectionForm",
    "ObjectionSaid",
    "Size",
    "asked_moment",
    "broken_page",
    "certificate_page",
    "certificate_page_around",
    "certificate_pdf",
    "check_printable",
    "label_pdf",
    "label_png",
    "label_svg",
    "page_style_source",
    "page_with_form",
    "pdf_candidates",
    "renderer_id",
    "unknown_page",
]
