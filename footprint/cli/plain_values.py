"""What is typed, as values, without pydantic where it would say the same.

Typer makes a pydantic adapter for each parameter of a command, given or not: with pydantic itself
a fifth of what `footprint calculate` takes. Nothing is to be checked of what nobody typed, nor of
a text, a path that need not exist, or a choice written as it is listed. All else is Typer's.
"""

from __future__ import annotations

import os
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, get_args, get_origin

from typer.core import TyperCommand, TyperGroup

#: What stands for "this is for Typer": None is a value.
UNKNOWN: Any = object()


class PlainCommand(TyperCommand):
    """A command of Typer whose plain values are taken as they are."""

    def get_params(self, ctx: Any) -> list[Any]:
        return [_taken_plainly(one) for one in super().get_params(ctx)]


class PlainGroup(TyperGroup):
    """A group of Typer whose plain values are taken as they are."""

    def get_params(self, ctx: Any) -> list[Any]:
        return [_taken_plainly(one) for one in super().get_params(ctx)]


def _taken_plainly(parameter: Any) -> Any:
    if "process_value" not in vars(parameter):
        parameter.process_value = partial(_value, parameter, parameter.process_value)
    return parameter


def _value(parameter: Any, checked: Any, context: Any, value: Any) -> Any:
    known = plain_value(parameter, value)
    if known is UNKNOWN:
        return checked(context, value)
    return known if parameter.callback is None else parameter.callback(context, parameter, known)


def plain_value(parameter: Any, value: Any) -> Any:
    """The value of a parameter, or a mark where Typer has to check it."""
    kind, info = parameter.type_descriptor.annotation, parameter.type_descriptor.parameter_info
    if parameter.multiple and get_origin(kind) is list and isinstance(value, list | tuple):
        (inner,) = get_args(kind)
        found = [_plain(inner, info, one) for one in value]
        return UNKNOWN if parameter.required or UNKNOWN in found else found
    if value is None:
        return UNKNOWN if parameter.required or parameter.multiple else None
    return _plain(kind, info, value) if parameter.nargs == 1 else UNKNOWN


def _plain(kind: Any, info: Any, value: Any) -> Any:
    if not isinstance(kind, type) or info.parser is not None:
        return UNKNOWN
    if issubclass(kind, Enum):
        return next((one for one in kind if value in {one, one.value}), UNKNOWN)
    if issubclass(kind, Path):
        return kind(value) if _is_plain_path(info, value) else UNKNOWN
    is_free = info.min is None and info.max is None
    return value if kind in {str, int, float} and type(value) is kind and is_free else UNKNOWN


def _is_plain_path(info: Any, value: Any) -> bool:
    """Whether Typer would take a path as it is: most need not exist, but must be readable then."""
    if not isinstance(value, str | Path) or not (info.file_okay and info.dir_okay):
        return False
    if info.exists or info.writable or info.resolve_path or info.allow_dash or info.path_type:
        return False
    return not info.readable or os.access(value, os.R_OK) or not os.path.lexists(value)
