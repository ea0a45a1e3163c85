"""Random numbers that belong to a figure: common random numbers for everything that is compared.

The number of a figure in a draw depends on the seed, the figure's own name and the draw, and on
nothing else: not on the product, not on how many draws are made or by how many threads, and not on
what else the inventory holds. A stream that is consumed in order (numpy's Generator) cannot give
this for 800,000 figures; a counter-based one can.

Method: SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, Fast splittable pseudorandom number
generators, OOPSLA 2014), each figure starting at a place of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]

_GAMMA = 0x9E3779B97F4A7C15
_WORD = 0xFFFF_FFFF_FFFF_FFFF


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


def uniforms(streams: Keys, draw: int) -> Floats:
    """A number strictly between 0 and 1 for each stream (from `starts`), in draw 0, 1, 2, ..."""
    step = np.uint64((draw + 1) * _GAMMA & _WORD)
    words = mix(streams + step) >> np.uint64(12)
    return (words.astype(np.float64) + 0.5) * 2.0**-52
