"""`footprint verify`, `demo`, `serve` and `link`: the commands that reach into the service.

The service is imported when a command runs, so that everything else starts without it.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from errno import EACCES, EADDRINUSE, EADDRNOTAVAIL
from functools import partial
from pathlib import Path
from socket import create_connection
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from footprint.cli.label_commands import (
    LANGUAGE_OPTION,
)
from footprint.cli.output import CACHE_OPTION, Format, Lang, print_json, say, speak, speak_json
from footprint.cli.settings_text import WithSettings
from footprint.cli.stores import service_settings, store_for_writing
from footprint.cli.token_commands import STORE_OPTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.settings import Settings
    from api.transport import Transport


WITH_OPTION = typer.Option(
    [], "--with", help="A file that came along: is it the one that was signed? Repeatable."
)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        epilog="Example: footprint verify out/FP-96V8-7RQC-A.en.pdf --keys out/issuer.did.json"
    )(verify)
    app.command(epilog="Example: footprint demo --out demo-output")(demo)
    app.command(cls=WithSettings, epilog="Example: footprint serve --port 8000")(serve)
    app.command(epilog="Example: footprint link --port 8000")(link)


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
        None, "--store", help="Your own store, instead of --keys: its keys, and its status today."
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
    speak(lang)
    speak_json(form is Format.JSON)
    from footprint.certificates.report import report_document
    from footprint.cli import verifying
    from footprint.cli.verifying_files import FileJudge, files_text

    if store is not None and (keys is not None or status):
        raise typer.BadParameter("give --store, or --keys with --status, not both")
    moment = _in_utc(as_of or datetime.now(UTC))
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


def _in_utc(moment: datetime) -> datetime:
    """A moment in UTC: one without an offset is so already, another one is turned by it."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


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
        message = f"port {port} of {host} cannot be used: {error.strerror}"
        if port < 65535:
            message += f"; try another: footprint serve --port {port + 1}"
        raise typer.BadParameter(message) from None


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
    if settings.base_url == f"http://127.0.0.1:{port}" and not _is_served(port):
        say(f"Nothing answers on port {port} here: give --port with the port of footprint serve.")


def _is_served(port: int) -> bool:
    """Whether something listens on a port of this computer."""
    try:
        create_connection(("127.0.0.1", port), timeout=1.0).close()
    except OSError:
        return False
    return True
