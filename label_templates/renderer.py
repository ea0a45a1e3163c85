"""The name of everything that decides how a certificate, a label or a report looks."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from footprint.version import __version__
from label_templates.type.fonts import FONT_ID

_FOLDER = Path(__file__).parent
_RENDERING_FILES = (".py", ".typ", ".j2", ".css", ".yaml")
#: What labels, certificates and their pages are made of; report files are told by their names.
CERTIFICATE_ROOMS = ("certificate", "content", "drawing", "label", "locale", "templates", "type")


@cache
def renderer_id(*, with_reports: bool = False) -> str:
    """Names all that decides how a page looks: our files, the fonts, typst and its version.

    Goes into `Issuance.renderer`, so that a verifier knows whether it can make the page again.
    Files of the footprint report count only `with_reports`: no certificate is made of them.
    """
    digest = hashlib.sha256()
    for path in rendering_files(with_reports=with_reports):
        name = path.relative_to(_FOLDER).as_posix()
        digest.update(name.encode() + b"\0" + path.read_bytes())
    engines = f"footprint {__version__}, typst {version('typst')}, {FONT_ID}"
    return f"{engines}, templates {digest.hexdigest()[:16]}"


def rendering_files(*, with_reports: bool = False) -> list[Path]:
    """The files that the name covers, in order."""
    rooms = (*CERTIFICATE_ROOMS, "report") if with_reports else CERTIFICATE_ROOMS
    files = [
        *(path for path in _FOLDER.glob("*.py") if not path.name.startswith("console")),
        *(path for room in rooms for path in _FOLDER.joinpath(room).rglob("*")),
    ]
    return sorted(
        path
        for path in files
        if path.suffix in _RENDERING_FILES
        and not path.name.startswith("console")
        and (with_reports or not path.name.startswith("report"))
    )
