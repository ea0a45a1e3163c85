"""`footprint verify --with FILE`: whether files that came along are those of the certificate."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from footprint.certificates.report import VerificationReport
from footprint.cli.input_files import read_file

if TYPE_CHECKING:
    from footprint.exchange.belonging_documents import Belonging

#: Checks a file by its name, with the keys and lists that the certificate was checked with.
Verifier = Callable[[bytes, str], VerificationReport]
#: Makes every report that belongs to the bundle, in the form of a file.
Redraw = Callable[[bytes, str], Iterator[bytes]]
_REPORTS = (".html", ".xlsx")


def files_beside(
    report: VerificationReport, files: Sequence[Path], verifier: Verifier, redraw: Redraw | None
) -> list[Belonging]:
    """Whether each file belongs to the certificate; none does to one that was not verified.

    `redraw` draws reports again, where there is a bundle to calculate them from.
    """
    from footprint.exchange.belonging_documents import Belonging

    view = report.view_document
    if view is None:
        says = "the certificate was not verified with its text; give its PDF, bundle or --bundle"
        return [Belonging(path.name, "other", says) for path in files]
    return [_found(view, path, verifier, redraw) for path in files]


def _found(
    view: Mapping[str, Any], path: Path, verifier: Verifier, redraw: Redraw | None
) -> Belonging:
    from footprint.exchange.belonging import belonging

    data, suffix = read_file(path), path.suffix.lower()
    if suffix in {".svg", ".png"}:
        return _label(view, data, path)
    if suffix == ".jwt":
        return _credential(view, data, path.name, verifier)
    if suffix == ".pdf" and b"credential.vc.jwt" in data:
        return _certificate(view, data, path.name, verifier)
    if suffix in _REPORTS or suffix == ".pdf":
        return _report(data, path, redraw)
    return belonging(view, data, path.name)


def _credential(view: Mapping[str, Any], data: bytes, name: str, verifier: Verifier) -> Belonging:
    """A signed credential or passport: genuine, and bound to the same text."""
    from footprint.exchange.belonging_documents import Belonging

    token = data.decode("ascii", "replace").strip()
    beside = json.dumps({"credential": token, "certificate": view}).encode()
    found = verifier(beside, "certificate.json")
    broken = tuple(one.code for one in found.checks if one.outcome == "failed")
    if found.view_document is None:
        message = f"it is not a signed document of this certificate: {', '.join(broken)}"
        return Belonging(name, "other", message, broken)
    return Belonging(name, "signed", "its signature is genuine and binds the same text")


def _certificate(view: Mapping[str, Any], data: bytes, name: str, verifier: Verifier) -> Belonging:
    """A certificate as PDF: its text is the signed one, and its page is drawn from it."""
    from footprint.exchange.belonging_documents import Belonging, differing

    found = verifier(data, name)
    other = found.view_document
    if other is None:
        broken = tuple(one.code for one in found.checks if one.outcome == "failed")
        return Belonging(name, "other", f"it is not genuine: {', '.join(broken)}", broken)
    differs = sorted(one for one in {*view, *other} if view.get(one) != other.get(one))
    if differs:
        return differing(name, tuple(differs))
    pages = {one.name: one.outcome for one in found.checks}
    if pages.get("page") == "passed":
        return Belonging(name, "signed", "its page is drawn from the signed text, byte by byte")
    broken = tuple(one.code for one in found.checks if one.name in {"seal", "page"} and one.code)
    if broken:
        return Belonging(name, "other", f"it is not genuine: {', '.join(broken)}", broken)
    says = "it carries the signed text; its page was made by another version and not compared"
    return Belonging(name, "agrees", says)


def _label(view: Mapping[str, Any], data: bytes, path: Path) -> Belonging:
    """A label, drawn again from the signed text in each language, size and state."""
    from footprint.certificates.register import State
    from footprint.certificates.view import view_from_document
    from footprint.exchange.belonging_documents import Belonging
    from label_templates.languages import LANGUAGES
    from label_templates.render import Size, label_png, label_svg

    seen, width = view_from_document(dict(view)), int.from_bytes(data[16:20], "big")
    vector = path.suffix.lower() == ".svg"
    for state, size, language in product(get_args(State), get_args(Size), LANGUAGES):
        if vector:
            drawn = label_svg(seen, language, size=size, state=state).encode()
        elif 200 <= width <= 3000:
            drawn = label_png(seen, language, width, size=size, state=state)
        else:
            break
        if drawn == data:
            says = f"it is the label of the signed text, state {state}, byte by byte"
            return Belonging(path.name, "signed", says)
    return Belonging(
        path.name, "other", "no label that this version draws has these bytes", ("label",)
    )


def _report(data: bytes, path: Path, redraw: Redraw | None) -> Belonging:
    """A report, drawn again from the bundle's bill of materials, which the certificate binds."""
    from footprint.exchange.belonging_documents import Belonging

    if redraw is None:
        says = "a report is drawn again from the bundle: add --bundle"
        return Belonging(path.name, "unasked", says)
    if any(one == data for one in redraw(data, path.suffix.lower())):
        says = "it is the report on the bill of materials that was signed, byte by byte"
        return Belonging(path.name, "signed", says)
    return Belonging(
        path.name, "other", "no report that this version draws has these bytes", ("report",)
    )


def files_text(found: Sequence[Belonging], language: str) -> str:
    """What was found of the files, a line each."""
    from footprint.words.language import in_chinese

    marks = {"signed": "ok", "agrees": "==", "other": "NO", "unasked": "--"}
    chinese = language == "zh"
    return "\n".join(
        f"  [{marks[one.outcome]}] {one.file}: {in_chinese(one.says) if chinese else one.says}"
        for one in found
    )
