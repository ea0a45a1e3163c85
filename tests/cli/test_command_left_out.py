"""What a total does not have, and what an estimate stands for, is said beside the total."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import footprint

#: One line is known, one has no dataset, and the sign of one is wrong or is a credit.
EXPORT = """Item,Description,Qty,Unit
1,ABS resin,0.5,kg
2,Zorblax widget,2,kg
3,Scrap returned,-0.2,kg
"""
SCREENED = """# name: Lamp
# country: CN
name,quantity,unit,unit_mass (kg),material,dataset
Steel,1,kg,,,steel-cold-rolled-cn
Foot,4,piece,0.05,EPDM,
"""
WORDS = {
    "en": (
        "Not counted",
        "row 3: no dataset matches 'Zorblax widget'",
        "has a quantity below zero",
    ),
    "zh": ("未计入", "第 3 行：没有数据集与 'Zorblax widget' 匹配", "的用量小于零"),
}


@pytest.mark.parametrize("language", WORDS)
def test_lines_left_out_stand_below_the_table_with_the_reason(
    cache: Path, tmp_path: Path, language: str
) -> None:
    (tmp_path / "a.csv").write_text(EXPORT, "utf-8")
    made = footprint(
        "calculate", tmp_path / "a.csv", "--allow-gaps", "--lang", language, cache=cache
    )
    assert made.status == 0
    below = made.out.split("abs-resin-rna", 1)[1]
    for words in WORDS[language]:
        assert words in below
    assert "Scrap returned" in below


def test_a_negative_line_that_is_left_out_makes_the_total_at_least(
    cache: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(EXPORT.replace("2,Zorblax widget,2,kg\n", ""), "utf-8")
    path = tmp_path / "a.csv"
    document = footprint("calculate", path, "--format", "json", cache=cache).document
    assert document["completeness"]["word"] == "at least"
    assert "gaps" in document["completeness"]["lacks"]
    assert document["coverage"]["lines"] == pytest.approx(0.5)
    (said,) = [one for one in document["warnings"] if one["code"] == "ENG-008"]
    assert (said["row"], said["column"]) == (3, "quantity")


@pytest.mark.parametrize(
    ("language", "class_of_it", "why"),
    [
        ("en", "screening-rubber stands for it: 2.27 (0.54 to 5.79) kg CO2e/kg", "16.7% of the"),
        ("zh", "用 screening-rubber 代替：2.27（0.54 至 5.79）kg CO2e/kg", "16.7% 的质量"),
    ],
)
def test_a_screening_result_says_why_it_is_one_and_by_which_class(
    cache: Path, tmp_path: Path, language: str, class_of_it: str, why: str
) -> None:
    (tmp_path / "a.csv").write_text(SCREENED, "utf-8")
    made = footprint(
        "calculate", tmp_path / "a.csv", "--screening", "--lang", language, cache=cache
    )
    assert class_of_it in made.out
    assert why in made.out
