"""`footprint tokens`: who may use the service, for its keeper."""

from __future__ import annotations

from pathlib import Path

import typer

from footprint.cli.output import CACHE_OPTION, Format, print_json, say, speak_json
from footprint.cli.stores import opened_for_cli, store_for_reading

STORE_OPTION = typer.Option(
    None, "--store", help="Folder with keys and register (default: the user's data folder)."
)
FORMAT_OPTION = typer.Option(Format.TABLE, "--format", help="How to print the result.")


def add_token(
    person: str = typer.Option(help="Who holds it; two tokens of one person are one person."),
    role: list[str] = typer.Option(
        help="maker, checker, approver or owner; may be given several times."
    ),
    tenant: str = typer.Option("default", help="Whose token it is."),
    scope: list[str] = typer.Option(
        [],
        help="What it is used for, such as footprints:write; may be given several times. Left out: "
        "to sign in, and to read.",
    ),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Make an access token and print its secret, once."""
    import secrets

    from api.scopes import LEAST, SCOPES, scope_text, unknown_scopes
    from api.services.access import let_in, new_secret
    from api.store.tenants import ALL_ROLES

    if unknown_scopes(scope):
        raise typer.BadParameter(f"give scopes out of: {', '.join(SCOPES)}")

    unknown = [name for name in role if name not in ALL_ROLES]
    if unknown or not person.strip():
        raise typer.BadParameter(f"give a person, and roles out of: {', '.join(ALL_ROLES)}")
    with opened_for_cli(store, cache) as service:
        secret = new_secret(secrets.token_bytes)
        made = let_in(
            service.database,
            tenant,
            person,
            secret,
            service.certificates.clock(),
            secrets.token_bytes(16),
            person.strip(),
            [name for name in ALL_ROLES if name in role],
            scope_text(scope or LEAST),
        )
    say(f"Token {made} of {person}. Its secret is shown this once:")
    typer.echo(secret)


def list_tokens(
    form: Format = FORMAT_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List the access tokens, never their secrets."""
    speak_json(form is Format.JSON)
    from api.store.tenants import all_tokens

    with store_for_reading(store, cache) as service, service.database.reading() as uow:
        found = all_tokens(uow)
    rows = [
        {
            "id": token.id,
            "tenant": token.tenant,
            "person": token.person,
            "roles": token.roles.split(","),
            "scopes": token.scopes.split(),
            "since": token.created_at.isoformat(),
            "revoked_at": None if token.revoked_at is None else token.revoked_at.isoformat(),
        }
        for token in found
    ]
    if form is Format.JSON:
        print_json({"tokens": rows})
        return
    for row in rows:
        gone = f"  revoked {row['revoked_at']}" if row["revoked_at"] else ""
        typer.echo(f"{row['id']}  {row['tenant']}  {row['person'] or '-'}  {row['roles']}{gone}")


def renew_access_token(
    token: str = typer.Argument(help="Id of the token.", show_default=False),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Give an access token another secret, printed once; the old one counts for 24 hours more."""
    from api.store.tenants import ALL_ROLES, Actor, find_token

    with opened_for_cli(store, cache) as service:
        with service.database.reading() as uow:
            found = find_token(uow, token)
        keeper = Actor(found.tenant if found else "default", "local", roles=ALL_ROLES)
        _, secret = service.tokens.rotate(keeper, token)
    typer.echo(secret)


def revoke_token(
    token: str = typer.Argument(help="Id of the token.", show_default=False),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Shut an access token out for good."""
    from api.store import tenants

    with opened_for_cli(store, cache) as service, service.database.writing() as uow:
        done = tenants.revoke_token(uow, token, service.certificates.clock())
    typer.echo(f"{token} lets nobody in any more." if done else f"No open token {token}.")
    if not done:
        raise typer.Exit(1)
