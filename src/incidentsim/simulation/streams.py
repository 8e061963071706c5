"""Keyed random draws: each depends on (seed, name) and an index, on nothing else, and on whole numbers only.

The draws are SplitMix64's output function (Steele, Lea and Flood, 2014) applied to key + index x the golden gamma.
Wrapping 64-bit integer arithmetic gives the same bits on every machine, in Python and in numpy alike; every function
for many indices gives to the bit what its sibling for one index gives. Indices are not negative.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys: TypeAlias = int | NDArray[np.uint64]
    """One stream's key, or one key an index."""
    Limits: TypeAlias = int | NDArray[np.int64]

MASK = 2**64 - 1
GAMMA = 0x9E3779B97F4A7C15
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_HALF = 2**32


def stream_key(seed: int, name: str) -> int:
    """The 64-bit key of a named stream."""
    digest = hashlib.blake2b(f"{seed}\x1f{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def draw(key: int, index: int) -> int:
    """The 64-bit draw number *index* of a stream."""
    z = (key + (index + 1) * GAMMA) & MASK
    z = ((z ^ (z >> 30)) * _FIRST) & MASK
    z = ((z ^ (z >> 27)) * _SECOND) & MASK
    return z ^ (z >> 31)


def draws(keys: Keys, indices: NDArray[np.int64]) -> NDArray[np.uint64]:
    """`draw` for many indices at once."""
    import numpy as np

    z = np.asarray(indices, dtype=np.uint64) + np.uint64(1)
    z *= np.uint64(GAMMA)
    z += np.asarray(keys, dtype=np.uint64)
    z ^= z >> np.uint64(30)
    z *= np.uint64(_FIRST)
    z ^= z >> np.uint64(27)
    z *= np.uint64(_SECOND)
    z ^= z >> np.uint64(31)
    return z


def below(key: int, index: int, limit: int) -> int:
    """A draw from 0 to limit - 1; *limit* is at most 2^32, so that the product stays within 64 bits."""
    return (draw(key, index) >> 32) * limit >> 32


def draws_below(keys: Keys, indices: NDArray[np.int64], limits: Limits) -> NDArray[np.int64]:
    """`below` for many indices at once."""
    import numpy as np

    high = draws(keys, indices) >> np.uint64(32)
    high *= np.asarray(limits, dtype=np.uint64)
    high >>= np.uint64(32)
    return high.astype(np.int64)


def uniform_int(key: int, index: int, low: int, high: int) -> int:
    """A draw from *low* to *high*, both included; they are less than 2^63 apart.

    A range of more than 2^32 numbers takes the remainder of the whole draw; its bias of (high - low) / 2^64 shows
    nowhere. Raises `ValueError` where *low* is above *high*.
    """
    span = _span(low, high)
    return low + (below(key, index, span) if span <= _HALF else draw(key, index) % span)


def uniform_ints(key: int, indices: NDArray[np.int64], low: int, high: int) -> NDArray[np.int64]:
    """`uniform_int` for many indices at once."""
    import numpy as np

    span = _span(low, high)
    if span <= _HALF:
        return draws_below(key, indices, span) + np.int64(low)
    return (draws(key, indices) % np.uint64(span)).astype(np.int64) + np.int64(low)


def _span(low: int, high: int) -> int:
    if low > high:
        raise ValueError(f"no number lies between {low} and {high}")
    return high - low + 1


def noise_ppm(key: int, index: int, largest: int) -> int:
    """A deviation between -largest and largest, in ppm."""
    return uniform_int(key, index, -largest, largest)


def noises_ppm(key: int, indices: NDArray[np.int64], largest: int) -> NDArray[np.int64]:
    """`noise_ppm` for many indices at once."""
    return uniform_ints(key, indices, -largest, largest)
