"""Problems in Chinese: sentences word for word, others by the name of their code."""

from __future__ import annotations

import re

from evidence import some

from api.words import kinds, translated, translated_problem
from footprint.certificates.intake import Intake
from footprint.certificates.number import parse_certificate_number
from footprint.faults import InputRefused, Problem, Where
from footprint.shipped_yaml import shipped_yaml

NOWHERE = Where("", None, None)


def _chinese(code: str, message: str, hint: str = "") -> Problem:
    return translated_problem(Problem(code, message, NOWHERE, hint), "zh")


def test_english_stays_as_it_is() -> None:
    problem = Problem("API-002", "The form cannot be used.", NOWHERE, "")
    assert translated_problem(problem, "en") is problem


def test_a_sentence_of_the_service_is_translated_with_its_values() -> None:
    said = _chinese("API-003", "kwh is missing.")
    assert said.message == "缺少 kwh。"


def test_a_sentence_of_the_calculation_is_translated_too() -> None:
    said = _chinese("CER-001", "the document result.json was not supplied")
    assert said.message == "未提供文件 result.json"


def test_a_sentence_that_nobody_translated_follows_the_name_of_its_code() -> None:
    said = _chinese("ANA-001", "zzz qqq")
    assert said.message == f"{kinds()['ANA-001']}：zzz qqq"
    assert not kinds()["ANA-001"].isascii()
    assert _chinese("NO-999", "zzz qqq").message == "zzz qqq"


def test_no_sentence_is_taken_by_a_wider_one_that_stands_before_it() -> None:
    for entry in some(shipped_yaml("api", "words_zh.yaml")["sentences"]):
        english = re.sub(r"\{(\d)\}", r"V\1", entry["en"]).replace("{{", "{").replace("}}", "}")
        order = [int(place) for place in re.findall(r"\{(\d)\}", entry["en"])]
        assert translated(english) == entry["zh"].format(*(f"V{place}" for place in order))


def test_numbers_and_texts_that_cannot_be_used_are_told_in_chinese_alone() -> None:
    problems: list[Problem] = []
    for number in ("FP-1111-1111-2", "nonsense"):
        try:
            parse_certificate_number(number)
        except InputRefused as refused:
            problems += refused.problems
    intake = Intake()
    intake.clean("A\u202eB", "name")
    intake.clean("x" * 5_000, "name")
    problems += intake.problems
    assert len(problems) == 4
    for problem in problems:
        told = translated_problem(problem, "zh")
        assert not re.search("[a-z]{3}", told.message.replace("nonsense", "") + told.hint)
