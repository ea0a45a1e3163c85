"""Stable codes of everything that can be refused in this room, and of every failed check."""

from __future__ import annotations

from footprint.faults import Fault

NOT_PASSED = Fault("CER-001", "A certificate needs a decision whose verdict is pass")
DOCUMENT_BROKEN = Fault("CER-002", "A footprint or decision document lacks or misstates a field")
TEXT_REFUSED = Fault("CER-003", "A text holds invisible or direction-changing characters")
TEXT_TOO_LONG = Fault("CER-004", "A text is too long to be printed")
ISSUANCE_BROKEN = Fault("CER-005", "The facts of issue contradict each other")
NUMBER_MALFORMED = Fault("CER-006", "This is not a certificate number")
NUMBER_MISTYPED = Fault("CER-007", "The check character of a certificate number is wrong")
KEY_REFUSED = Fault("CER-008", "A key is not a usable ES256 key")
STATUS_LIST_BROKEN = Fault("CER-009", "A status list cannot be read")
NO_GLYPH = Fault("CER-010", "A text holds characters that the fonts cannot show")
VIEW_BROKEN = Fault("CER-011", "A certificate document does not have the expected form")

LOG_BROKEN = Fault("CER-012", "The register's log does not hold together")
SEAL_KEY_REFUSED = Fault("CER-013", "A seal key or its certificate cannot be used")

TOKEN_UNREADABLE = Fault("VER-001", "The credential cannot be read")
ALGORITHM = Fault("VER-002", "The credential is not signed with ES256")
TOKEN_TYPE = Fault("VER-003", "The signed document is not of type vc+jwt")
HEADER = Fault("VER-004", "The header names a key source or an extension that is not accepted")
UNKNOWN_KEY = Fault("VER-005", "The signing key is not one of the issuer's keys")
SIGNATURE = Fault("VER-006", "The signature does not match")
SHAPE = Fault("VER-007", "The credential lacks or misstates required fields")
ISSUER = Fault("VER-008", "The credential was not issued by the trusted issuer")
NOT_YET_VALID = Fault("VER-009", "The certificate is not valid yet")
EXPIRED = Fault("VER-010", "The certificate has expired")
DIGEST = Fault("VER-011", "The certificate's text is not the text that was signed")
STATUS_LIST = Fault("VER-012", "The status list cannot be trusted")
REVOKED = Fault("VER-013", "The certificate was revoked")
SUSPENDED = Fault("VER-014", "The certificate is suspended")
FILE_UNREADABLE = Fault("VER-015", "The file holds no certificate that can be read")
PAGE = Fault("VER-016", "The printed page is not the page that belongs to the signed text")
SUPERSEDED = Fault("VER-017", "The certificate was replaced by a newer one")
SEAL_BROKEN = Fault("VER-018", "The seal of the PDF does not match the file")
SEAL_CHANGED = Fault("VER-019", "The PDF was changed after it was sealed")
SEAL_UNKNOWN = Fault("VER-020", "The PDF was not sealed with one of the issuer's seals")
SEAL_MISSING = Fault("VER-031", "The issuer's seal is missing from the PDF")
ROW = Fault("VER-032", "The register keeps something else than what was signed and logged")
DRAFT = Fault("VER-033", "The certificate is a draft, not for use")
