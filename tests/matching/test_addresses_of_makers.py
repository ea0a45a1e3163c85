"""The place that a cell or an address names, and no other."""

from __future__ import annotations

import pytest

from footprint.matching.places import place_named


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
        ("Shenzhen", ""),
        ("", ""),
    ],
)
def test_an_address_names_the_narrowest_place_it_is_in(text: str, code: str) -> None:
    assert place_named(text) == code
