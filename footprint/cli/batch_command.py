"""`footprint issue-all`: certificates for a folder of tables, and a list of what came of each.

Evidence of one product lies beside its table (`NAME.evidence.yaml`); that of `--evidence` is for
all others.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from footprint.cli import faults
from footprint.cli.bom_commands import ELECTRICITY_OPTION, GWP_OPTION, Basis
from footprint.cli.label_commands import EVIDENCE_OPTION, read_evidence_text
from footprint.cli.output import (
    CACHE_OPTION,
    LANG_OPTION,
    Format,
    Lang,
    bilingual,
    problems_json,
    program,
    say,
    speak,
    speak_json,
    typed,
)
from footprint.cli.stores import service_settings, store_for_writing
from footprint.cli.tables import print_rows
from footprint.cli.token_commands import STORE_OPTION
from footprint.faults import InputRefused, Problem, Where

if TYPE_CHECKING:
    from api.services.issuer import Order
    from api.services.service import Service
    from footprint.study import Inputs

#: Tables of parts, by the ends of their names.
_TABLES = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"))
_HEADINGS = {"file": "文件", "certificate": "证书", "guesses": "猜测", "refused": "拒绝原因"}
#: Tables that are read before what came of them is stored: so many are in memory at a time.
_AT_ONCE = 500


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "issue-all",
        epilog="Example: footprint issue-all products --scheme th-tgo --tier disclosure",
    )(issue_all)


def issue_all(
    folder: Path = typer.Argument(help="Folder of tables, one a product.", show_default=False),
    scheme: str = typer.Option(help="Id of the scheme whose rules are applied."),
    tier: str = typer.Option(help="disclosure, reduction or low-carbon."),
    evidence: Path | None = EVIDENCE_OPTION,
    months: int | None = typer.Option(
        None, help="Term, where the scheme sets none.", min=1, max=120
    ),
    replace: bool = typer.Option(
        False, "--replace", help="Supersede certificates in force for the same orders."
    ),
    draft: bool = typer.Option(False, "--draft", help="Mark them as drafts, not for use."),
    processes: int = typer.Option(
        0, "--processes", min=0, help="How many processes work (0: one per processor)."
    ),
    gwp: str = GWP_OPTION,
    electricity: Basis = ELECTRICITY_OPTION,
    store: Path | None = STORE_OPTION,
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the result."),
    lang: Lang = LANG_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Issue a certificate for each table of a folder; those that are refused stop no other.

    Evidence of one product lies beside its table as NAME.evidence.yaml. Numbers and PDFs are had by
    `footprint files`. The list says how many lines of each rest on guesses that nobody confirmed.
    Exit status 1 if any table was refused.
    """
    speak(lang)
    speak_json(form is Format.JSON)
    tables = sorted(one for one in folder.iterdir() if one.suffix.lower() in _TABLES)
    if not tables:
        hint = f"Tables end in {', '.join(sorted(_TABLES))}."
        raise faults.UNUSABLE_PATH.refuse("this folder holds no table", Where(str(folder)), hint)
    from api.services.issuer import Order

    text = read_evidence_text(evidence)
    order = Order("", scheme, tier, text, months, None, draft, replace)  # type: ignore[arg-type]
    many = processes or os.cpu_count() or 1
    rows: list[dict[str, Any]] = []
    with store_for_writing(service_settings(store, cache)) as service:
        for start in range(0, len(tables), _AT_ONCE):
            part = tables[start : start + _AT_ONCE]
            rows += _issued(service, part, order, (gwp, electricity), many)
            done, whole = f"{len(rows):,}", f"{len(tables):,}"
            say(bilingual(f"{done} of {whole}", f"{done} / {whole}"))
    refused = [one for one in rows if one["refused"]]
    listed = [one | {"refused": "; ".join(one["refused"])} for one in rows]
    print_rows(listed, form, "tables", headings=_HEADINGS if lang is Lang.ZH else {})
    if form is not Format.JSON:
        made, none = f"{len(rows) - len(refused):,}", f"{len(refused):,}"
        typer.echo(
            bilingual(f"Certificates: {made}, refused: {none}", f"证书：{made}；被拒绝：{none}")
        )
        _say_guesses(rows, folder)
    if refused:
        raise typer.Exit(1)


def _issued(
    service: Service,
    tables: Sequence[Path],
    order: Order,
    how: tuple[str, Basis],
    processes: int,
) -> list[dict[str, Any]]:
    """A row for each table: its certificate, or why there is none."""
    from api.services.access import LOCAL
    from footprint.drafts.guesses import guesses_in

    said: dict[Path, tuple[str, tuple[Problem, ...]]] = {}
    read = dict(_read(tables, how, said))
    made = service.footprints.calculate_all(LOCAL, list(read.values()))
    placed: dict[str, Path] = {}
    guesses: dict[Path, int] = {}
    orders = []
    for table, one in zip(read, made, strict=True):
        if isinstance(one, InputRefused):
            said[table] = "", one.problems
            continue
        own = table.with_suffix(".evidence.yaml")
        text = read_evidence_text(own) if own.is_file() else order.evidence
        footprint = service.statements.same_footprint(one, text)
        placed[footprint.id] = table
        guesses[table] = len(guesses_in(footprint.content).lines)
        orders.append(changed(order, footprint=footprint.id, evidence=text))
    result = service.batches.issue(LOCAL, orders, processes if len(orders) > 1 else 1)
    said |= {placed[one.order.footprint]: ("", one.problems) for one in result.refused}
    for number in result.numbers:
        said[placed[service.register.certificate(number).footprint]] = number, ()
    return [_row(table, guesses.get(table), *said[table]) for table in tables]


def _read(
    tables: Sequence[Path],
    how: tuple[str, Basis],
    said: dict[Path, tuple[str, tuple[Problem, ...]]],
) -> Iterator[tuple[Path, Inputs]]:
    from footprint.cli.issuing import inputs_beside

    gwp, electricity = how
    for table in tables:
        try:
            yield table, inputs_beside(table, gwp, electricity.value)
        except InputRefused as refused:
            said[table] = "", refused.problems


def _say_guesses(rows: Sequence[dict[str, Any]], folder: Path) -> None:
    """Tell of the certificates whose lines rest on guesses, and how to look at the first."""
    found = [one for one in rows if one["certificate"] and one["guesses"]]
    if found:
        lines = sum(one["guesses"] for one in found)
        look = f"{program()} match {typed(folder / found[0]['file'])}"
        say(
            bilingual(
                f"Guesses that nobody confirmed: {lines:,} in {len(found):,} of these certificates "
                f"(column guesses). Look at them: {look}",
                f"无人确认的猜测：这些证书中的 {len(found):,} 份共有 {lines:,} 行"
                f"（“猜测”列）。查看：{look}",
            )
        )


def _row(
    table: Path, guesses: int | None, number: str, problems: tuple[Problem, ...]
) -> dict[str, Any]:
    return {
        "file": table.name,
        "certificate": number,
        "guesses": guesses,
        "refused": [f"{one['code']} {one['message']}" for one in problems_json(problems)],
    }
