"""Cases beside a law that is asked a question (batteries, border adjustment, textiles): a day, the
question, and what its answer has to hold at places such as `duties.declaration.reply`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, ValidationError

from footprint.faults import InputRefused, Problem, Where
from footprint.plain_yaml import NotPlainYamlError, load_plain_yaml
from footprint.rules import faults
from footprint.rules.case_entry import CaseResult, case_place, problems_in_case, shape_problems
from footprint.rules.fields import PlainDate, Strict, Words
from footprint.rules.modules.battery_law import BatteryLaw
from footprint.rules.modules.battery_reply import battery_reply
from footprint.rules.modules.cbam_law import CbamLaw
from footprint.rules.modules.cbam_reply import cbam_reply
from footprint.rules.modules.law import law_from_text
from footprint.rules.modules.questions import (
    BatteryQuestion,
    CbamQuestion,
    TextileQuestion,
    question_of,
)
from footprint.rules.modules.replies import textile_reply
from footprint.rules.modules.textile import TextileLaw

#: Answers what a case asks on its day; the text names the file that it stands in.
_Answering = Callable[[Any, str, date], dict[str, Any]]


class LawCase(Strict):
    """One question to a law. `answers` names places of the answer, steps of lists counted from 0,
    and what stands there; `null` is a place that is empty or absent."""

    name: Words
    as_of: PlainDate
    asks: dict[str, Any]
    answers: Annotated[dict[Words, str | bool | int | None], Field(min_length=1)]


class LawCaseFile(Strict):
    """All cases of a law."""

    cases: Annotated[tuple[LawCase, ...], Field(min_length=1)]


def _battery(text: str, file: str) -> _Answering:
    law = law_from_text(text, file, BatteryLaw)
    return lambda asks, source, day: battery_reply(
        question_of(asks, BatteryQuestion, source), day, law
    )


def _cbam(text: str, file: str) -> _Answering:
    law = law_from_text(text, file, CbamLaw)
    return lambda asks, source, day: cbam_reply(question_of(asks, CbamQuestion, source), day, law)


def _textile(text: str, file: str) -> _Answering:
    law = law_from_text(text, file, TextileLaw)
    return lambda asks, source, day: textile_reply(
        question_of(asks, TextileQuestion, source), day, law
    )


#: The laws that are asked questions, by the id of their file.
ASKED_LAWS: Mapping[str, Callable[[str, str], _Answering]] = MappingProxyType(
    {"eu-battery-art-7": _battery, "eu-cbam": _cbam, "fr-textile-cost": _textile}
)


def run_law_cases(
    law: str, rule_file: str, rule_text: str, case_file: str, case_text: str
) -> list[CaseResult]:
    """The results of the cases of a law's file, `law` being its id.

    Raises InputRefused: RUL-001 and RUL-002 for the law, RUL-034 for the cases, RUL-030 to RUL-033
    for a question that cannot be answered, with its case named.
    """
    answering = ASKED_LAWS[law](rule_text, rule_file)
    found: list[CaseResult] = []
    problems: list[Problem] = []
    for number, case in enumerate(_cases(case_file, case_text), 1):
        try:
            reply = answering(case.asks, case_file, case.as_of)
        except InputRefused as refused:
            problems += problems_in_case(refused, case_place(number, case.name) + "asks.")
        else:
            found.append(CaseResult(case.name, tuple(_wrong(case, reply))))
    if problems:
        raise InputRefused(problems)
    return found


def _cases(file: str, text: str) -> tuple[LawCase, ...]:
    try:
        return LawCaseFile.model_validate(load_plain_yaml(text) or {}).cases
    except NotPlainYamlError as error:
        raise faults.CASE_FILE.refuse(f"{error}.", Where(file)) from None
    except ValidationError as error:
        raise InputRefused(shape_problems(error, file, "")) from None


def _wrong(case: LawCase, reply: dict[str, Any]) -> Iterator[str]:
    for place, expected in case.answers.items():
        found = _at(reply, place)
        if found != expected:
            yield f"{place}: expected {_said(expected)}, found {_said(found)}"


def _at(reply: Any, place: str) -> Any:
    """What stands at a place of the answer; None where nothing does."""
    for step in place.split("."):
        if isinstance(reply, dict):
            reply = reply.get(step)
        elif isinstance(reply, list) and step.isdecimal() and int(step) < len(reply):
            reply = reply[int(step)]
        else:
            return None
    return reply


def _said(value: Any) -> str:
    return "nothing" if value is None else str(value)
