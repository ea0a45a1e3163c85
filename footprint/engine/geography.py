"""How far a dataset's place is from the place of a line: the geographical rating of PACT v3.

Source: WBCSD, PACT Methodology V3, section 4.2.3, and its How-to guide v3.0 (2026-02-02), table of
the geographical rating. Members of a region: United Nations M49 (Europe; Northern America).
"""

from __future__ import annotations

from functools import lru_cache

#: Countries whose subdivisions count as places of their own: states of the USA, Mexico, India and
#: Australia, provinces of Canada, China and Argentina, federative units of Brazil, republics of
#: Russia (How-to guide, geographical rating). In all others the country is the finest place.
SUBDIVIDED = frozenset(("US", "MX", "IN", "AU", "CA", "CN", "AR", "BR", "RU"))
_MEMBERS = {
    "RER": frozenset(
        """
        AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT
        LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA
        """.split()
    ),
    "RNA": frozenset(("BM", "CA", "GL", "PM", "US")),
}
#: The whole world, and the world but for some countries that a source describes apart.
_WORLD = frozenset(("GLO", "RoW"))


@lru_cache(maxsize=4096)
def geographical_rating(place: str, location: str) -> int:
    """The rating, 1 (best) to 5, of a dataset for `location` where a line is made at `place`.

    1 the subdivision where those of the country count, else the country; 2 the country where a
    subdivision would be finer; 3 the region that holds the place; 4 the world; 5 another place, or
    the place is unknown. Both are ISO 3166 codes or regions; an empty `place` is unknown.
    """
    if location in _WORLD:
        return 4
    country = place.partition("-")[0]
    if location in _MEMBERS:
        return 3 if country in _MEMBERS[location] or place == location else 5
    if not country or location.partition("-")[0] != country:
        return 5
    if country not in SUBDIVIDED:
        return 1
    if location == country:
        return 2
    return 1 if location == place else 5


def stands_in(place: str, location: str) -> bool:
    """Whether a dataset for `location` is one of another place than `place`, which is known."""
    return bool(place) and geographical_rating(place, location) == 5
