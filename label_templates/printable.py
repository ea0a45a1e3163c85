"""Whether every text of a certificate can be printed: asked before anything is signed."""

from __future__ import annotations

import json
from functools import cache

from footprint.certificates.faults import NO_GLYPH
from footprint.certificates.view import CertificateView, view_document
from label_templates import typesetting
from label_templates.fonts import families, missing_characters


def check_printable(view: CertificateView) -> None:
    """Raise InputRefused (CER-010), naming the characters, unless every text can be printed.

    Call it before issuing: a certificate that cannot be printed must not be signed.
    """
    lacking = _lacking(json.dumps(view_document(view), ensure_ascii=False))
    if lacking:
        listed = ", ".join(f"{c} (U+{ord(c):04X})" for c in lacking[:10])
        raise NO_GLYPH.refuse(
            f"The fonts cannot show {listed}.",
            hint="Write the text in Latin, Greek, Cyrillic, Thai, Chinese, Japanese or Korean "
            "letters.",
        )


def _lacking(text: str) -> str:
    """The characters that neither the embedded fonts nor typst's own can show."""
    return "".join(c for c in missing_characters([text]) if not _shown_by_fallback(c))


@cache
def _shown_by_fallback(character: str) -> bool:
    inputs = {"text": character, "fonts": json.dumps(families("en"))}
    try:
        typesetting.pdf("glyph.typ", inputs, 0)
    except typesetting.CannotSetError:
        return False
    return True
