"""What a certificate is found by in the register."""

from __future__ import annotations

from footprint.certificates.view import CertificateView


def search_words(view: CertificateView) -> str:
    """What a certificate is found by: names and identifiers of product and company, folded."""
    names = (view.product_name, view.product_name_zh, *view.product_ids)
    return "\n".join((*names, view.company, view.company_zh, *view.company_ids)).casefold()
