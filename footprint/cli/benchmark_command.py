"""`footprint benchmark`: what the categories of a register look like, and where one product stands.

The service is imported when the command runs, so that everything else starts without it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from footprint.cli.output import CACHE_OPTION, Format, Lang, print_json, say, speak, speak_json
from footprint.cli.stores import store_for_reading
from footprint.cli.tables import table
from footprint.cli.token_commands import FORMAT_OPTION, STORE_OPTION


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: footprint benchmark --category 'reinforcing bar'")(benchmark)


def benchmark(
    category: str = typer.Option(
        "", "--category", help="A name in words, or a code such as CPC:46410.", show_default=False
    ),
    certificate: str = typer.Option(
        "",
        "--certificate",
        help="Number of a certificate: its groups, and its rank.",
        show_default=False,
    ),
    limit: int = typer.Option(50, "--limit", min=1, max=500, help="Most groups."),
    form: Format = FORMAT_OPTION,
    lang: Lang = typer.Option(Lang.EN, "--lang", help="Language of the sentences: en or zh."),
    store: Path | None = STORE_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Quartiles of the certificates in force, by category; with --certificate its rank in each."""
    speak_json(form is Format.JSON)
    speak(lang)
    with store_for_reading(store, cache) as service:
        found = service.benchmarks.told(category, certificate, limit)
    if form is Format.JSON:
        print_json(found)
        return
    chinese = lang is Lang.ZH
    typer.echo(found["day"])
    for group in found["groups"]:
        _print_group(group, chinese)
    if not found["groups"]:
        typer.echo("没有相应的证书" if chinese else "no certificate is in such a group")
    if found["more"]:
        typer.echo(f"… {found['more']}")
    for one in found["left_out"]:
        typer.echo(f"{one['count']} ✗ {one['says_zh' if chinese else 'says']}")
    say(found["note_zh" if chinese else "note"])


def _print_group(group: dict[str, Any], chinese: bool) -> None:
    sets = "+".join(group["gwp_sets"])
    typer.echo(f"{group['category']}, {group['boundary']}, {sets}")
    typer.echo(f"  {group['says_zh' if chinese else 'says']}")
    if group["kg_co2e"] is not None:
        from footprint.rules.words import UNIT_ZH

        names = _NAMES_ZH if chinese else _NAMES
        rows = [(names[key], value) for key, value in group["kg_co2e"].items()]
        unit = UNIT_ZH[group["unit"]] if chinese else group["unit"]
        head = f"kg CO2e / {unit}"
        for line in table([(head, ""), *rows]).splitlines():
            typer.echo(f"    {line}")
    typer.echo(f"  {group['rests_on_hash']}")


_NAMES = {
    "minimum": "minimum",
    "lower_quartile": "lower quartile",
    "median": "median",
    "upper_quartile": "upper quartile",
    "maximum": "maximum",
}
_NAMES_ZH = {
    "minimum": "最小值",
    "lower_quartile": "下四分位数",
    "median": "中位数",
    "upper_quartile": "上四分位数",
    "maximum": "最大值",
}
