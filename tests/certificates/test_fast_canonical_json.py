"""The fast canonical form is the library's, byte for byte, for every JSON value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import certificate_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rfc8785 import CanonicalizationError

from footprint.canonical import canonical_json
from footprint.canonical_fast import (
    _UnlikeError,
    canonical_bytes,
    canonical_each,
    canonical_records,
    plain_document,
)
from footprint.certificates.credential import credential_payload
from footprint.certificates.view import view_document

numbers = st.one_of(
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(-10, 10),
    st.sampled_from([0.0, -0.0, 1.0, 1e-5, 1e-7, 1e16, 1e21, 1e22, 123456789.125, 5e-324]),
)
texts = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            "1.5",
            ",1.5",
            '":1e5',
            ",1.0,",
            "[2.0]",
            "sha256:9e1",
            "名称：，",
            "\U0001f600",
            "\ue000",
            "\n",
            '\\":1e-7,',
        ]
    ),
)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=500)
@given(values)
def test_it_writes_what_the_library_writes(value: Any) -> None:
    assert canonical_bytes(value) == canonical_json(value)


@settings(max_examples=200)
@given(st.lists(st.dictionaries(texts | st.just("\x7f"), values, max_size=4), max_size=5))
def test_many_objects_are_written_in_one_go_as_each_by_itself(objects: list[Any]) -> None:
    assert canonical_each(objects) == [canonical_json(one) for one in objects]


@dataclass(frozen=True)
class Leg:
    way: str
    length: float


@dataclass(frozen=True)
class Record:
    zeta: str
    at: int
    share: float | None
    beta: bool
    legs: tuple[Leg, ...]
    day: date


records = st.builds(
    Record,
    st.sampled_from(["", "a"]) | texts,
    st.integers(-(2**53) + 1, 2**53 - 1) | st.sampled_from([0, 1]),
    st.none()
    | st.sampled_from([0.0, 1.0, 0.05])
    | st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.lists(st.builds(Leg, texts, st.floats(-1e9, 1e9)), max_size=2).map(tuple),
    st.dates(),
)


@settings(max_examples=300)
@given(st.lists(records, max_size=5))
def test_records_are_written_column_by_column_as_each_by_itself(found: list[Record]) -> None:
    written = [one.encode() for one in canonical_records(found)]
    assert written == [canonical_json(plain_document(one)) for one in found]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**60])
def test_what_no_record_can_hold_is_left_to_the_slower_way(value: Any) -> None:
    with pytest.raises(_UnlikeError):
        canonical_records([Record("", value, value, False, (), date(2026, 1, 1))])


def test_a_text_like_the_mark_between_objects_divides_none() -> None:
    objects: list[dict[str, Any]] = [{"a": ["x", "\x7f", "y"]}, {"b": '","\x7f","'}]
    assert canonical_each(objects) == [canonical_json(one) for one in objects]


@pytest.mark.parametrize(
    "document",
    [
        view_document(samples.view()),
        credential_payload(samples.view()),
        samples.footprint_document(),
        samples.decision_document(),
    ],
    ids=["certificate", "credential", "footprint", "decision"],
)
def test_it_writes_our_documents_alike(document: dict[str, Any]) -> None:
    assert canonical_bytes(document) == canonical_json(document)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, {"a": [2**70]}])
def test_it_refuses_what_the_library_refuses(value: Any) -> None:
    with pytest.raises(CanonicalizationError):
        canonical_bytes(value)
