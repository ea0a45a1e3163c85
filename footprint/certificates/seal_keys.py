"""Seal keys: RSA keys with X.509 certificates, which seal PDFs, and how they are published.

A PDF reader knows only X.509 certificates and not JWK sets, so the seal has keys of its own. They
are published beside the signing keys, as JWKs with the certificate inside (`x5c`, RFC 7517).
"""

from __future__ import annotations

import hashlib
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from footprint.certificates.faults import SEAL_KEY_REFUSED

#: The size at which RSA is as strong as the P-256 of the signatures: 128 bits (NIST SP 800-57
#: part 1, section 5.6.1).
KEY_BITS = 3072
#: RFC 5280, 4.1.2.5: a certificate with no well-defined end.
_NO_END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
#: RFC 5280, appendix A.1: the longest organisation name and common name.
_LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class SealKey:
    """A private key, its certificate, and the certificates above it (none for a self-made one)."""

    private: rsa.RSAPrivateKey
    certificate: x509.Certificate
    above: tuple[x509.Certificate, ...] = ()

    @property
    def id(self) -> str:
        """The SHA-256 of the certificate, base64url: `x5t#S256` of RFC 7517."""
        return _base64url(hashlib.sha256(self.chain[0]).digest())

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates in DER, that of the key first."""
        return tuple(_der(one) for one in (self.certificate, *self.above))

    def sign(self, data: bytes) -> bytes:
        """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2): the same data, the same signature."""
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())


def generate_seal(name: str, address: str, now: datetime) -> SealKey:
    """A new key with a self-signed certificate that names the issuer and its address (a URI).

    The key comes from the operating system's random source; the rest follows from it.
    """
    private = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    public = private.public_key()
    short = name[:_LONGEST_NAME]
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, short),
            x509.NameAttribute(NameOID.COMMON_NAME, short),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    identifier = x509.SubjectKeyIdentifier.from_public_key(public)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(int.from_bytes(identifier.digest[:16], "big") + 1)
        .not_valid_before(now)
        .not_valid_after(_NO_END)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(identifier, critical=False)
        .add_extension(
            x509.SubjectAlternativeName([x509.UniformResourceIdentifier(address)]), critical=False
        )
        .sign(private, hashes.SHA256())
    )
    return SealKey(private, certificate)


def load_seal_pem(data: bytes) -> SealKey:
    """A key and its certificates from PEM. Raises InputRefused (CER-013)."""
    try:
        private = serialization.load_pem_private_key(data, password=None)
        certificate, *above = x509.load_pem_x509_certificates(data)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SEAL_KEY_REFUSED.refuse("The file is not an RSA key with a certificate.") from error
    return _checked(private, certificate, above)


def dump_seal_pem(seal: SealKey) -> str:
    """The key (PKCS#8, without a password) and its certificates as PEM. Keep it secret."""
    private = seal.private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private.decode() + chain_pem(seal.chain)


def load_pkcs12(data: bytes, password: str) -> SealKey:
    """A bought seal certificate with its key (PKCS#12, as a certificate authority hands it out).

    Raises InputRefused (CER-013) for a wrong password, and for a key that is not RSA of at least
    3072 bits: elliptic curves are not deterministic and turn the file into PDF 2.0.
    """
    try:
        private, certificate, above = pkcs12.load_key_and_certificates(data, password.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SEAL_KEY_REFUSED.refuse(
            "The file is not PKCS#12, or the password is wrong.",
            hint="FOOTPRINT_SEAL_FILE names the file, FOOTPRINT_SEAL_PASSWORD_FILE its password.",
        ) from error
    if private is None or certificate is None:
        raise SEAL_KEY_REFUSED.refuse("The PKCS#12 file lacks the key or its certificate.")
    return _checked(private, certificate, above)


def chain_pem(chain: tuple[bytes, ...]) -> str:
    """Certificates (DER) as PEM."""
    return "".join(
        x509.load_der_x509_certificate(one).public_bytes(serialization.Encoding.PEM).decode()
        for one in chain
    )


def seal_jwk(seal: SealKey, since: datetime) -> dict[str, Any]:
    """The public half as a JWK. `iat`: since when it seals, in Unix seconds; a PDF of a
    certificate that was issued later has to bear a seal."""
    numbers = seal.private.public_key().public_numbers()
    return {
        "kty": "RSA",
        "n": _number(numbers.n),
        "e": _number(numbers.e),
        "kid": seal.id,
        "use": "sig",
        "alg": "RS256",
        "iat": int(since.timestamp()),
        "x5c": [b64encode(one).decode() for one in seal.chain],
        "x5t#S256": seal.id,
    }


def _checked(private: object, certificate: x509.Certificate, above: list[Any]) -> SealKey:
    if not isinstance(private, rsa.RSAPrivateKey) or private.key_size < KEY_BITS:
        raise SEAL_KEY_REFUSED.refuse(f"The seal key is not an RSA key of {KEY_BITS} bits or more.")
    if certificate.public_key() != private.public_key():
        raise SEAL_KEY_REFUSED.refuse("The first certificate is not that of the key.")
    return SealKey(private, certificate, tuple(above))


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _number(value: int) -> str:
    return _base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
