from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.certificates.number import (
    ALPHABET,
    RANDOM_BYTES,
    make_number,
    parse_certificate_number,
)
from footprint.faults import InputRefused

numbers = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES).map(make_number)
#: Places of the nine characters that carry a value in FP-XXXX-XXXX-C.
PLACES = (3, 4, 5, 6, 8, 9, 10, 11, 13)


def refusal(text: str) -> str:
    with pytest.raises(InputRefused) as caught:
        parse_certificate_number(text)
    return caught.value.problems[0].code


def test_a_known_number_keeps_its_form() -> None:
    assert make_number(b"\x00" * 5) == "FP-0000-0000-0"
    assert make_number(b"\xff" * 5) == "FP-ZZZZ-ZZZZ-3"
    assert make_number(bytes.fromhex("39ab5c80d1")) == "FP-76NN-S06H-T"


@given(numbers)
def test_a_number_reads_back_as_itself(number: str) -> None:
    assert parse_certificate_number(number) == number


@given(numbers)
def test_what_people_type_is_understood(number: str) -> None:
    typed = number.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert parse_certificate_number(f" {typed} ") == number


@given(numbers, st.sampled_from(PLACES), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(number: str, place: int, other: str) -> None:
    if number[place] != other:
        assert refusal(number[:place] + other + number[place + 1 :]) == "CER-007"


@given(numbers, st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_every_swap_of_two_characters_is_found(number: str, one: int, two: int) -> None:
    characters = list(number)
    characters[one], characters[two] = characters[two], characters[one]
    swapped = "".join(characters)
    if swapped != number:
        assert refusal(swapped) == "CER-007"


@given(st.sets(st.binary(min_size=5, max_size=5), min_size=2, max_size=2))
def test_different_bytes_give_different_numbers(pair: set[bytes]) -> None:
    one, two = pair
    assert make_number(one) != make_number(two)


@pytest.mark.parametrize(
    "text", ["", "FP", "76NN-S06H-T", "FP-76NN-S06H", "FP-76NN-S06H-U", "FP-𝟶"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert refusal(text) == "CER-006"


def test_a_wrong_number_of_random_bytes_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="5 random bytes"):
        make_number(b"1234")
