"""Pages of what everything rests on: the schemes, and the datasets with their sources."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import Response

from api.console.figures import three
from api.console.route import router
from api.console.shell import AnyVisit, Same
from api.faults import UNKNOWN_PATH
from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.inventory.model import DEFAULT_GWP_SET, EXCLUDING_BIOGENIC
from footprint.matching.match import matcher_of
from footprint.matching.query import Query
from footprint.rules import load_printed_labels, scheme_document, scheme_list

pages = router()

#: Datasets on a page.
_MOST = 50
#: Where an inventory remembers the words of its datasets.
_FOLDED = "folded words of datasets"


@pages.get("/schemes")
def show_schemes(visit: AnyVisit) -> Response:
    """Which labels are there, and which of them are awarded today?"""
    day = visit.service.clock().date()
    rows = scheme_list(visit.service.rules, day, load_printed_labels())
    order = ("active", "pilot", "app", "unknown", "not_yet", "ended")
    groups = [(state, [row for row in rows if row["status"] == state]) for state in order]
    values = {"groups": [(state, found) for state, found in groups if found], "day": day}
    return visit.show("schemes.html.j2", values, same=Same("footprint schemes list"))


@pages.get("/schemes/{scheme_id}")
def show_scheme(visit: AnyVisit, scheme_id: Annotated[str, Path(max_length=64)]) -> Response:
    """What does a label ask, and from where do we know?"""
    if scheme_id not in visit.service.rules.schemes:
        raise UNKNOWN_PATH.refuse("There is no such page.")
    scheme = scheme_document(visit.service.rules, scheme_id, load_printed_labels())
    same = Same(f"footprint schemes show {scheme_id}")
    return visit.show("scheme.html.j2", {"scheme": scheme}, same=same)


@pages.get("/data")
def show_data(visit: AnyVisit) -> Response:
    """Which figures are there?"""
    typed = visit.request.query_params.get("q", "").strip()[:100]
    inventory = visit.service.inventory
    found = _search(inventory, typed) if typed else []
    values = {
        "typed": typed,
        "found": [_row(entry, inventory) for entry in found],
        "count": len(inventory.datasets),
    }
    return visit.show("data.html.j2", values, same=Same(f"footprint data search {typed or 'TEXT'}"))


def _search(inventory: CompiledInventory, typed: str) -> list[Entry]:
    """Datasets that the matcher finds by these words, and those that hold them as they are."""
    ranked = matcher_of(inventory).match(Query(typed, stage=""), lambda _: True, _MOST).candidates
    folded = typed.casefold()
    plain = [name for name, words in _folded(inventory).items() if folded in words]
    close = [one.entry.id for one in ranked]
    held = frozenset(plain)
    # What holds the words comes before what is only like them.
    found = dict.fromkeys((*(one for one in close if one in held), *plain, *close))
    return [inventory.datasets[name] for name in found][:_MOST]


def _folded(inventory: CompiledInventory) -> dict[str, str]:
    """The words of each dataset by its id, in the order of ids, folded once for each inventory."""
    if _FOLDED not in inventory.remembered:
        inventory.remembered[_FOLDED] = {
            name: f"{entry.id} {entry.name_en} {entry.name_zh}".casefold()
            for name, entry in sorted(inventory.datasets.items())
        }
    found: dict[str, str] = inventory.remembered[_FOLDED]
    return found


def _row(entry: Entry, inventory: CompiledInventory) -> dict[str, Any]:
    table = inventory.table(DEFAULT_GWP_SET)
    kg = float(table[list(EXCLUDING_BIOGENIC), entry.column].sum())
    source = inventory.sources[entry.source]
    return {
        "id": entry.id,
        "name_en": entry.name_en,
        "name_zh": entry.name_zh,
        "kg": three(kg),
        "unit": entry.unit,
        "location": entry.location,
        "year": entry.year,
        "boundary": entry.boundary,
        "source": source,
        "lacks_en": entry.lacks_en,
    }


@pages.get("/data/{dataset}")
def show_dataset(visit: AnyVisit, dataset: Annotated[str, Path(max_length=200)]) -> Response:
    """Which figure, from where, under which licence?"""
    entry = visit.service.inventory.datasets.get(dataset)
    if entry is None:
        raise UNKNOWN_PATH.refuse("There is no such page.")
    inventory = visit.service.inventory
    sources = [
        inventory.sources[name]
        for name in dict.fromkeys((entry.source, *entry.uses))
        if name in inventory.sources
    ]
    values = {"row": _row(entry, inventory), "sources": sources}
    return visit.show("dataset.html.j2", values, same=Same(f"footprint data show {dataset}"))
