"""What a terminal shows of an organisation or an event beyond a product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from footprint.cli.tables import number, table
from footprint.values.result import CleanPower, Footprint


def subject_lines(footprint: Footprint, words: Mapping[str, str]) -> Iterator[str]:
    """The boundary in words, the scopes or activities, and how much of the power is clean; nothing
    for a product."""
    account = footprint.subject
    if account is None:
        return
    yield f"{words['counted']}{account.boundary}"
    yield ""
    rows = [(words["part"], "kg CO2e", words["share"])]
    rows += [
        (words.get(one.group, one.group), number(one.kg_co2e), f"{one.share:.1%}")
        for one in account.groups
    ]
    yield table(rows, right=(1, 2))
    yield ""
    yield _power(account.clean_power, words)
    yield ""


def _power(power: CleanPower, words: Mapping[str, str]) -> str:
    if power.share is None:
        return words["no power"]
    return words["clean power"].format(
        share=power.share,
        kwh=number(power.kwh),
        contract=number(power.contract_kwh),
        certificate=number(power.certificate_kwh),
        unused=number(power.unused_kwh),
    )
