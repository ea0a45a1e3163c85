"""Processes for tests, forked from one that has imported what they import.

The programme starts `python -m MODULE` for all that imports bw2data, which takes 2.5 s of
importing, most of it numpy, scipy and pandas. Here the same module runs in a process that has
those, and nothing of Brightway: its directory is still chosen before bw2data is imported. The
command itself is run by the tests of the wheel and of the command line, and the process of a job
as its server starts it by the tests of several processes.
"""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from multiprocessing import get_context, process
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from subprocess import DEVNULL, PIPE
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

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
    "api.app",
    "api.opening",
    "api.services.service",
    "footprint.certificates.seal",
    "footprint.certificates.seal_check",
    "footprint.cli.issuing",
    "footprint.cli.main",
    *(f"footprint.cli.{name}" for name, _, _ in MODULES),
    "footprint.cli.verifying",
    "footprint.catalogue.run",
)
_LONGEST = 600
_STARTING = Lock()
#: The modules of processes that were started by `Popen`, by process.
_STARTED: dict[int, str] = {}
#: As it was at the start: a test may name another.
_PYTHON = sys.executable


def fork_server() -> ForkServerContext:
    """The server that children are forked from: it has imported, and drawn or calculated nothing.

    A process that has drawn a PDF has threads, and its children wait for their locks for ever.
    """
    server = get_context("forkserver")
    server.set_forkserver_preload(list(PRELOADED))
    return server


def begun(target: Callable[..., object], *arguments: Any) -> ForkServerProcess:
    """A process that calls `target`; whoever began it ends it."""
    child = fork_server().Process(target=target, args=arguments)
    with _STARTING:
        child.start()
        # Each start looks at all children that are known here, and of two threads that ask one
        # for its end at the same time the second reads that it failed.
        process._children.discard(child)  # type: ignore[attr-defined]
    return child


class Popen:
    """`subprocess.Popen` for `python -W ignore -m MODULE`, told what to do through a pipe."""

    def __init__(
        self, command: Sequence[str], *, stdin: int, stdout: int, env: Mapping[str, str]
    ) -> None:
        assert (stdin, stdout) == (PIPE, DEVNULL)
        assert list(command[:4]) == [_PYTHON, "-W", "ignore", "-m"]
        reader, writer = get_context("forkserver").Pipe(duplex=False)
        with reader, writer:
            self.stdin = os.fdopen(os.dup(writer.fileno()), "wb")
            self._child = begun(_told, list(command[4:]), reader, dict(env))
        assert self._child.pid is not None
        self.pid: int = self._child.pid
        _STARTED[self.pid] = command[4]

    @property
    def returncode(self) -> int | None:
        """As `poll` has it."""
        return self._child.exitcode

    def poll(self) -> int | None:
        """The status with which the process ended; None while it runs."""
        return self._child.exitcode

    def kill(self) -> None:
        """End it as SIGKILL does."""
        self._child.kill()

    def communicate(self) -> None:
        """Close the pipe and wait for the end."""
        with suppress(BrokenPipeError):
            self.stdin.close()
        self._child.join()


def running(module: str) -> list[int]:
    """The processes of a module that `Popen` started and that still run."""
    for one in list(_STARTED):
        try:
            os.kill(one, 0)
        except ProcessLookupError:
            del _STARTED[one]
    return [one for one, name in _STARTED.items() if name == module]


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


def started(arguments: Sequence[str], environment: dict[str, str]) -> ForkServerProcess:
    """`footprint ARGUMENTS` begun, which says nothing to anybody; whoever began it ends it."""
    words, nowhere = ["footprint.cli", *arguments], [os.devnull] * 3
    return begun(_command, words, nowhere, environment, str(Path.cwd()))


def _child(
    words: list[str], given: str, environment: dict[str, str], place: Path | None = None
) -> tuple[int, str, str]:
    with TemporaryDirectory(prefix="footprint-forked-") as folder:
        files = [Path(folder) / name for name in ("stdin", "stdout", "stderr")]
        for file in files:
            file.write_text(given if file.name == "stdin" else "", "utf-8")
        names = [str(file) for file in files]
        target = _command if words[0] == "footprint.cli" else _module
        child = begun(target, words, names, environment, str(place or Path.cwd()))
        child.join(_LONGEST)
        if child.exitcode is None:
            child.kill()
            child.join()
        return int(child.exitcode or 0), files[1].read_text("utf-8"), files[2].read_text("utf-8")


def _told(words: list[str], told: Connection, environment: dict[str, str]) -> None:
    """In the child: a module that reads from its standard input what it is to do."""
    os.dup2(told.fileno(), 0)
    told.close()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    os.environ.clear()
    os.environ.update(environment)
    warnings.simplefilter("ignore")
    sys.argv = ["", *words[1:]]
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)


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
