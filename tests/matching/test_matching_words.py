"""The data files of the matcher, and how a name becomes pieces."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from typing import Any

import pytest
import yaml
from evidence import some
from hypothesis import given
from hypothesis import strategies as st

from footprint.inventory.compiled import CompiledInventory
from footprint.locations import COUNTRIES, REGIONS, is_location
from footprint.matching.codes import agreement, codes_in, with_codes, without_codes
from footprint.matching.lexicon import lexicon, stem
from footprint.matching.places import places
from footprint.matching.spelling import corrections
from footprint.matching.text import Piece, normal, pieces

LISTS = ("stop", "colour", "form", "process", "generic", "supplier")


def data(name: str) -> Any:
    return yaml.safe_load((files("footprint.matching") / name).read_text("utf-8"))


def read(text: str) -> tuple[Piece, ...]:
    words = lexicon()
    return pieces(normal(text, words))


def features(text: str) -> list[str]:
    return [piece.feature for piece in read(text)]


def test_every_word_has_one_kind() -> None:
    words = Counter(word for name in LISTS for word in data("words.yaml")[name].split())
    assert [word for word, count in words.items() if count > 1] == []


def test_a_listed_word_is_one_word_to_the_reader() -> None:
    for name in LISTS:
        for word in some(data("words.yaml")[name].split()):
            assert "-" not in word, f"{word}: a hyphen separates words, so this is never found"


def test_no_spelling_is_replaced_by_itself() -> None:
    words = data("words.yaml")
    assert [one for one, other in words["same"].items() if one == other] == []
    assert [one for one, other in words["characters"].items() if one == other] == []


def test_places_are_of_the_closed_list_and_no_name_means_two() -> None:
    names = data("places.yaml")["names"]
    assert [code for code in names if not is_location(code)] == []
    written = Counter(name.strip() for text in names.values() for name in text.split("|"))
    assert [name for name, count in written.items() if count > 1] == []
    for region, countries in places().regions.items():
        assert region in REGIONS
        assert countries <= COUNTRIES | {"XK"}


def test_the_name_of_every_place_in_the_inventory_is_known(inventory: CompiledInventory) -> None:
    missing = []
    for entry in inventory.datasets.values():
        text = lexicon().plain(f"{entry.name_en} {entry.name_zh}")
        if entry.kind == "part":
            continue  # made of datasets from several places; its name says what it is
        if entry.location not in REGIONS and places().take(text)[1] == "":
            missing.append(entry.id)
    assert missing == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M3x8", []),
        ("400*300*200mm", []),
        ("t=1.5 Φ6", []),
        ("500ml", []),
        ("SUS 304", ["sus304"]),
        ("316L", ["316l"]),
        ("PA66 30%GF", ["pa66", "gf30"]),
        ("0号柴油", ["0#", "柴油"]),
        ("boxes", ["box"]),
        ("螺 丝", ["螺丝"]),
        ("铝板", ["铝", "板"]),
        ("胶带", ["胶带"]),
        ("冷轧板", ["冷轧", "板"]),
        ("聚丙烯粒子", ["聚丙", "丙烯", "粒子"]),
    ],
)
def test_a_name_becomes_these_features(text: str, expected: list[str]) -> None:
    assert features(text) == expected


def test_what_comes_after_the_thing_is_late() -> None:
    late = {piece.feature for piece in read("diesel for forklift, yard") if piece.late}
    assert late == {stem("forklift"), stem("yard")}
    assert [piece.late for piece in read("天然气 锅炉")] == [False, False, True]


def test_a_grade_is_told_from_a_makers_number() -> None:
    kinds = {piece.feature: piece.kind for piece in read("SUS316 AZ91D K7726 2426H")}
    assert kinds == {
        "sus316": "code",
        "az91d": "code",
        "k7726": "part_number",
        "2426h": kinds["2426h"],
    }
    assert kinds["2426h"] == "part_number"


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert min((piece.share for piece in read(text)), default=1) > 0


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("alumnium", "aluminium"),
        ("polypropelen", "polypropylen"),
        ("galvanis", "galvanised"),
        ("stel", ""),
        ("papre", "paper"),
        ("methanol", ""),
        ("zzzzzz", ""),
    ],
)
def test_a_misspelt_word_is_corrected_and_a_real_one_is_not(word: str, meant: str) -> None:
    known = ["aluminium", "polypropylen", "galvanised", "steel", "paper", "ethanol", "ethane"]
    same_letter = [other for other in known if other[0] == word[0]]
    found = corrections(word, same_letter, lexicon().never_typos)
    assert [other for other, _ in found] == ([meant] if meant else [])
    assert all(0.0 < factor < 1.0 for _, factor in found)


def test_codes_are_read_only_where_they_are_certain() -> None:
    assert codes_in("abs 9003-56-9") == {"CAS:9003-56-9"}
    assert codes_in("abs 9003-56-8") == frozenset()  # the check digit is wrong
    assert codes_in("hs code: 7209.16.00 and 海关编码 39021000") == {"HS:72091600", "HS:39021000"}
    assert codes_in("72091600") == frozenset()
    assert "9003" not in without_codes("abs 9003-56-9")


def test_codes_agree_from_the_heading_on_and_contradict_between_chapters() -> None:
    own = frozenset(["HS:720916", "CAS:9003-56-9"])
    cas = agreement(frozenset(["CAS:9003-56-9"]), own)
    subheading = agreement(frozenset(["HS:72091600"]), own)
    heading = agreement(frozenset(["HS:7209"]), own)
    assert cas == (1.0, "CAS:9003-56-9")
    assert cas[0] > subheading[0] > heading[0] > 0.0
    assert agreement(frozenset(["HS:7210"]), own) == (0.0, "")
    assert agreement(frozenset(["HS:3902"]), own)[0] < 0.0
    assert agreement(frozenset(["HS:3902"]), frozenset()) == (0.0, "")


@given(st.floats(0.0, 1.0), st.floats(-1.0, 1.0))
def test_codes_keep_a_score_between_0_and_1(score: float, agreed: float) -> None:
    assert 0.0 <= with_codes(score, agreed) <= 1.0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Polyamide 66", ["pa66"]),
        ("Polyamid 6.6", ["pa66"]),
        ("Nylon 66", ["pa66"]),
        ("Polyamide 12", ["pa12"]),
        ("尼龙12", ["pa12"]),
        ("Polyamide 66 GF30", ["pa66", "gf30"]),
        ("Polyamide 66 30% GF", ["pa66", "gf30"]),
    ],
)
def test_polyamides_are_told_apart_by_their_numbers(text: str, found: list[str]) -> None:
    assert features(text) == found
