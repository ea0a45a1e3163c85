"""`footprint laws`: batteries, border adjustment, the French textile score, a purchaser's limit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typer

from footprint.cli.bom_commands import BOM_ARGUMENT, ELECTRICITY_OPTION, Basis, calculated_file
from footprint.cli.inventories import INVENTORY_OPTION, ONLY_OPTION
from footprint.cli.label_commands import (
    AS_OF_OPTION,
    EVIDENCE_OPTION,
    FORMAT_OPTION,
    LANGUAGE_OPTION,
    as_of_day,
    read_evidence_text,
)
from footprint.cli.output import CACHE_OPTION, Format, Lang, print_json, say, speak, speak_json

_QUESTION = typer.Argument(help="YAML file with the facts. docs/laws.md", show_default=False)
_WAY = typer.Argument(
    help="YAML file with the way of a subject. docs/journey.md", show_default=False
)


def register(app: typer.Typer, laws: typer.Typer) -> None:
    """Add the commands to the group, and that of the five-step chain to the application."""
    laws.command("battery", epilog="Example: footprint laws battery battery.yaml")(battery)
    laws.command("cbam", epilog="Example: footprint laws cbam goods.yaml --workbook goods.xlsx")(
        cbam
    )
    laws.command("textile", epilog="Example: footprint laws textile shirt.yaml")(textile)
    laws.command("procurement", epilog="Example: footprint laws procurement cement.csv limit.yaml")(
        procurement
    )
    app.command("journey", epilog="Example: footprint journey works.journey.yaml")(journey)


def battery(
    question: Path = _QUESTION,
    as_of: datetime | None = AS_OF_OPTION,
    aasx: Path | None = typer.Option(
        None,
        "--aasx",
        help="Write the passport's part as an asset administration shell (IDTA 02035-3).",
        show_default=False,
    ),
    form: Format = FORMAT_OPTION,
    lang: Lang = LANGUAGE_OPTION,
) -> None:
    """EU Batteries Regulation: category, duties on a day, declaration, class, passport part."""
    speak_json(form is Format.JSON)
    speak(lang)
    from footprint.rules.modules.battery_reply import battery_reply
    from footprint.rules.modules.questions import BatteryQuestion

    reply = _answer(question, BatteryQuestion, battery_reply, as_of_day(as_of), form, lang)
    if aasx is not None:
        from footprint.exchange.battery_shell import battery_package

        aasx.write_bytes(battery_package(reply.get("passport") or {}))
        say(f"written: {aasx}")


def cbam(
    question: Path = _QUESTION,
    as_of: datetime | None = AS_OF_OPTION,
    workbook: Path | None = typer.Option(
        None, "--workbook", help="Write the answer for the importer as XLSX.", show_default=False
    ),
    form: Format = FORMAT_OPTION,
    lang: Lang = LANGUAGE_OPTION,
) -> None:
    """EU border adjustment (CBAM): scope, threshold, embedded emissions; never a footprint."""
    speak_json(form is Format.JSON)
    speak(lang)
    from footprint.rules.modules.cbam_reply import cbam_reply
    from footprint.rules.modules.questions import CbamQuestion, read_question

    reply = _answer(question, CbamQuestion, cbam_reply, as_of_day(as_of), form, lang)
    if workbook is not None:
        from footprint.report.cbam_workbook import cbam_workbook

        asked = read_question(read_evidence_text(question), CbamQuestion, question.name)
        workbook.write_bytes(cbam_workbook(asked, reply))
        say(f"written: {workbook}")


def journey(
    question: Path = _WAY,
    as_of: datetime | None = AS_OF_OPTION,
    form: Format = FORMAT_OPTION,
    lang: Lang = LANGUAGE_OPTION,
) -> None:
    """The steps quantify, plan, reduce, offset, disclose: what may come next, and progress."""
    speak_json(form is Format.JSON)
    speak(lang)
    from footprint.rules import load_rules
    from footprint.rules.journey.question import JourneyQuestion
    from footprint.rules.journey.reply import journey_reply
    from footprint.rules.modules.questions import read_question

    asked = read_question(read_evidence_text(question), JourneyQuestion, question.name)
    reply = journey_reply(asked, as_of_day(as_of), load_rules())
    _print(reply, form, lang)
    if reply["reply"] == "no":
        raise typer.Exit(1)


def textile(
    question: Path = _QUESTION,
    as_of: datetime | None = AS_OF_OPTION,
    form: Format = FORMAT_OPTION,
    lang: Lang = LANGUAGE_OPTION,
) -> None:
    """French environmental cost of clothing: scope, duties, how a score is shown."""
    speak_json(form is Format.JSON)
    speak(lang)
    from footprint.rules.modules.questions import TextileQuestion
    from footprint.rules.modules.replies import textile_reply

    _answer(question, TextileQuestion, textile_reply, as_of_day(as_of), form, lang)


def procurement(
    bom: Path = BOM_ARGUMENT,
    limit: Path = typer.Argument(help="YAML file with the limit.", show_default=False),
    evidence: Path | None = EVIDENCE_OPTION,
    as_of: datetime | None = AS_OF_OPTION,
    form: Format = FORMAT_OPTION,
    lang: Lang = LANGUAGE_OPTION,
    electricity: Basis = ELECTRICITY_OPTION,
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """A purchaser's limit, such as for low-carbon cement: kept, not kept or unknown, and why."""
    speak_json(form is Format.JSON)
    speak(lang)
    from footprint.documents.footprint import footprint_document
    from footprint.rules import facts_from_document, read_evidence
    from footprint.rules.modules.questions import LimitQuestion, read_question
    from footprint.rules.modules.replies import limit_reply

    asked = read_question(read_evidence_text(limit), LimitQuestion, limit.name)
    given = read_evidence(read_evidence_text(evidence), evidence.name if evidence else "evidence")
    _, result = calculated_file(
        bom,
        cache,
        imported=imported,
        only_imported=only_imported,
        electricity=electricity.value,
    )
    facts = facts_from_document(footprint_document(result))
    _print(limit_reply(asked, facts, given, as_of_day(as_of)), form, lang)


def _answer(
    file: Path,
    kind: Any,
    reply: Callable[[Any, date], dict[str, Any]],
    day: date,
    form: Format,
    lang: Lang,
) -> dict[str, Any]:
    from footprint.rules.modules.questions import read_question

    found = reply(read_question(read_evidence_text(file), kind, file.name), day)
    _print(found, form, lang)
    return found


def _print(reply: dict[str, Any], form: Format, lang: Lang) -> None:
    if form is Format.JSON:
        print_json(reply)
        return
    from footprint.rules.modules.reply_text import reply_lines

    typer.echo("\n".join(reply_lines(reply, lang is Lang.ZH)))
