"""What countries are called: `country_names.json` has each country of `locations.COUNTRIES`, in
English and Chinese, with other names that people write."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from footprint.locations import COUNTRIES


def country_code(text: str) -> str:
    """The code of a country that is named, or given as its code, in any case and width; "" for
    what is neither."""
    code = unicodedata.normalize("NFKC", text).strip().upper()
    return code if code in COUNTRIES else country_named(text)


def country_named(text: str) -> str:
    """The code of the country of this name, or ""; a code is no name: `in` and `me` are words."""
    return _codes().get(folded_place(text), "")


def country_names(code: str) -> tuple[str, str]:
    """A country's name in English and in Chinese. Raises KeyError for what is no country."""
    english, chinese = _lists()["names"][code][:2]
    return english, chinese


def folded_place(text: str) -> str:
    """A name of a place by its letters and digits, without case, width and accents."""
    parts = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in parts if char.isalnum())


@cache
def _codes() -> Mapping[str, str]:
    lists = _lists()
    found = {
        folded_place(name): code
        for group in (lists["also"], lists["names"])
        for code, names in group.items()
        for name in names
    }
    return MappingProxyType(found)


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads(
        (files("footprint") / "country_names.json").read_text("utf-8")
    )
    return found
