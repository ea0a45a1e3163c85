"""Schemes, decisions and laws: what the rules know, and what they say of your footprints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Path, Query

from api.answers import is_partial
from api.field_types import PositiveAmount
from api.journey_schemas import JourneyAsked
from api.law_schemas import (
    BatteryAsked,
    CbamAsked,
    DecisionsAnswer,
    DecisionsAsked,
    LawAnswer,
    LimitAsked,
    PurchaseAnswer,
    SchemeAnswer,
    SchemeList,
    TextileAsked,
)
from api.openapi import problems
from api.routes.certificates import Number, yaml_of
from api.schemas import Asked
from api.services.decisions import Decisions, PurchaseWanted, certified_per, labelled_on
from api.services.service import Service
from api.services.verdicts import view_of
from api.wiring import ActorNeeded, ServiceNeeded
from footprint.documents.decision import decision_document
from footprint.rules import load_printed_labels, scheme_document, scheme_list
from footprint.rules.fields import PlainDate, Strict
from footprint.rules.journey.question import JourneyQuestion
from footprint.rules.journey.reply import journey_reply
from footprint.rules.modules.battery_reply import battery_reply
from footprint.rules.modules.cbam_reply import cbam_reply
from footprint.rules.modules.questions import (
    BatteryQuestion,
    CbamQuestion,
    LimitQuestion,
    TextileQuestion,
    question_of,
)
from footprint.rules.modules.replies import textile_reply
from footprint.rules.summary import open_reason, summary_of, tier_name
from footprint.values.decision import Decision, Tier

router = APIRouter(prefix="/v1")

_AsOf = Annotated[PlainDate | None, Query(description="A day; today (UTC) where left out.")]
#: Members that a question of ours has beside those of the law.
_OURS = {"as_of", "footprint_id", "evidence"}


@router.get("/schemes", tags=["Rules"], summary="List the label schemes", responses=problems(422))
def list_label_schemes(service: ServiceNeeded, as_of: _AsOf = None) -> SchemeList:
    """Every scheme whose rules are known: its state on a day, tiers with their dates, and how much
    of its own rules stands here."""
    day = as_of or service.clock().date()
    rows = scheme_list(service.rules, day, load_printed_labels())
    return SchemeList(as_of=day, schemes=rows)


@router.get(
    "/schemes/{scheme}", tags=["Rules"], summary="Read a scheme", responses=problems(404, 422)
)
def read_label_scheme(
    service: ServiceNeeded,
    scheme: Annotated[str, Path(max_length=64, description="Id of a scheme.")],
) -> SchemeAnswer:
    """A scheme with every rule, its dates, sources and certainty. Credentials lead here."""
    return SchemeAnswer(scheme=scheme_document(service.rules, scheme, load_printed_labels()))


@router.post(
    "/decisions",
    tags=["Rules"],
    summary="Decide on a footprint",
    responses=problems(400, 401, 404, 413, 422),
)
def decide_on_footprint(
    service: ServiceNeeded, actor: ActorNeeded, wanted: DecisionsAsked
) -> DecisionsAnswer:
    """Which tiers a footprint of yours has earned, nearly earned or not, on your evidence: the
    short form first, then every decision with its reasons. Nothing is issued or stored."""
    found = _decisions(service).decide(
        actor,
        wanted.footprint_id,
        yaml_of(wanted.evidence),
        wanted.scheme,
        wanted.tier,
        wanted.as_of,
        wanted.markets,
    )
    return _answer(found)


def _answer(found: tuple[Decision, ...]) -> DecisionsAnswer:
    short = summary_of(found)
    return DecisionsAnswer(
        passes=[tier_name(one) for one in short.passes],
        nearly=[
            {"tier": tier_name(one), "says": change.says, "says_zh": change.says_zh}
            for one, change in short.nearly
        ],
        open=[
            {
                "tier": tier_name(one),
                "missing": ", ".join(one.missing),
                "says": open_reason(one),
                "says_zh": open_reason(one, chinese=True),
            }
            for one in short.open
        ],
        fails=[tier_name(one) for one in short.fails],
        not_offered=[tier_name(one) for one in short.not_offered],
        decisions=[decision_document(one) for one in found],
    )


@router.post(
    "/laws/battery", tags=["Rules"], summary="EU batteries", responses=problems(400, 413, 422)
)
def ask_battery_law(service: ServiceNeeded, asked: BatteryAsked) -> LawAnswer:
    """Category, which duties hold on the day, the declaration's number in kg CO2e per kWh over the
    service life and what it lacks, class and limit once they exist, and the battery passport's part
    on the carbon footprint."""
    return _law(service, asked, BatteryQuestion, battery_reply)


@router.post(
    "/laws/cbam", tags=["Rules"], summary="EU border adjustment", responses=problems(400, 413, 422)
)
def ask_cbam_law(service: ServiceNeeded, asked: CbamAsked) -> LawAnswer:
    """Scope by CN code, mass threshold, specific embedded emissions with direct and indirect apart,
    precursors, default values with the mark-up of their year. Never a product carbon footprint."""
    return _law(service, asked, CbamQuestion, cbam_reply)


@router.post(
    "/journeys", tags=["Rules"], summary="A subject's way", responses=problems(400, 413, 422)
)
def check_journey(service: ServiceNeeded, asked: JourneyAsked) -> LawAnswer:
    """The steps quantify, plan, reduce, offset, disclose of a product, organisation or event: which
    may be taken, what comes next, progress to the target by year, what each lever saves. Nothing is
    stored."""
    day = asked.as_of or service.clock().date()
    question = question_of(_members(asked), JourneyQuestion)
    return LawAnswer(answer=journey_reply(question, day, service.rules))


@router.post(
    "/laws/textile", tags=["Rules"], summary="French textiles", responses=problems(400, 413, 422)
)
def ask_textile_law(service: ServiceNeeded, asked: TextileAsked) -> LawAnswer:
    """Scope and duties of whoever shows the environmental cost of clothing, how it is shown, and a
    footprint beside its climate term. The score itself is not computed."""
    return _law(service, asked, TextileQuestion, textile_reply)


@router.post(
    "/laws/procurement",
    tags=["Rules"],
    summary="A purchaser's limit on a footprint",
    responses=problems(400, 401, 404, 413, 422),
)
def ask_purchase_limit(service: ServiceNeeded, actor: ActorNeeded, asked: LimitAsked) -> LawAnswer:
    """Whether a footprint of yours keeps a limit on a day: yes, no or unknown, why, and the
    smallest changes by which it would."""
    question = question_of(_members(asked), LimitQuestion)
    reply = _decisions(service).limit(
        actor, asked.footprint_id, yaml_of(asked.evidence), question, asked.as_of
    )
    return LawAnswer(answer=reply)


@router.get(
    "/certificates/{number}/purchase",
    tags=["Rules"],
    summary="Is it labelled, which tier, valid on a day, which value",
    responses=problems(404, 422),
)
def ask_for_purchase(
    service: ServiceNeeded,
    number: Number,
    as_of: _AsOf = None,
    tier: Annotated[Tier | None, Query(description="The tier that is wanted.")] = None,
    most_kg: Annotated[
        PositiveAmount | None, Query(description="The most accepted, kg CO2e.")
    ] = None,
    per: Annotated[
        str | None,
        Query(max_length=64, description="What the most is per: `1 piece`, `whole event`."),
    ] = None,
) -> PurchaseAnswer:
    """One answer for a purchaser: yes, no or unknown, and why."""
    wanted = PurchaseWanted(as_of or service.clock().date(), tier, most_kg, per)
    standing, reply = _decisions(service).purchase(number, wanted)
    certificate, view = standing.certificate, view_of(standing.certificate)
    return PurchaseAnswer(
        reply=reply.reply,
        why=[en for en, _ in reply.why],
        why_zh=[zh for _, zh in reply.why],
        number=certificate.number,
        labelled=labelled_on(standing, wanted.day),
        state=standing.status.state,
        tier=certificate.tier,
        scheme=certificate.scheme,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        kg_co2e=str(view.get("total_kg_co2e", "")),
        complete=not is_partial(view),
        lacks=list(view.get("lacks") or ()),
        per=certified_per(view).en,
        boundary=str(view.get("boundary", "")),
        claim=(view.get("claim") or {}).get("says", ""),
        claim_zh=(view.get("claim") or {}).get("says_zh", ""),
    )


_Question = TypeVar("_Question", bound=Strict)


def _law(
    service: Service,
    asked: Asked,
    kind: type[_Question],
    reply: Callable[[_Question, date], dict[str, Any]],
) -> LawAnswer:
    day: date = getattr(asked, "as_of", None) or service.clock().date()
    return LawAnswer(answer=reply(question_of(_members(asked), kind), day))


def _members(asked: Asked) -> dict[str, Any]:
    """What a law takes of a question; what was left out stays left out."""
    given = asked.model_dump(exclude_unset=True)
    return {name: value for name, value in given.items() if name not in _OURS}


def _decisions(service: Service) -> Decisions:
    return Decisions(service.database, service.register, service.rules, service.clock)
