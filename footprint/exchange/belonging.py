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
from footprint.exchange.belonging_packages import is_shell_package, package_belonging
from footprint.exchange.exact_json import read_exactly
from footprint.exchange.read import is_xml_or_zip
from footprint.sound_json import read_sound


def belonging(view: Mapping[str, Any], data: bytes, file: str) -> Belonging:
    """Whether a file belongs to the certificate whose verified text is `view`. Never raises."""
    if is_shell_package(data):
        return package_belonging(view, data, file)
    document = members(data)
    if beside := _beside(document):
        says = f"beside a document it holds what nobody signed: {', '.join(beside)}"
        return Belonging(file, "other", says, beside)
    if document.get("type") == "bundle":
        says = "each file of a bundle is judged by itself, which needs the means of a verifier"
        return Belonging(file, "unasked", says)
    text = document.get("certificate", document)
    if isinstance(text, dict) and text.get("type") == "certificate":
        return _text(view, text, file)
    if document.get("type") == "footprint":
        return _public(view, document, file)
    if document.get("type") == "decision":
        return _hashed(view, "decision_hash", document, file)
    return exchanged_belonging(view, data, file)


def members(data: bytes) -> Mapping[str, Any]:
    """The members of a JSON object; none of what is something else."""
    document = None if is_xml_or_zip(data) else _json(data)
    return document if isinstance(document, dict) else {}


_OURS = ("footprint", "decision", "certificate", "bundle")


def _beside(document: Mapping[str, Any]) -> tuple[str, ...]:
    """What stands beside a document in its wrapper, where only that document is looked at."""
    if isinstance(document.get("data"), dict) and document.get("type") not in _OURS:
        return tuple(sorted(document.keys() - {"data"}))
    if isinstance(document.get("certificate"), dict) and document.get("type") not in _OURS:
        return tuple(sorted(document.keys() - {"certificate", "credential"}))
    return ()


def _json(data: bytes) -> Any:
    """The document as our hashes read it; None for what is no sound JSON."""
    try:
        read_exactly(data)
        return read_sound(data)
    except (ValueError, RecursionError):
        return None


def _text(view: Mapping[str, Any], text: Mapping[str, Any], file: str) -> Belonging:
    names = sorted(name for name in {*view, *text} if not _is_same(view, text, name))
    if not names:
        return Belonging(file, "signed", "it is the text that was signed")
    return differing(file, tuple(names))


def _is_same(view: Mapping[str, Any], text: Mapping[str, Any], name: str) -> bool:
    """Whether both have a member, to the letter: 1 is not true, and null is not absent."""
    if name not in view or name not in text:
        return False
    try:
        return fast_hash(view[name]) == fast_hash(text[name])
    except (ValueError, TypeError):
        return False


def _public(view: Mapping[str, Any], document: Mapping[str, Any], file: str) -> Belonging:
    """A footprint document: its public part was signed, and what else it says was not."""
    public = public_part(document)
    found = _hashed(view, "footprint_hash", public, file)
    provenance, kept = document.get("provenance"), public.get("provenance", {})
    inside = provenance.keys() - kept.keys() if isinstance(provenance, dict) else ()
    left = sorted({*(document.keys() - public.keys()), *(f"provenance.{one}" for one in inside)})
    if found.outcome != "signed" or not left:
        return found
    says = f"its public part has the hash that was signed; not covered by it: {', '.join(left)}"
    return Belonging(file, "signed", says)


def _hashed(view: Mapping[str, Any], name: str, document: Any, file: str) -> Belonging:
    try:
        found = fast_hash(document)
    except (ValueError, TypeError):
        found = ""
    if found == view.get(name):
        part = "its public part" if name == "footprint_hash" else "it"
        return Belonging(file, "signed", f"{part} has the hash that was signed")
    return Belonging(file, "other", f"its hash is not the {name} that was signed", (name,))
