"""Cells as numbers: which rows hold a word, one code for a combination, one look-up for a key."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from footprint.catalogue import cells
from footprint.catalogue.cells import Ints, coded, combined
from footprint.catalogue.ids import Ids, Seen


def test_the_rows_that_hold_one_of_some_words_are_found_also_where_none_does() -> None:
    column = coded(pa.table({"unit": [" kg", "", None, "g", "kg"]}), "unit")
    assert column.where("kg").tolist() == [True, False, False, False, True]
    assert column.where("").tolist() == [False, True, True, False, False]
    assert column.where("g", "kg").tolist() == [True, False, False, True, True]
    assert column.where("t").tolist() == [False] * 5


def test_empty_entries_of_a_dictionary_are_empty_texts() -> None:
    words = pa.array(["a ", None, "a"])
    column = coded(pa.table({"unit": pa.DictionaryArray.from_arrays([0, 1, 2, 0], words)}), "unit")
    assert [column.words[code] for code in column.codes] == ["a", "", "a", "a"]


@pytest.mark.parametrize("places", [2**22, 10])
def test_combinations_are_told_apart_whatever_the_codes_that_no_row_has(
    monkeypatch: pytest.MonkeyPatch, places: int
) -> None:
    monkeypatch.setattr(cells, "_PLACES", places)
    first, second = np.array([3, 0, 3, 1, 0]), np.array([0, 2, 0, 2, 1])
    wanted = [(3, 0), (0, 2), (3, 0), (1, 2), (0, 1)]
    for sizes in ((4, 3), (2**20, 2**20)):
        codes, (one, other) = combined([(first, sizes[0]), (second, sizes[1])])
        assert [*zip(one[codes].tolist(), other[codes].tolist(), strict=True)] == wanted
        assert len(one) == len(set(wanted))


def test_codes_that_no_row_has_are_no_combinations() -> None:
    codes = np.array([0, 1])
    found, _ = combined([(codes, 2**40), (codes, 2**40)])
    assert found.tolist() == [0, 1]
    with pytest.raises(OverflowError, match="too many distinct cells"):
        combined([(codes << 40, 2**41), (codes << 40, 2**41)])


def test_numbers_that_come_again_are_resolved_once_and_in_order() -> None:
    asked: list[list[int]] = []

    def resolve(numbers: Ints) -> Ints:
        asked.append(numbers.tolist())
        return numbers * 10

    seen = Seen()
    assert seen.rows_of(np.array([7, 3, 7]), resolve).tolist() == [70, 30, 70]
    assert seen.rows_of(np.array([3, 5, 5, 7, 1]), resolve).tolist() == [30, 50, 50, 70, 10]
    assert asked == [[3, 7], [1, 5]]


def test_values_keep_their_numbers_from_part_to_part() -> None:
    ids = Ids()
    words = ["kg", "g", "t"]
    first = ids.each("how", [np.array([1, 0, 1])], lambda at: words[at])
    again = ids.each("how", [np.array([2, 1, 0])], lambda at: words[at])
    assert first.tolist() == [1, 0, 1]
    assert again.tolist() == [2, 1, 0]
    assert ids.values["how"] == ["kg", "g", "t"]
