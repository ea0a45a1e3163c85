"""A file that sends its reader astray a hundred thousand times is refused after a few."""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from footprint.certificates.verify_file import verify_file

HEAD = b"%PDF-1.7\n"


def astray(count: int) -> bytes:
    """A table of objects none of which is where it says."""
    table = b"0000000009 00000 n \n" * count
    size = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, len(HEAD))
    return HEAD + b"xref\n0 %d\n" % count + table + size


def packed(count: int) -> bytes:
    """The same as a compressed stream: 1 kB stands for 100,000 entries."""
    body = zlib.compress(struct.pack(">BIB", 1, 9, 0) * count)
    head = (
        b"1 0 obj\n<</Type/XRef/Size %d/W[1 4 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>stream\n"
    )
    tail = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(HEAD)
    return HEAD + head % (count, len(body)) + body + tail


def absent(count: int) -> bytes:
    """Attachments that are named and not there."""
    names = b" ".join(b"(n%d) %d 0 R" % (number, number) for number in range(10, count))
    root = b"1 0 obj\n<</Type/Catalog/Names<</EmbeddedFiles<</Names[%b]>>>>>>\nendobj\n" % names
    start = len(HEAD) + len(root)
    table = b"xref\n0 2\n0000000000 65535 f \n%010d 00000 n \n" % len(HEAD)
    size = b"trailer<</Size 2/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    return HEAD + root + table + size


@pytest.mark.parametrize("junk", [astray, packed, absent])
def test_junk_is_refused_early(junk: Callable[[int], bytes]) -> None:
    start = time.process_time()
    report = verify_file(junk(60_000), "a.pdf", {"keys": []}, datetime(2026, 11, 20, tzinfo=UTC))
    assert [check.code for check in report.checks] == ["VER-015"]
    # 47 s and more without a budget, 1 s with it; the work is counted, not the waiting.
    assert time.process_time() - start < 10
