"""Memory of one process of a run: kept from part to part."""

from __future__ import annotations

import ctypes

import pyarrow as pa

#: Options of glibc's `mallopt` (malloc.h), in bytes: how much free memory at the end is kept, up to
#: which size blocks are kept, and how much is taken beyond what is asked for.
_TRIM, _MAPPED, _AHEAD = -1, -3, -2
_KEPT = {_TRIM: 2**29, _MAPPED: 2**25, _AHEAD: 2**24}


def keep_memory() -> None:
    """Let this process keep the memory of one part for the next. Each part needs the same arrays
    again; to give them back and ask anew takes as long as a fifth of the arithmetic. Where the C
    library is another one than glibc, only Arrow is told."""
    # Arrow's own allocator gives memory back between parts: reading then takes three times as long.
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, TypeError, AttributeError):
        return
    for option, size in _KEPT.items():
        mallopt(option, size)
