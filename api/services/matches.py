"""Choices of datasets, kept for a tenant and used in all its later files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from api.faults import REFUSED
from api.services.lifecycle import checked_text
from api.store.audit import append
from api.store.database import Database
from api.store.matches import StoredMatch, keep_match, line_of, matches_of
from api.store.tenants import Actor
from footprint import units
from footprint.bom.choices import Choice, choice_key, choices_text
from footprint.faults import Where
from footprint.inventory.compiled import CompiledInventory
from footprint.locations import is_location
from footprint.matching.candidates import Offer, candidates
from footprint.matching.fit import may_fit
from footprint.matching.query import Query
from footprint.study import Inputs


@dataclass(frozen=True, slots=True)
class Matches:
    """The choices of all tenants; each method names whose it is about."""

    database: Database
    inventory: CompiledInventory
    clock: Callable[[], datetime]

    def keep(
        self, actor: Actor, name: str, unit: str, dataset: str, material: str, specification: str
    ) -> StoredMatch:
        """Keep a choice for lines of this name and unit, marked as the actor's.

        Raises ServiceRefused API-003 for a unit or dataset that is unknown, and for a unit that
        never becomes the dataset's, as the command `--pick` refuses it; InputRefused (CER-003,
        CER-004) for a text that cannot be read.
        """
        try:
            measure = units.common_unit(unit)
        except units.UnitError as error:
            raise REFUSED.refuse(str(error), where=Where(column="body.unit")) from None
        if dataset not in self.inventory.datasets:
            message = f"There is no dataset {dataset[:64]!r}."
            raise REFUSED.refuse(message, where=Where(column="body.dataset"))
        if not may_fit(measure, self.inventory.datasets[dataset]):
            own = self.inventory.datasets[dataset].unit
            message = f"{unit!r} never becomes {own} of {dataset}: no line can use this choice."
            raise REFUSED.refuse(message, where=Where(column="body.unit"))
        now = self.clock()
        choice = Choice(
            checked_text(name, "name"),
            measure,
            dataset,
            actor.identity,
            now.date(),
            material,
            specification,
        )
        made = StoredMatch(
            actor.tenant,
            line_of(choice),
            choice.name,
            choice.unit,
            choice.material,
            choice.specification,
            dataset,
            choice.by,
            now,
        )
        with self.database.writing() as uow:
            keep_match(uow, made)
            facts = {"name": made.name, "unit": made.unit, "dataset": dataset}
            append(uow, actor, now, "match.chosen", made.line, facts)
        return made

    def listed(self, actor: Actor) -> list[StoredMatch]:
        """The choices of the actor's tenant, by name."""
        with self.database.reading() as uow:
            return list(matches_of(uow, actor.tenant))

    def offers(self, line: Query, limit: int) -> tuple[Offer, ...]:
        """The datasets that a line may mean, up to `limit`, as the command `match` shows them.

        Raises ServiceRefused API-003 for a unit or place that is unknown.
        """
        if line.country and not is_location(line.country):
            message = f"{line.country!r} is no known place."
            raise REFUSED.refuse(message, where=Where(column="query.country"))
        try:
            unit = units.common_unit(line.unit) if line.unit else ""
        except units.UnitError as error:
            raise REFUSED.refuse(str(error), where=Where(column="query.unit")) from None
        return candidates(replace(line, unit=unit), self.inventory, limit)

    def choices(self, actor: Actor) -> list[Choice]:
        """The choices of the actor's tenant, as lines are compared with them."""
        return [match.choice for match in self.listed(actor)]

    @staticmethod
    def with_choices(given: Inputs, choices: Sequence[Choice]) -> Inputs:
        """The files of a bill of materials with those of the tenant's choices that its lines use,
        so that what was calculated can be calculated again. Choices that came along count instead.

        Raises InputRefused with every problem of the files.
        """
        if given.matches_file is not None or not choices:
            return given
        lines = {choice_key(line) for line in given.read().lines if not line.dataset}
        used = [choice for choice in choices if choice.key in lines]
        return replace(given, matches_file=choices_text(used).encode()) if used else given
