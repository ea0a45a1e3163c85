"""Processes beside this one that share nothing with it: no threads, no connections."""

from __future__ import annotations

import multiprocessing
import sys
from multiprocessing.context import BaseContext


def apart(module: str) -> BaseContext:
    """What starts processes that begin with `module` (a name) imported and nothing done.

    On Linux they come from one that imports it once and calculates nothing; elsewhere, where such a
    fork is not there or not safe, each imports it anew.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload([module])
    return server
