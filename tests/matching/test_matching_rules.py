"""What the matcher takes for the same, what it keeps apart, and when it refuses."""

from __future__ import annotations

import pytest
from matchkit import accepted, ask, entry

from footprint.matching.match import FLOOR, Matcher
from footprint.matching.outcome import MARGIN, THRESHOLD
from footprint.matching.places import COUNTRY, ELSEWHERE, HERE, OTHER_REGION, OWN_REGION, WORLD
from footprint.matching.places import distance as place_distance

STAINLESS = entry("stainless", "Steel, stainless 304, coil", "SUS304", "304不锈钢", "不锈钢")
PP = entry("pp", "Polypropylene (PP), resin", "PP", "polypropylene", "聚丙烯", "PP料")
ETHANOL = entry("ethanol", "Ethanol", "ethyl alcohol", "乙醇")
GLASS = entry("glass", "Glass, container", "glass", "玻璃")
STEEL = entry("steel", "Steel, carbon", "steel", "钢")
PEANUT = entry("peanut", "Peanut", "groundnut", "花生")
ALL = (STAINLESS, PP, ETHANOL, GLASS, STEEL, PEANUT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SUS304 拉丝 t0.8", "stainless"),
        ("SUS 304 strip 0.3T", "stainless"),
        ("不銹鋼板 1.5mm", "stainless"),
        ("PP料 黑色 外壳", "pp"),
        ("polypropelene granules", "pp"),
        ("聚丙稀", "pp"),
        ("Polypropylenes, virgin", "pp"),
        ("铁支架", "steel"),
    ],
)
def test_spellings_grades_shapes_and_sizes_do_not_hide_the_material(
    text: str, expected: str
) -> None:
    assert accepted(ALL, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "316L stainless steel",  # another grade
        "methanol",  # one letter from ethanol
        "grass",  # one letter from glass
        "glass beads",  # another thing, made of it
        "花生酱",  # peanut butter
        "弹簧钢 65Mn",  # no steel spring
        "steel wool",
        "PC/ABS",
        "钕铁硼磁铁 N35",
        "",
        "???",
        "外壳",  # a shape and no material
    ],
)
def test_what_is_something_else_is_refused(text: str) -> None:
    assert accepted(ALL, text) is None


def test_a_refusal_gives_its_reason_and_the_closest_datasets() -> None:
    outcome = ask(Matcher(ALL), "glass beads")
    assert outcome.accepted is None
    assert [candidate.entry.id for candidate in outcome.candidates] == ["glass"]
    assert FLOOR <= outcome.candidates[0].score < THRESHOLD
    assert f"{outcome.candidates[0].score:.2f}" in outcome.refusal


def test_a_line_that_resembles_nothing_has_no_candidates() -> None:
    outcome = ask(Matcher(ALL), "xyzzy")
    assert outcome.candidates == ()
    assert outcome.refusal == "nothing in the inventory resembles it"


def test_a_name_as_written_scores_one_and_anything_put_together_less() -> None:
    matcher = Matcher(ALL)
    assert ask(matcher, "ＳＵＳ３０４").candidates[0].score == 1.0
    assert ask(matcher, "SUS304 sheet").candidates[0].score < 1.0


def test_two_products_that_fit_alike_are_refused() -> None:
    pair = (entry("cold", "Coil, cold"), entry("hot", "Coil, hot"))
    outcome = ask(Matcher(pair), "steel coil")
    assert outcome.accepted is None
    ranks = [candidate.rank for candidate in outcome.candidates]
    assert len(ranks) == 2
    assert ranks[0] - ranks[1] < MARGIN


def test_the_country_is_preferred_then_its_region_then_the_world_then_others() -> None:
    steps = [place_distance("DE", place) for place in ("DE", "DE-BY", "RER", "GLO", "RNA", "FR")]
    assert steps == [HERE, COUNTRY, OWN_REGION, WORLD, OTHER_REGION, ELSEWHERE]
    places = ("CN", "GLO", "RNA", "RER", "FR")
    entries = [entry(f"abs-{place.lower()}", "ABS", location=place) for place in places]
    for at in range(len(places) - 1):
        left = [each for each in entries if each.location in places[at:]]
        found = ask(Matcher(left), "ABS", country="CN").accepted
        if places[at] == "RNA":  # two other regions stand equally far: nobody may choose
            assert found is None
            continue
        assert found is not None
        assert found.entry.location == places[at]
        assert bool(found.fallback) == (places[at] != "CN")


def test_a_stand_in_for_a_country_is_said_in_the_reason() -> None:
    outcome = ask(Matcher([entry("abs", "ABS", location="RNA")]), "ABS", country="CN")
    assert outcome.accepted is not None
    assert outcome.accepted.reason.endswith("not of CN: RNA stands in")


def test_several_foreign_countries_cannot_stand_in_without_a_choice() -> None:
    mixes = [
        entry("power-de", "Power, Germany", unit="kWh", location="DE"),
        entry("power-fr", "Power, France", unit="kWh", location="FR"),
    ]
    outcome = ask(Matcher(mixes), "Power", "kWh", country="CN")
    assert outcome.accepted is None
    assert outcome.refusal == "DE and FR could stand in equally well"


def test_a_place_in_the_name_counts_where_the_line_gives_none() -> None:
    mixes = [
        entry("power-de", "Power, Germany", unit="kWh", location="DE"),
        entry("power-vn", "Power, Viet Nam", "电力", unit="kWh", location="VN"),
    ]
    matcher = Matcher(mixes)
    for text in ("power Vietnam", "越南 电力"):
        found = ask(matcher, text, "kWh", country="DE").accepted
        assert found is not None
        assert found.entry.id == "power-vn"
    found = ask(matcher, "power Vietnam", "kWh", country="CN", location="DE").accepted
    assert found is not None
    assert found.entry.id == "power-de"


def test_the_newest_of_two_editions_of_one_place_is_taken() -> None:
    editions = [entry(f"x-{year}", "Xylitol", year=year) for year in (2015, 2022, 2019)]
    assert accepted(editions, "xylitol, food grade") == "x-2022"


def test_the_note_is_read_when_the_name_says_only_a_shape() -> None:
    assert accepted(ALL, "上盖", note="PP 注塑") == "pp"
    assert accepted(ALL, "磁铁", note="PP 注塑") is None


def test_a_waste_line_prefers_a_treatment_and_a_material_line_the_material() -> None:
    entries = (
        entry("board", "Plastic", "塑料"),
        entry("landfill", "Plastic landfill", "塑料填埋", boundary="treatment"),
    )
    assert accepted(entries, "塑料 填埋", stage="waste") == "landfill"
    assert accepted(entries, "塑料 外壳") == "board"


def test_a_cas_number_alone_names_a_substance_and_an_hs_heading_only_suggests() -> None:
    matcher = Matcher(
        [entry("abs", "Styrene copolymer"), entry("sheet", "Coil, cold")],
        {"abs": frozenset(["CAS:9003-56-9"]), "sheet": frozenset(["HS:7209"])},
    )
    found = ask(matcher, "material 9003-56-9").accepted
    assert found is not None
    assert found.entry.id == "abs"
    assert "CAS:9003-56-9" in found.reason
    outcome = ask(matcher, "ＨＳ编码：7209.16")
    assert outcome.accepted is None
    assert [candidate.entry.id for candidate in outcome.candidates] == ["sheet"]


def test_a_code_that_contradicts_lowers_the_score() -> None:
    codes = {"pp": frozenset(["CAS:9003-07-0"])}
    matcher = Matcher([PP], codes)
    plain = ask(matcher, "PP resin").candidates[0].score
    other = ask(matcher, "PP resin, CAS 9003-56-9").candidates[0].score
    same = ask(matcher, "PP resin, CAS 9003-07-0").candidates[0].score
    assert other < plain <= same
