"""What a supplier's newer footprint touches: our footprints that rest on the old one, and their
certificates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from api.faults import UNKNOWN_ASK, ServiceRefused
from api.services.footprints import found_footprint
from api.services.lifecycle import LifeCycle
from api.services.people import need_role
from api.services.recompute import certified, inputs_of
from api.store.audit import append
from api.store.certificates import StoredCertificate, certificates_of_footprint
from api.store.database import Database
from api.store.footprints import FootprintSource, StoredFootprint, find_source
from api.store.supplier_pcfs import KeptPcf, SupplierUse, find_pcf, footprints_using
from api.store.tenants import Actor
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.proof.impact import impact_of_document
from footprint.rules import RuleBook
from footprint.study import footprint_of


@dataclass(frozen=True, slots=True)
class _Found:
    """A footprint that rests on a supplier's, with what it was made from and its certificates."""

    use: SupplierUse
    footprint: StoredFootprint
    source: FootprintSource
    certificates: list[StoredCertificate]


@dataclass(frozen=True, slots=True)
class Superseded:
    """Looks for what a replaced footprint of a supplier touches; suspends only when told to."""

    database: Database
    inventory: CompiledInventory
    rules: RuleBook
    lifecycle: LifeCycle
    clock: Callable[[], datetime]

    def examine(self, actor: Actor, pcf: str, *, apply: bool = False) -> dict[str, Any]:
        """Our footprints that rest on this supplier's footprint, with the number that its newest
        successor gives, and what that means for their certificates, the worst first.

        With `apply` certificates that are to be suspended are, with the notice as the reason.
        Raises ServiceRefused API-211; API-102 for one who may not approve, with `apply`.
        """
        if apply:
            need_role(actor, "approver")
        old, newest, found = self._found(actor, pcf)
        touched = [self._touched(one, old, newest) for one in found]
        impacts = [each for one in touched for each in one["certificates"]]
        if apply:
            self._suspend(actor, impacts)
            self._log(actor, old, touched, impacts)
        return {
            "type": "superseded",
            "schema": "1",
            "pcf": old.id,
            "status": old.status,
            "replaced_by": newest.id if newest is not None else "",
            "applied": apply,
            "footprints": touched,
        }

    def _found(self, actor: Actor, pcf: str) -> tuple[KeptPcf, KeptPcf | None, list[_Found]]:
        with self.database.reading() as uow:
            old = find_pcf(uow, actor.tenant, pcf[:64])
            if old is None:
                raise UNKNOWN_ASK.refuse(f"There is no supplier's footprint {pcf[:64]!r} here.")
            newest, seen = old, {old.id}
            while newest.replaced_by and newest.replaced_by not in seen:
                seen.add(newest.replaced_by)
                newest = find_pcf(uow, actor.tenant, newest.replaced_by) or newest
            found = []
            for use in footprints_using(uow, actor.tenant, old.id):
                source = find_source(uow, actor.tenant, use.footprint)
                if source is not None:
                    footprint = found_footprint(uow, actor, use.footprint)
                    on = certificates_of_footprint(uow, actor.tenant, use.footprint)
                    found.append(_Found(use, footprint, source, on))
        return old, newest if newest is not old else None, found

    def _touched(self, found: _Found, old: KeptPcf, newest: KeptPcf | None) -> dict[str, Any]:
        content = found.footprint.content
        row: dict[str, Any] = {
            "footprint": found.footprint.id,
            "product": content["product"]["name"],
            "before_kg_co2e": content["totals"]["excluding_biogenic_uptake_kg_co2e"],
            "before_completeness": content["completeness"]["word"],
            "after_kg_co2e": None,
            "after_completeness": None,
            "problem": "",
            "certificates": [
                {"number": one.number, "scheme": one.scheme, "tier": one.tier}
                for one in found.certificates
            ],
        }
        if newest is None:
            return row | {"problem": "The supplier's newer footprint has not come yet."}
        if content["provenance"]["inventory"] != self.inventory.hash:
            return row | {"problem": "It was made with another inventory: calculate it again."}
        newer, file = newest.document.encode(), found.use.file
        inputs = inputs_of(found.footprint, found.source)
        try:
            with_newer = replace(inputs, documents={**inputs.documents, file: newer})
            _, document = footprint_of(with_newer, self.inventory)
        except InputRefused as refused:
            row["problem"] = refused.problems[0].message
        else:
            row["after_kg_co2e"] = document["totals"]["excluding_biogenic_uptake_kg_co2e"]
            row["after_completeness"] = document["completeness"]["word"]
        impacts = [
            impact_of_document(
                certified(one, found.footprint, found.source),
                (old.id, file),
                newer,
                self.inventory,
                self.rules,
            )
            for one in found.certificates
        ]
        return row | {"certificates": [asdict(one) | {"outcome": ""} for one in impacts]}

    def _suspend(self, actor: Actor, impacts: list[dict[str, Any]]) -> None:
        for impact in impacts:
            if impact.get("proposal") != "suspend":
                continue
            try:
                self.lifecycle.change_status(actor, impact["number"], "suspended", impact["says"])
                impact["outcome"] = "suspended"
            except ServiceRefused as refused:  # it is suspended already; the report says so
                impact["outcome"] = refused.problems[0].message

    def _log(
        self, actor: Actor, old: KeptPcf, touched: list[dict[str, Any]], impacts: list[Any]
    ) -> None:
        facts = {
            "pcf": old.id,
            "replaced_by": old.replaced_by,
            "footprints": len(touched),
            "certificates": len(impacts),
        }
        with self.database.writing() as uow:
            append(uow, actor, self.clock(), "supplier.superseded", old.id, facts)
