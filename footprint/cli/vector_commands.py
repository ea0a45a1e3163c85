"""`footprint vectors`: small products with closed forms, for this engine and any other."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from footprint.cli.output import (
    CACHE_OPTION,
    Format,
    WrongSettings,
    print_json,
    say,
    speak_json,
)

if TYPE_CHECKING:
    from footprint.vectors.read import Vector
    from footprint.vectors.run import Result

FORMAT_OPTION = typer.Option(Format.TABLE, "--format", help="How to print the result.")
ONLY_OPTION = typer.Option("", "--only", help="Only vectors whose id or title contains this.")


def register(vectors: typer.Typer) -> None:
    """Add the commands to the group."""
    vectors.command("list", epilog="Example: footprint vectors list --only loop")(list_vectors)
    vectors.command("export", epilog="Example: footprint vectors export vectors")(export)
    vectors.command("run", epilog='Example: footprint vectors run --engine "python my_engine.py"')(
        run
    )


def list_vectors(only: str = ONLY_OPTION, form: Format = FORMAT_OPTION) -> None:
    """List the vectors: id, title, and how many numbers each expects."""
    speak_json(form is Format.JSON)
    found = _chosen(only)
    if form is Format.JSON:
        rows = [
            {"id": case.id, "title": case.title, "title_zh": case.title_zh, "why": case.why}
            for case in found
        ]
        print_json({"vectors": rows})
        return
    from footprint.cli.tables import table

    rows_of_text = [(c.id, c.title, c.title_zh, str(len(c.expect))) for c in found]
    typer.echo(table([("id", "title", "名称", "numbers"), *rows_of_text], right=(3,), most=60))
    say(f"{len(found)} vectors")


def export(
    folder: Path = typer.Argument(help="A new folder.", show_default=False),
    only: str = ONLY_OPTION,
) -> None:
    """Write each vector as JSON (question and answers), the originals in YAML, and the README."""
    speak_json(False)
    import json
    from importlib.resources import files

    from footprint.vectors.document import TOLERANCE, expected_values, question

    folder.mkdir(parents=True)
    found = _chosen(only)
    for case in found:
        document = question(case) | {"tolerance": TOLERANCE, "expect": expected_values(case)}
        text = json.dumps(document, ensure_ascii=False, indent=2)
        (folder / f"{case.id}.json").write_text(text + "\n", "utf-8")
    room = files("footprint.vectors")
    (folder / "README.md").write_bytes((room / "README.md").read_bytes())
    (folder / "cases").mkdir()
    for path in (room / "cases").iterdir():
        if path.name.endswith(".yaml"):
            (folder / "cases" / path.name).write_bytes(path.read_bytes())
    typer.echo(str(folder))
    say(f"{len(found)} vectors, CC0-1.0. README.md explains the form.")


def run(
    engine: str = typer.Option(
        "", "--engine", help="Command to test: reads a vector on stdin, prints numbers as JSON."
    ),
    only: str = ONLY_OPTION,
    timeout: float = typer.Option(60.0, "--timeout", help="Seconds that one vector may take."),
    tolerance: float = typer.Option(1e-9, "--tolerance", help="Relative difference allowed."),
    form: Format = FORMAT_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Put the vectors to an engine; without --engine to this one. Exit status 1 if one is not met.

    What an engine does not support, or numbers that it does not give, are counted apart.
    """
    speak_json(form is Format.JSON)
    from footprint.vectors.own_engine import own_engine
    from footprint.vectors.run import EngineMissing, command_engine, run_vector

    command = shlex.split(engine)
    asked = command_engine(command, timeout) if command else own_engine(cache)
    try:
        results = [run_vector(case, asked, tolerance) for case in _chosen(only)]
    except EngineMissing as missing:
        raise WrongSettings([f"--engine: {missing}"]) from None
    counts = {
        verdict: sum(result.verdict == verdict for result in results)
        for verdict in ("met", "part", "unsupported", "differs", "failed")
    }
    if form is Format.JSON:
        print_json(
            {"counts": counts, "tolerance": tolerance, "results": [asdict(r) for r in results]}
        )
    else:
        typer.echo(_text(results))
        say(", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
    if counts["differs"] or counts["failed"] or not results:
        raise typer.Exit(1)


def _chosen(only: str) -> list[Vector]:
    from footprint.vectors.read import cases

    words = only.casefold()
    return [case for case in cases() if words in f"{case.id} {case.title}".casefold()]


def _text(results: list[Result]) -> str:
    """One row per vector; below it each number that is not met."""
    lines = []
    for result in results:
        reason = f": {result.reason}" if result.reason else ""
        lines.append(f"{result.verdict:12} {result.id:24} {result.title}{reason}")
        for number in result.numbers:
            if not number.met and number.found is not None:
                wanted = f"{number.closed_form} = {number.expected!r}"
                lines.append(f"{'':13}{number.name}: {number.found!r}, expected {wanted}")
    return "\n".join(lines)
