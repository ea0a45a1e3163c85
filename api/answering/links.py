"""Links of suppliers: derived from one key of the installation, so that they can be shown again
and stand nowhere in the database."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from api.services.keyring import write_secret
from footprint.canonical import bytes_hash

_FILE = "campaign-links.key"


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links. `folder` is that of the private keys, where the key for links is kept too."""

    folder: Path
    entropy: Callable[[int], bytes]

    def secret(self, supplier: str, generation: int) -> str:
        """The secret of a supplier's link: 256 bits. Raises OSError for a key that is not there."""
        message = f"{supplier} {generation}".encode()
        made = hmac.new(self._key(), message, hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made).rstrip(b"=").decode()

    def _key(self) -> bytes:
        path = self.folder / _FILE
        if not path.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_secret(path, self.entropy(32).hex())
        return bytes.fromhex(path.read_text(encoding="ascii").strip())


def link_hash(secret: str) -> str:
    """By what a link is found: the database does not know the link itself."""
    return bytes_hash(secret.encode("utf-8", "surrogatepass"))
