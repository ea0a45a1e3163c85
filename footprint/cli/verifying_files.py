"""`footprint verify --with FILE`: whether files that came along are those of the certificate.

A file is what its content says, whatever it is called. Of a package and a bundle each file inside
is judged as if it had come alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from footprint.certificates.report import VerificationReport
from footprint.cli.input_files import read_file
from footprint.late_pattern import late_pattern

if TYPE_CHECKING:
    from footprint.exchange.belonging_documents import Belonging
    from footprint.proof.verify_results import Tools

#: Checks a file by its name, with the keys and lists that the certificate was checked with.
Verifier = Callable[[bytes, str], VerificationReport]
#: Makes every report that belongs to the bundle, in the form of a file.
Redraw = Callable[[bytes, str], Iterator[bytes]]
_REPORTS = (".html", ".xlsx", ".pdf")
_TOKEN = late_pattern(rb"\s*ey[\w-]+\.[\w-]+\.[\w-]+\s*")


@dataclass(frozen=True, slots=True)
class FileJudge:
    """What files are held against: the verified `report` of the certificate; and what checks
    signatures, draws reports again (where there is a bundle to calculate them from), and calculates
    a bundle again."""

    report: VerificationReport
    verifier: Verifier
    redraw: Redraw | None
    tools: Callable[[], Tools]

    def files(self, files: Sequence[Path]) -> list[Belonging]:
        """Whether each file belongs to the certificate; none does to one that was not verified."""
        from footprint.exchange.belonging_documents import Belonging

        if self.report.view_document is None:
            says = (
                "the certificate was not verified with its text; give its PDF, bundle or --bundle"
            )
            return [Belonging(path.name, "other", says) for path in files]
        view = self.report.view_document
        return [one for path in files for one in self._all(view, read_file(path), path.name)]

    def _all(self, view: Mapping[str, Any], data: bytes, name: str) -> list[Belonging]:
        """The file, and what is inside of it."""
        from footprint.exchange.belonging import belonging, members
        from footprint.proof.bundle_parts import bundle_parts

        kind = _kind_of(data, name)
        if kind:
            return [self._drawn(view, data, name, kind)]
        document = members(data)
        found = [] if document.get("type") == "bundle" else [belonging(view, data, name)]
        if not found:
            text = json.dumps(document.get("certificate")).encode()
            found = [belonging(view, text, f"{name}/certificate")]
            found += bundle_parts(self.report, data, name, self.tools())
        if isinstance(document.get("credential"), str) and "certificate" in document:
            token = document["credential"].encode()
            found.append(_credential(view, token, f"{name}/credential", self.verifier))
        return [*found, *self._attached(view, data, name)]

    def _attached(self, view: Mapping[str, Any], data: bytes, name: str) -> Iterator[Belonging]:
        """The files in a package, by themselves."""
        from footprint.exchange.belonging_documents import Belonging
        from footprint.exchange.belonging_packages import attached_files, is_shell_package
        from footprint.faults import InputRefused

        try:
            files = attached_files(data, name) if is_shell_package(data) else {}
        except InputRefused:  # said of the package already
            return
        for inside, content in files.items():
            called, kind = f"{name}/{inside}", _kind_of(content, inside)
            if kind:
                yield self._drawn(view, content, called, kind)
            elif is_shell_package(content) or not content.lstrip().startswith(b"{"):
                says = "files of this kind are not bound: whether it was there cannot be told"
                yield Belonging(called, "unasked", says)
            else:
                yield from self._all(view, content, called)

    def _drawn(self, view: Mapping[str, Any], data: bytes, name: str, kind: str) -> Belonging:
        """What was signed by itself, or is drawn."""
        if kind in {".svg", ".png"}:
            return _label(view, data, name, kind)
        if kind == ".jwt":
            return _credential(view, data, name, self.verifier)
        if kind == ".pdf" and b"credential.vc.jwt" in data:
            return _certificate(view, data, name, self.verifier)
        return _report(data, name, kind, self.redraw)


def _kind_of(data: bytes, name: str) -> str:
    """The ending of what is drawn or signed by itself, by its content; by its name where a file is
    broken. Empty for documents of exchange."""
    head = data[:1024].lstrip().lower()
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"\x89PNG"):
        return ".png"
    if data.startswith(b"PK") and b"aasx/" not in data and b"xl/workbook.xml" in data:
        return ".xlsx"
    if head.startswith((b"<!doctype html", b"<html")):
        return ".html"
    if head.startswith(b"<") and b"<svg" in head:
        return ".svg"
    if _TOKEN.fullmatch(data):
        return ".jwt"
    suffix = Path(name).suffix.lower()
    drawn = suffix in {*_REPORTS, ".svg", ".png", ".jwt"}
    return suffix if drawn and not head.startswith(b"{") else ""


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
    """A certificate as PDF: its text is the signed one, and its page is drawn from it, in the
    language that it names inside."""
    from footprint.exchange.belonging_documents import Belonging, differing

    found = verifier(data, "certificate.pdf")
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


def _label(view: Mapping[str, Any], data: bytes, name: str, kind: str) -> Belonging:
    """A label, drawn again from the signed text in each language, size and state."""
    from footprint.certificates.register import State
    from footprint.certificates.view import view_from_document
    from footprint.exchange.belonging_documents import Belonging
    from label_templates.languages import LANGUAGES
    from label_templates.render import Size, label_png, label_svg

    seen, width = view_from_document(dict(view)), int.from_bytes(data[16:20], "big")
    vector = kind == ".svg"
    for state, size, language in product(get_args(State), get_args(Size), LANGUAGES):
        if vector:
            drawn = label_svg(seen, language, size=size, state=state).encode()
        elif 200 <= width <= 3000:
            drawn = label_png(seen, language, width, size=size, state=state)
        else:
            break
        if drawn == data:
            says = f"it is the label of the signed text, state {state}, byte by byte"
            return Belonging(name, "signed", says)
    return Belonging(name, "other", "no label that this version draws has these bytes", ("label",))


def _report(data: bytes, name: str, kind: str, redraw: Redraw | None) -> Belonging:
    """A report, drawn again from the bundle's bill of materials, which the certificate binds."""
    from footprint.exchange.belonging_documents import Belonging

    if redraw is None:
        says = "a report is drawn again from the bundle: add --bundle"
        return Belonging(name, "unasked", says)
    if any(one == data for one in redraw(data, kind)):
        says = "it is the report on the bill of materials that was signed, byte by byte"
        return Belonging(name, "signed", says)
    return Belonging(
        name, "other", "no report that this version draws has these bytes", ("report",)
    )


def files_text(found: Sequence[Belonging], language: str) -> str:
    """What was found of the files, a line each."""
    from footprint.words.language import in_chinese

    marks = {"signed": "ok", "agrees": "==", "other": "NO", "unasked": "--"}
    chinese = language == "zh"
    return "\n".join(
        f"  [{marks[one.outcome]}] {one.file}: "
        f"{(one.says_zh or in_chinese(one.says)) if chinese else one.says}"
        for one in found
    )
