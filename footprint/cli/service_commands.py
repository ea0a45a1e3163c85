"""`footprint issue`, `verify`, `demo` and `serve`: the commands that reach into the service.

The service is imported when a command runs, so that everything else starts without it.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from errno import EACCES, EADDRINUSE, EADDRNOTAVAIL
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from footprint.cli import faults, register_commands
from footprint.cli.bom_commands import BOM_ARGUMENT, ELECTRICITY_OPTION, GWP_OPTION, Basis
from footprint.cli.label_commands import (
    EVIDENCE_OPTION,
    LANGUAGE_OPTION,
    read_evidence_text,
)
from footprint.cli.output import CACHE_OPTION, Format, Lang, print_json, say, speak_json
from footprint.cli.settings_text import WithSettings
from footprint.cli.stores import opened_as_it_may_be, service_settings, store_for_writing
from footprint.cli.token_commands import STORE_OPTION
from footprint.faults import Where

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.services.service import Service
    from api.settings import Settings
    from api.store.certificates import StoredCertificate
    from api.transport import Transport


WITH_OPTION = typer.Option(
    [], "--with", help="A file that came along: is it the one that was signed? Repeatable."
)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        epilog="Example: footprint issue examples/biscuits.csv --scheme th-tgo --tier disclosure "
        "--evidence examples/biscuits.evidence.yaml --out certificates"
    )(issue)
    app.command(
        epilog="Example: footprint verify out/FP-96V8-7RQC-A.en.pdf --keys out/issuer.did.json"
    )(verify)
    app.command(epilog="Example: footprint demo --out demo-output")(demo)
    app.command(cls=WithSettings, epilog="Example: footprint serve --port 8000")(serve)
    app.command(epilog="Example: footprint link --port 8000")(link)
    app.command(epilog="Example: footprint files FP-96V8-7RQC-A --out certificates")(files)


def issue(
    bom: Path = BOM_ARGUMENT,
    scheme: str = typer.Option(help="Id of the scheme whose rules are applied."),
    tier: str = typer.Option(help="disclosure, reduction, low-carbon or neutral."),
    out: Path = typer.Option(help="Folder for the certificate's files."),
    evidence: Path | None = EVIDENCE_OPTION,
    months: int | None = typer.Option(
        None, help="Term, where the scheme sets none.", min=1, max=120
    ),
    replaces: str | None = typer.Option(None, help="Number of a certificate it supersedes."),
    replace: bool = typer.Option(
        False, "--replace", help="Supersede the certificate in force for the same order."
    ),
    draft: bool = typer.Option(
        False, "--draft", help="Mark it as a draft, not for use, on label, page and PDF."
    ),
    gwp: str = GWP_OPTION,
    electricity: Basis = ELECTRICITY_OPTION,
    store: Path | None = STORE_OPTION,
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the result."),
    cache: Path = CACHE_OPTION,
) -> None:
    """Issue a signed certificate for a tier that the product has earned.

    Under an address that others cannot reach (FOOTPRINT_BASE_URL) only a draft is issued. A second
    one for the same product, scheme and tier and an overlapping period needs --replace.
    """
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL
    from api.services.issuer import Order
    from footprint.cli.issuing import inputs_beside, say_guesses, try_folder

    try_folder(out)  # a certificate whose files cannot be written is not issued
    with store_for_writing(service_settings(store, cache)) as service:
        footprint = service.footprints.calculate(LOCAL, inputs_beside(bom, gwp, electricity.value))
        text = read_evidence_text(evidence)
        footprint = service.statements.same_footprint(footprint, text)
        say_guesses(footprint.content, bom)
        order = Order(footprint.id, scheme, tier, text, months, replaces, draft, replace)  # type: ignore[arg-type]
        certificate = service.certificates.issue(LOCAL, order)
        written = _written(service, certificate, out)
    _print_files(certificate, written, form, draft)


def files(
    number: str = register_commands.NUMBER_ARGUMENT,
    out: Path = typer.Option(help="Folder for the certificate's files."),
    store: Path | None = STORE_OPTION,
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the result."),
    cache: Path = CACHE_OPTION,
) -> None:
    """Write the files of a certificate that was issued before, with its status of today; also from
    a copy of the store that cannot be written, if its keys are there."""
    speak_json(form is Format.JSON)
    with opened_as_it_may_be(store, cache) as service:
        certificate = service.register.certificate(number)
        written = _written(service, certificate, out)
        state = service.register.standing(certificate.number).status.state
    _print_files(certificate, written, form, state == "draft")


def _written(service: Service, certificate: StoredCertificate, out: Path) -> list[Path]:
    """The files, written; refused in one line where the disk will not have them."""
    from sqlalchemy.exc import SQLAlchemyError

    from footprint.cli.issuing import write_certificate

    try:
        return write_certificate(service, certificate, out)
    except (OSError, SQLAlchemyError) as error:  # PDFs that are drawn now are kept in the store
        why = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
        raise faults.FILES_UNWRITTEN.refuse(
            f"Certificate {certificate.number} is issued and stored, but its files cannot be "
            f"written: {why}.",
            Where(str(out)),
            f"Make room, then: footprint files {certificate.number} --out FOLDER",
        ) from None


def _print_files(
    certificate: StoredCertificate, written: list[Path], form: Format, draft: bool
) -> None:
    if form is Format.JSON:
        print_json({"number": certificate.number, "files": [str(file) for file in written]})
        return
    mark = ", a DRAFT, not for use" if draft else ""
    typer.echo(f"Certificate {certificate.number}, valid until {certificate.valid_until}{mark}")
    typer.echo("\n".join(f"  {file}" for file in written))


def verify(
    file: Path = typer.Argument(help="A certificate: .pdf, .json or .jwt.", show_default=False),
    keys: Path | None = typer.Option(
        None, "--keys", help="The issuer's did.json or jwks.json, from a source you trust."
    ),
    status: list[Path] = typer.Option([], "--status", help="A signed status list, as fetched."),
    as_of: datetime | None = typer.Option(None, "--as-of", help="The moment in question (UTC)."),
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the report."),
    lang: Lang = LANGUAGE_OPTION,
    bundle: Path | None = typer.Option(
        None, "--bundle", help="Its bundle: calculate footprint and decision again."
    ),
    proof: Path | None = typer.Option(None, "--proof", help="Lines that were shown, with proofs."),
    inventory: str | None = typer.Option(
        None, "--inventory", help="Inventory for --bundle: hash or folder (default: the shipped)."
    ),
    store: Path | None = typer.Option(
        None,
        "--store",
        help="Your own store, instead of --keys: its keys, and its status of today.",
    ),
    draft: bool = typer.Option(False, "--draft", help="A genuine draft will do."),
    beside: list[Path] = WITH_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Verify a certificate offline. Exit status 0 only if it is genuine and in force.

    With --store it is looked up as the public page does it: revoked, leaked keys, edited rows.
    With --bundle it is calculated again, and must come out the same to the last digit. With --with
    files that came along are held against it: the one that was signed, agreeing, or another.
    """
    speak_json(form is Format.JSON)
    from footprint.certificates.report import report_document
    from footprint.cli import verifying
    from footprint.cli.verifying_files import FileJudge, files_text

    if store is not None and (keys is not None or status):
        raise typer.BadParameter("give --store, or --keys with --status, not both")
    moment = (as_of or datetime.now(UTC)).replace(tzinfo=UTC)
    report = plain = verifying.report_of(file, keys, status, store, moment, bundle)
    if bundle is not None:
        report = verifying.recomputed(report, bundle, inventory, cache, say)
    if proof is not None:
        report = verifying.with_proof(report, proof)
    judge = FileJudge(
        plain,
        verifying.verifier_for(keys, status, store, moment),
        verifying.redraw_of(bundle, inventory, cache, say),
        partial(verifying.tools_of, inventory, cache, say),
    )
    found = judge.files(beside)
    if form is Format.JSON:
        files = {"files": [one.as_json() for one in found]} if beside else {}
        print_json(report_document(report) | files)
    else:
        typer.echo(verifying.report_text(report, lang.value))
        typer.echo(files_text(found, lang.value), nl=bool(found))
    others = any(one.outcome == "other" for one in found)
    if others or report.verdict not in {"valid", "genuine", *(["draft"] if draft else [])}:
        raise typer.Exit(1)


def demo(
    out: Path = typer.Option(Path("demo-output"), help="Folder for everything the demo makes."),
    opened: bool = typer.Option(
        False, "--open", help="Then open the console on its store, if this is a terminal."
    ),
    cache: Path = CACHE_OPTION,
) -> None:
    """Three products from bill of materials to verified certificate, and a forgery refused."""
    from footprint.cli.demo import run_demo

    summary, went_well = run_demo(out, cache, say)
    typer.echo(summary)
    if not went_well:
        raise typer.Exit(1)
    if opened and sys.stdin.isatty():  # nothing waits where nobody could end it
        from api.transport import Transport

        settings = service_settings(out / "store", cache)
        _serve_store(settings, "127.0.0.1", 8000, Transport(), browser=True)


def serve(
    host: str = typer.Option("127.0.0.1", help="Address to listen on."),
    port: int = typer.Option(8000, help="Port to listen on.", min=0, max=65535),
    browser: bool = typer.Option(False, "--browser", help="Open the console in the browser."),
    ssl_certfile: Path | None = typer.Option(None, help="PEM certificate chain: serve https."),
    ssl_keyfile: Path | None = typer.Option(None, help="PEM private key of the certificate."),
    trusted_proxies: str = typer.Option(
        "", help="Addresses of proxies, divided by commas, whose X-Forwarded headers count."
    ),
    workers: int | None = typer.Option(
        None,
        help="Processes that answer (default: FOOTPRINT_WORKERS, or 1).",
        min=1,
        max=64,
        show_default=False,
    ),
    sandbox: bool = typer.Option(
        False, "--sandbox", help="Serve made-up data in a store that is gone at the end."
    ),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Run the service: the console, footprints, certificates and the public register.

    It prints one link that opens the console once, within 15 minutes.
    """
    from api.transport import Transport

    transport = Transport(ssl_certfile, ssl_keyfile, trusted_proxies)
    if not sandbox:
        _serve_store(
            _with_workers(service_settings(store, cache), workers), host, port, transport, browser
        )
        return
    if store is not None:
        raise typer.BadParameter("--sandbox has a store of its own; leave out --store")
    from footprint.cli.sandbox import end_tidily, fill_sandbox, sandbox_settings

    end_tidily()

    with TemporaryDirectory(prefix="footprint-sandbox-") as folder:
        settings = _with_workers(sandbox_settings(Path(folder), cache), workers)
        _listen(settings, host, port, transport, browser, partial(fill_sandbox, say=say))


def _with_workers(settings: Settings, workers: int | None) -> Settings:
    return settings if workers is None else settings.model_copy(update={"workers": workers})


def _serve_store(
    settings: Settings, host: str, port: int, transport: Transport, browser: bool
) -> None:
    with store_for_writing(settings):  # what is wrong with the store is said before the port opens
        say(f"Access token: {settings.store_dir / 'access-token'}")
    _listen(settings, host, port, transport, browser)


def _listen(
    settings: Settings,
    host: str,
    port: int,
    transport: Transport,
    browser: bool,
    prepare: Callable[[Settings], str] | None = None,
) -> None:
    """Serve, or say in one line why the port cannot be had."""
    from api.serve import serve_until_interrupted

    try:
        serve_until_interrupted(settings, host, port, transport, browser=browser, prepare=prepare)
    except OSError as error:
        if error.errno not in {EADDRINUSE, EADDRNOTAVAIL, EACCES}:
            raise
        other = f"; try another: footprint serve --port {port + 1}" if port < 65535 else ""
        raise typer.BadParameter(f"{host} port {port}: {error.strerror}{other}") from None


def link(
    port: int = typer.Option(8000, help="Port that the service listens on.", min=1, max=65535),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Print a new link that opens the console of a running service once, within 15 minutes."""
    from api.serve import with_port

    settings = with_port(service_settings(store, cache), port)
    with store_for_writing(settings) as service:
        typer.echo(f"{settings.base_url}/open/{service.sessions.new_link()}")
