"""Every law module's facts in one list, for the freshness report."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.rules.freshness import KnownFact
from footprint.rules.modules.battery_law import load_battery_law
from footprint.rules.modules.cbam_law import load_cbam_law
from footprint.rules.modules.law import Law, law_facts
from footprint.rules.modules.textile import load_textile_law


def module_facts() -> Iterator[KnownFact]:
    """Every sourced fact of the batteries, border-adjustment and textile files."""
    laws: tuple[Law, ...] = (load_battery_law(), load_cbam_law(), load_textile_law())
    for law in laws:
        yield from law_facts(law)
