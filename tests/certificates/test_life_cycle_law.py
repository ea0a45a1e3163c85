"""The law of applications and certificates, over every state, step and person.

What is allowed is written here a second time, in full and in another form, so that no row of the
tables can change unseen.
"""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import get_args

import pytest

from footprint.certificates.lifecycle import (
    APPLICATION_RULES,
    CERTIFICATE_RULES,
    ApplicationState,
    ApplicationStep,
    CertificateStep,
    KeptStatus,
    Lacks,
    Person,
    Role,
    SameEyes,
    WrongState,
    against_application,
    against_certificate,
    possible,
)

STATES: tuple[ApplicationState, ...] = get_args(ApplicationState)
STEPS: tuple[ApplicationStep, ...] = get_args(ApplicationStep)
STATUSES: tuple[KeptStatus, ...] = get_args(KeptStatus)
CHANGES: tuple[CertificateStep, ...] = get_args(CertificateStep)
ROLES: tuple[Role, ...] = get_args(Role)
HELD = list(chain.from_iterable(combinations(ROLES, size) for size in range(4)))

#: state -> step -> the state that comes of it. What is not here is forbidden.
MOVES = {
    "draft": {"submit": "submitted", "withdraw": "withdrawn"},
    "returned": {"submit": "submitted", "withdraw": "withdrawn"},
    "submitted": {"check": "checked", "return": "returned", "withdraw": "withdrawn"},
    "checked": {"issue": "issued", "return": "returned", "withdraw": "withdrawn"},
    "issued": {},
    "withdrawn": {},
}
WHOSE = {
    "submit": "maker",
    "check": "checker",
    "return": "checker",
    "withdraw": "maker",
    "issue": "approver",
}
#: Who may not take a step: whoever made the application, whoever checked it.
OTHER_EYES = {"check": {"maker"}, "return": {"maker"}, "issue": {"maker", "checker"}}
CERTIFICATES = {
    "issued": {"suspend": "suspended", "revoke": "revoked", "supersede": "superseded"},
    "suspended": {"reinstate": "issued", "revoke": "revoked", "supersede": "superseded"},
    "revoked": {},
    "superseded": {},
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", STATES)
def test_each_step_with_an_application_by_each_person(
    state: ApplicationState, step: ApplicationStep
) -> None:
    seen = set()
    for held, was in product(HELD, [(), ("maker",), ("checker",), ("maker", "checker")]):
        acted: dict[Role, str] = {"maker": "Mai", "checker": "Chen", "approver": ""}
        acted |= dict.fromkeys(was, "Eve")  # type: ignore[arg-type]  # a part of the roles
        found = against_application(step, state, Person("Eve", held), acted)
        if WHOSE[step] not in held:
            assert found == Lacks(WHOSE[step])  # type: ignore[arg-type]  # it is one
        elif step not in MOVES[state]:
            assert isinstance(found, WrongState)
            assert found.state == state
            assert set(found.follows) == {one for one in STATES if step in MOVES[one]}
        elif clash := OTHER_EYES.get(step, set()) & set(was):
            assert isinstance(found, SameEyes)
            assert found.earlier in clash
        else:
            assert found is None
            assert APPLICATION_RULES[step].to == MOVES[state][step]
        seen.add(type(found))
    assert Lacks in seen
    assert (type(None) in seen) == (step in MOVES[state])


@pytest.mark.parametrize("step", CHANGES)
@pytest.mark.parametrize("status", STATUSES)
def test_each_step_with_a_certificate_by_each_person(
    status: KeptStatus, step: CertificateStep
) -> None:
    needed = "checker" if step == "survey" else "approver"
    for held in HELD:
        found = against_certificate(step, status, Person("Eve", held))
        allowed = step in CERTIFICATES[status] or (step == "survey" and bool(CERTIFICATES[status]))
        if needed not in held:
            assert found == Lacks(needed)  # type: ignore[arg-type]  # it is a role
        elif not allowed:
            assert isinstance(found, WrongState)
            assert found.state == status
        else:
            assert found is None
            assert CERTIFICATE_RULES[step].to == CERTIFICATES[status].get(step)


@pytest.mark.parametrize(
    ("status", "following"),
    [
        ("issued", ("suspended", "revoked")),
        ("suspended", ("issued", "revoked")),
        ("revoked", ()),
        ("superseded", ()),
    ],
)
def test_what_can_be_asked_for(status: KeptStatus, following: tuple[KeptStatus, ...]) -> None:
    assert possible(status) == following


def test_nobody_without_a_name_is_the_same_person() -> None:
    nobody: dict[Role, str] = {"maker": "", "checker": ""}
    assert against_application("issue", "checked", Person("Eve", ROLES), nobody) is None


def test_every_step_of_the_tables_is_tried() -> None:
    assert set(APPLICATION_RULES) == set(STEPS) == set(WHOSE)
    assert set(CERTIFICATE_RULES) == set(CHANGES)
    assert set(MOVES) == set(STATES)
    assert set(CERTIFICATES) == set(STATUSES)
