"""Who may do what: roles, and the rule of four eyes."""

from __future__ import annotations

from api.faults import FORBIDDEN, FOUR_EYES, STATUS_FINAL
from api.store.applications import Application
from api.store.tenants import Actor
from footprint.certificates.lifecycle import (
    APPLICATION_RULES,
    ApplicationStep,
    Person,
    Role,
    SameEyes,
    WrongState,
    against_application,
)

_NEEDED: dict[Role, str] = {
    "maker": "make orders",
    "checker": "check orders",
    "approver": "approve orders and change certificates",
    "owner": "say who may do what",
}


def need_role(actor: Actor, *roles: Role) -> None:
    """Raise ServiceRefused API-102 unless the actor has every one of these roles."""
    for role in roles:
        if role not in actor.roles:
            raise FORBIDDEN.refuse(
                f"This token may not {_NEEDED[role]}: it lacks the role {role}.",
                "Use the token of somebody who has the role: footprint tokens add --role ...",
            )


def need_other_eyes(actor: Actor, earlier: dict[str, str]) -> None:
    """Raise ServiceRefused API-505 when the actor is one of those who acted earlier.

    `earlier` is who acted, by role. Two tokens of one person are the same eyes.
    """
    for role, identity in earlier.items():
        if identity == actor.identity:
            raise FOUR_EYES.refuse(
                f"{actor.identity} was the {role} already; maker, checker and approver are three "
                "different people.",
                "Let somebody else do this step.",
            )


def need_step(actor: Actor, step: ApplicationStep, known: Application) -> None:
    """Raise ServiceRefused unless the law lets the actor take this step with an application.

    API-102 for a role that is lacking, API-503 for the state, API-505 for the same eyes.
    """
    acted: dict[Role, str] = {"maker": known.maker, "checker": known.checker}
    person = Person(actor.identity, actor.roles)
    objection = against_application(step, known.state, person, acted)
    if isinstance(objection, WrongState):
        raise STATUS_FINAL.refuse(
            f"The application is {known.state}; it cannot become {APPLICATION_RULES[step].to}.",
            f"That follows on: {', '.join(objection.follows)}.",
        )
    if isinstance(objection, SameEyes):
        need_other_eyes(actor, {objection.earlier: actor.identity})
    elif objection is not None:
        need_role(actor, objection.role)


def refuse_one_person(four_eyes: bool) -> None:
    """Raise ServiceRefused API-505 where one person may not issue alone."""
    if four_eyes:
        raise FOUR_EYES.refuse(
            "Here a certificate is made, checked and approved by three people.",
            "Start with POST /v1/applications, or set FOOTPRINT_FOUR_EYES=false for a supplier of "
            "one person, whose certificates are self-declared.",
        )
