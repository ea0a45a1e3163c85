"""Regular expressions of modules, compiled when they are first used.

The rooms that read tables have 230 of them, of which one table needs a few. To compile all took a
third of the time of a command, which is started for one file.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast


class LatePattern(Generic[AnyStr]):
    """A `re.Pattern` that is compiled when one of its methods is first asked for."""

    def __init__(self, text: AnyStr, flags: int) -> None:
        self._given: tuple[AnyStr, int] = (text, flags)

    def compiled(self) -> re.Pattern[AnyStr]:
        """The pattern itself. Raises `re.error` where the text is none."""
        return re.compile(*self._given)

    def __getattr__(self, name: str) -> Any:
        # Kept, so that it is found at once from now on.
        found = getattr(self.compiled(), name)
        setattr(self, name, found)
        return found


def late_pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, but for the time: a wrong expression raises where it is used.
    (`tests/values` compiles each.) Functions of `re` take no such pattern: call its methods."""
    return cast("re.Pattern[AnyStr]", LatePattern(text, flags))
