from __future__ import annotations

import base64
import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import ECKey

from footprint.certificates.statuslist import (
    LENGTH,
    bit,
    decode_bits,
    encode_bits,
    issue_status_list,
    list_url,
)
from footprint.faults import InputRefused


def packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(data)).rstrip(b"=").decode()


@given(st.sets(st.integers(0, LENGTH - 1), max_size=30), st.integers(0, LENGTH - 1))
def test_a_bit_is_set_exactly_for_the_given_indices(indices: set[int], other: int) -> None:
    bits = decode_bits(encode_bits(indices))
    assert len(bits) == 16 * 1024
    assert all(bit(bits, index) for index in indices)
    assert bit(bits, other) == (other in indices)


def test_index_zero_is_the_most_significant_bit_of_the_first_byte() -> None:
    bits = decode_bits(encode_bits([0, 15]))
    assert bits[:2] == b"\x80\x01"


def test_the_list_is_gzip_in_multibase_as_other_readers_expect() -> None:
    encoded = encode_bits([8])
    assert encoded[0] == "u"
    raw = base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
    assert gzip.decompress(raw)[1] == 0x80


def test_the_same_indices_give_the_same_text() -> None:
    assert encode_bits([3, 1, 2]) == encode_bits([1, 2, 3, 3])


@pytest.mark.parametrize("index", [-1, LENGTH])
def test_an_index_outside_the_list_is_refused(index: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        encode_bits([index])
    with pytest.raises(InputRefused, match="CER-009"):
        bit(bytes(LENGTH // 8), index)


@pytest.mark.parametrize(
    "encoded",
    [
        None,
        7,
        "",
        "zAAAA",
        "u!!!!",
        "uAAAA",
        packed(b"\0" * 100),
        packed(bytes(200_000_000)),
        packed(bytes(LENGTH // 8))[:-12],
    ],
    ids=["none", "number", "empty", "base58", "letters", "no gzip", "short", "bomb", "cut"],
)
def test_a_broken_list_is_refused(encoded: object) -> None:
    with pytest.raises(InputRefused, match="CER-009"):
        decode_bits(encoded)


def test_a_list_has_an_address_of_its_own() -> None:
    assert (
        list_url("https://a.example", "revocation", 2) == "https://a.example/v1/status/revocation-2"
    )


@pytest.mark.parametrize("naive", ["valid_from", "valid_until", None])
def test_a_list_is_signed_for_times_with_a_zone_alone(naive: str | None) -> None:
    key = ECKey.generate_key("P-256", auto_kid=True)
    times = {
        "valid_from": datetime(2026, 1, 1, tzinfo=UTC),
        "valid_until": datetime(2026, 1, 2, tzinfo=UTC),
    }
    if naive is not None:
        times[naive] = times[naive].replace(tzinfo=None)
    issuer = "did:web:a.example"
    if naive is None:
        assert issue_status_list("https://a.example", issuer, "revocation", 1, [3], key, **times)
        return
    with pytest.raises(ValueError, match="need a time zone"):
        issue_status_list("https://a.example", issuer, "revocation", 1, [3], key, **times)
