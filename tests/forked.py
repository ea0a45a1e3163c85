"""Processes for tests, forked from one that has imported what they import.

The programme starts `python -m MODULE` for all that imports bw2data, which takes 2.5 s of
importing, most of it numpy, scipy and pandas. Here the same module runs in a process that has
those, and nothing of Brightway: its directory is still chosen before bw2data is imported. The
command itself is run by the tests of the wheel and of the command line.
"""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import warnings
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from tempfile import TemporaryDirectory

from footprint.cli.main import MODULES

#: There is one server for a test process, so it has what any of its children uses.
PRELOADED = (
    "bw_processing",
    "deepdiff",
    "pandas",
    "pint",
    "psycopg",
    "rich.console",
    "scipy.sparse.linalg",
    "scipy.stats",
    "structlog",
    "xarray",
    "api.opening",
    "api.services.service",
    "footprint.certificates.seal",
    "footprint.certificates.seal_check",
    "footprint.cli.issuing",
    "footprint.cli.main",
    *(f"footprint.cli.{name}" for name, _, _ in MODULES),
    "footprint.cli.verifying",
)
_LONGEST = 600
#: As it was at the start: a test may name another.
_PYTHON = sys.executable


def fork_server() -> ForkServerContext:
    """The server that children are forked from: it has imported, and drawn or calculated nothing.

    A process that has drawn a PDF has threads, and its children wait for their locks for ever.
    """
    server = get_context("forkserver")
    server.set_forkserver_preload(list(PRELOADED))
    return server


def run(
    command: Sequence[str],
    *,
    input: str = "",
    capture_output: bool = True,
    text: bool = True,
    check: bool = False,
) -> subprocess.CompletedProcess[str]:
    """`subprocess.run` for `python -W ignore -m MODULE ARGUMENTS`; others run as they are."""
    assert (capture_output, text, check) == (True, True, False)
    if list(command[:4]) != [_PYTHON, "-W", "ignore", "-m"]:
        return subprocess.run(command, input=input, capture_output=True, text=True, check=False)
    code, out, err = _child(list(command[4:]), input, dict(os.environ))
    return subprocess.CompletedProcess(command, code, out, err)


def footprint(
    arguments: Sequence[str], environment: dict[str, str], folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """`footprint ARGUMENTS` in a process of its own, with these variables, in `folder`."""
    code, out, err = _child(["footprint.cli", *arguments], "", environment, folder)
    return subprocess.CompletedProcess(["footprint", *arguments], code, out, err)


def _child(
    words: list[str], given: str, environment: dict[str, str], place: Path | None = None
) -> tuple[int, str, str]:
    with TemporaryDirectory(prefix="footprint-forked-") as folder:
        files = [Path(folder) / name for name in ("stdin", "stdout", "stderr")]
        for file in files:
            file.write_text(given if file.name == "stdin" else "", "utf-8")
        names = [str(file) for file in files]
        target = _command if words[0] == "footprint.cli" else _module
        child = fork_server().Process(
            target=target, args=(words, names, environment, str(place or Path.cwd()))
        )
        child.start()
        child.join(_LONGEST)
        if child.exitcode is None:
            child.kill()
            child.join()
        return int(child.exitcode or 0), files[1].read_text("utf-8"), files[2].read_text("utf-8")


def _module(words: list[str], files: list[str], environment: dict[str, str], folder: str) -> None:
    """In the child: the module as `python -m` runs it."""
    _set_up(files, environment, folder)
    warnings.simplefilter("ignore")
    sys.argv = ["", *words[1:]]
    try:
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    finally:
        _flush()


def _command(words: list[str], files: list[str], environment: dict[str, str], folder: str) -> None:
    """In the child: the command as its entry point runs it."""
    _set_up(files, environment, folder)
    sys.argv = ["footprint", *words[1:]]
    from footprint.cli.main import main

    try:
        main()
    finally:
        _flush()


def _set_up(files: list[str], environment: dict[str, str], folder: str) -> None:
    for number, file in enumerate(files):
        os.dup2(os.open(file, os.O_RDONLY if number == 0 else os.O_WRONLY), number)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8")
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
