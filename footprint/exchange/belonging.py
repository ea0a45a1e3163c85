"""Whether a file belongs to a certificate: by a hash that was signed, or by what it states.

The signature binds the certificate's text; by hash the public part of the footprint document, the
decision, the PACT document and the forms of Catena-X; and by these what is drawn from them again.
Certificates of before bind no document of exchange: there each shared value must be the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from footprint.canonical_fast import fast_hash
from footprint.certificates.build import public_part
from footprint.exchange.belonging_documents import Belonging, differing, exchanged_belonging
from footprint.exchange.belonging_packages import package_belonging
from footprint.exchange.exact_json import read_exactly
from footprint.exchange.package import is_package
from footprint.exchange.read import is_xml_or_zip
from footprint.sound_json import read_sound


def belonging(view: Mapping[str, Any], data: bytes, file: str) -> Belonging:
    """Whether a file belongs to the certificate whose verified text is `view`. Never raises."""
    if is_package(data) and b"aasx/" in data:
        return package_belonging(view, data, file)
    document = None if is_xml_or_zip(data) else _json(data)
    if isinstance(document, dict):
        text = document.get("certificate", document)
        if isinstance(text, dict) and text.get("type") == "certificate":
            return _text(view, text, file)
        kind = document.get("type")
        if kind == "footprint":
            return _hashed(view, "footprint_hash", public_part(document), file)
        if kind == "decision":
            return _hashed(view, "decision_hash", document, file)
    return exchanged_belonging(view, data, file)


def _json(data: bytes) -> Any:
    """The document as our hashes read it; None for what is no sound JSON."""
    try:
        read_exactly(data)
        return read_sound(data)
    except (ValueError, RecursionError):
        return None


def _text(view: Mapping[str, Any], text: Mapping[str, Any], file: str) -> Belonging:
    names = sorted(name for name in {*view, *text} if view.get(name) != text.get(name))
    if not names:
        return Belonging(file, "signed", "it is the text that was signed")
    return differing(file, tuple(names))


def _hashed(view: Mapping[str, Any], name: str, document: Any, file: str) -> Belonging:
    try:
        found = fast_hash(document)
    except (ValueError, TypeError):
        found = ""
    if found == view.get(name):
        part = "its public part" if name == "footprint_hash" else "it"
        return Belonging(file, "signed", f"{part} has the hash that was signed")
    return Belonging(file, "other", f"its hash is not the {name} that was signed", (name,))
