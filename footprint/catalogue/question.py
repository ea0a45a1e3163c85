"""What a run over a catalogue is asked, and where it puts what it makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from footprint.catalogue.decisions import SchemesAsked
from footprint.catalogue.form import TableAnswers
from footprint.catalogue.gaps import NO_GAPS, Gaps
from footprint.inventory.compiled import CompiledInventory
from footprint.uncertainty.simulate import SimulationSettings
from footprint.words.language import Language


@dataclass(frozen=True, slots=True)
class CatalogueQuestion:
    """What a run is asked: the catalogue, how to open the inventory (each process does), the GWP
    set; draws and decisions; whether results remember, and results `since` which only what
    changed is calculated; what becomes of lines without a
    dataset; what a person says of its tables, and in which language it is told what
    is refused."""

    products: Path
    results: Path
    inventory: Callable[[], CompiledInventory]
    gwp_set: str = "AR6"
    draws: int | None = None
    seed: int = 1
    asked: SchemesAsked | None = None
    remember: bool = False
    since: Path | None = None
    gaps: Gaps = NO_GAPS
    answers: TableAnswers = field(default_factory=TableAnswers)
    language: Language = "en"

    @property
    def remembers(self) -> bool:
        """Whether results remember what they were made of, for a later run."""
        return self.remember or self.since is not None

    @property
    def settings(self) -> SimulationSettings | None:
        """How to draw; None without intervals."""
        return None if self.draws is None else SimulationSettings(self.draws, self.seed)

    @property
    def folder(self) -> Path:
        """Where the parts of an unfinished run are."""
        return self.results.with_suffix(".parts")

    @property
    def refused(self) -> Path:
        """The table of what was refused."""
        return self.results.with_suffix(".refused.parquet")

    @property
    def manifest(self) -> Path:
        """What the results were made of."""
        return self.results.with_suffix(".manifest.json")
