"""`footprint door`: who came in, what is locked after too many failures, and how it is opened."""

from __future__ import annotations

from pathlib import Path

import typer

from footprint.cli.output import CACHE_OPTION, Format, print_json, speak_json
from footprint.cli.stores import service_settings, store_for_reading, store_for_writing
from footprint.cli.token_commands import FORMAT_OPTION, STORE_OPTION

TENANT_OPTION = typer.Option("default", "--tenant", help="Whose door it is.")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    door = typer.Typer(help="Who came in, and who is locked out.", no_args_is_help=True)
    door.command("sign-ins", epilog="Example: footprint door sign-ins --limit 20")(print_sign_ins)
    door.command("locks", epilog="Example: footprint door locks")(print_locks)
    door.command("unlock", epilog="Example: footprint door unlock LOCK-ID")(unlock_by_id)
    app.add_typer(door, name="door")


def print_sign_ins(
    limit: int = typer.Option(50, help="How many, at most.", min=1, max=10_000),
    tenant: str = TENANT_OPTION,
    form: Format = FORMAT_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List who came in, who was refused and what was locked, newest first."""
    speak_json(form is Format.JSON)
    from api.store.tenants import ALL_ROLES, Actor

    with store_for_reading(store, cache) as service:
        found = service.door.listed(Actor(tenant, "local", roles=ALL_ROLES), limit)
    if form is Format.JSON:
        rows = [
            {
                "id": one.id,
                "at": one.at.isoformat(),
                "way": one.way,
                "outcome": one.outcome,
                "actor": one.actor,
                "person": one.person,
                "address": one.address,
            }
            for one in found
        ]
        print_json({"sign_ins": rows})
        return
    for one in found:
        who = one.person or one.actor or "-"
        typer.echo(f"{one.at.isoformat()}  {one.outcome:7}  {one.way:6}  {who}  {one.address}")


def print_locks(
    tenant: str = TENANT_OPTION,
    form: Format = FORMAT_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List what is locked now after too many failed sign-ins."""
    speak_json(form is Format.JSON)
    from api.store.tenants import ALL_ROLES, Actor

    with store_for_reading(store, cache) as service:
        found = service.door.locks(Actor(tenant, "local", roles=ALL_ROLES))
    rows = [
        {
            "id": one.id,
            "kind": one.kind,
            "what": one.what,
            "failures": one.failures,
            "locked_until": one.locked_until.isoformat() if one.locked_until else None,
        }
        for one in found
    ]
    if form is Format.JSON:
        print_json({"locks": rows})
        return
    for row in rows:
        typer.echo(f"{row['id']}  {row['kind']}  {row['what'] or '-'}  until {row['locked_until']}")


def unlock_by_id(
    lock: str = typer.Argument(help="Id of the lock.", show_default=False),
    tenant: str = TENANT_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Let what is locked try again at once."""
    from api.store.tenants import ALL_ROLES, Actor

    with store_for_writing(service_settings(store, cache)) as service:
        service.door.unlock(Actor(tenant, "local", roles=ALL_ROLES), lock)
    typer.echo(f"{lock} is open again.")
