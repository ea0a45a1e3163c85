"""`footprint statements`: what verifiers sign on footprints, made, handed in and checked."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from footprint.cli.bom_commands import BOM_ARGUMENT, ELECTRICITY_OPTION, GWP_OPTION, Basis
from footprint.cli.input_files import read_file
from footprint.cli.output import CACHE_OPTION, Format, print_json, say, speak_json
from footprint.cli.stores import service_settings, store_for_reading, store_for_writing
from footprint.cli.tables import print_rows
from footprint.cli.token_commands import FORMAT_OPTION, STORE_OPTION

STATEMENT_ARGUMENT = typer.Argument(help="A signed statement (.jwt).", show_default=False)
_MOST = 500


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = typer.Typer(help="What verifiers sign on footprints.", no_args_is_help=True)
    group.command("keygen", epilog="Example: footprint statements keygen --out verifier.jwk.json")(
        keygen
    )
    group.command("subject", epilog="Example: footprint statements subject examples/biscuits.csv")(
        print_subject
    )
    group.command(
        "sign",
        epilog="Example: footprint statements sign subject.json --key verifier.jwk.json "
        '--number V-1 --verifier "Example Ltd" --standard "ISO 14067:2018" --level limited '
        "--out statement.jwt",
    )(sign_subject)
    group.command("add", epilog="Example: footprint statements add S.jwt --footprint ID")(hand_in)
    group.command("list", epilog="Example: footprint statements list")(list_held)
    group.command("check", epilog="Example: footprint statements check S.jwt --verifier V.json")(
        check_statement
    )
    group.command(
        "withdraw", epilog='Example: footprint statements withdraw ID --reason "An error"'
    )(withdraw_held)
    app.add_typer(group, name="statements")


def keygen(
    out: Path = typer.Option(help="File for the private key; the public one goes beside it."),
) -> None:
    """Make a verifier's key: the private file stays with the verifier, the public one goes to
    whoever keeps the register."""
    from footprint.certificates.keys import dump_jwk, generate_key, key_id, load_jwk, public_jwks

    made = generate_key()
    public = out.with_name(f"{out.name.removesuffix('.jwk.json')}.public.jwk.json")
    if public.exists():
        raise typer.BadParameter(f"{public} is there already")
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise typer.BadParameter(f"{out} is there already") from None
    with os.fdopen(handle, "w") as file:
        file.write(dump_jwk(made))
    (jwk,) = public_jwks([load_jwk(dump_jwk(made))])["keys"]
    public.write_text(json.dumps(jwk, indent=2) + "\n", "utf-8")
    typer.echo(key_id(made))
    say(f"Private: {out}. Public, for the register: {public}")


def print_subject(
    bom: Path = BOM_ARGUMENT,
    gwp: str = GWP_OPTION,
    electricity: Basis = ELECTRICITY_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Calculate and keep a footprint, and print as JSON what a verifier signs about it."""
    from api.services.access import LOCAL
    from footprint.cli.issuing import inputs_beside

    with store_for_writing(service_settings(store, cache)) as service:
        inputs = inputs_beside(bom, gwp, electricity.value)
        footprint = service.footprints.calculate(LOCAL, inputs)
        subject = service.statements.subject(LOCAL, footprint.id)
    say(f"Footprint {footprint.id}: `footprint statements add ... --footprint` takes this id.")
    print_json(subject.model_dump() | {"footprint_id": footprint.id})


def sign_subject(
    subject: Path = typer.Argument(help="What `subject` printed.", show_default=False),
    key: Path = typer.Option(help="The verifier's private key, as a JWK file."),
    number: str = typer.Option(help="The verifier's own number of the statement."),
    verifier: str = typer.Option(help="Name of the verifier, as registered."),
    standard: str = typer.Option(help="The standard that was verified against."),
    level: str = typer.Option(help="limited or reasonable."),
    out: Path = typer.Option(help="File for the signed statement."),
    opinion: str = typer.Option("unmodified", help="unmodified, modified or adverse."),
    limits: str = typer.Option("", help="Qualifications, in words."),
    day: datetime | None = typer.Option(
        None, "--date", formats=["%Y-%m-%d"], help="Day of the statement (default: today)."
    ),
) -> None:
    """Sign a statement, as a verifier: nothing but the two files is needed."""
    from footprint.certificates.keys import load_jwk
    from footprint.verifiers.statement import (
        sign_statement,
        subject_from_values,
        terms_from_values,
    )

    about = {name: value for name, value in _json(subject).items() if name != "footprint_id"}
    terms = {
        "number": number,
        "verifier": verifier,
        "date": (day or datetime.now(UTC)).date().isoformat(),
        "standard": standard,
        "level": level,
        "opinion": opinion,
        "limits": limits,
    }
    private = load_jwk(read_file(key))
    if not private.is_private:
        raise typer.BadParameter(f"{key} holds a public key only; a private one signs")
    signed = sign_statement(terms_from_values(terms), subject_from_values(about), private)
    out.write_text(signed + "\n", "ascii")
    typer.echo(out)


def hand_in(
    file: Path = STATEMENT_ARGUMENT,
    footprint: str = typer.Option(help="Id of the footprint that it is about."),
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Hand in what a verifier signed; it is kept only if nothing speaks against it."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        held = service.statements.receive(LOCAL, footprint, _text(file))
    if form is Format.JSON:
        print_json({"id": held.id, "number": held.number, "hash": held.hash})
        return
    typer.echo(
        f"Statement {held.number}. In the evidence: verification: {{statement: {held.number}}}"
    )


def list_held(
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List the statements on your footprints, and what speaks against each today."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.statements.listed(LOCAL, _MOST)
    rows = [
        {
            "id": held.id,
            "number": held.number,
            "verifier": verifier.entry.name,
            "footprint": held.footprint,
            "against": "; ".join(one.message for one in against),
        }
        for held, verifier, against in found
    ]
    print_rows(rows, form, "statements")


def check_statement(
    file: Path = STATEMENT_ARGUMENT,
    verifier: Path = typer.Option(help="The verifier as the register publishes it (JSON)."),
    certificate: Path | None = typer.Option(
        None, help="certificate.json: does it rest on this statement?"
    ),
    form: Format = FORMAT_OPTION,
) -> None:
    """Check a statement offline. Exit status 0 only if it is genuine and nothing speaks against
    it; with --certificate, if the certificate's "verified by" rests on it."""
    speak_json(form is Format.JSON)
    from footprint.certificates.view import view_from_document
    from footprint.verifiers.published import against_verified_by, published_verifier
    from footprint.verifiers.statement import open_statement

    known, token = published_verifier(_json(verifier)), _text(file)
    signed = open_statement(token, known.by_id)
    found = []
    if certificate is not None:
        document = _json(certificate)
        view = view_from_document(document.get("certificate", document))
        found = against_verified_by(token.strip(), known, view)
    said = [one.message for one in found]
    about = signed.terms.model_dump(mode="json") | {"footprint": signed.subject.model_dump()}
    if form is Format.JSON:
        print_json({"genuine": True, "statement": about, "against": said})
    else:
        terms = signed.terms
        typer.echo(
            f"Genuine: {known.entry.name}, statement {terms.number} of {terms.date}, "
            f"{terms.standard}, {terms.level}, {terms.opinion}"
        )
        typer.echo(
            f"  {signed.subject.product}: {signed.subject.total_kg_co2e} kg CO2e per "
            f"{signed.subject.per}"
        )
        typer.echo("".join(f"  NO {one}\n" for one in said), nl=False)
    if found:
        raise typer.Exit(1)


def withdraw_held(
    statement: str = typer.Argument(help="Id of a statement.", show_default=False),
    reason: str = typer.Option(help="As the verifier gives it."),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Let a statement not count any more, on its verifier's word, for good."""
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        service.statements.withdraw(LOCAL, statement, reason)
    say(f"{statement} does not count any more.")


def _text(path: Path) -> str:
    return read_file(path).decode("ascii", "replace")


def _json(path: Path) -> dict[str, Any]:
    from footprint.certificates.jose import json_object
    from footprint.verifiers.faults import STATEMENT_BROKEN

    try:
        return json_object(read_file(path))
    except (ValueError, RecursionError) as error:
        raise STATEMENT_BROKEN.refuse(f"{path.name} is not a JSON object: {error}.") from None
