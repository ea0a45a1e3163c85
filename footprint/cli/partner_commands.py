"""`footprint partners`: buyers and suppliers, what suppliers are asked, and what came of it.

What is asked is sent by `footprint serve` on the same store; these commands write and read it.
"""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from footprint.cli.output import CACHE_OPTION, Format, print_json, say, speak_json
from footprint.cli.stores import service_settings, store_for_reading, store_for_writing
from footprint.cli.tables import print_rows
from footprint.cli.token_commands import FORMAT_OPTION, STORE_OPTION

if TYPE_CHECKING:
    from api.partners.model import Partner

PARTNER_ARGUMENT = typer.Argument(help="Id of a partner.", show_default=False)
PCF_ARGUMENT = typer.Argument(help="Id of a supplier's footprint.", show_default=False)
_MOST = 500


class PartnerChoice(StrEnum):
    """What a partner is to us."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    BOTH = "both"


class Way(StrEnum):
    """How a supplier is asked."""

    EVENT = "event"
    LIST = "list"


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = typer.Typer(help="Buyers and suppliers, and their footprints.", no_args_is_help=True)
    group.command("add", epilog="Example: footprint partners add 'Example Motors'")(add)
    group.command("list", epilog="Example: footprint partners list")(list_all)
    group.command("connect", epilog="Example: footprint partners connect ID --url https://...")(
        connect
    )
    group.command("allow", epilog="Example: footprint partners allow ID --scope footprints:read")(
        allow
    )
    group.command("rotate", epilog="Example: footprint partners rotate PARTNER-ID")(rotate)
    group.command("close", epilog="Example: footprint partners close PARTNER-ID")(close)
    group.command("ask", epilog="Example: footprint partners ask ID --product urn:gtin:...")(ask)
    group.command("asked", epilog="Example: footprint partners asked")(asked)
    group.command("footprints", epilog="Example: footprint partners footprints")(footprints)
    group.command("document", epilog="Example: footprint partners document PCF-ID > pcf.json")(
        document
    )
    group.command("impact", epilog="Example: footprint partners impact PCF-ID --apply")(impact)
    app.add_typer(group, name="partners")


def add(
    name: str = typer.Argument(help="Who it is.", show_default=False),
    kind: PartnerChoice = typer.Option(
        PartnerChoice.BUYER, help="A buyer fetches, a supplier only answers."
    ),
    scope: list[str] = typer.Option(
        [], help="footprints:read or events:write, repeatable. Left out: what its kind needs."
    ),
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Add a partner, and print the client secret of its system, once."""
    speak_json(form is Format.JSON)
    from api.partners.registry import PartnerOrder
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        order = PartnerOrder(name, kind=kind.value, scopes=tuple(scope))
        made, secret = service.exchange.registry.add(LOCAL, order)
    _print_secret(made, secret, form)


def list_all(
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List the partners, never their secrets."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.exchange.registry.listed(LOCAL)
    rows = [
        {
            "id": one.id,
            "kind": one.kind,
            "name": one.name,
            "client_id": one.client_id,
            "events_url": one.events_url,
            "scopes": one.scopes.split(),
            "closed": one.closed_at is not None,
        }
        for one in found
    ]
    print_rows(rows, form, "partners")


def connect(
    partner: str = PARTNER_ARGUMENT,
    url: str = typer.Option(help="https address under which its /3/ is."),
    client_id: str = typer.Option(help="Your client id there."),
    auth_url: str = typer.Option("", help="Where its tokens come from, if elsewhere."),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Say where a partner's server is. Your client secret there is read from standard input."""
    from api.partners.registry import PartnerOrder
    from api.services.access import LOCAL

    secret = sys.stdin.readline().strip()
    if not secret:
        raise typer.BadParameter("give your client secret there on standard input")
    order = PartnerOrder("", url, auth_url, client_id, secret)
    with store_for_writing(service_settings(store, cache)) as service:
        made = service.exchange.registry.connect(LOCAL, partner, order)
    say(f"{made.name}: {made.events_url}")


def allow(
    partner: str = PARTNER_ARGUMENT,
    scope: list[str] = typer.Option(help="footprints:read or events:write; repeatable."),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Say what a partner's system may do from now on; its tokens may do no more, at once."""
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        made = service.exchange.registry.allow(LOCAL, partner, scope)
    say(f"{made.name}: {made.scopes}")


def rotate(
    partner: str = PARTNER_ARGUMENT,
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Give a partner's system another secret; the present one counts for 24 hours more."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        made, secret = service.exchange.registry.rotate(LOCAL, partner)
    _print_secret(made, secret, form)


def close(
    partner: str = PARTNER_ARGUMENT,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Let a partner in no more, at once."""
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        service.exchange.registry.close(LOCAL, partner)
    say(f"{partner} is closed.")


def ask(
    partner: str = PARTNER_ARGUMENT,
    product: list[str] = typer.Option(help="URN of a product; may be given several times."),
    way: Way = typer.Option(Way.EVENT, help="Send a request, or read what he lists."),
    comment: str = typer.Option("", help="Words for the supplier."),
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Ask a supplier for footprints. A running `footprint serve` on this store sends it."""
    speak_json(form is Format.JSON)
    from api.partners.client import AskOrder
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        order = AskOrder(partner, tuple(product), way.value, comment)
        made = service.exchange.client.ask(LOCAL, order)
    print_rows([{"id": made.id, "state": made.state}], form, "asks")


def asked(
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List what suppliers were asked for, newest first, and what became of it."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.exchange.client.asks(LOCAL, _MOST, None)
    rows = [
        {
            "id": one.id,
            "partner": one.partner,
            "way": one.way,
            "state": one.state,
            "asked": one.asked_at.date().isoformat(),
            "said": one.said,
        }
        for one in found
    ]
    print_rows(rows, form, "asks")


def footprints(
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List suppliers' footprints that came. A line uses one by its file, in supplier_pcf."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.exchange.client.kept(LOCAL, _MOST, None)
    rows = [
        {
            "file": one.file,
            "company": one.company,
            "product": one.product,
            "status": one.status,
            "usable": one.usable,
            "findings": len(json.loads(one.findings)),
            "replaced_by": one.replaced_by,
        }
        for one in found
    ]
    print_rows(rows, form, "footprints")


def document(
    pcf: str = PCF_ARGUMENT,
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Print a supplier's footprint as it came; what is wrong with it goes to standard error."""
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.exchange.client.pcf(LOCAL, pcf)
    print_json(json.loads(found.document))
    for one in json.loads(found.findings):
        say(f"{one['code']} {one.get('column') or ''}: {one['message']}")


def impact(
    pcf: str = PCF_ARGUMENT,
    apply: bool = typer.Option(False, "--apply", help="Suspend the certificates concerned."),
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Show which of your footprints and certificates a supplier's newer footprint touches."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_writing(service_settings(store, cache)) as service:
        report = service.exchange.superseded.examine(LOCAL, pcf, apply=apply)
    if form is Format.JSON:
        print_json(report)
        return
    say(f"{report['pcf']} is {report['status']}; in its place: {report['replaced_by'] or '-'}")
    for one in report["footprints"]:
        after = one["problem"] or " -> ".join(_told(one, side) for side in ("before", "after"))
        typer.echo(f"{one['footprint']}  {one['product']}: {after}")
        for each in one["certificates"]:
            typer.echo(f"  {each['number']}  {each.get('says', '')}  {each.get('outcome', '')}")


def _told(touched: dict[str, Any], side: str) -> str:
    """A total, and that it is the least where it lacks something."""
    least = "at least " if touched[f"{side}_completeness"] == "at least" else ""
    return f"{least}{touched[f'{side}_kg_co2e']:.4g} kg"


def _print_secret(partner: Partner, secret: str, form: Format) -> None:
    if form is Format.JSON:
        print_json({"id": partner.id, "client_id": partner.client_id, "client_secret": secret})
        return
    say(f"Partner {partner.id} ({partner.name}), client {partner.client_id}. Its secret, once:")
    typer.echo(secret)
