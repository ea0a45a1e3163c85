"""Choices of datasets for lines of a name and unit, kept for all later files of a tenant."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import ConfigDict, Field

from api.openapi import problems
from api.schemas import Asked, Shape
from api.store.matches import StoredMatch
from api.wiring import ActorNeeded, ServiceNeeded

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
