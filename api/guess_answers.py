"""Answers to orders: beside what comes of them, how much rests on guesses that nobody confirmed."""

from __future__ import annotations

from pydantic import Field

from api.life_schemas import ApplicationAnswer
from api.schemas import CertificateAnswer, Shape
from api.services.service import Service
from api.store.tenants import Actor
from footprint.drafts.guesses import guesses_in


class GuessesAnswer(Shape):
    """How much of a footprint rests on lines whose dataset was found by words, not surely, and was
    confirmed by nobody."""

    lines: int = Field(description="How many lines rest on guesses.", examples=[0])
    of: int = Field(description="Of how many lines.", examples=[12])
    kg_co2e: float = Field(description="What they add, in kg CO2e per declared unit.")
    share: float | None = Field(
        description="Theirs of the total, 0 to 1; null where the total is not above zero."
    )
    rows: list[int] = Field(description="Their rows in the file, those that add most first.")


class OrderedCertificate(CertificateAnswer):
    """A certificate as the answer to its order, which its owner alone gets."""

    guesses: GuessesAnswer


class OwnApplication(ApplicationAnswer):
    """An application with what its footprint rests on."""

    guesses: GuessesAnswer


def guesses_answer(service: Service, actor: Actor, footprint: str) -> GuessesAnswer:
    """The guesses in a footprint of the actor's. Raises ServiceRefused API-201."""
    found = guesses_in(service.footprints.get(actor, footprint).content)
    return GuessesAnswer(
        lines=len(found.lines),
        of=found.of,
        kg_co2e=found.kg_co2e,
        share=found.share,
        rows=[line.row for line in found.lines],
    )
