"""Recalls: which certificates a corrected inventory or rule book touches, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from api.faults import ServiceRefused
from api.services.footprints import found_footprint
from api.services.lifecycle import LifeCycle
from api.services.people import need_role
from api.services.recompute import certified
from api.store.audit import append
from api.store.certificates import StoredCertificate, certificates_on
from api.store.database import Database
from api.store.footprints import find_source
from api.store.tenants import Actor
from footprint.inventory.compiled import CompiledInventory
from footprint.proof.facts_changed import facts_changed
from footprint.proof.impact import Changed, Impact, changed_datasets, impact_of
from footprint.rules import RuleBook

_PAGE = 200
_ORDER = {"suspend": 0, "reissue": 1, "none": 2}


@dataclass(frozen=True, slots=True)
class Recalls:
    """Looks through a tenant's certificates in force; suspends only when it is told to."""

    database: Database
    lifecycle: LifeCycle
    rules: RuleBook
    clock: Callable[[], datetime]

    def examine(
        self,
        actor: Actor,
        old: CompiledInventory,
        new: CompiledInventory,
        *,
        apply: bool = False,
    ) -> dict[str, Any]:
        """The report of a recall: corrected datasets, touched certificates, the worst first.

        Every certificate that was calculated with `old`, or decided under other rules than those
        in use, is calculated with `new` and decided under the rules in use for its own day, unless
        nothing that it rests on is other there: then nothing can come out other. With
        `apply` those that are to be suspended are, with the notice as the reason. The log tells of
        it, unless the store is opened for reading only. Raises ServiceRefused API-102.
        """
        need_role(actor, "approver")
        changes: dict[str, tuple[Changed, ...]] = {
            name: changed_datasets(old, new, name) for name in old.tables
        }
        looked_at, touched = 0, []
        for certificate, found in self._impacts(actor, old, new, changes):
            looked_at += 1
            if found is not None:
                touched.append((certificate, found))
        touched.sort(key=lambda item: (_ORDER[item[1].proposal], item[0].number))
        suspended = self._suspend(actor, touched) if apply else {}
        report = {
            "type": "recall",
            "schema": "1",
            "at": self.clock().isoformat(),
            "old_inventory": old.hash,
            "new_inventory": new.hash,
            "rules": self.rules.hash,
            "applied": apply,
            "logged": not self.database.read_only,
            "certificates": looked_at,
            "datasets": {
                name: [asdict(change) for change in found] for name, found in changes.items()
            },
            "impacts": [
                asdict(found) | {"outcome": suspended.get(found.number, "")} for _, found in touched
            ],
        }
        if not self.database.read_only:
            self._log(actor, report)
        return report

    def _impacts(
        self,
        actor: Actor,
        old: CompiledInventory,
        new: CompiledInventory,
        changes: dict[str, tuple[Changed, ...]],
    ) -> Iterator[tuple[StoredCertificate, Impact | None]]:
        others = facts_changed(old, new)
        after = ""
        while True:
            with self.database.reading() as uow:
                page = certificates_on(uow, actor.tenant, after=after, limit=_PAGE)
                opened = [
                    (
                        found_footprint(uow, actor, certificate.footprint),
                        find_source(uow, actor.tenant, certificate.footprint),
                    )
                    for certificate in page
                ]
            for certificate, (footprint, source) in zip(page, opened, strict=True):
                same_inventory = certificate.inventory == old.hash
                if source is None or not (same_inventory or certificate.rules != self.rules.hash):
                    continue
                record = certified(certificate, footprint, source)
                changed = changes[record.inputs.gwp_set] if same_inventory else ()
                corrected = new if same_inventory else None
                yield (
                    certificate,
                    impact_of(record, changed, corrected, self.rules, others=others),
                )
            if len(page) < _PAGE:
                return
            after = page[-1].number

    def _suspend(
        self, actor: Actor, touched: list[tuple[StoredCertificate, Impact]]
    ) -> dict[str, str]:
        outcomes: dict[str, str] = {}
        for certificate, found in touched:
            if found.proposal != "suspend" or certificate.status != "issued":
                continue
            try:
                self.lifecycle.change_status(actor, found.number, "suspended", found.says)
                outcomes[found.number] = "suspended"
            except ServiceRefused as refused:  # somebody was faster; the report says so
                outcomes[found.number] = refused.problems[0].message
        return outcomes

    def _log(self, actor: Actor, report: dict[str, Any]) -> None:
        facts = {
            "old": report["old_inventory"],
            "new": report["new_inventory"],
            "applied": report["applied"],
            "impacts": len(report["impacts"]),
        }
        with self.database.writing() as uow:
            append(uow, actor, self.clock(), "recall.examined", report["new_inventory"], facts)
