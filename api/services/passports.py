"""The UNTP forms of a certificate, signed when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass

from api.services.keyring import KeyRing
from api.services.register import Register
from footprint.certificates.credential import Profile, issue_credential
from footprint.certificates.jose import sign
from footprint.certificates.view import view_from_document
from footprint.exchange.untp_certificate import certified_passport


@dataclass(frozen=True, slots=True)
class Passports:
    """Open to everyone, as certificates are. Each is signed with the key of today: its status entry
    is that of the certificate, so that a revocation revokes it too."""

    register: Register
    keyring: KeyRing

    def passport(self, number: str) -> str:
        """The Digital Product Passport of a certificate, as a compact JWS.

        Raises as `Register.sound` does; InputRefused (EXC-002, EXC-003) for a certificate that the
        form cannot say.
        """
        view = view_from_document(self.register.sound(number).view_content)
        return sign(certified_passport(view), view.issuer_did, self.keyring.active)

    def credential(self, number: str, profile: Profile) -> str:
        """The credential: as it was signed at issue, or in the form that UNTP 0.7.0 asks for.

        Raises as `Register.sound` does.
        """
        certificate = self.register.sound(number)
        if profile == "w3c":
            return certificate.credential
        view = view_from_document(certificate.view_content)
        return issue_credential(view, self.keyring.active, profile)
