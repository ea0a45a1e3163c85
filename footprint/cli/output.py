"""How commands speak: results on stdout, messages on stderr, refusals with codes and status 1."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path, PurePath, PureWindowsPath
from typing import Any, TextIO

import platformdirs
import typer

from footprint.cli import faults
from footprint.extras import missing_extra
from footprint.faults import InputRefused, Problem, Where
from footprint.printable import shown
from footprint.variables import unknown_variables

#: The command as it is installed.
NAME = "footprint"

CACHE_OPTION = typer.Option(
    Path(platformdirs.user_cache_dir("footprint", appauthor=False)),
    "--cache",
    envvar="FOOTPRINT_CACHE",
    help="Folder that keeps the compiled inventory.",
    show_default=False,
)


class Lang(StrEnum):
    """The languages of commands and their results."""

    EN = "en"
    ZH = "zh"


LANG_OPTION = typer.Option(Lang.EN, "--lang", help="Language of what is printed: en or zh.")


class Format(StrEnum):
    """How a result is printed: for people, or one JSON document for machines."""

    TABLE = "table"
    JSON = "json"


class BomFormat(StrEnum):
    """How a footprint is printed: table, our JSON, an exchange form, or the report."""

    TABLE = "table"
    JSON = "json"
    PACT = "pact"
    CATENA_X = "catena-x"
    CATENA_X_7 = "catena-x-7"
    OPENEPD = "openepd"
    AASX = "aasx"
    UNTP = "untp"
    HTML = "html"
    PDF = "pdf"
    XLSX = "xlsx"


class WrongSettings(Exception):
    """Settings that cannot be used: `lines` says each; exit status 2."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("; ".join(lines))


class PrintableStream:
    """A stream that writes what would act on a terminal as an escape: texts come from files that
    strangers wrote. In JSON the escape means the same character."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write `text`, as far as it is printable."""
        return self._stream.write(shown(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Mode:
    """How this call speaks; set by the command, read when an input is refused."""

    json = False
    language = Lang.EN


def speak_json(wanted: bool) -> None:
    """Make refusals of this call a JSON document on stdout."""
    _Mode.json = wanted


def speak(language: Lang) -> None:
    """Print problems of this call in a language."""
    _Mode.language = language


def bilingual(english: str, chinese: str) -> str:
    """A text of this call in the language in which it speaks."""
    return chinese if _Mode.language is Lang.ZH else english


def say(message: str) -> None:
    """A message for the person at the terminal; never part of the result."""
    typer.echo(message, err=True)


def program() -> str:
    """How this program is called from here, for commands that are printed to be typed: its name
    where PATH leads to it, else the path that it was started with."""
    called = Path(sys.argv[0])
    if called.name != NAME:
        return NAME
    found = shutil.which(NAME)
    if found is not None and Path(found).resolve() == called.resolve():
        return NAME
    path = called.absolute()
    near = path.is_relative_to(Path.cwd())
    return typed(path.relative_to(Path.cwd()) if near else path)


#: What ends a word, or means something, at a prompt of Windows.
_ENDS_A_WORD = frozenset(" ()&^%!,;=+'`~[]{}@#$")


def typed(path: PurePath) -> str:
    """A path as it is typed at a prompt. Of quotes the shells of Windows share double ones, which
    no name there holds."""
    text = str(path)
    if isinstance(path, PureWindowsPath):
        return text if _ENDS_A_WORD.isdisjoint(text) else f'"{text}"'
    return shlex.quote(text)


def print_lines(lines: Sequence[str]) -> None:
    """Messages on stderr, a line each."""
    for line in lines:
        say(line)


def print_json(document: Any) -> None:
    """One JSON document on stdout, readable, with Chinese as Chinese."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_problems(problems: Sequence[Problem]) -> None:
    """Problems on stderr, one paragraph each."""
    from footprint.words.language import paragraph

    for problem in problems:
        say(paragraph(_in_language(problem), _Mode.language.value))


def problems_json(problems: Sequence[Problem]) -> list[dict[str, object]]:
    """Problems for a JSON document, in the language of this call."""
    return [_in_language(problem).as_json() for problem in problems]


def _in_language(problem: Problem) -> Problem:
    """A problem in the language of this call. What the service refuses it says itself; it is asked
    only where a command has come to it."""
    if "api.faults" in sys.modules:
        from api.words import translated_problem

        return translated_problem(problem, _Mode.language.value)
    from footprint.words.language import in_language

    return in_language(problem, _Mode.language.value)


def _print_refusal(problems: Sequence[Problem]) -> None:
    if _Mode.json:
        print_json({"problems": problems_json(problems)})
        return
    print_problems(problems[:50])
    count = len(problems)
    if _Mode.language is Lang.ZH:
        more = "（只显示前 50 个；--format json 可列出全部）" if count > 50 else ""
        say(f"\n共 {count} 个问题{more}。")
        return
    more = " (the first 50 are shown; --format json gives all)" if count > 50 else ""
    say(f"\n{count} problem{'s' if count > 1 else ''} found{more}.")


def _set_up_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout = PrintableStream(sys.stdout)
    sys.stderr = PrintableStream(sys.stderr)


def _refuse_unknown_variables() -> None:
    unknown = unknown_variables(os.environ)
    if unknown:
        raise WrongSettings(unknown)


def _called(app: typer.Typer) -> object:
    """Call the application; a library that an extra brings is a refusal where it is missing."""
    try:
        return app(standalone_mode=False)
    except ModuleNotFoundError as error:
        raise missing_extra(error) or error from None


def run(app: typer.Typer) -> int:
    """Run the application; a refused input is printed and gives status 1, never a traceback."""
    _set_up_streams()
    try:
        _refuse_unknown_variables()
        result = _called(app)
        return int(result) if isinstance(result, int) else 0
    except InputRefused as refused:
        _print_refusal(refused.problems)
        return 1
    except WrongSettings as wrong:
        print_lines(wrong.lines)
        return 2
    except typer.Abort:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        if not isinstance(error.filename, str):
            raise  # no path that somebody named: a fault of the program or of the machine
        hint = "Name a file or folder that exists, or that can be made and written here."
        message = f"it cannot be used: {error.strerror}"
        _print_refusal([faults.UNUSABLE_PATH.at(Where(error.filename), message, hint)])
        return 1
    except typer.TyperException as error:
        from footprint.cli.wrong_usage import say_wrong_usage

        say_wrong_usage(error, sys.argv[1:], in_chinese=_Mode.language is Lang.ZH)
        return error.exit_code


def tell_findings(
    found: Sequence[Problem], is_fault: Callable[[Problem], bool], form: Format
) -> None:
    """Print what a strict check found; status 1 where a fault is among it."""
    faults = [one for one in found if is_fault(one)]
    remarks = [one for one in found if not is_fault(one)]
    if form is Format.JSON:
        print_json({"problems": problems_json(faults), "warnings": problems_json(remarks)})
    else:
        wrong, noted = len(faults), len(remarks)
        print_problems(found)
        say(
            bilingual(
                f"{wrong} fault{'s' * (wrong != 1)}, {noted} remark{'s' * (noted != 1)}.",
                f"错误 {wrong} 处，提示 {noted} 处。",
            )
        )
    if faults:
        raise typer.Exit(1)
