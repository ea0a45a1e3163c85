"""Free numbers and free places in the status lists, drawn at random."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from api.store.certificates import indices_taken, newest_list, numbers_taken
from api.store.database import UnitOfWork
from footprint.certificates.number import RANDOM_BYTES, make_number
from footprint.certificates.statuslist import LENGTH

#: Places are drawn at random, which hides the order of issue; a list is left before it is full.
PLACES_USED_PER_LIST = LENGTH * 3 // 4
#: At most three quarters of the places are taken: that so many rounds all fail does not happen.
MAX_ROUNDS = 200
#: Places that are looked up in one query: databases limit the number of its parameters.
MAX_DRAWN = 5000


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """A free number and a free place in a status list."""

    number: str
    status_list: int
    status_index: int


def free_places(
    uow: UnitOfWork,
    count: int,
    entropy: Callable[[int], bytes],
    avoid: Collection[NumberPlace] = (),
) -> list[NumberPlace]:
    """`count` free places, none of them among `avoid` (given out, but not stored yet).

    The caller stores them, or draws again when somebody was faster. Raises RuntimeError when the
    source of randomness repeats itself.
    """
    status_list, used = newest_list(uow)
    numbers = {place.number for place in avoid}
    found: list[NumberPlace] = []
    while len(found) < count:
        pending = {place.status_index for place in avoid if place.status_list == status_list}
        room = PLACES_USED_PER_LIST - used - len(pending)
        if room <= 0:
            status_list, used = status_list + 1, 0
            continue
        wanted = min(count - len(found), room, MAX_DRAWN)
        taken = {place.status_index for place in found if place.status_list == status_list}
        new_numbers = _free_numbers(uow, wanted, entropy, numbers)
        indices = _free_indices(uow, status_list, wanted, entropy, pending | taken)
        found += [
            NumberPlace(number, status_list, index)
            for number, index in zip(new_numbers, indices, strict=True)
        ]
        numbers.update(new_numbers)
        used += wanted
    return found


def _free_numbers(
    uow: UnitOfWork, count: int, entropy: Callable[[int], bytes], drawn: set[str]
) -> list[str]:
    free: dict[str, None] = {}
    for _ in range(MAX_ROUNDS):
        new = {make_number(entropy(RANDOM_BYTES)) for _ in range(count - len(free))}
        new -= drawn | free.keys()
        free |= dict.fromkeys(new - numbers_taken(uow, new))
        if len(free) == count:
            return list(free)
    raise RuntimeError("no free number was drawn: the source of randomness repeats itself")


def _free_indices(
    uow: UnitOfWork, status_list: int, count: int, entropy: Callable[[int], bytes], drawn: set[int]
) -> list[int]:
    free: dict[int, None] = {}
    for _ in range(MAX_ROUNDS):
        # The length of a list is a power of two, so no index is likelier than another.
        new = {int.from_bytes(entropy(4), "big") % LENGTH for _ in range(count - len(free))}
        new -= drawn | free.keys()
        free |= dict.fromkeys(new - indices_taken(uow, status_list, new))
        if len(free) == count:
            return list(free)
    raise RuntimeError("no free place was drawn: the source of randomness repeats itself")
