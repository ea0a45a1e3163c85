"""The place that a cell or an address names, and no other."""

from __future__ import annotations

import pytest

from footprint.country_names import country_names
from footprint.locations import COUNTRIES
from footprint.matching.addresses import place_named


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("China", "CN"),
        ("中国", "CN"),
        ("浙江", "CN-ZJ"),
        ("浙江宁波", "CN-ZJ"),
        ("广东省深圳市", "CN-GD"),
        ("中国浙江省宁波市", "CN-ZJ"),
        ("江苏 苏州", "CN-JS"),
        ("Ningbo, Zhejiang, China", "CN-ZJ"),
        ("Dongguan City, Guangdong", "CN-GD"),
        ("Germany (Bavaria)", "DE"),
        ("中国越南", ""),
        ("中国/越南", ""),
        ("made for China market", ""),
        ("Plate, China grey", ""),
        ("Niger", "NE"),
        ("Turkey", "TR"),
        ("韩国", "KR"),
        ("Seoul, South Korea", "KR"),
        ("Pyongyang, North Korea", "KP"),
        ("Belfast, Northern Ireland", "GB"),
        ("Newark, New Jersey", "US-NJ"),
        ("Gulf of Mexico", ""),
        ("Hong Kong SAR, China", "HK"),
        ("Hong Kong, China", "HK"),
        ("台湾新竹", "TW"),
        ("中国台湾新竹", "TW"),
        ("Georgia", ""),
        ("Tbilisi, Georgia", ""),
        ("Atlanta, Georgia, USA", "US-GA"),
        ("Oman and UAE", ""),
        ("Germany/France", ""),
        ("made in", ""),
        ("Shenzhen", ""),
        ("", ""),
    ],
)
def test_an_address_names_the_narrowest_place_it_is_in(text: str, code: str) -> None:
    assert place_named(text) == code


def test_every_country_is_known_by_its_names() -> None:
    """But for one: a state of the USA is called as Georgia is, and has a grid of its own."""
    other = {
        (code, name)
        for code in sorted(COUNTRIES)
        for name in country_names(code)
        if place_named(name) != code
    }
    assert other == {("GE", "Georgia")}
