"""The law of applications and certificates: which step may follow which state, taken by whom.

Two tables say all of it. Nothing here stores, signs or reads a clock: a service asks what a step
makes of a state, and keeps the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

#: What a person may do: make orders, check them, approve them and change certificates; an owner
#: says who may do what, and takes no step by that.
Role = Literal["maker", "checker", "approver", "owner"]
#: `returned` is a draft again, with the reason; `withdrawn` and `issued` are final.
ApplicationState = Literal["draft", "submitted", "checked", "issued", "returned", "withdrawn"]
#: Kept states. That a certificate's term is over is told by the clock, so it is not one of them;
#: a reinstated certificate is issued again, and its history says so.
KeptStatus = Literal["issued", "suspended", "revoked", "superseded"]
#: What can become of an application, and what can be done with a certificate.
ApplicationStep = Literal["submit", "check", "return", "withdraw", "issue"]
CertificateStep = Literal["suspend", "reinstate", "revoke", "survey", "supersede"]
#: What an objection says is wrong: that the certificate or what it rests on is falsified, or
#: anything else; and what came of it.
ObjectionGround = Literal["falsification", "other"]
ObjectionOutcome = Literal["upheld", "rejected"]


class ApplicationRule(NamedTuple):
    """Who (`role`) may bring an application from one of the states `after` to the state `to`;
    nobody who was one of `not_by` for it."""

    role: Role
    after: tuple[ApplicationState, ...]
    to: ApplicationState
    not_by: tuple[Role, ...] = ()


class CertificateRule(NamedTuple):
    """Who may take a step with a certificate of one of the states `after`; `to` is None where the
    state stays. `asked` is False for what only comes of another step."""

    role: Role
    after: tuple[KeptStatus, ...]
    to: KeptStatus | None
    asked: bool = True


APPLICATION_RULES: Mapping[ApplicationStep, ApplicationRule] = MappingProxyType(
    {
        "submit": ApplicationRule("maker", ("draft", "returned"), "submitted"),
        "check": ApplicationRule("checker", ("submitted",), "checked", ("maker",)),
        "return": ApplicationRule("checker", ("submitted", "checked"), "returned", ("maker",)),
        "withdraw": ApplicationRule(
            "maker", ("draft", "returned", "submitted", "checked"), "withdrawn"
        ),
        "issue": ApplicationRule("approver", ("checked",), "issued", ("maker", "checker")),
    }
)
CERTIFICATE_RULES: Mapping[CertificateStep, CertificateRule] = MappingProxyType(
    {
        "suspend": CertificateRule("approver", ("issued",), "suspended"),
        "reinstate": CertificateRule("approver", ("suspended",), "issued"),
        "revoke": CertificateRule("approver", ("issued", "suspended"), "revoked"),
        "survey": CertificateRule("checker", ("issued", "suspended"), None),
        # By the issue of the certificate that replaces it.
        "supersede": CertificateRule("approver", ("issued", "suspended"), "superseded", False),
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: an identity, and the roles that it holds. Two tokens of one person are one."""

    identity: str
    roles: tuple[Role, ...]


class Lacks(NamedTuple):
    """The person does not hold this role."""

    role: Role


class SameEyes(NamedTuple):
    """The person acted before, in this role."""

    earlier: Role


class WrongState(NamedTuple):
    """The step does not follow on this state; it would on these."""

    state: str
    follows: tuple[str, ...]


Objection = Lacks | SameEyes | WrongState


def against_application(
    step: ApplicationStep,
    state: ApplicationState,
    person: Person,
    acted: Mapping[Role, str],
) -> Objection | None:
    """What forbids a step with an application, the weightiest first; None if nothing does.

    `acted` is who acted for it before, by role; an empty text is nobody.
    """
    rule = APPLICATION_RULES[step]
    if rule.role not in person.roles:
        return Lacks(rule.role)
    if state not in rule.after:
        return WrongState(state, rule.after)
    same = (role for role in rule.not_by if acted.get(role) == person.identity)
    earlier = next(same, None)
    return None if earlier is None else SameEyes(earlier)


def against_certificate(
    step: CertificateStep, status: KeptStatus, person: Person
) -> Objection | None:
    """What forbids a step with a certificate; None if nothing does."""
    rule = CERTIFICATE_RULES[step]
    if rule.role not in person.roles:
        return Lacks(rule.role)
    return None if status in rule.after else WrongState(status, rule.after)


def possible(status: KeptStatus) -> tuple[KeptStatus, ...]:
    """What can be asked to become of a certificate of this state, in the order of the table."""
    rules = CERTIFICATE_RULES.values()
    return tuple(rule.to for rule in rules if rule.asked and rule.to and status in rule.after)


def suspended_by(outcome: ObjectionOutcome, ground: ObjectionGround, status: KeptStatus) -> bool:
    """Whether the answer to an objection suspends the certificate at once: an upheld falsification
    does, where there is something to suspend."""
    falsified = (outcome, ground) == ("upheld", "falsification")
    return falsified and status in CERTIFICATE_RULES["suspend"].after
