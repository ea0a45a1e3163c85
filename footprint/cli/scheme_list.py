"""`footprint schemes list`: the label schemes in a table, in English and Chinese."""

from __future__ import annotations

from datetime import datetime

import typer

from footprint.cli.label_commands import AS_OF_OPTION, FORMAT_OPTION, as_of_day
from footprint.cli.output import LANG_OPTION, Format, Lang, print_json, speak, speak_json

_HEADER = ("id", "status", "tier", "offered", "from", "until", "rules known")
_ZH = {
    "id": "编号",
    "status": "状态",
    "tier": "等级",
    "offered": "受理",
    "from": "起始",
    "until": "截止",
    "rules known": "规则收录",
    "active": "现在颁发",
    "pilot": "试点",
    "app": "应用与数据库",
    "unknown": "未确认",
    "not_yet": "尚未开始",
    "ended": "已停止",
    "disclosure": "披露",
    "reduction": "减排",
    "low-carbon": "低碳",
    "neutral": "中和",
    "complete": "全部",
    "partial": "一部分",
    "none": "无",
}


def register(schemes: typer.Typer) -> None:
    """Add the command to the group."""
    schemes.command("list", epilog="Example: footprint schemes list --lang zh")(list_schemes)


def list_schemes(
    form: Format = FORMAT_OPTION,
    as_of: datetime | None = AS_OF_OPTION,
    lang: Lang = LANG_OPTION,
) -> None:
    """List the label schemes: state, tiers with dates, and how much of their rules is known."""
    speak(lang)
    speak_json(form is Format.JSON)
    from footprint.rules import load_printed_labels, load_rules, scheme_list

    rows = scheme_list(load_rules(), as_of_day(as_of), load_printed_labels())
    if form is Format.JSON:
        print_json({"schemes": rows})
        return
    from footprint.cli.tables import table

    words = _ZH if lang is Lang.ZH else {}
    header = (*(words.get(one, one) for one in _HEADER), "name", "名称")
    cells = [
        (
            row["id"],
            words.get(row["status"], row["status"]),
            words.get(tier, tier),
            words.get(since["status"], since["status"]),
            since["from"],
            since["until_before"] or "",
            words.get(row["coverage"]["extent"], row["coverage"]["extent"]),
            row["name"],
            row["name_zh"],
        )
        for row in rows
        for tier, since in (row["tiers"] or {"-": row["runs"]}).items()
    ]
    typer.echo(table([header, *cells], most=40))
