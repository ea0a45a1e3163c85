"""`footprint keys`, `tokens`, `verify-audit`, `bundle`, `prove` and `recall`: for the keeper.

The service is imported when a command runs, so that everything else starts without it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer

from footprint.cli.output import CACHE_OPTION, Format, print_json, say, speak_json
from footprint.cli.stores import opened_as_it_may_be, opened_for_cli, store_for_reading
from footprint.cli.token_commands import (
    FORMAT_OPTION,
    STORE_OPTION,
    add_token,
    list_tokens,
    renew_access_token,
    revoke_token,
)

NUMBER_ARGUMENT = typer.Argument(help="Number of a certificate.", show_default=False)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    keys = typer.Typer(help="The issuer's signing keys.", no_args_is_help=True)
    keys.command("list", epilog="Example: footprint keys list")(list_keys)
    keys.command("rotate", epilog="Example: footprint keys rotate")(rotate_keys)
    app.add_typer(keys, name="keys")
    tokens = typer.Typer(help="Access tokens: who may do what.", no_args_is_help=True)
    tokens.command("add", epilog="Example: footprint tokens add --person 'Li Wei' --role checker")(
        add_token
    )
    tokens.command("list", epilog="Example: footprint tokens list")(list_tokens)
    tokens.command("rotate", epilog="Example: footprint tokens rotate TOKEN-ID")(renew_access_token)
    tokens.command("revoke", epilog="Example: footprint tokens revoke TOKEN-ID")(revoke_token)
    app.add_typer(tokens, name="tokens")
    app.command("verify-audit", epilog="Example: footprint verify-audit --head head.jwt")(
        verify_audit
    )
    app.command(epilog="Example: footprint bundle FP-96V8-7RQC-A --out bundle.json")(bundle)
    app.command(epilog="Example: footprint prove FP-96V8-7RQC-A --line 3 --out proof.json")(prove)
    app.command(epilog="Example: footprint recall --inventory 5f3a... --new 81c0... --format json")(
        recall
    )


def list_keys(
    form: Format = FORMAT_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List every key that ever signed or sealed; the public halves of old ones stay published."""
    speak_json(form is Format.JSON)
    with store_for_reading(store, cache) as service:
        found, seals = service.keyring.listed(), service.seals.listed()
    if form is Format.JSON:
        print_json({"keys": found, "seals": seals})
        return
    for key in (*found, *seals):
        use = "seals" if "seals" in key else "signs"
        state = "leaked" if key["leaked_at"] else (use if key[use] else f"old, {use} no more")
        typer.echo(f"{key['id']}  since {key['since']}  {state}")


def rotate_keys(
    leaked: bool = typer.Option(
        False, "--leaked", help="The key in use leaked: what it signed is not trusted any more."
    ),
    seal: bool = typer.Option(
        False, "--seal", help="The key that seals PDFs, not the signing key."
    ),
    form: Format = FORMAT_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Make a new signing key or seal; the old one stays published, unless it leaked."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with opened_for_cli(store, cache) as service:
        ring = service.seals if seal else service.keyring
        new = ring.rotate(LOCAL, leaked=leaked)
    use, what = (
        ("seals", "PDFs with the leaked seal")
        if seal
        else ("signs", "Certificates of the leaked key")
    )
    if form is Format.JSON:
        print_json({use: new})
        return
    typer.echo(f"{new} {use} from now on.")
    if leaked:
        say(f"{what} no longer verify: issue them anew.")


def verify_audit(
    head: Path | None = typer.Option(
        None, "--head", help="A signed head, fetched earlier from /v1/log/head."
    ),
    form: Format = FORMAT_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Recompute the whole audit log. Exit status 0 only if every hash holds."""
    speak_json(form is Format.JSON)
    from footprint.cli.input_files import read_file

    known = None if head is None else read_file(head).strip()
    with store_for_reading(store, cache) as service:
        report = service.log.check(known)
    if form is Format.JSON:
        document = {"entries": report.entries, "head": report.head, "broken_at": report.broken_at}
        print_json({"intact": report.intact, **document})
    elif report.intact:
        typer.echo(f"INTACT: {report.entries} entries, head {report.head}")
    else:
        typer.echo(f"BROKEN at entry {report.broken_at}: the log was changed.")
    if not report.intact:
        raise typer.Exit(1)


def bundle(
    number: str = NUMBER_ARGUMENT,
    out: Path = typer.Option(help="File to write."),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Write all that a verifier needs to calculate a certificate again. It holds all lines."""
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        document = service.recompute.bundle(LOCAL, number)
    _write(out, document)
    say("For a verifier only: it holds the whole bill of materials.")


def prove(
    number: str = NUMBER_ARGUMENT,
    line: list[str] = typer.Option(help="Id of a line; may be given several times."),
    out: Path = typer.Option(help="File to write."),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Write chosen lines with proofs that the certificate commits to them, and no other line."""
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        document = service.recompute.proof(LOCAL, number, line)
    _write(out, document)


def recall(
    inventory: str = typer.Option(help="The inventory with the mistake: its hash, or its folder."),
    new: str = typer.Option(help="The corrected inventory: its hash, or its folder."),
    apply: bool = typer.Option(False, "--apply", help="Suspend what is to be suspended."),
    form: Format = FORMAT_OPTION,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Find the certificates that a correction touches, by how much, and which tiers are lost."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL
    from footprint.cli.verifying import inventory_at

    # Only what suspends needs a store that can be written; a look is logged where it can be.
    with (opened_for_cli if apply else opened_as_it_may_be)(store, cache) as service:
        old_one, new_one = inventory_at(inventory, cache), inventory_at(new, cache)
        report = service.recalls.examine(LOCAL, old_one, new_one, apply=apply)
    if form is Format.JSON:
        print_json(report)
        return
    typer.echo(_recall_text(report))


def _recall_text(report: dict[str, Any]) -> str:
    lines = [f"{report['certificates']} certificates looked at, {len(report['impacts'])} touched."]
    for impact in report["impacts"]:
        done = f" [{impact['outcome']}]" if impact["outcome"] else ""
        lines.append(f"  {impact['proposal']:8} {impact['says']}{done}")
        lines.append(f"           {impact['says_zh']}")
    if not report["applied"] and any(i["proposal"] == "suspend" for i in report["impacts"]):
        lines.append("Nothing was changed. With --apply the ones to be suspended are suspended.")
    return "\n".join(lines)


def _write(out: Path, document: dict[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=1)
    out.write_bytes(text.encode() + b"\n")
    typer.echo(str(out))
