"""The front door: `footprint`. Commands import what they need when they run.

`import bw2data` takes 3 s; nothing here may be imported before it is used, so that
`footprint --help` answers in 0.2 s.
"""

from __future__ import annotations

import sys

import typer

from footprint.cli import (
    analysis_commands,
    backup_commands,
    bom_commands,
    campaign_commands,
    catalogue_commands,
    data_commands,
    disclosure_command,
    door_commands,
    exchange_commands,
    export_command,
    import_command,
    label_commands,
    law_commands,
    match_commands,
    pact_commands,
    partner_commands,
    people_commands,
    read_command,
    request_commands,
    rule_commands,
    schema_command,
    service_commands,
    starter_command,
    statement_commands,
    uncertainty_commands,
    vector_commands,
    verifier_commands,
    webhook_commands,
)
from footprint.cli.output import run
from footprint.version import __version__

app = typer.Typer(
    name="footprint",
    help="Product carbon footprints, label decisions and certificates from a bill of materials.",
    epilog="Start with: footprint demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
data = typer.Typer(
    help="The inventory: build it, list and show its datasets.", no_args_is_help=True
)
schemes = typer.Typer(help="The label schemes whose rules are known.", no_args_is_help=True)
app.add_typer(data, name="data")
app.add_typer(schemes, name="schemes")
laws = typer.Typer(help="What laws ask of a product on a day.", no_args_is_help=True)
app.add_typer(laws, name="laws")
rules = typer.Typer(help="For people who write rule files.", no_args_is_help=True)
app.add_typer(rules, name="rules")
vectors = typer.Typer(
    help="Test vectors with closed forms, for this engine and any other.", no_args_is_help=True
)
app.add_typer(vectors, name="vectors")

read_command.register(app)
bom_commands.register(app)
analysis_commands.register(app)
catalogue_commands.register(app)
data_commands.register(data)
import_command.register(data)
export_command.register(data)
label_commands.register(app, schemes)
law_commands.register(laws)
law_commands.register_journey(app)
rule_commands.register(rules)
match_commands.register(app, data)
pact_commands.register(app)
exchange_commands.register(app)
partner_commands.register(app)
webhook_commands.register(app)
verifier_commands.register(app)
statement_commands.register(app)
request_commands.register(app)
campaign_commands.register(app)
backup_commands.register(app)
door_commands.register(app)
people_commands.register(app)
service_commands.register(app)
schema_command.register(app)
disclosure_command.register(app)
starter_command.register(app)
uncertainty_commands.register(app)
vector_commands.register(vectors)


@app.callback(invoke_without_command=True)
def _version(
    version: bool = typer.Option(False, "--version", help="Print the version and stop."),
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Entry point: exit status 0 done, 1 the input was refused, 2 wrong usage."""
    sys.exit(run(app))
