"""How our templates call: functions of ours, which take no context of the template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2.runtime import Context


class PlainCalls(Context):
    """Calls what a template calls as it is, and does not look before each call whether it wants
    the context, as Jinja's own does: a page of 40 lines makes 4,600 calls, and took a quarter more.
    None of our functions is marked with `pass_context` or its like; a macro takes the escaping of
    its environment, which is always on."""

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """What `called` gives for these arguments."""
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(*args, **kwargs)
