"""What a line says: its words as pieces, the place and the kind of part that it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from footprint.inventory.compiled import fold_name
from footprint.matching.codes import without_codes
from footprint.matching.kinds import MatchKind, kind_of_query
from footprint.matching.lexicon import fold_width, lexicon
from footprint.matching.materials import materials
from footprint.matching.outcome import FoundBy
from footprint.matching.places import places
from footprint.matching.query import Query
from footprint.matching.refuse import plain_name
from footprint.matching.text import Piece, normal, pieces

#: Stages whose lines are things; energy, transport and waste have no kinds of parts.
_THINGS = frozenset(("material", "packaging", ""))
#: Kinds of words that say what a thing is; without any, a name says nothing but a shape.
_TELLING = frozenset(("core", "code", "part_number", "generic"))


@dataclass(frozen=True, slots=True)
class LineWords:
    """The words of a line that count, the whole name (`exact`, folded), the place that they name,
    the kind of part, and whether they are those of the material column."""

    pieces: tuple[Piece, ...]
    exact: str
    named: str
    kind: MatchKind | None
    by: FoundBy


def words_of_line(query: Query) -> LineWords:
    """Read a line. The material column counts where there is one and the part is no more than
    its material; the name's shapes (plate, film) then choose among its forms. Without it, the
    name; and the other columns when it says nothing but a shape ("upper cover", note "ABS").
    """
    kind = kind_of_query(query) if query.stage in _THINGS else None
    if query.made_of and not (kind is not None and kind.strict):
        made_of = materials().plain(query.made_of)
        text, named = places().take(made_of)
        found = pieces(normal(text, lexicon()))
        if _telling(found):
            shapes = [p for p in _pieces(query.name)[0] if p.kind == "form"]
            adds: list[Piece] = []
            if kind is not None and kind.adds:
                adds = [replace(p, kind="core") for p in _pieces(kind.adds)[0]]
            exact = "" if adds else fold_name(made_of)
            return LineWords((*found, *shapes, *adds), exact, named, kind, "material")
    name = plain_name(query) if kind is not None else query.name
    found, named = _pieces(name)
    if kind is not None and kind.strict and query.made_of:
        found += _pieces(materials().plain(query.made_of))[0]
    for text in (query.specification, query.category, query.note):
        if text and not _telling(found):
            found += tuple(p for p in _pieces(text)[0] if p.kind != "stop")
    exact = fold_name(without_codes(fold_width(query.name)))
    return LineWords(found, exact, named, kind, "name")


def _pieces(text: str) -> tuple[tuple[Piece, ...], str]:
    """The words of a text without codes and places, and the place that it names."""
    words = lexicon()
    plain, named = places().take(words.plain(without_codes(fold_width(text))))
    return pieces(normal(plain, words)), named


def _telling(found: Iterable[Piece]) -> bool:
    """Whether words say what a thing is, and not only its shape."""
    return any(piece.kind in _TELLING for piece in found)
