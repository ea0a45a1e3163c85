"""Whether every text of a certificate can be printed: asked before anything is signed."""

from __future__ import annotations

from functools import lru_cache

from footprint.certificates.faults import NO_GLYPH
from footprint.certificates.view import CertificateView, view_document
from label_templates.type.breaks import breakable
from label_templates.type.letters import named, texts_in, unprintable_letters


def check_printable(view: CertificateView) -> None:
    """Raise InputRefused (CER-010), naming the letters, unless every text can be printed.

    Call it before issuing: a certificate that cannot be printed must not be signed.
    """
    lacking = _lacking(tuple(texts_in(view_document(view))))
    if lacking:
        raise NO_GLYPH.refuse(
            f"The fonts cannot show {named(lacking)}.",
            hint="Write the text in Latin, Greek, Cyrillic, Thai, Chinese, Japanese or Korean "
            "letters, each mark above or below a letter.",
        )


@lru_cache(maxsize=64)
def _lacking(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The letters of texts that cannot be printed: asked at issue, and again by each form."""
    return unprintable_letters([breakable(text, "en") for text in texts])
