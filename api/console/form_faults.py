"""A form that was refused: shown again with what was typed, and wrong fields by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from api.console.shell import Visit
from api.faults import ServiceRefused
from api.words import translated_problem
from footprint.faults import InputRefused, Problem, Where
from label_templates.console_pages import console_words

#: Refusals with these statuses are of what was typed; others are of who asks, or of when.
_MENDABLE = frozenset((413, 415, 422))
#: A form that nothing was typed in.
NOTHING: Mapping[str, str] = MappingProxyType({})


def mendable(refused: InputRefused) -> InputRefused:
    """The refusal, where other words would not be refused. Raises it where they would."""
    if isinstance(refused, ServiceRefused) and refused.fault.status not in _MENDABLE:
        raise refused
    return refused


def in_fields(
    visit: Visit, refused: InputRefused | None, fields: Mapping[str, str]
) -> list[Problem]:
    """What was refused, in the language of the page. A field is called as its label calls it: by
    its sentence in `fields`, or as a fact of evidence."""
    problems = [] if refused is None else refused.problems
    words = console_words(visit.language)
    facts = words.group("evidence_facts")
    found = []
    for one in problems:
        told = translated_problem(one, visit.language)
        field = (told.where.column or "").rpartition(".")[2]
        label = words.say(fields[field]) if field in fields else facts.get(field, "")
        if label:
            quoted = f"“{label}”"
            message, named = re.subn(_named(field), quoted, told.message, count=1)
            said = message if named else f"{quoted}{words['colon']}{told.message}"
            told = told._replace(message=said, where=Where(row=told.where.row))
        found.append(told)
    return found


def _named(field: str) -> str:
    """A field's own name at the beginning of a sentence, in both languages."""
    return rf"^(?:The )?{re.escape(field)}(?: (?=[\u4e00-\u9fff])|(?![\w-]))"
