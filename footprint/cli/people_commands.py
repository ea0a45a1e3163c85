"""`footprint people`: what is held about a person, how he is forgotten, what is too old."""

from __future__ import annotations

from pathlib import Path

import typer

from footprint.cli.door_commands import TENANT_OPTION
from footprint.cli.output import CACHE_OPTION, Format, print_json, speak_json
from footprint.cli.stores import service_settings, store_for_reading, store_for_writing
from footprint.cli.token_commands import FORMAT_OPTION, STORE_OPTION

PERSON_ARGUMENT = typer.Argument(
    help="Id of a person, or the name that he signs with.", show_default=False
)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    people = typer.Typer(help="What is held about people.", no_args_is_help=True)
    people.command("export", epilog="Example: footprint people export 'Li Wei' > li-wei.json")(
        export_person_data
    )
    people.command("forget", epilog="Example: footprint people forget 'Li Wei'")(forget_person_data)
    people.command("tidy", epilog="Example: footprint people tidy")(tidy_person_data)
    app.add_typer(people, name="people")


def export_person_data(
    person: str = PERSON_ARGUMENT,
    tenant: str = TENANT_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Print all that is held about a person, as JSON; no secret and no hash of one."""
    speak_json(True)
    from api.store.tenants import ALL_ROLES, Actor

    with store_for_reading(store, cache) as service:
        print_json(service.personal.export(Actor(tenant, "local", roles=ALL_ROLES), person))


def forget_person_data(
    person: str = PERSON_ARGUMENT,
    tenant: str = TENANT_OPTION,
    form: Format = FORMAT_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Shut a person out, and write an alias wherever he signed. It cannot be undone."""
    speak_json(form is Format.JSON)
    from api.store.tenants import ALL_ROLES, Actor

    with store_for_writing(service_settings(store, cache)) as service:
        done = service.personal.forget(Actor(tenant, "local", roles=ALL_ROLES), person)
    if form is Format.JSON:
        print_json({"alias": done.alias, "places": done.places, "entries": done.entries})
        return
    typer.echo(f"{done.alias} stands in {done.places} places and {done.entries} entries.")


def tidy_person_data(
    form: Format = FORMAT_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Forget sign-ins and invitations older than the settings say; `serve` does it daily."""
    speak_json(form is Format.JSON)
    with store_for_writing(service_settings(store, cache)) as service:
        sign_ins, people = service.personal.tidy()
    if form is Format.JSON:
        print_json({"sign_ins": sign_ins, "people": people})
        return
    typer.echo(f"{sign_ins} sign-ins and {people} invited people are forgotten.")
