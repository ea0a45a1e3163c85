"""Random numbers that belong to a figure: common random numbers for everything that is compared.

The number of a figure in a draw depends on the seed, the figure's own name and the draw, and on
nothing else: not on the product, not on how many draws are made or by how many threads, and not on
what else the inventory holds. A stream that is consumed in order (numpy's Generator) cannot give
this for 800,000 figures; a counter-based one can.

Method: SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, Fast splittable pseudorandom number
generators, OOPSLA 2014), each figure starting at a place of its own. The draws are a Latin
hypercube (M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21 (1979) 239-245): among each
thousand, every figure stands once in each thousandth of its distribution, in an order of its own.
That order is a permutation made without being stored: a Feistel network of four rounds on ten bits,
walked until it gives a number below 1,000 (J. Black, P. Rogaway, CT-RSA 2002).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Words = NDArray[np.uint32]
Floats = NDArray[np.float64]

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_WORD = 0xFFFF_FFFF_FFFF_FFFF
#: Thousandths of a distribution, each drawn once in a thousand draws.
STRATA = 1000
_STRATA = np.uint64(STRATA)
_ROUNDS, _HALF, _LOW = 4, np.uint32(5), np.uint32(31)
#: Odd, so that the 32 halves stay apart: 2^32 over the golden ratio.
_SPREAD = np.uint32(0x9E3779B9)


def key_of(*names: str) -> int:
    """The 64-bit key of a figure: the first bytes of the SHA-256 of its names."""
    digest = hashlib.sha256("\0".join(names).encode()).digest()
    return int.from_bytes(digest[:8], "little")


def keys_of(names: Sequence[tuple[str, ...]]) -> Keys:
    """The keys of many figures, in order."""
    return np.fromiter((key_of(*name) for name in names), dtype=np.uint64, count=len(names))


def starts(keys: Keys, seed: int) -> Keys:
    """Where the stream of each figure starts under a seed."""
    return mix(keys ^ mix(np.array([seed & _WORD], dtype=np.uint64)))


def mix(words: Keys) -> Keys:
    """The finaliser of SplitMix64: every bit of a word decides every bit of the result."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def uniforms(streams: Keys, draws: int | NDArray[np.int64]) -> Floats:
    """Numbers strictly between 0 and 1 for streams (from `starts`) in draws 0, 1, 2, ...

    Shapes broadcast: streams of (n, 1) in draws of (m,) give (n, m). In draws 0 to 999, 1,000 to
    1,999, ... each stream has one number in each thousandth.
    """
    number = np.atleast_1d(np.asarray(draws, dtype=np.uint64))
    orders = mix(streams + _step(np.uint64(2) * (number // _STRATA)))
    within = mix(streams + _step(np.uint64(2) * number + np.uint64(1))) >> np.uint64(12)
    found = (within.astype(np.float64) + 0.5) * 2.0**-52
    found += _permuted(orders, (number % _STRATA).astype(np.uint32))
    return found / STRATA


def _step(number: Keys) -> Keys:
    return (number + np.uint64(1)) * _GAMMA


def _permuted(orders: Keys, places: Words) -> Words:
    """Where each order puts a place from 0 to 999: each order is a permutation of them."""
    keys = orders.astype("<u8", copy=False).view("<u4").reshape(*orders.shape, 2)
    found = _rounds(keys[..., 0], keys[..., 1], places)
    while (outside := found >= STRATA).any():
        found[outside] = _rounds(keys[outside, 0], keys[outside, 1], found[outside])
    return found


def _rounds(even: Words, odd: Words, places: Words) -> Words:
    """Permutes 0 to 1,023: two halves of five bits, mixed in turn."""
    left, right = places >> _HALF, places & _LOW
    for number in range(_ROUNDS):
        word = (odd if number % 2 else even) ^ (right * _SPREAD + np.uint32(number))
        word ^= word >> np.uint32(16)  # the finaliser of MurmurHash3 (A. Appleby)
        word *= np.uint32(0x85EBCA6B)
        word ^= word >> np.uint32(13)
        word *= np.uint32(0xC2B2AE35)
        word >>= np.uint32(27)
        word ^= left
        left, right = right, word
    return (left << _HALF) | right
