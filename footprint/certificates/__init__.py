"""Certificates: one view, a signed credential, its status, and offline verification.

Nothing here reads a clock, a network or a database: times, keys and random bytes are arguments.
"""

from footprint.certificates.build import build_view
from footprint.certificates.credential import issue_credential
from footprint.certificates.number import make_number, parse_certificate_number
from footprint.certificates.register import RegisterStatus
from footprint.certificates.report import VerificationReport, report_document
from footprint.certificates.verify import verify_credential
from footprint.certificates.verify_file import verify_file
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
    "verify_file",
    "view_document",
    "view_from_document",
]
