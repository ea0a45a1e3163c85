"""What distinct lines lead to, each resolved once over a whole run, as rows of a matrix.

Forty million lines have some ten thousand different (dataset or name, unit, stage, place); what
each is per unit of its line is a row of `Keys.dense`, and a catalogue one sparse product with it.
Datasets and their units are looked up once for each pair of both, places and periods once for each
pair with a dataset's own; whole keys are put together from these by arithmetic on arrays alone.
"""

from __future__ import annotations

from collections.abc import Hashable
from hashlib import blake2b

import numpy as np
import pyarrow as pa

from footprint.catalogue.cells import Ints
from footprint.catalogue.columns import results_schema
from footprint.catalogue.datasets import Datasets
from footprint.catalogue.decisions import SchemesAsked, decision_column
from footprint.catalogue.facts import LineContext
from footprint.catalogue.fits import ARRIVING, Fit, Fits
from footprint.catalogue.found import Found, How, LinePlace, how_of, line_place, stage_number
from footprint.catalogue.gaps import NO_GAPS, Gaps
from footprint.catalogue.ids import Ids, Seen, parted
from footprint.catalogue.matrix import Matrix
from footprint.engine.resolve import Unresolved
from footprint.faults import Problem
from footprint.inventory.compiled import CompiledInventory
from footprint.uncertainty.simulate import SimulationSettings
from footprint.values.line import Line

#: What a line names: nothing (an assembly), `("id", dataset, name)` with the name only where no
#: stage is stated, or `("name", name, mass)` with the stated mass of one unit (kg) or None.
ASSEMBLY: Hashable = ""


class Keys:
    """Resolved keys of an inventory and a GWP set. Row 0 is nothing. With `draws` results have
    intervals, with `asked` decisions; `gaps` are what becomes of lines without a dataset."""

    def __init__(
        self,
        inventory: CompiledInventory,
        gwp_set: str,
        draws: SimulationSettings | None = None,
        asked: SchemesAsked | None = None,
        gaps: Gaps = NO_GAPS,
    ) -> None:
        self.inventory = inventory
        self.gwp_set = gwp_set
        self.draws = draws
        self.asked = asked
        self.gaps = gaps
        self.ids = Ids()
        self.problems: list[Problem | None] = [None]
        self.matrix = Matrix(Datasets(inventory), inventory.rows(gwp_set))
        self.matrix.add(
            Found.nothing(1), np.zeros(1, dtype=np.int64), [LinePlace(LineContext(), "", None)]
        )
        self._fits = Fits(inventory)
        self.seen_lines = Seen()
        self.seen_legs = Seen()
        #: Of rows that were remembered (`memory.key_cells`): number, cells and digest.
        self.told: dict[int, tuple[int, str, bytes]] = {}
        self._hows: list[How] = []
        self._places: list[LinePlace] = []
        self._known: dict[Hashable, Fit] = {}

    @property
    def schema(self) -> pa.Schema:
        """The columns of results."""
        schemes = () if self.asked is None else self.asked.schemes
        return results_schema(
            draws=self.draws is not None, decisions=[*map(decision_column, schemes)]
        )

    def rows_of(self, numbers: Ints) -> Ints:
        """The row of each of some keys (`ids.mixed` of what, how and where)."""
        return self.seen_lines.rows_of(numbers, self._resolve)

    def legs_of(self, numbers: Ints) -> Ints:
        """The row of a tonne-kilometre of each of some modes (`ids.mixed` of mode, how and where).
        Modes that are unknown are refused."""
        return self.seen_legs.rows_of(numbers, self._resolve_legs)

    def row_digest(self, row: int) -> bytes:
        """A digest of all that a row of the matrix adds to a product."""
        known = self.matrix
        values = (known.excluding[row], known.mass[row], known.completeness[row])
        digest = blake2b(known.dense[row].tobytes(), digest_size=16)
        digest.update(np.array(values).tobytes())
        digest.update(f"{known.flags[row]} {self.problems[known.problem[row]]!r}".encode())
        return digest.digest()

    def _tell(self) -> None:
        """Read the cells that are new."""
        for unit, stage, data_type, stated in self.ids.values.get("how", [])[len(self._hows) :]:
            self._hows.append(how_of(unit, stage, data_type, stated=stated))
        for location, facts in self.ids.values.get("where", [])[len(self._places) :]:
            self._places.append(line_place(location, facts))

    def _resolve(self, numbers: Ints) -> Ints:
        self._tell()
        what, how, where = parted(numbers)
        found = Found.nothing(len(numbers))
        self._from_cells(found, how, where)
        names = self.ids.values["what"]
        kinds = np.array([0 if one == ASSEMBLY else 1 + (one[0] == "name") for one in names])[what]
        sound = (found.problem == 0) & ~found.alone
        by_id = np.flatnonzero(sound & (kinds == 1))
        pairs, codes = np.unique(what[by_id] << 16 | how[by_id], return_inverse=True)
        fits = [self._by_id(*divmod(pair, 1 << 16)) for pair in pairs.tolist()]
        self._fill(found, by_id, fits, codes)
        by_name = np.flatnonzero(sound & (kinds == 2))
        each = zip(*(column[by_name].tolist() for column in (what, how, where)), strict=True)
        fits = [self._by_name(*row) for row in each]
        self._fill(found, by_name, fits, np.arange(len(fits)))
        return self.matrix.add(found, where, self._places)

    def _from_cells(self, found: Found, how: Ints, where: Ints) -> None:
        """What unit, stage, kind, place and facts say alone."""
        wrong_how = np.array([self._number(one.problem) for one in self._hows])[how]
        wrong_place = np.array([self._number(one.problem) for one in self._places])[where]
        found.problem[:] = np.where(wrong_place > 0, wrong_place, wrong_how)
        found.alone[:] = np.array([one.alone for one in self._hows])[how]
        found.stage[:] = np.array([stage_number(one.stage) for one in self._hows])[how]

    def _by_id(self, what: int, how: int) -> Fit:
        _, dataset, name = self.ids.values["what"][what]
        told = self._hows[how]
        key = (dataset, name, told.unit, told.stated, told.is_open)
        if key not in self._known:  # the stage, where it is stated, chooses no other dataset
            self._known[key] = self._fits.by_id(dataset, name, told)
        return self._known[key]

    def _by_name(self, what: int, how: int, where: int) -> Fit:
        _, name, mass = self.ids.values["what"][what]
        return self._fits.by_name(name, mass, self._hows[how], self._places[where])

    def _fill(self, found: Found, at: Ints, fits: list[Fit], codes: Ints) -> None:
        """Put fits into the keys at these positions; `codes` says which fit each has."""
        if not fits:
            return
        entry, per_unit, mass, stage, flags, worse, problem, alone = zip(*fits, strict=True)
        found.entry[at] = np.array(entry)[codes]
        found.per_unit[at] = np.array(per_unit)[codes]
        found.mass[at] = np.array(mass)[codes]
        told = np.array([-1 if one is None else stage_number(one) for one in stage])[codes]
        found.stage[at] = np.where(told >= 0, told, found.stage[at])
        found.flags[at] = np.array(flags)[codes]
        found.worse[at] = np.array(worse)[codes]
        found.problem[at] = np.array([self._number(one) for one in problem])[codes]
        found.alone[at] = np.array(alone)[codes]

    def _resolve_legs(self, numbers: Ints) -> Ints:
        self._tell()
        modes, how, where = parted(numbers)
        found = Found.nothing(len(numbers))
        for at, (mode, of, place) in enumerate(
            zip(modes.tolist(), how.tolist(), where.tolist(), strict=True)
        ):
            told, made = self._hows[of], self._places[place]
            if told.problem or made.problem or told.alone:
                continue  # refused, or calculated alone, for its other cells
            line = Line(0, "-", "-", 1.0, "kg", location=made.location)
            arriving = told.stage in ARRIVING
            found.stage[at] = stage_number("inbound_transport" if arriving else told.stage)
            name = self.ids.values["mode"][mode]
            try:
                entry, _ = self._fits.lines_of(made.facts).mode(name, line)
                found.entry[at] = entry.column
            except Unresolved as unresolved:
                found.problem[at] = self._number(unresolved.problem)
        return self.matrix.add(found, where, self._places, transport=True)

    def _number(self, problem: Problem | None) -> int:
        if problem is None:
            return 0
        self.problems.append(problem)
        return len(self.problems) - 1
