"""Bodies and answers about buyers' requests, evidence and packs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.answering.model import EvidenceKind, Question
from api.field_types import FileBytes, file_in_base64
from api.schemas import Asked
from footprint.rules.fields import PlainDate

_Text = Annotated[str, Field(max_length=2000)]
_Id = Annotated[str, Field(max_length=64)]


class RequestBody(Asked):
    """A request that came by mail or telephone, or as a file."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"buyer": "Example Motors", "product": "Wall bracket", "due": "2026-12-18"}
            ]
        },
    )

    buyer: Annotated[str, Field(min_length=1, max_length=200, description="Who asks.")]
    product: Annotated[str, Field(max_length=200, description="For what, in words.")] = ""
    product_ids: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=500)]],
        Field(default_factory=list, max_length=100, description="URNs of products."),
    ]
    due: Annotated[
        PlainDate | None, Field(description="Until when; in a file it is looked for.")
    ] = None
    note: Annotated[_Text, Field(description="What else he wrote.")] = ""
    file: Annotated[str, Field(max_length=200, description="Name of his questionnaire.")] = ""
    content: Annotated[FileBytes, file_in_base64("The questionnaire, in Base64.")] = b""


class AnswerBody(Asked):
    """The answer to one question."""

    state: Annotated[
        Literal["open", "answered", "declined"], Field(description="Declined needs words.")
    ]
    footprint: Annotated[_Id, Field(description="Id of a footprint that answers.")] = ""
    against: Annotated[_Id, Field(description="Measures: id of the footprint of before.")] = ""
    evidence: Annotated[
        list[_Id], Field(default_factory=list, max_length=20, description="Ids of evidence.")
    ]
    words: Annotated[_Text, Field(description="A remark, or why there is no answer.")] = ""


class RequestChange(Asked):
    """What is changed of a request."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"revision": 1, "worker": "Li Wei"}]})

    revision: Annotated[int, Field(ge=1, lt=2**31 - 1, description="Of the request that you saw.")]
    worker: Annotated[str | None, Field(max_length=200, description="Who works on it.")] = None
    due: Annotated[PlainDate | None, Field(description="Until when.")] = None
    answers: Annotated[
        dict[Question, AnswerBody], Field(default_factory=dict, description="Answers to change.")
    ]


class OutcomeBody(Asked):
    """What the buyer said to the answer, or that there will be none."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"outcome": "accepted"}]})

    outcome: Annotated[
        Literal["accepted", "sent-back", "declined"],
        Field(description="The first two: by the buyer; declined: by you."),
    ]
    words: Annotated[_Text, Field(description="Why; only an acceptance needs none.")] = ""


class PackBody(Asked):
    """In which language a pack is made."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"language": "en"}]})

    language: Annotated[Literal["en", "zh"], Field(description="Of report and sheet.")] = "en"


class SentBody(Asked):
    """How a pack was sent."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"how": "mail to purchasing"}]})

    how: Annotated[str, Field(min_length=1, max_length=200, description="By mail, portal, ...")]


class EvidenceBody(Asked):
    """A piece of evidence of the company."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "targets",
                    "title": "Targets of the group",
                    "facts": {
                        "scope": "all sites",
                        "base_year": "2020",
                        "target_year": "2030",
                        "reduction_percent": "42",
                    },
                }
            ]
        },
    )

    kind: Annotated[EvidenceKind, Field(description="Which question it answers.")]
    title: Annotated[str, Field(min_length=1, max_length=200, description="What it is.")]
    facts: Annotated[
        dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=500)]],
        Field(max_length=20, description="By kind, see docs/requests.md."),
    ]
    valid_until: Annotated[PlainDate | None, Field(description="Last day on which it counts.")] = (
        None
    )
    file: Annotated[str, Field(max_length=200, description="Name of the file that shows it.")] = ""
    content: Annotated[FileBytes, file_in_base64("That file, in Base64.")] = b""


class RequestAnswer(BaseModel):
    """A request as it stands."""

    id: str = Field(description="Its id.")
    origin: str = Field(description="event, file or typed.")
    partner: str | None = Field(description="The partner whose event it was.")
    buyer: str = Field(description="Who asks.")
    product: str = Field(description="For what.")
    product_ids: list[str] = Field(description="URNs of products.")
    due: date | None = Field(description="Until when.")
    note: str = Field(description="What else was written.")
    file: str = Field(description="Name of the questionnaire.")
    state: str = Field(description="asked, working, sent-back, answered, accepted or declined.")
    worker: str = Field(description="Who works on it.")
    answers: dict[str, dict[str, Any]] = Field(description="The four questions.")
    revision: int = Field(description="To be sent along with a change.")
    came_at: str = Field(description="When it came (ISO 8601, UTC).")


class RequestPage(BaseModel):
    """A page of requests."""

    requests: list[RequestAnswer] = Field(description="Requests, newest first.")
    counts: dict[str, int] = Field(description="How many there are in each state.")
    next: str | None = Field(description="Cursor of the next page; null at the end.")


class DigestAnswer(BaseModel):
    """What is due."""

    requests: list[RequestAnswer] = Field(description="Open requests, the most urgent first.")
    text: str = Field(description="The same in words, in English.")
    text_zh: str = Field(description="The same in words, in Chinese.")


class PackAnswer(BaseModel):
    """A pack: what is, or was, sent."""

    id: str = Field(description="Its id.")
    hash: str = Field(description="SHA-256 of the file.")
    manifest: dict[str, Any] = Field(description="What it says, and the hash of each file in it.")
    made_at: str = Field(description="When it was made (ISO 8601, UTC).")
    made_by: str = Field(description="By whom.")
    sent_at: str | None = Field(description="When it was sent.")
    sent_how: str = Field(description="How it was sent.")


class PackList(BaseModel):
    """The packs of a request."""

    packs: list[PackAnswer] = Field(description="Packs, oldest first.")


class EvidenceAnswer(BaseModel):
    """A piece of evidence, without its file."""

    id: str = Field(description="Its id.")
    kind: str = Field(description="targets, measures or clean-energy.")
    title: str = Field(description="What it is.")
    facts: dict[str, Any] = Field(description="Its facts.")
    valid_until: date | None = Field(description="Last day on which it counts.")
    file: str = Field(description="Name of the file that shows it.")
    hash: str = Field(description="SHA-256 of that file.")
    made_at: str = Field(description="When it was kept (ISO 8601, UTC).")


class EvidencePage(BaseModel):
    """A page of evidence."""

    evidence: list[EvidenceAnswer] = Field(description="Evidence, newest first.")
    next: str | None = Field(description="Cursor of the next page; null at the end.")
