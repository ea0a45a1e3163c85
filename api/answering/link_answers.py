"""Answers of suppliers, who have nothing but a link: a file of their own, a calculation, or no."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from api.answering.campaign_model import (
    CASCADE,
    OPEN,
    Campaign,
    CampaignSupplier,
    GivenAnswer,
    GivenKind,
)
from api.answering.campaign_rows import (
    change_supplier,
    find_campaign,
    is_withdrawn,
    lock_supplier,
    put_answer,
    supplier_answers,
    supplier_by_link,
)
from api.answering.links import link_hash
from api.faults import CASE_STATE, LINK_WITHDRAWN, REFUSED, UNKNOWN_PATH
from api.partners.receiving import examined
from api.services.lifecycle import checked_text
from api.store.database import Database, UnitOfWork
from footprint.bom.facts_read import facts_in_file
from footprint.canonical_fast import canonical_bytes
from footprint.certificates.build import public_part
from footprint.faults import InputRefused, Problem, Where
from footprint.inventory.compiled import CompiledInventory
from footprint.study import Inputs, footprint_of
from footprint.supplier.faults import NOT_ADDING_UP
from footprint.supplier.read import read_supplier
from footprint.values.supplier import SupplierPcf

#: Facts of a product that the page asks for, by their names in a product file.
FACTS = ("name", "declared_unit", "country", "reference_period", "mass")


@dataclass(frozen=True, slots=True)
class LinkView:
    """What a supplier sees behind his link."""

    campaign: Campaign
    supplier: CampaignSupplier
    answers: Mapping[int, GivenAnswer]

    @property
    def is_open(self) -> bool:
        """Whether he may still answer or change his answer."""
        return self.supplier.state in OPEN

    @property
    def lacks(self) -> Sequence[int]:
        """The products for which he has given no number yet."""
        given = {at for at, one in self.answers.items() if one.usable}
        return [at for at in range(len(self.supplier.asked_for)) if at not in given]


@dataclass(frozen=True, slots=True)
class LinkAnswers:
    """Takes answers by link. A link opens one supplier's answer and nothing else."""

    database: Database
    inventory: CompiledInventory
    clock: Callable[[], datetime]

    def look(self, secret: str) -> LinkView:
        """What the link is about; looking changes nothing. Raises ServiceRefused API-204 for one
        that is unknown, API-106 for one that was withdrawn."""
        with self.database.reading() as uow:
            return _found(uow, secret)

    def begin(self, secret: str) -> None:
        """He opened it: not only a program that looks at links."""
        with self.database.writing() as uow:
            found = _found(uow, secret)
            if found.supplier.state in ("not-sent", "sent"):
                self._keep(uow, replace(found.supplier, state="opened"))

    def give_file(
        self, secret: str, product: int, file: str, data: bytes, *, as_stated: bool = False
    ) -> list[Problem]:
        """A PACT document or a certificate of his own. What is wrong with it is returned, and a
        document that cannot be used is kept with its findings and without a number.

        as_stated : take the total that it states, which its parts do not make; it is marked.
        Raises ServiceRefused API-204, API-106, API-516 (answered already), API-003 (no product).
        """
        usable, problems = examined(data, file, _document(data))
        found: SupplierPcf | None = None
        if usable or as_stated:
            try:
                found = read_supplier(data, file, Where(file), accept=as_stated)
            except InputRefused as refused:
                problems = list(refused.problems)
        kind: GivenKind = "pact" if found is None or found.kind == "pact" else "certificate"
        if found is not None and found.note:
            kind = "stated"
        made = _from_document(found, kind, file, data, problems)
        self._give(secret, product, made)
        return [] if found is not None else problems

    def calculate(
        self, secret: str, product: int, file: str, data: bytes, facts: Mapping[str, str]
    ) -> float:
        """The number of a parts list, kg CO2e per declared unit; of the list itself nothing is
        kept, nor of its lines. Lines without a figure are left out, and it says so.

        Raises InputRefused with every problem of the list; ServiceRefused as `give_file`.
        """
        told = {name: facts[name] for name in FACTS if facts.get(name, "").strip()}
        # The page proposes the name that the buyer uses: a list that has one keeps its own.
        if "name" in facts_in_file(data, file):
            told.pop("name", None)
        product_file = "".join(f"{name}: {json.dumps(one)}\n" for name, one in told.items())
        inputs = Inputs(
            file,
            data,
            product_file.encode() if told else None,
            allow_gaps=True,
            screening=True,
        )
        _, document = footprint_of(inputs, self.inventory)
        unit = document["declared_unit"]
        complete = document["completeness"]
        kept = public_part(document) | {
            "completeness": {"word": complete["word"], "lacks": complete["lacks"]}
        }
        total = float(document["totals"]["excluding_biogenic_uptake_kg_co2e"])
        made = GivenAnswer(
            supplier="",
            product=0,
            kind="calculated",
            file="",
            document=canonical_bytes(kept).decode(),
            kg=total / float(unit["amount"]),
            unit=unit["unit"],
            measured=document["quality"]["primary_data_share"],
            complete=complete["word"] == "complete",
            findings="[]",
            given_at=self.clock(),
        )
        self._give(secret, product, made)
        return total

    def decline(self, secret: str, words: str) -> None:
        """He cannot, and says why. Raises ServiceRefused API-204, API-106, API-516, API-003."""
        if not words.strip():
            raise REFUSED.refuse("Say why.", where=Where(column="words"))
        with self.database.writing() as uow:
            found = self._open(uow, secret)
            said, now = checked_text(words[:1_000], "words"), self.clock()
            self._keep(uow, replace(found.supplier, state="declined", said=said, answered_at=now))

    def send(self, secret: str, steps: Sequence[str]) -> None:
        """Hand the answer in: a number for every product, and which steps he has taken beyond.

        Raises ServiceRefused API-204, API-106, API-516, API-003 while a product lacks a number.
        """
        with self.database.writing() as uow:
            found = self._open(uow, secret)
            if found.lacks:
                named = [found.supplier.asked_for[at] or str(at + 1) for at in found.lacks]
                raise REFUSED.refuse(f"No number yet for: {', '.join(named[:5])}.")
            taken = json.dumps([step for step in CASCADE if step in steps])
            self._keep(
                uow,
                replace(
                    found.supplier,
                    state="answered",
                    steps=taken,
                    said="",
                    answered_at=self.clock(),
                ),
            )

    def _give(self, secret: str, product: int, made: GivenAnswer) -> None:
        with self.database.writing() as uow:
            found = self._open(uow, secret)
            if not 0 <= product < len(found.supplier.asked_for):
                raise REFUSED.refuse("There is no such product in this request.")
            supplier = found.supplier
            given = replace(made, supplier=supplier.id, product=product, given_at=self.clock())
            put_answer(uow, given)
            if supplier.state != "sent-back":
                supplier = replace(supplier, state="working")
            self._keep(uow, supplier)

    def _open(self, uow: UnitOfWork, secret: str) -> LinkView:
        found = _found(uow, secret)
        locked = lock_supplier(uow, found.supplier.id)
        if locked is not None:
            found = replace(found, supplier=locked)
        if not found.is_open:
            raise CASE_STATE.refuse("You have answered already; the buyer may send it back.")
        return found

    def _keep(self, uow: UnitOfWork, supplier: CampaignSupplier) -> None:
        change_supplier(uow, replace(supplier, changed_at=self.clock()))


def can_be_stated(problems: Sequence[Problem]) -> bool:
    """Whether all that is wrong is a total that the parts do not make, which may be taken."""
    wrong = {one.code for one in problems if one.code.startswith("SUP")}
    return wrong == {NOT_ADDING_UP.code}


def _found(uow: UnitOfWork, secret: str) -> LinkView:
    digest = link_hash(secret)
    supplier = supplier_by_link(uow, digest)
    if supplier is None:
        if is_withdrawn(uow, digest):
            raise LINK_WITHDRAWN.refuse(
                "This link was withdrawn by the buyer.", "Ask the buyer for the new one."
            )
        raise UNKNOWN_PATH.refuse("There is no such page.")
    campaign = find_campaign(uow, supplier.tenant, supplier.campaign)
    assert campaign is not None  # noqa: S101 - the database holds to it
    answers = supplier_answers(uow, [supplier.id])[supplier.id]
    return LinkView(campaign, supplier, {one.product: one for one in answers})


def _document(data: bytes) -> dict[str, Any] | None:
    """A PACT document in a file, for the check of the protocol; None for anything else."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if isinstance(content, dict) and isinstance(content.get("data"), dict):
        content = content["data"]
    return content if isinstance(content, dict) and "pcf" in content else None


def _from_document(
    found: SupplierPcf | None, kind: GivenKind, file: str, data: bytes, problems: Sequence[Problem]
) -> GivenAnswer:
    excluding = (
        None
        if found is None
        else sum(v for k, v in found.parts.items() if k not in ("biogenic_uptake", "aircraft"))
    )
    document = _document(data)
    return GivenAnswer(
        supplier="",
        product=0,
        kind=kind,
        file=checked_text(file[:200], "file"),
        document="" if document is None else json.dumps(document),
        kg=excluding,
        unit="" if found is None else found.unit,
        measured=None if found is None else found.primary_data_share,
        complete=found is not None and not found.lacking_share,
        findings=json.dumps([one.as_json() for one in problems]),
        given_at=datetime.fromtimestamp(0, UTC),  # who stores it knows when
    )
