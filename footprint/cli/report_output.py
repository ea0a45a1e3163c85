"""Where `footprint calculate` puts what it makes: on stdout, or in a file; and the report."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from footprint.cli.output import BomFormat, bilingual, say

if TYPE_CHECKING:
    from footprint.inventory.compiled import CompiledInventory
    from footprint.values.bom import Bom
    from footprint.values.result import Footprint
    from label_templates.report.words import ReportLanguage

#: The forms of the report. They are files for people, so that they need a name and never fill a
#: terminal or a pipe.
REPORTS = frozenset((BomFormat.HTML, BomFormat.PDF, BomFormat.XLSX))
#: Forms that are no text.
_FILES = REPORTS | {BomFormat.AASX}
#: The forms that buyers ask for beside PACT.
EXCHANGED = frozenset(
    (BomFormat.CATENA_X, BomFormat.CATENA_X_7, BomFormat.OPENEPD, BomFormat.AASX, BomFormat.UNTP)
)
#: The forms that are one JSON document, so that a refusal is one too.
MACHINE_READ = frozenset((BomFormat.JSON, BomFormat.PACT, *EXCHANGED)) - {BomFormat.AASX}


def check_out(form: BomFormat, out: Path | None) -> None:
    """Refuse a report or package without a file to write, before anything is calculated."""
    if form in _FILES and out is None:
        raise typer.BadParameter(
            f"--format {form} writes a file: add --out, for example --out report.{form}"
        )


def json_bytes(document: Any) -> bytes:
    """One JSON document, readable, with Chinese as Chinese."""
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()


def deliver(content: bytes, out: Path | None) -> None:
    """Write `content` to `out`, or print it (UTF-8 text) when no file was named."""
    if out is None:
        typer.echo(content.decode(), nl=False)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise typer.BadParameter(f"{out} cannot be written: {error.strerror}") from None
    size = f"{len(content):,}"
    say(bilingual(f"Wrote {out} ({size} bytes).", f"已写入 {out}（{size} 字节）。"))


def report_bytes(
    result: Footprint,
    bom: Bom,
    inventory: CompiledInventory,
    dated: date,
    form: BomFormat,
    language: ReportLanguage,
) -> bytes:
    """The report in one of its forms. Raises InputRefused (RPT codes)."""
    from footprint.report.build import footprint_report
    from label_templates.report.forms import rendered

    report = footprint_report(result, bom, inventory, dated)
    return rendered(report, result, form.value, language)
