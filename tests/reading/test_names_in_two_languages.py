"""Columns of names in a second language: told by their headings, checked by their cells."""

from __future__ import annotations

import pytest
from reading_kit import lines, means, read

from footprint.bom.read import read_bom_bytes
from footprint.reading.heading_languages import name_language
from footprint.values.line import Line

ENGLISH = """
name_en|Name EN|Name (EN)|English name|Name in English|Part name - English|Name/EN|Description (EN)|
Item Description EN|Description in English|English description|英文名称|
英文名|英文品名|英文描述|品名（英文）|品名(英)|物料英文名称|名称/英文|英文說明|영문명|
품명(영문)|Bezeichnung (englisch)|English|英文
"""
CHINESE = """
name_zh|Name (CN)|Name (ZH)|Chinese name|Description (Chinese)|Part name CN|中文名称|中文品名|
中文名|品名(中文)|物料名称（中文）|中文描述|Chinese|中文
"""
#: Of a standard, of customs, of both languages, of something else than the line, or of no language.
NEITHER = """
name|名称|EN|CN|EN number|CN code|Designation EN|Bezeichnung EN|Material name EN|中英文名称|
English/Chinese name|品名(中/英)|英文规格|英文材料|Material (English)|供应商英文名称|英文名/规格|
Supplier English name|名称/Name|Part Name/零件名称|Comment (EN)
"""


def _words(text: str) -> list[str]:
    return [word for word in text.replace("\n", "").split("|") if word]


@pytest.mark.parametrize(
    ("heading", "language"),
    [
        *((one, "name_en") for one in _words(ENGLISH)),
        *((one, "name_zh") for one in _words(CHINESE)),
        *((one, None) for one in _words(NEITHER)),
    ],
)
def test_a_heading_says_the_language_of_names_or_none(heading: str, language: str | None) -> None:
    assert name_language(heading) == language


def _bom(text: str) -> dict[str, Line]:
    head = "# name: Box\n# declared_unit: 1 piece\n"
    return {line.name: line for line in read_bom_bytes((head + text).encode(), "list.csv").lines}


def test_a_strangers_english_names_are_kept_and_still_describe_the_line() -> None:
    text = "名称,英文名称,数量,单位\n铝板,Aluminium sheet,1,kg\n螺丝,Screw M3,2,kg\n"
    found = read(text)
    assert means(found) == {
        "名称": "name",
        "英文名称": "name_en",
        "数量": "quantity",
        "单位": "unit",
    }
    kept = _bom(text)
    assert [kept[name].name_en for name in ("铝板", "螺丝")] == ["Aluminium sheet", "Screw M3"]
    # A dataset is looked for by what it was looked for before.
    assert kept["铝板"].specification == lines(found)["铝板"].specification == "Aluminium sheet"


def test_beside_a_description_both_count() -> None:
    text = "名称,描述,Description (EN),数量,单位\n铝板,5052,Sheet,1,kg\n螺丝,M3,Screw,2,kg\n"
    kept = _bom(text)
    assert kept["铝板"].name_en == "Sheet"
    assert kept["铝板"].specification == "Sheet 5052"


@pytest.mark.parametrize("first", ["name,name_en", "name_en,name"])
@pytest.mark.parametrize("more", ["", ",dataset"])
def test_the_columns_of_the_documented_form_may_stand_in_any_order(first: str, more: str) -> None:
    cells = {"name": "铝板", "name_en": "Sheet"}
    row = ",".join(cells[one] for one in first.split(","))
    dataset = ",steel-cold-rolled-cn" if more else ""
    kept = _bom(f"{first},name_zh,quantity,unit{more}\n{row},板,1,kg{dataset}\n")
    line = kept["铝板"]
    assert (line.name_en, line.name_zh, line.specification) == ("Sheet", "板", "")


def test_a_choice_holds_when_a_column_of_the_documented_form_comes_to_the_list() -> None:
    before = _bom("name,quantity,unit\n铝板,1,kg\n")["铝板"]
    after = _bom("name,name_en,quantity,unit\n铝板,Sheet,1,kg\n")["铝板"]
    assert (before.material, before.specification) == (after.material, after.specification)


def test_a_strangers_second_name_is_no_second_name_of_a_table_that_names_datasets() -> None:
    text = "名称,英文名称,数量,单位,数据集\n铝板,Sheet,1,kg,steel-cold-rolled-cn\n"
    assert _bom(text)["铝板"].name_en == "Sheet"


@pytest.mark.parametrize("heading", ["英文名称", "Description (EN)", "name_en", "English name"])
def test_the_only_column_of_names_is_the_name(heading: str) -> None:
    kept = _bom(f"{heading},数量,单位\nSheet,1,kg\nScrew,2,kg\n")
    assert kept.keys() == {"Sheet", "Screw"}
    assert kept["Sheet"].name_en == ""


def test_the_column_that_was_the_name_stays_it_and_the_other_is_the_chinese_name() -> None:
    kept = _bom("English name,名称,数量,单位\nSheet,铝板,1,kg\nScrew,螺丝,2,kg\n")
    assert (kept["Sheet"].name_zh, kept["Sheet"].specification) == ("铝板", "铝板")
    kept = _bom("中文名称,Name,数量,单位\n铝板,Sheet,1,kg\n螺丝,Screw,2,kg\n")
    assert kept["铝板"].name_en == "Sheet"


def test_a_second_name_without_a_language_is_none_where_its_cells_show_no_other() -> None:
    kept = _bom("English name,Name,数量,单位\nSheet,Al sheet,1,kg\nScrew,M3 screw,2,kg\n")
    assert kept["Sheet"].name_zh == ""


def test_cells_without_a_name_in_the_language_are_not_taken_and_that_is_said() -> None:
    rows = "铝板,Sheet,1,kg\n螺丝,-,2,kg\n电池,电池,2,kg\n线,Wire,1,kg\n"
    found = read(f"名称,英文名称,数量,单位\n{rows}")
    kept = _bom(f"名称,英文名称,数量,单位\n{rows}")
    assert [kept[name].name_en for name in ("铝板", "螺丝", "电池", "线")] == [
        "Sheet",
        "",
        "",
        "Wire",
    ]
    assert [(one.kind, one.rows) for one in found.assumed] == [("name_en_other", (4,))]
    # What a writer puts into the column of the documented form stands.
    kept = _bom("名称,name_en,数量,单位\n电池,锂 battery,2,kg\n")
    assert kept["电池"].name_en == "锂 battery"


@pytest.mark.parametrize(
    ("cells", "was"),
    [
        (("Power bank", "Power bank", "Power bank"), "description"),  # the product, on every line
        (("铝板", "螺丝", "电池"), "description"),  # no English at all
        (("1001", "1002", "1003"), "unknown"),
    ],
)
def test_a_column_that_holds_something_else_is_left_what_it_was(
    cells: tuple[str, ...], was: str
) -> None:
    rows = "".join(
        f"{own},{cell},1,kg\n" for own, cell in zip(("铝板", "螺丝", "电池"), cells, strict=True)
    )
    found = read(f"名称,英文名称,数量,单位\n{rows}")
    assert means(found)["英文名称"] == was


def test_a_person_may_say_which_column_holds_the_names() -> None:
    found = read(
        "名称,Alias,数量,单位\n铝板,Sheet,1,kg\n螺丝,Screw,2,kg\n",
        columns={"Alias": ("name_en", None)},
    )
    assert means(found)["Alias"] == "name_en"
    assert lines(found)["铝板"].texts["name_en"] == "Sheet"
