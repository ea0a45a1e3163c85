"""Pickles of plain values: what bw2data keeps of an activity or an exchange, and nothing else.

A pickle is a program: loading a stranger's with the standard library can run anything. Here it may
build dictionaries, lists, tuples, strings, numbers and dates, and name nothing but the few types of
`_ALLOWED`, each replaced by a function of ours that checks what it is given.
"""

from __future__ import annotations

import datetime
import io
import pickle
from typing import Any

import numpy as np

#: An activity with a long comment takes some kilobytes.
MAX_BYTES = 5_000_000


class NotPlainError(ValueError):
    """The pickle names something that is no plain value, or is damaged."""


class _Type:
    """Stands for a NumPy type while a number is read; its state is of no interest."""

    def __init__(self, code: object, *_: object) -> None:
        if not isinstance(code, str) or code not in {"f2", "f4", "f8", "b1"} | {
            f"{sign}{size}" for sign in "iu" for size in (1, 2, 4, 8)
        }:
            raise NotPlainError(f"a number has the type {code!r}")
        self.code = code
        self.order = "<"

    def __setstate__(self, state: object) -> None:
        if isinstance(state, tuple) and len(state) > 1 and state[1] in {"<", ">", "|"}:
            self.order = str(state[1])


def _scalar(kind: object, data: object) -> float | int | bool:
    """A NumPy number as one of Python's."""
    if not isinstance(kind, _Type) or not isinstance(data, bytes) or len(data) > 8:
        raise NotPlainError("a number is damaged")
    value: float | int | bool = np.frombuffer(data, np.dtype(kind.order + kind.code))[0].item()
    return value


_ALLOWED: dict[tuple[str, str], Any] = {
    ("numpy", "dtype"): _Type,
    ("numpy.core.multiarray", "scalar"): _scalar,
    ("numpy._core.multiarray", "scalar"): _scalar,
    ("datetime", "datetime"): datetime.datetime,
    ("datetime", "date"): datetime.date,
}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise NotPlainError(f"it names {module}.{name}") from None


def load_plain(data: bytes) -> Any:
    """The value of a pickle. Raises `NotPlainError`; runs nothing that the pickle names."""
    if len(data) > MAX_BYTES:
        raise NotPlainError(f"it has {len(data):,} bytes; the limit is {MAX_BYTES:,}")
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except NotPlainError:
        raise
    except Exception as error:  # noqa: BLE001  a damaged pickle raises whatever its bytes lead to
        raise NotPlainError(f"it is damaged: {type(error).__name__}") from None
