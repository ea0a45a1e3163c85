"""What a decision misses is called by words that nothing else has."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from evidence import some

from footprint.rules.missing_words import _FACTS, _KINDS, _OF, missing_in_words
from footprint.rules.words import Bilingual


@pytest.mark.parametrize("table", [_FACTS, _OF, _KINDS])
def test_no_two_things_are_called_the_same(table: Mapping[str, Bilingual]) -> None:
    for words in ([one.en for one in table.values()], [one.zh for one in table.values()]):
        assert len(set(some(words))) == len(words)


@pytest.mark.parametrize(
    ("key", "en", "zh"),
    [
        ("pcr", "product category rules (pcr)", "产品种类规则（pcr）"),
        (
            "footprint.completeness.lacks",
            "what the total lacks (footprint.completeness.lacks)",
            "总量中未计入的部分（footprint.completeness.lacks）",
        ),
        ("publications.annual_report", "publication: annual report", "公开发布：年度报告"),
    ],
)
def test_what_is_missing_is_said_in_words_beside_its_key(key: str, en: str, zh: str) -> None:
    assert missing_in_words([key]).startswith(en)
    assert missing_in_words([key], chinese=True).startswith(zh)
