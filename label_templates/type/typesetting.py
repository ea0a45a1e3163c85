"""The typst compiler: PDF and PNG from fixed templates, with all user text passed as data.

User text reaches typst in files of their own in memory, which templates read as JSON. Pasted into
a template it would be code, and typst code can read files. (In `sys.inputs` it would be safe too,
but they are part of typst's library: another input, and no line that was set is known again.)
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import typst

from label_templates.languages import LANGUAGES
from label_templates.type.fonts import FONT_FOLDERS, families

TEMPLATES = Path(__file__).parents[1] / "templates"
#: PDF/A-3 at level A keeps the attachments and the tagged text for decades; PDF/UA-1 makes it
#: accessible. Under either one a character without glyph is an error and not an empty box.
PDF_STANDARDS = ["a-3a", "ua-1"]
#: A compiler must not be used by two threads at once, and two are no faster than one.
_LOCK = Lock()


class CannotSetError(Exception):
    """typst refused the text: `str(error)` is its message."""


def pdf(template: str, inputs: dict[str, str], timestamp: int) -> bytes:
    """The PDF of a template. `inputs`: the text of each file that it reads, by name; `timestamp`:
    its creation time in Unix seconds.

    Raises CannotSetError, for example for a character that no font shows.
    """
    return _compile(
        template, inputs, format="pdf", pdf_standards=PDF_STANDARDS, timestamp=timestamp
    )


#: Two certificates in eight languages, 150 kB a file.
_KEPT = 16


def certificate(inputs: dict[str, str], timestamp: int) -> bytes:
    """The PDF of a certificate, as `pdf` makes it; those made last are kept.

    To verify a file its page is set in every language, and most files are verified more than once:
    by the one who issues it, by its readers, or by somebody who tries forgeries.
    """
    return _certificate(tuple(sorted(inputs.items())), timestamp)


@lru_cache(maxsize=_KEPT)
def _certificate(inputs: tuple[tuple[str, str], ...], timestamp: int) -> bytes:
    return pdf("certificate.typ", dict(inputs), timestamp)


def png(template: str, inputs: dict[str, str], ppi: float) -> bytes:
    """The PNG of a template of one page, at `ppi` pixels per inch."""
    return _compile(template, inputs, format="png", ppi=ppi)


def _compile(template: str, inputs: dict[str, str], **options: Any) -> bytes:
    files = {name: text.encode() for name, text in inputs.items()}
    # Taken in by its name, a template is read and parsed once and not for each page.
    files["main"] = f'#include "{template}"'.encode()
    with _LOCK:
        try:
            result = _compiler().compile(input=files, **options)
        except typst.TypstError as error:
            raise CannotSetError(str(error)) from error
    return cast(bytes, result)


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(folder) for folder in FONT_FOLDERS],
    )
    wanted = {family for language in LANGUAGES for family in families(language)}
    missing = wanted - set(fonts.families())
    if missing:
        raise RuntimeError(f"typst does not find the font {', '.join(sorted(missing))}")
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts)
