"""Problems in Chinese: sentences word for word, others by the name of their code."""

from __future__ import annotations

from api.words import kinds, translated_problem
from footprint.faults import Problem, Where

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
