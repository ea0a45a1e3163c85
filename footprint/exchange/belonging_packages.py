"""Whether an asset administration shell belongs to a certificate.

The PACT document inside is bound by its hash. From it, and from the files that are attached, the
package is drawn again (by basyx, extra `aas`) and must be the same, byte by byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from footprint.exchange.belonging_documents import Belonging, exchanged_belonging
from footprint.exchange.package import is_package, unpacked
from footprint.faults import InputRefused

_FILES = "aasx/files/"
_PACT = f"{_FILES}pact.json"
_DATA = "aasx/data.json"


def package_belonging(view: Mapping[str, Any], data: bytes, file: str) -> Belonging:
    """As `belonging`, of a package. Attached files of other kinds are part of the comparison, and
    by themselves not bound: what they say is to be asked of each. Never raises."""
    stated = exchanged_belonging(view, data, file)
    if stated.outcome == "other":
        return stated
    try:
        files = unpacked(data, file, "")
    except InputRefused as refused:
        return Belonging(file, "other", f"it cannot be read: {refused.problems[0].message}")
    inside = files.get(_PACT)
    if inside is None and not view.get("documents"):
        return stated
    if inside is None:
        return Belonging(file, "agrees", "the package holds no pact.json, which is what is bound")
    bound = exchanged_belonging(view, inside, f"{file}/pact.json")
    if bound.outcome == "agrees" and not view.get("documents"):
        return stated
    if bound.outcome != "signed":
        return Belonging(file, "other", f"pact.json in it: {bound.says}", bound.differs)
    return _drawn_again(inside, files, data, file)


def attached_files(data: bytes, file: str) -> Mapping[str, bytes]:
    """The files in a package beside its PACT document, which the package is judged by.

    Raises `InputRefused` (EXC-001) for a package that is not sound.
    """
    return {
        name.removeprefix(_FILES): content
        for name, content in unpacked(data, file, "").items()
        if name.startswith(_FILES) and name != _PACT and not name.endswith("/")
    }


def is_shell_package(data: bytes) -> bool:
    """Whether bytes are a package with an asset administration shell."""
    return is_package(data) and b"aasx/" in data


def _drawn_again(inside: bytes, files: Mapping[str, bytes], data: bytes, file: str) -> Belonging:
    try:
        from footprint.exchange.aas_write import aas_package  # noqa: PLC0415 - the extra aas
    except ModuleNotFoundError:
        says = "pact.json in it was signed; the extra `aas` draws the rest again"
        return Belonging(file, "agrees", says)
    attached = [
        (name.removeprefix(_FILES), kind, files[name])
        for name, kind in _attached(files)
        if name != _PACT and name in files
    ]
    if aas_package(json.loads(inside), attached) == data:
        others = ", ".join(name for name, _, _ in attached)
        says = "it is drawn from the PACT document that was signed, byte by byte"
        return Belonging(file, "signed", f"{says}; attached: {others}" if others else says)
    message = "drawn again from the PACT document that was signed, it is another package"
    return Belonging(file, "other", message, ("package",))


def _attached(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Paths and kinds of the files that belong to the footprint, in their order."""
    try:
        document = json.loads(files[_DATA])
        submodels = document["submodels"]
        found: list[Any] = next(
            one["submodelElements"] for one in submodels if one["idShort"] == "FootprintDocuments"
        )
        return [(str(one["value"]).lstrip("/"), str(one["contentType"])) for one in found]
    except (KeyError, ValueError, TypeError, StopIteration, RecursionError):
        return []
