"""Certificates: one view, a signed credential, its status, and offline verification.

Nothing here reads a clock, a network or a database: times, keys and random bytes are arguments.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from footprint.certificates.build import build_view
    from footprint.certificates.credential import issue_credential
    from footprint.certificates.number import make_number, parse_certificate_number
    from footprint.certificates.register import RegisterStatus
    from footprint.certificates.report import VerificationReport, report_document
    from footprint.certificates.verify import verify_credential
    from footprint.certificates.view import (
        CertificateView,
        Issuance,
        view_document,
        view_from_document,
    )

__all__ = [
    "CertificateView",
    "Issuance",
    "RegisterStatus",
    "VerificationReport",
    "build_view",
    "issue_credential",
    "make_number",
    "parse_certificate_number",
    "report_document",
    "verify_credential",
    "view_document",
    "view_from_document",
]

_MODULES = {
    "build_view": "build",
    "issue_credential": "credential",
    "make_number": "number",
    "parse_certificate_number": "number",
    "RegisterStatus": "register",
    "VerificationReport": "report",
    "report_document": "report",
    "verify_credential": "verify",
    "CertificateView": "view",
    "Issuance": "view",
    "view_document": "view",
    "view_from_document": "view",
}


def __getattr__(name: str) -> Any:
    """What is named above, loaded when it is asked for: a report takes only the way in which
    numbers are written from here, and keys and signatures take 0.2 s to load."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
