"""`footprint verifiers`: the register of who may verify, and their public keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from footprint.cli.input_files import read_file
from footprint.cli.output import CACHE_OPTION, Format, print_json, say, speak_json
from footprint.cli.stores import service_settings, store_for_reading, store_for_writing
from footprint.cli.tables import print_rows
from footprint.cli.token_commands import FORMAT_OPTION, STORE_OPTION

if TYPE_CHECKING:
    from footprint.verifiers.published import PublishedVerifier

VERIFIER_ARGUMENT = typer.Argument(help="Id of a verifier.", show_default=False)
ENTRY_ARGUMENT = typer.Argument(help="YAML file with its facts.", show_default=False)
_MOST = 500


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = typer.Typer(help="Who may verify, and with which keys.", no_args_is_help=True)
    group.command("add", epilog="Example: footprint verifiers add verifier.yaml")(add)
    group.command("list", epilog="Example: footprint verifiers list")(list_all)
    group.command("show", epilog="Example: footprint verifiers show VERIFIER-ID")(show)
    group.command("change", epilog="Example: footprint verifiers change VERIFIER-ID new.yaml")(
        change
    )
    group.command("key", epilog="Example: footprint verifiers key VERIFIER-ID public.jwk.json")(key)
    # Ids of keys are hashes; one in 64 begins with a hyphen, and is no option.
    group.command(
        "end-key",
        epilog="Example: footprint verifiers end-key VERIFIER-ID KEY-ID",
        context_settings={"ignore_unknown_options": True},
    )(end_key)
    app.add_typer(group, name="verifiers")


def add(
    file: Path = ENTRY_ARGUMENT,
    key_file: Path | None = typer.Option(None, "--key", help="Its public key, as a JWK file."),
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Register a verifier whose accreditation you have looked up."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL
    from footprint.verifiers.entry import read_entry

    entry = read_entry(_text_of(file), file.name)
    with store_for_writing(service_settings(store, cache)) as service:
        made = service.verifiers.add(LOCAL, entry)
        if key_file is not None:
            made = service.verifiers.add_key(LOCAL, made.id, read_file(key_file))
    _print_verifier(made, form)


def list_all(
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List the verifiers, newest first."""
    speak_json(form is Format.JSON)
    with store_for_reading(store, cache) as service:
        found = [one for one, _ in service.verifiers.listed(_MOST)]
    rows = [
        {
            "id": one.id,
            "name": one.entry.name,
            "body": one.entry.body,
            "accreditation": one.entry.accreditation,
            "from": one.entry.accredited_from.isoformat(),
            "until": "" if (end := one.entry.accredited_until) is None else end.isoformat(),
            "keys": len([key for key in one.keys if key.withdrawn_on is None]),
        }
        for one in found
    ]
    print_rows(rows, form, "verifiers")


def show(
    verifier: str = VERIFIER_ARGUMENT,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Print a verifier as JSON: what `footprint statements check --verifier` reads."""
    with store_for_reading(store, cache) as service:
        found = service.verifiers.get(verifier)
    print_json(found.document())


def change(
    verifier: str = VERIFIER_ARGUMENT,
    file: Path = ENTRY_ARGUMENT,
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Put other facts in the place of all that is known of a verifier; its keys stay."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL
    from footprint.verifiers.entry import read_entry

    entry = read_entry(_text_of(file), file.name)
    with store_for_writing(service_settings(store, cache)) as service:
        made = service.verifiers.change(LOCAL, verifier, entry)
    _print_verifier(made, form)


def key(
    verifier: str = VERIFIER_ARGUMENT,
    file: Path = typer.Argument(help="Its public key, as a JWK file.", show_default=False),
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Add another public key of a verifier."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        made = service.verifiers.add_key(LOCAL, verifier, read_file(file))
    _print_verifier(made, form)


def end_key(
    verifier: str = VERIFIER_ARGUMENT,
    key_name: str = typer.Argument(help="Id of the key.", show_default=False, metavar="KEY"),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Let nothing count any more that a key has signed."""
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        service.verifiers.withdraw_key(LOCAL, verifier, key_name)
    say(f"Nothing that {key_name} signed counts any more.")


def _print_verifier(made: PublishedVerifier, form: Format) -> None:
    if form is Format.JSON:
        print_json(made.document())
        return
    typer.echo(f"Verifier {made.id}: {made.entry.name}, {len(made.keys)} keys")


def _text_of(path: Path) -> str:
    from footprint.verifiers.faults import ENTRY_BROKEN

    try:
        return read_file(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ENTRY_BROKEN.refuse(f"The file is not UTF-8: {error}.") from None
