"""`footprint webhooks`: your own systems are told what happens; `footprint serve` sends it."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from footprint.cli.output import CACHE_OPTION, Format, print_json, say, speak_json
from footprint.cli.stores import service_settings, store_for_reading, store_for_writing
from footprint.cli.tables import print_rows
from footprint.cli.token_commands import FORMAT_OPTION, STORE_OPTION

WEBHOOK_ARGUMENT = typer.Argument(help="Id of a webhook.", show_default=False)
_MOST = 500


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = typer.Typer(help="Where your own systems are told what happens.", no_args_is_help=True)
    group.command("add", epilog="Example: footprint webhooks add https://erp.example.com/hook")(add)
    group.command("list", epilog="Example: footprint webhooks list")(list_all)
    group.command("rotate", epilog="Example: footprint webhooks rotate WEBHOOK-ID")(rotate)
    group.command("test", epilog="Example: footprint webhooks test WEBHOOK-ID")(try_out)
    group.command("close", epilog="Example: footprint webhooks close WEBHOOK-ID")(close)
    group.command("messages", epilog="Example: footprint webhooks messages")(messages)
    app.add_typer(group, name="webhooks")


def add(
    url: str = typer.Argument(
        help="https address that messages are posted to.", show_default=False
    ),
    kind: list[str] = typer.Option(
        [], "--type", help="What is told, such as request.came; repeatable. Left out: everything."
    ),
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Add a webhook, and print the secret that its messages are signed with, once."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        made, secret = service.webhooks.add(LOCAL, url, kind)
    _print_secret(made.id, secret, form)


def list_all(
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List the webhooks, never their secrets."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.webhooks.listed(LOCAL)
    rows = [
        {
            "id": one.id,
            "url": one.url,
            "types": " ".join(json.loads(one.types)) or "all",
            "closed": one.closed_at is not None,
        }
        for one in found
    ]
    print_rows(rows, form, "webhooks")


def rotate(
    webhook: str = WEBHOOK_ARGUMENT,
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Give a webhook another secret; for 24 hours more messages are signed with both."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        made, secret = service.webhooks.rotate(LOCAL, webhook)
    _print_secret(made.id, secret, form)


def try_out(
    webhook: str = WEBHOOK_ARGUMENT,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Send a test. A running `footprint serve` on this store sends it; `messages` shows the end."""
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        typer.echo(service.webhooks.test(LOCAL, webhook))


def close(
    webhook: str = WEBHOOK_ARGUMENT,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Tell a webhook nothing more, at once."""
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        service.webhooks.close(LOCAL, webhook)
    say(f"{webhook} is closed.")


def messages(
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List messages to webhooks, newest first, and whether they arrived."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.webhooks.messages(LOCAL, _MOST, None)
    rows = [
        {
            "id": one.id,
            "webhook": one.webhook,
            "type": one.type,
            "state": one.state,
            "attempts": one.attempts,
            "said": one.said,
        }
        for one in found
    ]
    print_rows(rows, form, "messages")


def _print_secret(webhook: str, secret: str, form: Format) -> None:
    if form is Format.JSON:
        print_json({"id": webhook, "secret": secret})
        return
    say(f"Webhook {webhook}. Its secret, once:")
    typer.echo(secret)
