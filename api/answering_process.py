"""One of several processes that answer on a port: it answers, and does nothing else by itself."""

from __future__ import annotations

import pickle
import socket
import sys
from dataclasses import dataclass
from functools import partial
from os import getpid
from pathlib import Path
from threading import Thread

import uvicorn

from api.app import OneOfSeveral, create_app
from api.settings import Settings
from api.shared_counts import SharedCounts
from api.transport import Transport, server_config

METRICS_FOLDER = "metrics"


@dataclass(frozen=True, slots=True)
class AnsweringTask:
    """What such a process is told: `port` is a socket that listens (its number in this process, and
    its family), `folder` what all of them have in common while they live."""

    settings: Settings
    transport: Transport
    port: tuple[int, int]
    folder: Path


def ready_mark(folder: Path, process: int) -> Path:
    """The file that says that a process answers, by its id."""
    return folder / f"ready-{process}"


def main() -> None:
    """Answer until SIGTERM, or until the process that started this one is gone."""
    # From the process that started this one, through a pipe of its own: no stranger writes it.
    task: AnsweringTask = pickle.load(sys.stdin.buffer)  # noqa: S301
    folder = task.folder
    shared = OneOfSeveral(
        lambda name: SharedCounts(folder / name),
        folder / METRICS_FOLDER,
        ready_mark(folder, getpid()).touch,
    )
    server = uvicorn.Server(server_config(create_app(task.settings, shared=shared), task.transport))
    Thread(target=partial(_end_with_parent, server), daemon=True).start()
    number, family = task.port
    # With its protocol named asyncio sends at once, as it would not on the bare number of a socket.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, fileno=number)
    server.run(sockets=[listener])
    if not server.started:
        sys.exit(3)


def _end_with_parent(server: uvicorn.Server) -> None:
    sys.stdin.buffer.read()
    server.should_exit = True


if __name__ == "__main__":
    main()
