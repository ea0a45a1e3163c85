"""Read and check the seal of a certificate PDF, offline and without trust in the file.

Like `footprint.certificates.seal`, this module takes half a second to import.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from footprint.certificates.faults import (
    SEAL_BROKEN,
    SEAL_CHANGED,
    SEAL_MISSING,
    SEAL_UNKNOWN,
)
from footprint.certificates.report import VerificationCheck, failed_check, passed_check, skipped
from footprint.certificates.seal import DIGEST, DRAWN_BY, SIGNATURE, seal_writer, sealed_with
from footprint.certificates.seal_jwk import PublishedSeal
from footprint.certificates.whole_seals import WholeSeal, remember_whole, whole_seal


@dataclass(frozen=True, slots=True)
class Seal(WholeSeal):
    """A seal as it was read."""

    @property
    def comparable(self) -> bool:
        """Whether this version writes seals as the one that wrote this seal did."""
        return self.writer == seal_writer(self.drawn_by)

    @property
    def drawn_by(self) -> str:
        """The renderer of the page, where the seal names one."""
        return self.writer.partition(DRAWN_BY)[2]

    def fits(self, pdf: bytes, page: bytes, issued_at: datetime) -> bool:
        """Whether `pdf` is `page` with this seal behind it and nothing else.

        A signature container holds bytes that nothing signs; so the whole file is made again from
        the page and compared. Only for a seal that is `comparable`.
        """
        try:
            again = sealed_with(page, self.chain, issued_at, self.signature, self.drawn_by)
        except Exception:  # noqa: BLE001 - certificates of a stranger raise anything
            return False
        return hmac.compare_digest(again, pdf)


@dataclass(frozen=True, slots=True)
class SealFinding:
    """The check of the seal, and the seal if the file bears one that is whole."""

    check: VerificationCheck
    seal: Seal | None = None


def check_seal(
    pdf: bytes, seals: Sequence[PublishedSeal], issued_at: datetime | None
) -> SealFinding:
    """Whether `pdf` bears one seal, over all of it, by one of the certificates in `seals`.

    `issued_at`: when the certificate was issued, from authentic content; None where there is none.
    A file without a seal is a finding when the issuer did not seal yet at that time, and refused
    when it did. Never raises on a hostile file.
    """
    kept = whole_seal(pdf)
    if kept is not None:
        seal = Seal(kept.chain, kept.signature, kept.writer)
        return SealFinding(_known(seal, seals), seal)
    try:
        signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if not signatures:
            return SealFinding(_unsealed(seals, issued_at))
        first = signatures[0]
        whole = _covered(first, pdf)
        found = _intact(first)
    except Exception:  # noqa: BLE001 - the parsers raise anything on a hostile file
        return SealFinding(_broken("The seal cannot be read.", "无法读取电子印章。"))
    if found is None:
        return SealFinding(
            _broken(
                "The seal does not match the file: its content was changed.",
                "电子印章与文件不符：内容被改动过。",
            )
        )
    if not whole or len(signatures) > 1:
        return SealFinding(
            failed_check(
                "seal",
                SEAL_CHANGED,
                "The file was changed after it was sealed: something was added behind the seal.",
                "文件在加盖电子印章之后被改动：印章之后附加了内容。",
            )
        )
    remember_whole(pdf, found)
    return SealFinding(_known(found, seals), found)


def not_as_written() -> VerificationCheck:
    """The check of a seal whose signature holds, but which the issuer would write otherwise."""
    return _broken(
        "The seal holds bytes that the issuer did not write.", "电子印章包含并非签发者写入的字节。"
    )


def _covered(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether everything but the signature itself is signed.

    The library compares lengths only; a gap elsewhere of the same length would pass there.
    """
    start, end, resumed, rest = (int(number) for number in signature.byte_range)
    gap = b"<" + signature.pkcs7_content.hex().upper().encode() + b">"
    return start == 0 and resumed + rest == len(pdf) and pdf[end:resumed] == gap


def _intact(signature: EmbeddedPdfSignature) -> Seal | None:
    """The seal if digest and signature hold and are made with RSA and SHA-256."""
    info, certificate = signature.signer_info, signature.signer_cert
    algorithms = (
        info["digest_algorithm"]["algorithm"].native,
        info["signature_algorithm"]["algorithm"].native,
    )
    if algorithms != (DIGEST, SIGNATURE):
        return None
    digest = signature.compute_digest()
    if validate_sig_integrity(info, certificate, "data", digest) != (True, True):
        return None
    return Seal(_chain(signature, certificate), info["signature"].native, _writer(signature))


def _chain(signature: EmbeddedPdfSignature, certificate: x509.Certificate) -> tuple[bytes, ...]:
    return tuple(one.dump() for one in (certificate, *signature.other_embedded_certs))


def _writer(signature: EmbeddedPdfSignature) -> str:
    built: Any = signature.sig_object.get("/Prop_Build", {})
    return str(built.get("/App", {}).get("/REx", ""))


def _known(seal: Seal, seals: Sequence[PublishedSeal]) -> VerificationCheck:
    if not seals:
        return skipped(
            "seal",
            "The seal is intact, but the keys given name no seal: fetch the issuer's did.json.",
            "电子印章完好，但所给密钥文件未列出印章证书：请获取签发者的 did.json。",
        )
    if any(hmac.compare_digest(one.certificate, seal.chain[0]) for one in seals):
        return passed_check(
            "seal",
            "The issuer's seal covers the whole file and is intact.",
            "签发者的电子印章完好，覆盖整个文件。",
        )
    return failed_check(
        "seal",
        SEAL_UNKNOWN,
        "The file was sealed with a certificate that the issuer does not publish.",
        "文件所用的印章证书并非签发者公布的证书。",
    )


def _unsealed(seals: Sequence[PublishedSeal], issued_at: datetime | None) -> VerificationCheck:
    if seals and issued_at is not None and issued_at >= min(one.since for one in seals):
        return failed_check(
            "seal",
            SEAL_MISSING,
            "Not sealed, although the issuer sealed when it was issued: the seal was taken off.",
            "文件没有电子印章，而签发时签发者已使用印章：印章被移除。",
        )
    return skipped(
        "seal",
        "Not sealed: issued before the issuer sealed, or the keys given name no seal.",
        "没有电子印章：签发时签发者尚未使用印章，或所给密钥文件未列出印章证书。",
    )


def _broken(says: str, says_zh: str) -> VerificationCheck:
    return failed_check("seal", SEAL_BROKEN, says, says_zh)
