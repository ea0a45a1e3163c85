"""What routes depend on: only what reads the store takes a thread of its own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from evidence import some
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api.app import create_app
from api.console.shell import the_visit
from api.first_match import all_routes
from api.routes.pact import the_partner
from api.settings import Settings
from api.wiring import the_actor

#: They look a secret up in the store, which may keep them waiting.
READ_THE_STORE = {the_actor, the_partner, the_visit}


def _below(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    for one in dependant.dependencies:
        if one.call is not None:
            yield one.call
        yield from _below(one)


def _in_a_thread(call: Callable[..., Any]) -> bool:
    return not any(map(inspect.iscoroutinefunction, (call, getattr(call, "__call__", None))))  # noqa: B004


def test_a_dependency_that_reads_no_store_takes_no_thread(tmp_path: Path) -> None:
    threads = set()
    for route in some(all_routes(create_app(Settings(store_dir=tmp_path)).routes)):
        if isinstance(route, APIRoute):
            threads |= set(filter(_in_a_thread, _below(route.dependant)))
    assert threads == READ_THE_STORE
