"""A mapping whose values are made when they are first asked for: of thousands of datasets, a
product needs a few."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from typing import Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


class Late(Mapping[str, Made], Generic[Given, Made]):
    """The keys and order of `given`, with what `make` makes of its values. Each is made once."""

    __slots__ = ("_all", "_given", "_made", "_make")

    def __init__(self, given: dict[str, Given], make: Callable[[Given], Made]) -> None:
        self._given, self._make = given, make
        self._made: dict[str, Made] = {}
        self._all: dict[str, Made] | None = None

    def __getitem__(self, name: str) -> Made:
        try:
            return self._made[name]
        except KeyError:
            return self._made.setdefault(name, self._make(self._given[name]))

    def __contains__(self, name: object) -> bool:
        return name in self._given

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def values(self) -> ValuesView[Made]:
        return self._whole().values()

    def items(self) -> ItemsView[str, Made]:
        return self._whole().items()

    def _whole(self) -> dict[str, Made]:
        """All of them, in their order."""
        if self._all is None:
            self._all = self._made = {name: self[name] for name in self._given}
        return self._all
