"""Every command, option, setting and route is documented: pages are held to the live objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from evidence import some

from api.app import create_app
from api.first_match import all_routes
from api.settings import Settings
from footprint.cli.main import application
from footprint.cli.settings_text import settings

DOCS = Path(__file__).parents[2] / "docs"
WRITTEN = "This page is written by `make golden`."


def commands(group: Any, name: str = "footprint") -> Iterator[tuple[str, Any]]:
    """Every command below a group as (what one types, command)."""
    for word, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


COMMANDS = list(commands(typer.main.get_command(application())))


def options(command: Any) -> list[tuple[str, str]]:
    """(how it is written, what it does) of every argument and option; `--help` says itself."""
    return [
        (_written(one), one.help or "")
        for one in command.params
        if not getattr(one, "hidden", False) and "--help" not in one.opts
    ]


def _written(parameter: Any) -> str:
    if not parameter.opts[0].startswith("-"):
        return f"{{{parameter.name}}}"
    return ", ".join((*parameter.opts, *parameter.secondary_opts))


def routes() -> list[tuple[str, str]]:
    """(method and path, what it does) of every route that is served."""
    app = create_app(Settings())
    found: dict[str, str] = {}
    served: list[Any] = list(all_routes(app.routes))
    for route in served:
        for method in sorted((route.methods or set()) - {"HEAD"}):
            says = " ".join((route.endpoint.__doc__ or "").split("\n\n")[0].split())
            found[f"{method} {route.path}"] = getattr(route, "summary", None) or says
    found["GET /openapi.json"] = "This contract, for programs (OpenAPI 3.1)"  # FastAPI's own
    return sorted(found.items(), key=lambda one: one[0].split()[::-1])


def row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


EXITS = (
    "Exit status of all commands: 0, all is done; 1, something was refused, and where there were "
    "several things (`catalogue run`, `issue-all`) the others are done; 2, wrong usage.\n"
    "Commands that check something (`verify`, `verify-audit`, `pact check`) end with 1 where it "
    "does not hold."
)


def commands_page() -> str:
    parts = [f"# Commands\n\nWhat `--help` says, of every command. {WRITTEN}\n\n{EXITS}"]
    for name, command in COMMANDS:
        rows = [row(f"`{written}`", " ".join(says.split())) for written, says in options(command)]
        says = " ".join((command.help or "").split())
        table = "\n".join(["| option | what it does |", "|---|---|", *rows])
        parts.append(f"## {name}\n\n{says}" + (f"\n\n{table}" if rows else ""))
    return "\n\n".join(parts) + "\n"


def routes_page() -> str:
    rows = [row(f"`{route}`", says) for route, says in routes()]
    head = "# Routes\n\nWhat the service answers; `/openapi.json` has forms and errors of each."
    table = ["| route | what it does |", "|---|---|", *rows]
    return f"{head} {WRITTEN}\n\n" + "\n".join(table) + "\n"


@pytest.mark.parametrize(("name", "made"), [("commands", commands_page), ("routes", routes_page)])
def test_the_page_is_what_the_program_says_of_itself(
    name: str, made: Any, update_golden: bool
) -> None:
    page, text = DOCS / f"{name}.md", made()
    if update_golden:
        page.write_text(text, "utf-8")
    assert page.read_text("utf-8") == text, "make golden writes it anew"


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_and_option_is_explained(name: str, command: Any) -> None:
    assert f"\n## {name}\n" in (DOCS / "commands.md").read_text("utf-8")
    assert len(command.help or "") > 10
    silent = [written for written, says in options(command) if len(says) < 4]
    assert not silent, silent


def test_every_route_is_explained() -> None:
    page = (DOCS / "routes.md").read_text("utf-8")
    assert len(routes()) > 40
    for route, says in some(routes()):
        assert f"| `{route}` |" in page
        assert len(says) > 8, route


def test_every_setting_is_explained_here_and_for_who_operates_the_service() -> None:
    """Each has a row in settings.md, and its place in the story that operating.md tells."""
    listed, told = ((DOCS / f"{name}.md").read_text("utf-8") for name in ("settings", "operating"))
    for name, _, says in some(settings()):
        assert f"| `{name}` |" in listed
        assert len(says) > 8, name
        assert f"`{name}`" in told, name


def test_what_the_docs_type_exists() -> None:
    """No page tells of a command that there is not."""
    known = {name for name, _ in COMMANDS}
    groups = {" ".join(name.split()[:2]) for name in known if len(name.split()) == 3}
    typed = re.compile(r"^(?:\.venv/bin/)?(footprint(?: [a-z][a-z-]*)+)", re.MULTILINE)
    said = [
        (page.name, match.split())
        for page in (*DOCS.rglob("*.md"), DOCS.parent / "README.md")
        for match in typed.findall(page.read_text("utf-8"))
    ]
    unknown = [
        (page, words)
        for page, words in said
        if " ".join(words[:3] if " ".join(words[:2]) in groups else words[:2]) not in known
    ]
    assert said
    assert not unknown
