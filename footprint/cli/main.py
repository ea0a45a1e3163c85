"""The front door: `footprint`. Commands import what they need when they run.

`import bw2data` takes 3 s; nothing here may be imported before it is used, so that
`footprint --help` answers in 0.2 s. A command that is called by its name is all that is made, and
for the list of all commands only their names and first sentences are: Typer looks at each parameter
of each command that it has, which took 0.1 s of every call.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from inspect import getdoc

import typer
from typer.core import TyperCommand
from typer.main import get_command_name

from footprint.cli.output import run
from footprint.cli.plain_values import PlainCommand, PlainGroup
from footprint.version import __version__

_HELP = "Product carbon footprints, label decisions and certificates from a bill of materials."
GROUPS = {
    "data": "The inventory: build it, list and show its datasets.",
    "schemes": "The label schemes whose rules are known.",
    "laws": "What laws ask of a product on a day.",
    "rules": "For people who write rule files.",
    "vectors": "Test vectors with closed forms, for this engine and any other.",
}
#: The modules of commands in the order of the help. `footprint` stands for the commands that
#: follow it, other names for a group above to which the module adds.
MODULES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("read_command", ("footprint",), ("read",)),
    ("bom_commands", ("footprint",), ("calculate", "check")),
    ("analysis_commands", ("footprint",), ("explain", "scenario", "compare-methods")),
    ("catalogue_commands", ("footprint",), ("catalogue",)),
    ("data_commands", ("data",), ()),
    ("import_command", ("data",), ()),
    ("export_command", ("data",), ()),
    ("scheme_list", ("schemes",), ()),
    ("label_commands", ("footprint", "schemes"), ("decide",)),
    ("law_commands", ("footprint", "laws"), ("journey",)),
    ("rule_commands", ("rules",), ()),
    ("match_commands", ("footprint", "data"), ("match",)),
    ("pact_commands", ("footprint",), ("pact",)),
    ("exchange_commands", ("footprint",), ("exchange",)),
    ("partner_commands", ("footprint",), ("partners",)),
    ("webhook_commands", ("footprint",), ("webhooks",)),
    ("verifier_commands", ("footprint",), ("verifiers",)),
    ("surveillance_commands", ("footprint",), ("surveillance",)),
    ("statement_commands", ("footprint",), ("statements",)),
    ("request_commands", ("footprint",), ("requests",)),
    ("campaign_commands", ("footprint",), ("campaigns",)),
    ("backup_commands", ("footprint",), ("backup", "restore")),
    ("door_commands", ("footprint",), ("door",)),
    ("people_commands", ("footprint",), ("people",)),
    ("batch_command", ("footprint",), ("issue-all",)),
    ("issue_commands", ("footprint",), ("issue", "files")),
    ("service_commands", ("footprint",), ("verify", "demo", "serve", "link")),
    (
        "register_commands",
        ("footprint",),
        ("keys", "tokens", "verify-audit", "bundle", "prove", "recall"),
    ),
    ("revoke_command", ("footprint",), ("revoke",)),
    ("benchmark_command", ("footprint",), ("benchmark",)),
    ("schema_command", ("footprint",), ("schema",)),
    ("disclosure_command", ("footprint",), ("disclose",)),
    ("starter_command", ("footprint",), ("new",)),
    ("uncertainty_commands", ("footprint",), ("compare",)),
    ("vector_commands", ("vectors",), ()),
)


def application(asked: str = "") -> typer.Typer:
    """The commands of `footprint`: those of the modules that bring the one that is `asked` for,
    or all, where no module brings it."""
    app = typer.Typer(
        name="footprint",
        cls=PlainGroup,
        help=_HELP,
        epilog="Start with: footprint demo    Exit status: 0 all is done; 1 something was refused, "
        "and of several things the others are done; 2 wrong usage or settings.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback(invoke_without_command=True)(_version)
    typers = {"footprint": app}
    for name, says in GROUPS.items():
        typers[name] = typer.Typer(help=says, no_args_is_help=True)
        app.add_typer(typers[name], name=name)
    wanted = [one for one in MODULES if asked in one[1] + one[2] and asked != "footprint"]
    for module, takes, _ in wanted or MODULES:
        import_module(f"footprint.cli.{module}").register(*[typers[name] for name in takes])
    _take_plain_values(app)
    return app


def only_names(app: typer.Typer) -> None:
    """Take from an application all that its own help does not print: the parameters of its
    commands, and the commands of its groups."""
    for command in app.registered_commands:
        if command.callback is not None:
            command.name = command.name or get_command_name(command.callback.__name__)
            command.help = command.help or getdoc(command.callback)
            command.callback = _not_called
    for group in app.registered_groups:
        if group.typer_instance is not None:
            group.typer_instance.registered_commands.clear()
            group.typer_instance.registered_groups.clear()


def _not_called() -> None:
    raise AssertionError("only the help of the whole is made without parameters")


def _take_plain_values(group: typer.Typer) -> None:
    for command in group.registered_commands:
        if command.cls in {None, TyperCommand}:
            command.cls = PlainCommand
    for inner in group.registered_groups:
        if inner.typer_instance is not None:
            inner.typer_instance.info.cls = PlainGroup
            _take_plain_values(inner.typer_instance)


def _version(
    version: bool = typer.Option(False, "--version", help="Print the version and stop."),
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Entry point: exit status 0 all done, 1 something was refused, 2 wrong usage or settings."""
    app = application(*sys.argv[1:2])
    if sys.argv[1:] in ([], ["--help"]):
        only_names(app)
    status = run(app)
    # What is left lives to the end. To look through it for circles of garbage took a twelfth of a
    # short command: 40 of 480 ms.
    gc.freeze()
    sys.exit(status)
