"""`footprint surveillance`: which certificates are to be visited, drawn by a seed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from footprint.cli.output import CACHE_OPTION, Format, print_json, say, speak_json
from footprint.cli.stores import service_settings, store_for_reading, store_for_writing
from footprint.cli.tables import print_rows
from footprint.cli.token_commands import FORMAT_OPTION, STORE_OPTION

if TYPE_CHECKING:
    from api.services.plans import PlanProgress

_MOST = 500


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = typer.Typer(help="Which certificates are to be visited.", no_args_is_help=True)
    group.command("plan", epilog="Example: footprint surveillance plan --seed 2026-Q4")(plan)
    group.command("list", epilog="Example: footprint surveillance list")(list_plans)
    group.command("show", epilog="Example: footprint surveillance show PLAN-ID")(show)
    app.add_typer(group, name="surveillance")


def plan(
    seed: str = typer.Option(help="What it is drawn by: the same seed draws the same."),
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Draw a sample of the certificates in force, by scheme and tier, and keep it as a plan.

    0.6 times the square root of their number, rounded up, as IAF MD 1 has it of sites.
    """
    speak_json(form is Format.JSON)
    from pydantic import ValidationError

    from api.plan_schemas import PlanOrder
    from api.services.access import LOCAL

    try:
        order = PlanOrder(seed=seed)
    except ValidationError:
        says = "1 to 64 characters of printable ASCII, without blanks at its ends"
        raise typer.BadParameter(says, param_hint="--seed") from None
    with store_for_writing(service_settings(store, cache)) as service:
        made = service.plans.draw(LOCAL, order.seed)
    _print_plan(made, form)


def list_plans(
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List the plans, the newest first."""
    speak_json(form is Format.JSON)
    from api.plan_schemas import plan_entry
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.plans.listed(LOCAL, _MOST)
    rows = [plan_entry(one).model_dump(mode="json") for one in found]
    print_rows(rows, form, "plans")


def show(
    plan_id: str = typer.Argument(help="Id of a plan.", show_default=False),
    store: Path | None = STORE_OPTION,
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Show a plan: whom it drew, and who was visited since."""
    speak_json(form is Format.JSON)
    from api.services.access import LOCAL

    with store_for_reading(store, cache) as service:
        found = service.plans.get(LOCAL, plan_id)
    _print_plan(found, form)


def _print_plan(found: PlanProgress, form: Format) -> None:
    from api.plan_schemas import plan_answer

    document = plan_answer(found).model_dump(mode="json")
    if form is Format.JSON:
        print_json(document)
        return
    typer.echo(
        f"Plan {found.plan.id}, drawn {found.plan.drawn_at:%Y-%m-%d}, seed {found.plan.seed}"
    )
    print_rows(document["strata"], form, "strata")
    visits = [one | {"visited_at": one["visited_at"] or ""} for one in document["visits"]]
    print_rows(visits, form, "visits")
    say(f"{document['to_visit']} of {document['drawn']} are still to be visited.")
