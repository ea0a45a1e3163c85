"""Where in a document an error lies, and what it says."""

from __future__ import annotations

from pydantic_core import ErrorDetails


def error_path(error: ErrorDetails) -> str:
    """Where in the file an error lies, as a path of keys: `references.base_year.value`."""
    return ".".join(str(part) for part in error["loc"] if not str(part).startswith("function-"))


def error_words(error: ErrorDetails) -> str:
    """What the error says, without the library's own prefix."""
    return error["msg"].removeprefix("Value error, ")
