"""`footprint revoke`: withdraw a certificate, or a draft, for good.

The service is imported when the command runs, so that everything else starts without it.
"""

from __future__ import annotations

from pathlib import Path

import typer

from footprint.cli.output import CACHE_OPTION, Format, print_json, say, speak_json
from footprint.cli.register_commands import NUMBER_ARGUMENT
from footprint.cli.stores import opened_for_cli
from footprint.cli.token_commands import FORMAT_OPTION, STORE_OPTION


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: footprint revoke FP-96V8-7RQC-A --reason 'Ordered by mistake'")(
        revoke
    )


def revoke(
    number: str = NUMBER_ARGUMENT,
    reason: str = typer.Option(help="Why: its public page shows it."),
    form: Format = FORMAT_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Withdraw a certificate for good. The credits of a draft are free again, others stay used."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with opened_for_cli(store, cache) as service:
        certificate = service.lifecycle.change_status(LOCAL, number, "revoked", reason)
    if form is Format.JSON:
        print_json({"number": certificate.number, "status": certificate.status})
        return
    typer.echo(f"{certificate.number} is revoked.")
    if certificate.tier == "neutral":
        draft = certificate.view_content.get("draft")
        says = "are free again" if draft else "stay used: a withdrawn certificate keeps them"
        say(f"Its credits {says}.")
