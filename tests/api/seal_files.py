"""A seal certificate as an authority sells it: a PKCS#12 file, and settings that name it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from served import settings_for
from still_clock import NOON

from api.settings import Settings
from footprint.certificates.seal_keys import SealKey, generate_seal


def bought(folder: Path, days: int = 700) -> Path:
    """A PKCS#12 file as an authority hands it out; its password is `secret`."""
    made = generate_seal("Example Label Office", "https://labels.example.com", NOON)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Example Label Office")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(made.private.public_key())
        .serial_number(5)
        .not_valid_before(NOON - timedelta(days=1))
        .not_valid_after(NOON + timedelta(days=days))
        .sign(made.private, hashes.SHA256())
    )
    lock = serialization.BestAvailableEncryption(b"secret")
    seal = SealKey(made.private, certificate)
    path = folder / "seal.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"seal", seal.private, certificate, None, lock)
    )
    (folder / "password").write_text("secret\n")
    return path


def with_bought(folder: Path, days: int = 700) -> Settings:
    file = bought(folder, days)
    return settings_for(folder, seal_file=file, seal_password_file=folder / "password")
