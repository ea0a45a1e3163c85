"""How much work a PDF may ask of its reader before it counts as junk.

The reader looks through the whole file for each object that is not where the file says. A file of
2 MB whose 100,000 entries all lead astray kept it busy for 128 s; with these bounds about 1 s.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer

#: A certificate has about 300 objects; these many are read of a file at most.
MAX_OBJECTS = 20_000
#: So many objects are tried as the root of a file that names none.
MAX_RECOVERED = 20
#: The file may be read so often as a whole.
MAX_PASSES = 30


class Budgeted(BytesIO):
    """The bytes of a file for a reader, which may ask for them MAX_PASSES times over."""

    def __init__(self, data: Buffer) -> None:
        super().__init__(data)
        self._left = MAX_PASSES * memoryview(data).nbytes + 10_000_000

    def read(self, size: int | None = -1, /) -> bytes:
        """As any file reads. Raises ValueError when the budget is used up."""
        found = super().read(size)
        self._spend(len(found))
        return found

    def getbuffer(self) -> memoryview:
        """All bytes at once, as the reader takes them to search them. Raises as `read` does."""
        found = super().getbuffer()
        self._spend(found.nbytes)
        return found

    def _spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise ValueError("the file sends its reader back to its beginning again and again")
