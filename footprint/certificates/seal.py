"""Seal a certificate PDF: an incremental update with a PAdES signature (baseline B), by pyHanko.

The seal is invisible, covers the whole file and allows no change behind it (DocMDP level 1). It is
the same bytes for the same page, key and time: RSASSA-PKCS1-v1_5 draws no random numbers, the file
identifier is derived from the page, and the time is an argument. Nothing is fetched. Importing
this module takes half a second, which is pyHanko: import it where a PDF is sealed or checked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from io import BytesIO
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import BuildProps, SignatureObject

from footprint.certificates.faults import SEAL_KEY_REFUSED
from footprint.certificates.seal_keys import SealKey
from footprint.certificates.whole_seals import WholeSeal, remember_whole
from footprint.version import __version__

FIELD = "Seal"
DIGEST = "sha256"
SIGNATURE = "sha256_rsa"
#: Who wrote a seal: two versions may write the same seal in other bytes. It stands in the seal.
SEAL_WRITER = f"{__version__}, pyHanko {version('pyhanko')}"
#: Stands between the writer of a seal and the renderer of its page, where that is named.
DRAWN_BY = "; page by "
#: PDF/A wants the print flag; PDF/UA wants an untagged field to lie outside the page.
_INVISIBLE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
#: Stands in every file that bears a seal: one that is sealed again has two.
_SIGNED = b"/ByteRange"
_DIGEST_MARK = hashlib.sha256(b"place of the digest").digest()


def seal_pdf(page: bytes, seal: SealKey, issued_at: datetime, drawn_by: str = "") -> bytes:
    """`page` (a PDF without a seal) with the seal behind it.

    `issued_at` (aware) is the time that the seal states, or the first moment of its certificate
    where that is later. `drawn_by` is the renderer, where it is not the one that the signed text
    names; it stands in the seal. Raises InputRefused (CER-013) when the certificate had ended.
    """
    moment = _stated(issued_at, seal.certificate.not_valid_before_utc)
    if moment > seal.certificate.not_valid_after_utc:
        raise SEAL_KEY_REFUSED.refuse(
            f"The seal certificate ended on {seal.certificate.not_valid_after_utc:%Y-%m-%d}.",
            hint="Rotate the seal, or plug in a new certificate.",
        )
    size, chain, writer = seal.private.key_size // 8, seal.chain, seal_writer(drawn_by)
    signed: list[bytes] = []

    def sign(data: bytes) -> bytes:
        signed.append(seal.sign(data))
        return signed[-1]

    pdf = _sealed(page, _container(chain, size), moment, sign, writer)
    if _SIGNED not in page:
        remember_whole(pdf, WholeSeal(chain, signed[-1], writer))
    return pdf


def seal_writer(drawn_by: str = "") -> str:
    """Who writes a seal now, as it stands in the seal."""
    return f"{SEAL_WRITER}{DRAWN_BY}{drawn_by}" if drawn_by else SEAL_WRITER


def sealed_with(
    page: bytes, chain: tuple[bytes, ...], issued_at: datetime, signature: bytes, drawn_by: str = ""
) -> bytes:
    """What `seal_pdf` makes of `page` when it signs with `signature`: all bytes of a sealed file,
    which anyone can make again without the key. `chain`: as in `SealKey`."""
    start: datetime = x509.Certificate.load(chain[0]).not_valid_before
    moment = _stated(issued_at, start)
    container = _container(chain, len(signature))
    return _sealed(page, container, moment, lambda _: signature, seal_writer(drawn_by))


def _stated(issued_at: datetime, valid_from: datetime) -> datetime:
    return max(issued_at, valid_from)


class _Update(IncrementalPdfFileWriter):
    """An update that draws no random identifier and leaves the document's metadata as they are."""

    @classmethod
    def _handle_id(cls, prev: Any) -> Any:
        first = prev.trailer["/ID"][0]
        derived = hashlib.sha256(prev.stream.getvalue()).digest()[:16]
        return generic.ArrayObject([first, generic.ByteStringObject(derived)])

    def _update_meta(self) -> None:
        """The library would write the time of the clock and its own name."""


def _sealed(
    page: bytes,
    container: _Container,
    moment: datetime,
    sign: Callable[[bytes], bytes],
    writer: str,
) -> bytes:
    placed = SigFieldSpec(
        FIELD, readable_field_name="Seal of the issuer", invis_sig_settings=_INVISIBLE
    )
    steps = PdfCMSEmbedder(placed).write_cms(FIELD, _Update(BytesIO(page)))
    next(steps)
    signature = SignatureObject(
        timestamp=moment,
        subfilter=SigSeedSubFilter.PADES,
        app_build_props=BuildProps("footprint", writer),
        bytes_reserved=2 * container.size,
    )
    locked = SigMDPSetup(DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    steps.send(SigObjSetup(signature, locked))
    prepared, out = steps.send(SigIOSetup(DIGEST))
    steps.send(container.filled(prepared.document_digest, sign))
    sealed: bytes = out.getvalue()
    return sealed


@dataclass(frozen=True, slots=True)
class _Container:
    """The signature container (CMS, RFC 5652) of a seal certificate in DER, all but digest and
    signature. Building it anew for each seal would take longer than the rest of the seal."""

    attributes: tuple[bytes, bytes]
    parts: tuple[bytes, bytes, bytes]
    size: int

    def filled(self, digest: bytes, sign: Callable[[bytes], bytes]) -> bytes:
        """The container of a file with this SHA-256, signed by `sign`."""
        signature = sign(digest.join(self.attributes))
        head, middle, end = self.parts
        return b"".join((head, digest, middle, signature, end))


@lru_cache(maxsize=16)
def _container(chain: tuple[bytes, ...], signature_size: int) -> _Container:
    certificates = [x509.Certificate.load(one) for one in chain]
    signature_mark = (_DIGEST_MARK * signature_size)[:signature_size][::-1]
    attributes = _attributes(certificates[0])
    whole = _signed_data(certificates, attributes, signature_mark).dump()
    head, rest = _split(whole, _DIGEST_MARK)
    middle, end = _split(rest, signature_mark)
    return _Container(_split(attributes.dump(), _DIGEST_MARK), (head, middle, end), len(whole))


def _split(data: bytes, mark: bytes) -> tuple[bytes, bytes]:
    before, after = data.split(mark)
    return before, after


def _attributes(certificate: x509.Certificate) -> cms.CMSAttributes:
    """What is signed: the four attributes of PAdES baseline B and of RFC 6211."""
    protection = cms.CMSAlgorithmProtection(
        {"digest_algorithm": {"algorithm": DIGEST}, "signature_algorithm": {"algorithm": SIGNATURE}}
    )
    values = {
        "content_type": "data",
        "message_digest": _DIGEST_MARK,
        "signing_certificate_v2": as_signing_certificate_v2(certificate),
        "cms_algorithm_protection": protection,
    }
    return cms.CMSAttributes(
        [cms.CMSAttribute({"type": name, "values": (value,)}) for name, value in values.items()]
    )


def _signed_data(
    chain: list[x509.Certificate], attributes: cms.CMSAttributes, signature: bytes
) -> cms.ContentInfo:
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            "issuer_and_serial_number",
            {"issuer": chain[0].issuer, "serial_number": chain[0].serial_number},
        ),
        "digest_algorithm": {"algorithm": DIGEST},
        "signature_algorithm": {"algorithm": SIGNATURE},
        "signed_attrs": attributes,
        "signature": signature,
    }
    content = {
        "version": "v1",
        "digest_algorithms": [{"algorithm": DIGEST}],
        "encap_content_info": {"content_type": "data"},
        "certificates": [cms.CertificateChoices("certificate", one) for one in chain],
        "signer_infos": [signer],
    }
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)})
