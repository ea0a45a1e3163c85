"""Choices of datasets for lines of a name and unit, kept for all later files of a tenant."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from fastapi import Query as Parameter
from pydantic import ConfigDict, Field

from api.openapi import problems
from api.schemas import Asked, Shape
from api.store.matches import StoredMatch
from api.wiring import ActorNeeded, ServiceNeeded
from footprint.matching.query import Query

router = APIRouter(prefix="/v1/matches", tags=["Matches"])

_Text = Annotated[str, Field(max_length=500)]


class _Match(Shape):
    name: Annotated[_Text, Field(min_length=1, description="Name of the line.")]
    unit: Annotated[
        str, Field(min_length=1, max_length=40, description="Unit of the line, such as kg.")
    ]
    dataset: Annotated[
        str, Field(min_length=1, max_length=200, description="Id of the dataset that is meant.")
    ]
    material: Annotated[_Text, Field(description="Its material, if a column says it.")] = ""
    specification: Annotated[
        _Text, Field(description="Its specification, if a column says it.")
    ] = ""


class MatchOrder(_Match, Asked):
    """A choice: which dataset stands for lines that say this."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "自攻螺丝 PWA3x10", "unit": "piece", "dataset": "part-screw-steel"}
            ]
        },
    )


class MatchAnswer(_Match):
    """A choice as it is kept."""

    chosen_by: str = Field(description="Who chose it.")
    chosen_at: str = Field(description="When (ISO 8601, UTC).")


class MatchList(Shape):
    """All choices of a tenant."""

    matches: list[MatchAnswer] = Field(description="Choices, by the names of their lines.")


@router.put("", summary="Keep a choice", responses=problems(400, 401, 413, 422))
def keep_match(service: ServiceNeeded, actor: ActorNeeded, order: MatchOrder) -> MatchAnswer:
    """Choose a dataset for lines of this name and unit: your later footprints use it where a line
    names none, and say who chose it. It replaces an earlier choice for the same line."""
    made = service.matches.keep(
        actor, order.name, order.unit, order.dataset, order.material, order.specification
    )
    return _answer(made)


class CandidateAnswer(Shape):
    """A dataset that a line may mean, and what the choice would give."""

    dataset: str = Field(description="Id of the dataset.")
    score: float = Field(description="How well the words agree, 0 to 1.")
    unit: str = Field(description="Unit of the dataset.")
    location: str = Field(description="Where it is of (ISO 3166, or GLO, RoW, RER, RNA).")
    name_en: str = Field(description="English name.")
    name_zh: str = Field(description="Chinese name.")
    by: Literal["name", "material", "part"] = Field(
        description="Found by the line's words, its material alone, or as the model of a part."
    )
    reason: str = Field(description="Why this dataset.")
    refused: str = Field(description="Why it is not taken without a question; empty if it may be.")
    fit: Literal["unit", "mass", "words", "needs-mass", "needs-size", "none"] = Field(
        description="How its unit fits the line's: the same measure, by the mass of one unit, by "
        "what the words tell; or what is lacking for that."
    )
    kg_co2e_per_line_unit: float | None = Field(
        description="kg CO2e of one unit of the line, without biogenic CO2; null where it does not "
        "fit."
    )


class CandidateList(Shape):
    """Candidates for a line, the best first."""

    candidates: list[CandidateAnswer] = Field(description="Datasets that may be meant.")


_Words = Annotated[str, Parameter(max_length=500, description="What its column says.")]


@router.get("/candidates", summary="Candidates for a line", responses=problems(401, 422))
def list_candidates(  # noqa: PLR0913, PLR0917 - what a line says of itself
    service: ServiceNeeded,
    _actor: ActorNeeded,
    name: Annotated[str, Parameter(min_length=1, max_length=500, description="Name of the line.")],
    unit: Annotated[str, Parameter(max_length=40, description="Its unit, such as piece.")] = "",
    mass_kg: Annotated[
        float | None, Parameter(gt=0, lt=1e9, description="Mass of one unit in kg.")
    ] = None,
    material: _Words = "",
    specification: _Words = "",
    category: _Words = "",
    country: Annotated[
        str, Parameter(max_length=8, description="Where it is made (ISO 3166).")
    ] = "",
    limit: Annotated[int, Parameter(ge=1, le=20, description="How many.")] = 5,
) -> CandidateList:
    """Which datasets a line may mean, as `footprint match` shows them: score, reason, how the unit
    fits, and the kg CO2e that each choice would give. Keep one with PUT /v1/matches."""
    line = Query(
        name,
        country=country,
        material=material,
        specification=specification,
        category=category,
        unit=unit,
        mass_kg=mass_kg,
    )
    found = [offer.as_json() for offer in service.matches.offers(line, limit)]
    return CandidateList(candidates=[CandidateAnswer.model_validate(one) for one in found])


@router.get("", summary="List choices", responses=problems(401))
def list_matches(service: ServiceNeeded, actor: ActorNeeded) -> MatchList:
    """Your choices of datasets: what your later footprints use for lines that say the same."""
    return MatchList(matches=[_answer(match) for match in service.matches.listed(actor)])


def _answer(match: StoredMatch) -> MatchAnswer:
    return MatchAnswer(
        name=match.name,
        unit=match.unit,
        dataset=match.dataset,
        material=match.material,
        specification=match.specification,
        chosen_by=match.chosen_by,
        chosen_at=match.chosen_at.isoformat(),
    )
