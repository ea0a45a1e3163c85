"""Work that keeps what it makes, without a search for circles of garbage in all of it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Put the search for circular garbage off until the end of a chunk of work whose results are
    kept: with a thousand of them it would look at each again and again and free nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
