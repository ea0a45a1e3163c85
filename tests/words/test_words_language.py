"""Every sentence about a file of parts is known in Chinese, and carries over what is filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from evidence import some
from hypothesis import given
from hypothesis import strategies as st
from sentences_in_code import skeleton, templates_in

from footprint.bom import faults
from footprint.bom.read import read_bom_bytes
from footprint.faults import Fault, InputRefused, Problem, Where
from footprint.sheets import foreign
from footprint.site.file import _WORDS
from footprint.values.line import STAGES
from footprint.words.language import in_chinese, in_language, pairs, said

ROOT = Path(__file__).parents[2]
#: SUP: documents of suppliers have sentences of their own, in English.
ENGLISH_ONLY = {"supplier.py", "supplier_certificate.py"}
MODULES = [
    *(path for path in (ROOT / "footprint/bom").glob("*.py") if path.name not in ENGLISH_ONLY),
    *(ROOT / "footprint/exchange").glob("*.py"),
    ROOT / "footprint/pact/cut_off.py",
    *(ROOT / "footprint/reading").glob("*.py"),
    *(ROOT / "footprint/sheets").glob("*.py"),
    *(ROOT / "footprint/verifiers").glob("*.py"),
    *(ROOT / "footprint/engine").glob("*.py"),
    ROOT / "footprint/units.py",
    *(ROOT / "footprint/uncertainty").glob("*.py"),
    *(ROOT / "footprint/cli").glob("*.py"),
    *(ROOT / "footprint/catalogue").glob("*.py"),
    ROOT / "footprint/inventory/compiled.py",
    ROOT / "footprint/inventory/union.py",
]
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_every_sentence_of_the_code_is_known_in_chinese(path: Path) -> None:
    known = {skeleton(english) for english, _ in pairs()}
    said_there = {(line, template) for line, template in templates_in(path) if template != "{}"}
    assert not sorted(one for one in said_there if skeleton(one[1]) not in known)


def test_kinds_of_files_and_keys_of_site_data_are_known_in_chinese() -> None:
    tables = [*foreign._BEGINNINGS, *((name, "", hint) for _, name, hint in foreign._WITHIN)]
    texts = [text for name, _, hint in tables for text in (name, hint)]
    texts += ["key " + re.sub(r"\{\w+\}", "7", says) for says, _ in _WORDS.values()]
    texts += [re.sub(r"\{\w+\}", "7", hint) for _, hint in _WORDS.values()]
    assert not [text for text in texts if not CHINESE.search(in_chinese(text))]


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair[0][:40])
def test_both_languages_fill_in_the_same(pair: tuple[str, str]) -> None:
    english, chinese = pair
    names = re.findall(r"\{(\w+)\}", english)
    assert len(names) == len(set(names))
    assert sorted(names) == sorted(re.findall(r"\{(\w+)\}", chinese))
    assert CHINESE.search(chinese) or "：" in chinese


@given(st.sampled_from(pairs()), st.text("abcXYZ123'\"{}\\", min_size=1, max_size=12))
def test_what_is_filled_in_is_carried_over(pair: tuple[str, str], value: str) -> None:
    english = re.sub(r"\{\w+\}", lambda _: value, pair[0])
    chinese = in_chinese(english)
    assert chinese.count(value) >= len(re.findall(r"\{\w+\}", pair[0]))


def test_a_reason_within_a_sentence_is_chinese_too() -> None:
    assert in_chinese("mass: unit 'stone' is unknown") == "mass：单位 'stone' 未知"
    assert (
        in_chinese("a sheet reaches beyond 9 rows and 5 columns") == "工作表超出上限（9 行、5 列）"
    )


def test_a_sentence_that_is_not_known_stays_as_it_is() -> None:
    problem = Problem("X-1", "Nobody has written this yet", Where("a.csv"), "Wait")
    assert in_language(problem, "zh") == problem


TABLE = "name,quantity,unit,loss,stage\n"
REFUSED = {
    "BOM-003": "name,quantity,unit\n",
    "BOM-005": TABLE + ",1,kg,,\n",
    "BOM-006": TABLE + "bolt,many,kg,,\n",
    "BOM-007": TABLE + "bolt,-1,kg,,\n",
    "BOM-010": TABLE + "bolt,1,kg,,attic\n",
    "BOM-011": TABLE + "bolt,1,kg,7,\n",
    "BOM-012": TABLE + "bolt,1,stone,,\n",
    "BOM-019": "# name: a\n# mass: 3 furlongs\n" + TABLE + "bolt,1,kg,,\n",
}


@pytest.mark.parametrize(("code", "text"), REFUSED.items())
def test_a_refused_table_is_refused_in_chinese_with_its_place(code: str, text: str) -> None:
    if code != "BOM-019":
        text = "# name: a\n" + text
    with pytest.raises(InputRefused) as refused:
        read_bom_bytes(text.encode(), "parts.csv")
    spoken = [said(problem, "zh") for problem in refused.value.problems if problem.code == code]
    assert spoken
    for line in spoken:
        assert line.startswith(f"{code}（parts.csv")
        assert CHINESE.search(line.partition("）：")[2])


def test_every_code_of_the_room_has_a_title_that_the_docs_list() -> None:
    codes = [one.code for one in vars(faults).values() if isinstance(one, Fault)]
    assert all(code.startswith("BOM-") for code in some(codes))


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("give the mass of one piece", "请给出一件的质量"),
        ("give the area of one m", "请给出 1 m 的面积"),
        (
            "no stage is stated; assumed packaging, by what they are: 'Box' (row 8), 'T' (row 9)",
            "文件未写阶段；按这些行的内容假定为包装（packaging）：'Box'（第 8 行）、'T'（第 9 行）",
        ),
        (
            "no stage is stated; assumed waste, by what they are: 'Film' (row 8) and 3 more",
            "文件未写阶段；按这些行的内容假定为生产废弃物（waste）：'Film'（第 8 行） 等另外 3 行",
        ),
    ],
)
def test_stages_needs_and_rows_within_a_sentence_are_chinese_too(
    english: str, chinese: str
) -> None:
    assert in_chinese(english) == chinese


def test_every_stage_that_lines_are_put_into_has_its_word() -> None:
    said = [in_chinese(f"no stage is stated; assumed {one}, by what they are: x") for one in STAGES]
    words = [one.partition("假定为")[2].partition("：")[0] for one in said]
    assert [one for one in words if not CHINESE.match(one)] == ["material"]
