"""`footprint backup` and `footprint restore`: a store as one file, whole or not there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from footprint.cli.output import say
from footprint.cli.stores import in_one_line, service_settings
from footprint.cli.token_commands import STORE_OPTION


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(epilog="Example: footprint backup --out footprint-2026-11-20.tar")(backup)
    app.command(epilog="Example: footprint restore footprint-2026-11-20.tar --store new")(restore)


def backup(
    out: Path = typer.Option(help="File to be written; an earlier one is replaced."),
    store: Path | None = STORE_OPTION,
) -> None:
    """Write database, keys and tokens into one file, while the service may run.

    It holds private keys: keep it like them. PostgreSQL needs pg_dump on the path.
    """
    from api.services.backups import write_backup

    settings = service_settings(store)
    with in_one_line(settings):
        manifest = write_backup(settings, out.absolute(), datetime.now(UTC))
    say(f"{len(manifest['files'])} files in {out}")


def restore(
    file: Path = typer.Argument(help="A backup.", show_default=False),
    store: Path | None = STORE_OPTION,
) -> None:
    """Put a backup into an empty folder; everything in it is checked first.

    A backup of PostgreSQL goes into the empty database of FOOTPRINT_DATABASE_URL.
    """
    from api.services.backups import restore_backup

    settings = service_settings(store)
    with in_one_line(settings):
        manifest = restore_backup(settings, file)
    say(f"{settings.store_dir} is as it was on {manifest['made_at']}")
