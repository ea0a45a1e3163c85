"""What the lines of each product say, as a digest: two products of one digest have one result."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from footprint.catalogue.cells import Flags, Ints, coded, combined, numbers
from footprint.catalogue.columns import NUMBERS

#: Bytes of a digest; columns of text whose cells have one digest for all of them.
SIZE, _TOGETHER = 16, 3
_BAD = np.inf  # no number of a table: it is refused, and must not be taken for an empty cell


def product_contents(
    table: pa.Table, starts: Ints, stops: Ints, rows: Ints
) -> tuple[list[bytes], Flags]:
    """The digest of each product, and whether it is known by its lines alone: not where suppliers'
    documents lie beside the table.

    starts, stops : where the lines of each product begin and end
    rows : the row of the file of each line, which names lines that have no id
    """
    names = sorted({*table.column_names} - {"product"})
    texts = [name for name in names if name not in NUMBERS]
    blocks = [_numbers_block(table, name) for name in names if name in NUMBERS]
    for at in range(0, len(texts), _TOGETHER):
        blocks.append(_texts_block(table, texts[at : at + _TOGETHER]))
    lines = np.concatenate(blocks, axis=1)
    width, data = lines.shape[1], memoryview(lines.tobytes())
    common = blake2b(repr(names).encode()).digest()
    product = coded(table, "product")
    called = [product.words[code].encode() for code in product.codes[starts].tolist()]
    nameless = np.add.reduceat(coded(table, "line").where(""), starts, dtype=np.int64) > 0
    found = []
    for at, (start, stop) in enumerate(zip(starts.tolist(), stops.tolist(), strict=True)):
        digest = blake2b(data[start * width : stop * width], digest_size=SIZE, key=common)
        digest.update(b"%d %b" % (stop - start, called[at]))
        if nameless[at]:
            digest.update(b" %d" % rows[start])
        found.append(digest.digest())
    beside = ~coded(table, "supplier_pcf").where("")
    return found, np.add.reduceat(beside, starts, dtype=np.int64) == 0


def _numbers_block(table: pa.Table, name: str) -> NDArray[np.uint8]:
    values, bad = numbers(table, name)
    values = np.where(np.isnan(values), np.nan, values)
    values[bad] = _BAD
    return values.astype("<f8").view(np.uint8).reshape(len(values), 8)


def _texts_block(table: pa.Table, names: list[str]) -> NDArray[np.uint8]:
    """The digest of some columns together: each line's, made once for each that is distinct."""
    columns = [coded(table, name) for name in names]
    codes, parts = combined([(one.codes, len(one.words)) for one in columns])
    words = [one.words for one in columns]
    each = zip(*(part.tolist() for part in parts), strict=True)
    found = [_digest([said[code] for said, code in zip(words, row, strict=True)]) for row in each]
    return np.frombuffer(b"".join(found), dtype=np.uint8).reshape(-1, SIZE)[codes]


def _digest(cells: list[str]) -> bytes:
    text = repr(cells).encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=SIZE).digest()
