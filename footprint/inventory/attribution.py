"""`python -m footprint.inventory.attribution [FOLDER]`: write `ATTRIBUTION.md` from the sidecars.

For authors, after a change of a `source.yaml`. The file is what a redistributor has to pass on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from footprint.inventory.model import SourceRecord

FILE = "ATTRIBUTION.md"

_HEAD = """# Sources of the shipped figures

Written by `python -m footprint.inventory.attribution` from the `source.yaml` of each folder: do not
edit. Whoever passes the figures on passes this page on with them. Figures marked *conditional* are
single cited facts: they may be used and quoted with their source, under the condition stated.
"""


def attribution(sources: Iterable[SourceRecord]) -> str:
    """The page for `sources`, one part per source in the order of their ids."""
    parts = [_part(source) for source in sorted(sources, key=lambda source: source.id)]
    return _HEAD + "".join(f"\n{part}" for part in parts)


def _part(source: SourceRecord) -> str:
    lines = [
        f"## {source.id}",
        "",
        f"{source.attribution}",
        "",
        f"- Cited as: {source.citation}",
        f"- Title, edition: {source.title}, {source.edition}",
        f"- Publisher: {source.producer}",
        f"- Address: <{source.url}>, read on {source.accessed}",
        f"- Taken from: {source.taken_from}",
        f"- Licence: {source.licence}",
        f"- Redistribution: {source.redistributable}",
    ]
    if source.condition:
        lines.append(f"- Condition: {source.condition}")
    return "\n".join(lines) + "\n"


def main(root: Path) -> None:
    """Write the page of the inventory in `root`. Raises `InputRefused` if it cannot be read."""
    from footprint.inventory.read import read_inventory

    page = attribution(read_inventory(root).sources.values())
    (root / FILE).write_text(page, "utf-8")
    sys.stdout.write(f"{root / FILE} written\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("lci_data"))
