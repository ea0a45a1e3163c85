"""Cards as text: they are looked for once for each kind of line, and kept with the draft."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from footprint.drafts.cards import Card


def cards_text(cards: Mapping[str, tuple[Card, ...]]) -> str:
    """The cards of each kind of line as JSON; `cards_from` reads it."""
    rows = {key: [asdict(card) for card in found] for key, found in cards.items()}
    return json.dumps(rows, ensure_ascii=False)


def cards_from(text: str) -> dict[str, tuple[Card, ...]]:
    """The cards that `cards_text` made a text of."""
    return {key: tuple(Card(**card) for card in found) for key, found in json.loads(text).items()}
