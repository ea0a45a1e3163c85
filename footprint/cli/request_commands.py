"""`footprint requests`: what buyers ask, answered by evidence, and the packs that are sent."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from footprint.cli.input_files import read_file
from footprint.cli.output import CACHE_OPTION, Format, Lang, print_json, say, speak, speak_json
from footprint.cli.stores import service_settings, store_for_reading, store_for_writing
from footprint.cli.tables import print_rows
from footprint.cli.token_commands import FORMAT_OPTION, STORE_OPTION

if TYPE_CHECKING:
    from api.answering.model import Case

REQUEST_ARGUMENT = typer.Argument(help="Id of a request.", show_default=False)
LANG_OPTION = typer.Option(Lang.EN, "--lang", help="Language: en or zh.")
_DAY = ["%Y-%m-%d"]
_MOST = 500


class QuestionName(StrEnum):
    """The four questions."""

    FOOTPRINT = "footprint"
    TARGETS = "targets"
    MEASURES = "measures"
    CLEAN_ENERGY = "clean-energy"


class EvidenceName(StrEnum):
    """The questions that evidence of the company answers."""

    TARGETS = "targets"
    MEASURES = "measures"
    CLEAN_ENERGY = "clean-energy"


class RequestEnd(StrEnum):
    """How a request ends."""

    ACCEPTED = "accepted"
    SENT_BACK = "sent-back"
    DECLINED = "declined"


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = typer.Typer(help="Requests of buyers, and their answers.", no_args_is_help=True)
    group.command("add", epilog="Example: footprint requests add 'Example Motors'")(add)
    group.command("list", epilog="Example: footprint requests list")(list_all)
    group.command("show", epilog="Example: footprint requests show REQUEST-ID")(show)
    group.command("answer", epilog="Example: footprint requests answer ID targets --evidence EID")(
        answer
    )
    group.command("evidence", epilog="Example: footprint requests evidence targets facts.yaml")(
        evidence
    )
    group.command("pack", epilog="Example: footprint requests pack ID --out answer.zip")(pack)
    group.command("sent", epilog="Example: footprint requests sent ID PACK-ID --how mail")(sent)
    group.command("end", epilog="Example: footprint requests end ID accepted")(end)
    group.command("digest", epilog="Example: footprint requests digest --days 7")(digest)
    app.add_typer(group, name="requests")


def add(
    buyer: str = typer.Argument(help="Who asks.", show_default=False),
    product: str = typer.Option("", help="For what, in words."),
    product_id: list[str] = typer.Option([], help="URN of a product."),
    due: datetime | None = typer.Option(None, formats=_DAY, help="Until when."),
    file: Path | None = typer.Option(None, help="His questionnaire."),
    note: str = typer.Option("", help="What else he wrote."),
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Take in a buyer's request; in a questionnaire products, date and questions are looked for."""
    speak_json(form is Format.JSON)
    from api.answering.cases import CaseOrder
    from api.services.access import LOCAL

    order = CaseOrder(
        buyer,
        product,
        tuple(product_id),
        None if due is None else due.date(),
        note,
        "" if file is None else file.name,
        b"" if file is None else read_file(file),
    )
    with store_for_writing(service_settings(store, cache)) as service:
        made, guess = service.desk.cases.add(LOCAL, order)
    if guess is not None and form is Format.TABLE:
        say(f"Found: questions {', '.join(guess.questions) or 'none'}; due {guess.due or '-'}")
    _print_case(made, form)


def list_all(
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List the requests, newest first."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.desk.cases.listed(LOCAL, None, _MOST)
    rows = [_row(one) for one in found]
    if rows or form is Format.JSON:
        print_rows(rows, form, "requests", most=40)
    else:
        say("No request yet.")


def show(
    request: str = REQUEST_ARGUMENT,
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Show a request, its four questions and what was sent."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.desk.cases.get(LOCAL, request)
        packs = service.desk.packs.of(LOCAL, request)
    _print_case(found, form, [{"id": one.id, "sent_how": one.sent_how} for one in packs])


def answer(
    request: str = REQUEST_ARGUMENT,
    question: QuestionName = typer.Argument(help="Which question.", show_default=False),
    footprint: str = typer.Option("", help="Id of a footprint that answers."),
    against: str = typer.Option("", help="Measures: id of the footprint of before."),
    evidence: list[str] = typer.Option([], help="Id of a piece of evidence."),
    decline: str = typer.Option("", help="Why there is no answer."),
    words: str = typer.Option("", help="A remark for the buyer."),
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Answer one question by what is kept here, or decline it with a reason."""
    speak_json(form is Format.JSON)
    from api.answering.cases import CaseChange
    from api.answering.model import CaseAnswer
    from api.services.access import LOCAL

    said = (
        CaseAnswer("declined", words=decline)
        if decline
        else CaseAnswer("answered", footprint, against, tuple(evidence), words)
    )
    with store_for_writing(service_settings(store, cache)) as service:
        now = service.desk.cases.get(LOCAL, request)
        change = CaseChange(answers={question.value: said})
        made = service.desk.cases.change(LOCAL, request, now.revision, change)
    _print_case(made, form)


def evidence(
    kind: EvidenceName = typer.Argument(help="Which question it answers.", show_default=False),
    facts: Path = typer.Argument(help="YAML: title, and facts by name.", show_default=False),
    file: Path | None = typer.Option(None, help="The file that shows it."),
    valid_until: datetime | None = typer.Option(None, formats=_DAY, help="Last day it counts."),
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Keep evidence of the company, once for all answers."""
    speak_json(form is Format.JSON)
    from api.answering.evidence import EvidenceOrder
    from api.services.access import LOCAL
    from footprint.plain_yaml import NotPlainYamlError, load_plain_yaml

    try:
        given: Any = load_plain_yaml(read_file(facts).decode())
    except (NotPlainYamlError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{facts} is no plain YAML: {error}") from None
    if not isinstance(given, dict) or "title" not in given:
        raise typer.BadParameter(f"{facts} needs a title, and facts by name")
    title = str(given.pop("title"))
    order = EvidenceOrder(
        kind.value,
        title,
        {str(name): str(value) for name, value in given.items()},
        None if valid_until is None else valid_until.date(),
        "" if file is None else file.name,
        b"" if file is None else read_file(file),
    )
    with store_for_writing(service_settings(store, cache)) as service:
        made = service.desk.evidence.keep(LOCAL, order)
    if form is Format.JSON:
        print_json({"id": made.id, "kind": made.kind, "facts": json.loads(made.facts)})
    else:
        typer.echo(made.id)


def pack(
    request: str = REQUEST_ARGUMENT,
    out: Path = typer.Option(help="ZIP file to be written."),
    lang: Lang = LANG_OPTION,
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Make the pack that answers a request: it is kept as it is, and written to a file."""
    speak(lang)
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        made = service.desk.packs.make(LOCAL, request, lang.value)
        out.write_bytes(made.data)
    if form is Format.JSON:
        print_json({"id": made.id, "hash": made.hash, "manifest": json.loads(made.manifest)})
        return
    typer.echo(f"Pack {made.id}: {out}")
    for name in json.loads(made.manifest)["files"]:
        typer.echo(f"  {name}")


def sent(
    request: str = REQUEST_ARGUMENT,
    pack_id: str = typer.Argument(help="Id of the pack.", show_default=False),
    how: str = typer.Option(help="By mail, portal, ..."),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Write that a pack was sent; the request waits for the buyer then."""
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        made = service.desk.packs.sent(LOCAL, request, pack_id, how)
    say(f"The request is {made.state}.")


def end(
    request: str = REQUEST_ARGUMENT,
    outcome: RequestEnd = typer.Argument(help="accepted, sent-back or declined."),
    words: str = typer.Option("", help="Why; only an acceptance needs none."),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Write what the buyer said to the answer, or that there will be none."""
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        made = service.desk.cases.close(LOCAL, request, outcome.value, words)
    say(f"The request is {made.state}.")


def digest(
    days: int = typer.Option(7, help="Due within so many days.", min=0, max=365),
    lang: Lang = LANG_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Print which requests are due or overdue, as a text for a mail."""
    speak(lang)
    from api.answering.digest import digest_text
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.desk.cases.due(LOCAL, days)
        today, base = service.clock().date(), service.settings.base_url
        names = service.log.names(LOCAL)
    typer.echo(digest_text(found, today, lang.value, base, names))


def _row(case: Case) -> dict[str, str]:
    return {
        "id": case.id,
        "state": case.state,
        "due": "" if case.due is None else case.due.isoformat(),
        "buyer": case.buyer,
        "product": case.product,
        "worker": case.worker,
    }


def _print_case(case: Case, form: Format, packs: list[dict[str, str]] | None = None) -> None:
    if form is Format.JSON:
        answers = json.loads(case.answers)
        print_json(_row(case) | {"answers": answers, "note": case.note, "packs": packs or []})
        return
    typer.echo("  ".join(value for value in _row(case).values() if value))
    for name, one in case.questions.items():
        typer.echo(f"  {name}: {one.state} {one.footprint or ''} {one.words}".rstrip())
