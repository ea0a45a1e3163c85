"""What the law modules share: sourced facts from a data file, and answers that carry them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib import resources
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from footprint.documents.places import error_path, error_words
from footprint.faults import InputRefused, Where
from footprint.plain_yaml import NotPlainYamlError, load_plain_yaml
from footprint.rules import faults
from footprint.rules.fields import BilingualText, Id, PlainDate, Strict
from footprint.rules.freshness import KnownFact, may_have_changed
from footprint.rules.schema import CitationEntry
from footprint.values.decision import Citation, Confidence

#: Yes, no, not yet (certainly later), or not known.
Reply = Literal["yes", "no", "not_yet", "unknown"]


class Sourced(Strict):
    """A fact with its source. No fact of a law file can be written without one."""

    reference: Annotated[tuple[CitationEntry, ...], Field(min_length=1)]
    confidence: Confidence
    last_confirmed_on: PlainDate

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the fact is written."""
        return tuple(entry.citation for entry in self.reference)


class Law(Strict):
    """The head of a law file."""

    id: Id
    name: BilingualText
    about: BilingualText


@dataclass(frozen=True, slots=True)
class AnswerOfLaw:
    """What a law answers, the sentence a person reads, and what it rests on."""

    reply: Reply
    says: str
    says_zh: str
    confidence: Confidence = "H"
    citations: tuple[Citation, ...] = ()
    since: date | None = None
    looked_up: date | None = None


_LawT = TypeVar("_LawT", bound=Law)


def load_law(file: str, kind: type[_LawT]) -> _LawT:
    """A law that ships. Raises InputRefused (RUL-001, RUL-002) if its file is broken."""
    text = (resources.files("footprint.rules") / "data" / "modules" / file).read_text("utf-8")
    return law_from_text(text, file, kind)


def law_from_text(text: str, file: str, kind: type[_LawT]) -> _LawT:
    """A law in a YAML text. Raises InputRefused (RUL-001, RUL-002) with every problem."""
    try:
        return kind.model_validate(load_plain_yaml(text))
    except NotPlainYamlError as error:
        raise faults.RULE_FILE_UNREADABLE.refuse(str(error), Where(file)) from None
    except ValidationError as error:
        raise InputRefused(
            faults.RULE_FILE_SHAPE.at(Where(file, column=error_path(detail)), error_words(detail))
            for detail in error.errors(include_url=False, include_input=False)
        ) from None


def answer(
    fact: Sourced, reply: Reply, says: str, says_zh: str, since: date | None = None
) -> AnswerOfLaw:
    """An answer that rests on one fact."""
    looked_up = fact.last_confirmed_on
    return AnswerOfLaw(reply, says, says_zh, fact.confidence, fact.citations, since, looked_up)


def answer_by(told: AnswerOfLaw, day: date) -> AnswerOfLaw:
    """What an answer is worth on a day: unknown where its fact was last looked up so long before
    that it may have changed."""
    looked_up = told.looked_up
    if told.reply == "unknown" or looked_up is None or not may_have_changed(looked_up, day):
        return told
    return replace(
        told,
        reply="unknown",
        says=f"not known for {day}: the law was last looked up on {looked_up} and may have "
        f"changed. By what it was then: {told.says}",
        says_zh=f"{day} 的情况尚不清楚：该法最近一次查阅于 {looked_up}，此后可能已变更。"
        f"按当时规定：{told.says_zh}",
        since=None,
    )


def law_facts(law: Law) -> Iterator[KnownFact]:
    """Every sourced fact of a law, for the freshness report; named by its place in the file."""
    yield from _facts(law.id, "", law)


def _facts(owner: str, path: str, value: Any) -> Iterator[KnownFact]:
    if isinstance(value, Sourced):
        yield KnownFact(owner, path, value.confidence, value.last_confirmed_on)
    if isinstance(value, BaseModel):
        for name, item in value:
            yield from _facts(owner, f"{path}.{name}" if path else name, item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _facts(owner, f"{path}.{name}", item)
    elif isinstance(value, tuple):
        for number, item in enumerate(value, start=1):
            yield from _facts(owner, f"{path}.{number}", item)
