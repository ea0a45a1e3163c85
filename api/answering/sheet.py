"""The spreadsheet of an answer: the four questions with their answers, for people who file it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from openpyxl import Workbook

from api.answering.model import QUESTIONS, Case, Question
from footprint.analysis.export import xml_cell
from label_templates.console_pages import console_words


def answer_sheet(case: Case, facts: Mapping[Question, Mapping[str, Any]], language: str) -> bytes:
    """A workbook with one sheet: question, answer, what shows it."""
    words = console_words("zh" if language == "zh" else "en")
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new book has one
    sheet.title = words.say("request_answer")
    heads = (words.say("request_question"), words.say("request_fact"), words.say("request_value"))
    sheet.append([words.say("request_buyer"), "", xml_cell(case.buyer)])
    sheet.append([words.say("request_product"), "", xml_cell(case.product)])
    sheet.append(list(heads))
    for question in QUESTIONS:
        called = words.word("questions", question)
        for name, value in _rows(facts[question]):
            sheet.append([called, xml_cell(name), xml_cell(value)])
    for column, width in (("A", 28), ("B", 34), ("C", 60)):
        sheet.column_dimensions[column].width = width
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rows(facts: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str | float]]:
    for name, value in facts.items():
        called = f"{before}{name}"
        if isinstance(value, Mapping):
            yield from _rows(value, f"{called}.")
        elif isinstance(value, list):
            for at, one in enumerate(value, start=1):
                if isinstance(one, Mapping):
                    yield from _rows(one, f"{called}.{at}.")
                else:
                    yield called, str(one)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield called, float(value)
        elif value not in (None, ""):
            yield called, str(value)
