"""Arrays kept beside a compiled inventory: a reader sees a whole file or none.

Where the folder cannot be written (an inventory that somebody shares), they are made each time.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np


def kept(path: Path, make: Callable[[], Any]) -> Any:
    """The array in `path` (.npy, memory-mapped), or what `make` gives, which is then kept there."""
    if path.is_file():
        return np.load(path, mmap_mode="r", allow_pickle=False)
    array = make()
    with suppress(OSError), tempfile.TemporaryDirectory(prefix=".new-", dir=path.parent) as folder:
        scratch = Path(folder) / path.name
        np.save(scratch, array, allow_pickle=False)
        scratch.replace(path)
    return array
