"""What a list says of each application: its product, and the verdict of a day.

A document and its evidence give the same verdict all day; a list of many applications is shown
again and again. What was found is remembered by what it hangs on.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from api.services.applications import order_in
from api.services.backing import names_statement, tried_evidence
from api.store.applications import Application
from api.store.database import Database
from api.store.footprints import StoredFootprint, document_hashes, find_footprints
from api.store.tenants import Actor
from footprint.rules import RuleBook
from footprint.study import DecidedQuestion, decision_on

#: How many verdicts are remembered; a glance is a few hundred bytes.
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Glance:
    """The product that an application is about, and the verdict on the day."""

    product: dict[str, Any]
    verdict: str


@dataclass(frozen=True, slots=True)
class Glances:
    """Looks at many applications with as little reading as can be."""

    database: Database
    rules: RuleBook
    _known: dict[Hashable, Glance] = field(default_factory=dict)

    def at(self, actor: Actor, found: Sequence[Application], day: date) -> list[Glance]:
        """A glance at each of these applications of the actor's, in their order."""
        ids = list({one.footprint for one in found})
        with self.database.reading() as uow:
            hashes = document_hashes(uow, actor.tenant, ids)
            keys = [self._key(one, hashes[one.footprint], day) for one in found]
            lacking = [
                one.footprint
                for one, key in zip(found, keys, strict=True)
                if key not in self._known or names_statement(one.evidence)
            ]
            documents = find_footprints(uow, actor.tenant, lacking) if lacking else {}
        if len(self._known) > _MOST:
            self._known.clear()
        glances = []
        for one, key in zip(found, keys, strict=True):
            # A statement may stop to count on any day.
            known = None if names_statement(one.evidence) else self._known.get(key)
            if known is None:
                known = self._known[key] = self._look(one, documents[one.footprint], day)
            glances.append(known)
        return glances

    def _key(self, known: Application, document: str, day: date) -> Hashable:
        return document, known.scheme, known.tier, known.evidence, day, self.rules.hash

    def _look(self, known: Application, footprint: StoredFootprint, day: date) -> Glance:
        content = footprint.content
        with self.database.reading() as uow:
            text, statement = tried_evidence(uow, footprint, known.scheme, known.evidence)
        tier, confirmed = order_in(known).tier, statement is not None
        question = DecidedQuestion(known.scheme, tier, day, text, confirmed)
        decision, _ = decision_on(content, question, self.rules, footprint.document_hash)
        names = ("name", "name_zh", "company", "company_zh")
        product = {name: content["product"].get(name) or "" for name in names}
        return Glance(product, decision.verdict)
