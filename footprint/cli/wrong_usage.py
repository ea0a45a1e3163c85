"""What is wrong with how a command was typed, in the language that was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import typer

from footprint.words.language import in_chinese as chinese_of


def say_wrong_usage(
    error: typer.TyperException, arguments: Sequence[str], *, in_chinese: bool
) -> None:
    """Print the usage of the command and what is wrong. A command that was typed wrongly has not
    read its options: what was typed tells the language, too."""
    show = getattr(error, "show", None)
    if not in_chinese and not _asks_chinese(arguments):
        typer.echo(error.message, err=True) if show is None else show()
        return
    context: Any = getattr(error, "ctx", None)
    if context is not None:
        usage = context.get_usage().removeprefix("Usage: ").replace("[OPTIONS]", "[选项]")
        usage = usage.replace("COMMAND [ARGS]...", "命令 [参数]...")
        typer.echo(f"用法：{usage}\n详见：{context.command_path} --help\n", err=True)
    typer.echo(f"错误：{_in_chinese(error.format_message())}", err=True)


def _in_chinese(message: str) -> str:
    """What is wrong; the reason why a value is refused is a sentence of its own."""
    value = re.fullmatch(r"Invalid value(?: for (.+?))?: (.*)", message, re.DOTALL)
    if value is None:
        return chinese_of(message)
    of = f"{value[1]} 的" if value[1] else ""
    return f"{of}值无效：{chinese_of(value[2].removeprefix('Value error, '))}"


def _asks_chinese(arguments: Sequence[str]) -> bool:
    """Whether `--lang zh` is among the arguments."""
    pairs = pairwise(arguments)
    return "--lang=zh" in arguments or ("--lang", "zh") in pairs
