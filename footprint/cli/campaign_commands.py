"""`footprint campaigns`: many suppliers are asked at once, each answers by his own link."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import typer

from footprint.cli.input_files import read_file
from footprint.cli.output import CACHE_OPTION, Format, print_json, say, speak_json
from footprint.cli.stores import service_settings, store_for_reading, store_for_writing
from footprint.cli.token_commands import FORMAT_OPTION, STORE_OPTION

CAMPAIGN_ARGUMENT = typer.Argument(help="Id of a campaign.", show_default=False)
_DAY = ["%Y-%m-%d"]
_MOST = 200


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = typer.Typer(help="Campaigns: ask many suppliers at once.", no_args_is_help=True)
    group.command("start", epilog="Example: footprint campaigns start suppliers.csv --name Top")(
        start
    )
    group.command("list", epilog="Example: footprint campaigns list")(list_all)
    group.command("board", epilog="Example: footprint campaigns board CAMPAIGN-ID")(board)
    group.command("mail", epilog="Example: footprint campaigns mail ID --out mail.csv")(mail)
    group.command("answers", epilog="Example: footprint campaigns answers ID --out answers.csv")(
        answers
    )
    app.add_typer(group, name="campaigns")


def start(
    suppliers: Path = typer.Argument(help="CSV or Excel with the suppliers.", show_default=False),
    name: str = typer.Option(help="What the campaign is called."),
    buyer: str = typer.Option(help="Who asks."),
    due: datetime = typer.Option(formats=_DAY, help="Until when."),
    why: str = typer.Option("", help="Why, in a sentence."),
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Start a campaign from a list of suppliers. Nothing is mailed."""
    speak_json(form is Format.JSON)
    from api.answering.campaigns import CampaignOrder
    from api.services.access import LOCAL

    order = CampaignOrder(name, buyer, due.date(), suppliers.name, read_file(suppliers), why)
    with store_for_writing(service_settings(store, cache)) as service:
        made = service.desk.campaigns.start(LOCAL, order)
        counts = service.desk.campaigns.board(LOCAL, made.id).counts
    if form is Format.JSON:
        print_json({"id": made.id, "suppliers": sum(counts.values())})
    else:
        say(f"{sum(counts.values())} suppliers.")
        typer.echo(made.id)


def list_all(
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List the campaigns, newest first."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.desk.campaigns.listed(LOCAL, _MOST)
    rows = [
        {"id": one.id, "name": one.name, "due": one.due.isoformat(), "counts": counts}
        for one, counts in found
    ]
    if form is Format.JSON:
        print_json({"campaigns": rows})
        return
    for row in rows:
        typer.echo(f"{row['id']}  {row['due']}  {row['name']}  {row['counts']}")


def board(
    campaign: str = CAMPAIGN_ARGUMENT,
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Show how many suppliers are in each state, who is late, and what came."""
    speak_json(form is Format.JSON)
    from api.answering.campaign_table import answer_rows
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.desk.campaigns.board(LOCAL, campaign)
        rows = list(answer_rows(found, service.clock().date()))
    if form is Format.JSON:
        numbers = {"overdue": found.overdue, "late": found.late}
        print_json({"counts": dict(found.counts), **numbers, "answers": rows})
        return
    said = ", ".join(f"{count} {state}" for state, count in found.counts.items() if count)
    typer.echo(f"{said}; {found.overdue} overdue, {found.late} came late")
    for row in rows:
        number = "-" if row["kg_co2e"] is None else f"{row['kg_co2e']:.4g} kg/{row['unit']}"
        typer.echo(f"  {row['supplier']}  {row['product']}  {row['state']}  {number}")


def mail(
    campaign: str = CAMPAIGN_ARGUMENT,
    out: Path = typer.Option(help="CSV file to be written."),
    remind: bool = typer.Option(False, "--remind", help="Reminders; they count as sent."),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Write one file for a mail merge: to whom, subject, text and private link."""
    from api.answering.campaign_table import mail_csv
    from api.services.access import LOCAL

    settings = service_settings(store, cache)
    with store_for_writing(settings) as service:
        campaigns = service.desk.campaigns
        found = campaigns.board(LOCAL, campaign)
        them = list(found.suppliers)
        if remind:
            them = campaigns.mark_reminded(LOCAL, campaign)
        content = mail_csv(campaigns, found.campaign, them, settings.base_url, reminder=remind)
        out.write_bytes(content)
    say(f"{len(them)} mails: {out}")


def answers(
    campaign: str = CAMPAIGN_ARGUMENT,
    out: Path = typer.Option(help="CSV file to be written."),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Write all answers as a table, gaps empty."""
    from api.answering.campaign_table import answers_csv
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.desk.campaigns.board(LOCAL, campaign)
        out.write_bytes(answers_csv(found, service.clock().date()))
    say(f"{len(found.suppliers)} suppliers: {out}")
