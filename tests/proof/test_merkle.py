"""Merkle trees against published values, and proofs that hold for their leaf and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.proof import merkle

#: The leaves and roots with which implementations of certificate transparency test themselves.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
lists = st.lists(st.binary(max_size=4), min_size=1, max_size=40)


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_that_others_publish(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.root([]).hex() == empty


@given(lists, st.data())
def test_the_path_of_every_leaf_leads_to_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = merkle.path(leaves, index)
    found = merkle.root_from_path(leaves[index], index, len(leaves), path)
    assert found == merkle.root(leaves)


@given(lists, st.data())
def test_a_path_leads_elsewhere_from_another_leaf_or_another_place(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path, root = merkle.path(leaves, index), merkle.root(leaves)
    other = leaves[index] + b"x"
    assert merkle.root_from_path(other, index, len(leaves), path) != root
    for place in {*range(len(leaves))} - {index}:
        if merkle.path(leaves, place) != path or leaves[place] != leaves[index]:
            assert merkle.root_from_path(leaves[index], place, len(leaves), path) != root


@given(lists, st.data())
def test_a_path_that_is_too_long_or_too_short_leads_nowhere(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path, root = merkle.path(leaves, index), merkle.root(leaves)
    assert merkle.root_from_path(leaves[index], index, len(leaves), [*path, bytes(32)]) is None
    if path:
        assert merkle.root_from_path(leaves[index], index, len(leaves), path[:-1]) != root


def test_a_node_cannot_pass_for_a_leaf() -> None:
    first, second = (merkle.leaf_hash(leaf) for leaf in LEAVES[:2])
    assert merkle.root([first + second]) != merkle.root(LEAVES[:2])


@pytest.mark.parametrize("index", [-1, 8, 100])
def test_a_leaf_that_is_not_there_has_no_path(index: int) -> None:
    with pytest.raises(IndexError):
        merkle.path(LEAVES, index)
    assert merkle.root_from_path(b"", index, 8, []) is None
