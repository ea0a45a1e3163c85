"""A service that has stopped is let go: nothing that outlives it holds on to it."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from served import running, settings_for


def test_a_stopped_service_leaves_the_memory(tmp_path: Path) -> None:
    """One that a cache of the process remembered kept 14 MB and 46,000 objects for good."""
    with running(settings_for(tmp_path)) as site:
        app = weakref.ref(site.app)
        site.certificate()
        assert site.visitor.get("/register").status_code == 200
        assert site.visitor.get("/v1/register?unknown=1").status_code == 422
    assert app() is not None
    del site
    gc.collect()
    assert app() is None
