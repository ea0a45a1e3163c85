"""Drafts of all tenants: from an uploaded list of parts to its footprint, a change at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from api.faults import REFUSED, STALE_DRAFT, UNKNOWN_DRAFT, ServiceRefused
from api.services.matches import Matches
from api.store.database import Database, UnitOfWork
from api.store.drafts import (
    KnownLayout,
    ListedDraft,
    StoredDraft,
    add_draft,
    change_draft,
    drafts_of,
    find_draft,
    find_layout,
    forget_drafts,
    keep_layout,
    remove_draft,
)
from api.store.footprints import packed, unpacked_files
from api.store.matches import matches_of
from api.store.tenants import Actor
from footprint.bom.choices import BY_CLASS, NOT_A_PART, Choice, choice_key, choice_of
from footprint.bom.plausible import refuse_period_ahead
from footprint.drafts.cards import Card, cards_of
from footprint.drafts.kept import cards_from, cards_text
from footprint.drafts.model import Draft, content_of, draft_from, draft_of, line_key
from footprint.drafts.work import Work, read_cells, read_columns, work_out
from footprint.engine.screening import chosen_screening
from footprint.faults import InputRefused, Where
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import DEFAULT_GWP_SET
from footprint.reading.header import choose_sheet
from footprint.reading.mapping import mapping_bytes, options_from
from footprint.reading.model import Reading
from footprint.reading.options import ReadingOptions
from footprint.reading.read import fingerprint, read_table
from footprint.sheets.model import Book
from footprint.sheets.open import open_book
from footprint.study import Inputs
from footprint.values.line import Line

#: Drafts that nobody changes for so long are deleted; the pages say so.
DRAFT_LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A stored draft with its value."""

    stored: StoredDraft
    draft: Draft

    @property
    def id(self) -> str:
        """Its id."""
        return self.stored.id

    @property
    def revision(self) -> int:
        """How often it was changed."""
        return self.stored.revision


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of all tenants; each method names whose it is about."""

    database: Database
    inventory: CompiledInventory
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    matches: Matches

    def upload(self, actor: Actor, file: str, data: bytes) -> tuple[OpenDraft, KnownLayout | None]:
        """A new draft of a file, with the answers of the last file of the same layout (returned),
        and with the tenant's choices. In which row its headings stand may be asked later.

        Raises InputRefused (BOM codes) for what is no file of cells, or is empty.
        """
        book = open_book(data, file)
        if not any(any(sheet.rows) for sheet in book.sheets):
            read_table(data, file)  # says so
        table, _ = choose_sheet(book, None, None)
        with self.database.reading() as uow:
            layout = None
            if table is not None:
                layout = find_layout(uow, actor.tenant, fingerprint(table))
            remembered = [match.choice for match in matches_of(uow, actor.tenant)]
        options = ReadingOptions() if layout is None else options_from(layout.mapping, layout.file)
        draft = Draft(file, data, options)
        draft = self._with_remembered(draft, remembered)
        now = self.clock()
        stored = StoredDraft(
            str(UUID(bytes=self.entropy(16), version=4)),
            actor.tenant,
            now,
            now,
            1,
            file,
            data,
            draft.mapping,
            content_of(draft),
            "{}",
        )
        with self.database.writing() as uow:
            forget_drafts(uow, now - DRAFT_LIFE)
            add_draft(uow, stored)
        return OpenDraft(stored, draft), layout

    def reopened(self, actor: Actor, given: Inputs, footprint: str) -> OpenDraft:
        """A new draft of what a footprint was made from; what it gives is kept as the next version
        of the same product."""
        draft = draft_of(given)
        now = self.clock()
        stored = StoredDraft(
            str(UUID(bytes=self.entropy(16), version=4)), actor.tenant, now, now, 1, draft.file,
            draft.data, draft.mapping, content_of(draft), "{}", footprint, packed(draft.documents),
        )  # fmt: skip
        with self.database.writing() as uow:
            add_draft(uow, stored)
        return OpenDraft(stored, draft)

    def _with_remembered(self, draft: Draft, choices: Sequence[Choice]) -> Draft:
        """The draft with those choices of earlier files that its lines can use."""
        try:
            lines = work_out(draft, self.inventory).bom.lines
        except InputRefused:  # the questions are answered first
            return draft
        known = {choice.key: choice for choice in choices}
        used = {key: known[key] for line in lines if (key := choice_key(line)) in known}
        return replace(
            draft, choices=tuple(used.values()), remembered=frozenset(map(line_key, used))
        )

    def get(self, actor: Actor, draft: str) -> OpenDraft:
        """The actor's draft of this id. Raises ServiceRefused API-209."""
        with self.database.reading() as uow:
            return _found(uow, actor, draft)

    def listed(self, actor: Actor, limit: int = 20) -> Sequence[ListedDraft]:
        """The actor's drafts, the last changed first."""
        with self.database.reading() as uow:
            return drafts_of(uow, actor.tenant, limit)

    def remove(self, actor: Actor, draft: str) -> None:
        """Delete a draft. Raises ServiceRefused API-209."""
        with self.database.writing() as uow:
            _found(uow, actor, draft)
            remove_draft(uow, actor.tenant, draft)

    def book(self, opened: OpenDraft) -> Book:
        """The cells of the file. Raises InputRefused (BOM codes)."""
        return read_cells(opened.draft.data, opened.draft.file)

    def reading(self, opened: OpenDraft) -> Reading:
        """How the file is understood now. Raises InputRefused (BOM codes)."""
        return read_columns(opened.draft.data, opened.draft.file, opened.draft.mapping)

    def work(self, opened: OpenDraft) -> Work:
        """What the draft gives now. Raises InputRefused (BOM, ENG codes)."""
        return work_out(opened.draft, self.inventory)

    def answer(self, actor: Actor, opened: OpenDraft, options: ReadingOptions) -> OpenDraft:
        """Answers about the columns, remembered for the next file of this layout.

        Raises InputRefused where the file cannot be read with them; ServiceRefused API-403.
        """
        reading = read_table(opened.draft.data, opened.draft.file, options)
        draft = replace(opened.draft, options=options)
        with self.database.reading() as uow:
            remembered = [match.choice for match in matches_of(uow, actor.tenant)]
        if not draft.choices:
            draft = self._with_remembered(draft, remembered)
        changed = self.change(opened, draft)
        with self.database.writing() as uow:
            kept = mapping_bytes(replace(options, rows=()), reading.fingerprint)
            keep_layout(
                uow,
                KnownLayout(actor.tenant, reading.fingerprint, draft.file, kept, self.clock()),
            )
        return changed

    def replace_file(self, opened: OpenDraft, file: str, data: bytes) -> OpenDraft:
        """A corrected file in place of the first one; what was said about it stays.

        Raises InputRefused (BOM codes), ServiceRefused API-403.
        """
        try:
            read_table(data, file, opened.draft.options)
        except InputRefused:
            read_table(data, file)
            draft = replace(opened.draft, file=file, data=data, options=ReadingOptions())
        else:
            draft = replace(opened.draft, file=file, data=data)
        return self.change(opened, draft)

    def state_facts(self, opened: OpenDraft, facts: Mapping[str, str]) -> OpenDraft:
        """Facts of the product. Raises InputRefused (BOM-019, BOM-051) for what
        cannot be used."""
        draft = replace(opened.draft, facts={name: said for name, said in facts.items() if said})
        product = work_out(draft, self.inventory).bom.product
        refuse_period_ahead(product, self.clock().date(), draft.file)
        return self.change(opened, draft)

    def choose(
        self,
        actor: Actor,
        opened: OpenDraft,
        key: str,
        dataset: str,
        mass_kg: float | None = None,
    ) -> OpenDraft:
        """Choose a dataset, a class of material or `not-a-part` for a kind of line; `mass_kg` is
        the mass of one unit ("" and a mass: only that is said).

        Raises ServiceRefused API-003 for a line or dataset that is not there, API-403.
        """
        return self.change(opened, self.with_dataset(actor, opened, key, dataset, mass_kg))

    def with_dataset(
        self, actor: Actor, opened: OpenDraft, key: str, dataset: str, mass_kg: float | None
    ) -> Draft:
        """The draft with what `choose` would store. Raises ServiceRefused API-003 as it does."""
        line = self.line_of(opened, key)
        if dataset and not self._is_choice(dataset):
            message = f"There is no dataset {dataset[:64]!r}."
            raise REFUSED.refuse(message, where=Where(column="body.dataset"))
        before = opened.draft.choice_for(key)
        if mass_kg is None and before is not None:
            mass_kg = before.mass_kg
        made = choice_of(line, dataset, actor.identity, self.clock().date())
        return opened.draft.with_choice(replace(made, mass_kg=mass_kg))

    def line_of(self, opened: OpenDraft, key: str) -> Line:
        """A line of this kind. Raises ServiceRefused API-003 where there is none."""
        whole = work_out(replace(opened.draft, choices=()), self.inventory).bom
        line = next((one for one in whole.lines if line_key(choice_key(one)) == key), None)
        if line is None:
            raise REFUSED.refuse("There is no such line.", where=Where(column="body.line"))
        return line

    def _is_choice(self, dataset: str) -> bool:
        if dataset.startswith(BY_CLASS):
            return chosen_screening(dataset, self.inventory, DEFAULT_GWP_SET) is not None
        return dataset == NOT_A_PART or dataset in self.inventory.datasets

    def change(self, opened: OpenDraft, draft: Draft) -> OpenDraft:
        """Store a changed draft over the revision that was read. Raises ServiceRefused API-403
        where somebody else has changed it meanwhile."""
        stored = replace(
            opened.stored,
            changed_at=self.clock(),
            revision=opened.revision + 1,
            file=draft.file,
            data=draft.data,
            mapping=draft.mapping,
            content=content_of(draft),
            documents=packed(draft.documents),
        )
        with self.database.writing() as uow:
            done = change_draft(uow, stored, opened.revision)
        if not done:
            raise stale()
        return OpenDraft(stored, draft)

    def cards(self, opened: OpenDraft, work: Work) -> dict[str, tuple[Card, ...]]:
        """The candidates of every open kind of line; they are looked for once and kept."""
        kept = cards_from(opened.stored.cards)
        country = work.bom.product.country
        found: dict[str, tuple[Card, ...]] = {}
        new: dict[str, tuple[Card, ...]] = {}
        for kind in work.kinds:
            mark = f"{kind.key}:{country}:{kind.unit_mass_kg}:{kind.amount!r}:{self.inventory.hash}"
            if mark not in kept:
                new[mark] = cards_of(kind, country, self.inventory)
            found[kind.key] = kept.get(mark) or new.get(mark, ())
        if new:
            text = cards_text({**kept, **new})
            with self.database.writing() as uow:
                change_draft(uow, replace(opened.stored, cards=text), opened.revision)
        return found

    def remember(self, actor: Actor, opened: OpenDraft) -> None:
        """Keep the draft's choices of datasets for the tenant's later files."""
        for one in opened.draft.choices:
            key = line_key(one.key)
            plain = one.dataset in self.inventory.datasets and one.mass_kg is None
            if plain and key not in opened.draft.remembered:
                self.matches.keep(
                    actor, one.name, one.unit, one.dataset, one.material, one.specification
                )


def _found(uow: UnitOfWork, actor: Actor, draft: str) -> OpenDraft:
    stored = find_draft(uow, actor.tenant, draft)
    if stored is None:
        raise UNKNOWN_DRAFT.refuse(
            f"There is no draft {draft[:64]!r} among yours.",
            "Drafts are deleted 30 days after the last change. Upload the file again.",
        )
    documents = unpacked_files(stored.documents)
    value = draft_from(stored.file, stored.data, stored.mapping, stored.content, documents)
    return OpenDraft(stored, value)


def stale() -> ServiceRefused:
    """API-403; the caller raises it."""
    return STALE_DRAFT.refuse(
        "The draft was changed in another window. This shows it as it is now.",
        "Look at the line again, then choose.",
    )
