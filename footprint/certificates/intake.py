"""Read the fields of a JSON document, clean its texts, and collect all that is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from footprint.certificates.display import exact, plain
from footprint.certificates.faults import DOCUMENT_BROKEN, TEXT_REFUSED, TEXT_TOO_LONG
from footprint.faults import InputRefused, Problem, Where
from footprint.late_pattern import late_pattern

#: Longest text that is printed, in characters. Names are shortened on the label, never here.
MAX_LENGTH = 4000
#: Unicode categories that a reader cannot see or that change the order of what is seen:
#: control, format (bidirectional overrides, zero width), surrogate, private use.
_REFUSED_CATEGORIES = ("Cc", "Cf", "Cs", "Co")
_BLANKS = late_pattern(r"[ \t\r\n]+")
CONTENT_HASH = late_pattern(r"sha256:[0-9a-f]{64}")


class Intake:
    """A view on one mapping of a document; all views share one list of problems.

    A field that is missing or wrong adds a problem and yields an empty value, so that every
    mistake is found in one reading; `done` then raises.
    """

    def __init__(
        self,
        file: str = "",
        node: Mapping[str, Any] | None = None,
        path: str = "",
        problems: list[Problem] | None = None,
    ) -> None:
        self._file, self._node, self._path = file, node or {}, path
        self.problems: list[Problem] = [] if problems is None else problems

    def of(self, file: str, node: Mapping[str, Any]) -> Intake:
        """A view on the root of another document, with the same list of problems."""
        return Intake(file, node, "", self.problems)

    def done(self) -> None:
        """Raise InputRefused when anything was wrong."""
        if self.problems:
            raise InputRefused(self.problems)

    def names(self) -> list[str]:
        """The names of the members, in the document's order."""
        return [self.clean(key, f"{self._path}{key}") for key in self._node]

    def has(self, name: str) -> bool:
        """Whether there is a member of this name."""
        return name in self._node

    def mapping(self, name: str) -> Intake:
        value = self._node.get(name)
        if not isinstance(value, Mapping):
            self._wrong(name, "an object", value)
            value = {}
        return Intake(self._file, value, f"{self._path}{name}.", self.problems)

    def mappings(self, name: str) -> list[Intake]:
        value = self._node.get(name)
        if not isinstance(value, list | tuple) or not all(isinstance(v, Mapping) for v in value):
            self._wrong(name, "a list of objects", value)
            return []
        return [
            Intake(self._file, item, f"{self._path}{name}[{place}].", self.problems)
            for place, item in enumerate(value)
        ]

    def text(self, name: str, *, optional: bool = False) -> str:
        value = self._node.get(name)
        if optional and value in (None, ""):
            return ""
        if not isinstance(value, str) or not value.strip():
            self._wrong(name, "a text", value)
            return ""
        return self.clean(value, f"{self._path}{name}")

    def texts(self, name: str, *, optional: bool = False) -> tuple[str, ...]:
        value = self._node.get(name)
        if optional and value is None:
            return ()
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
            self._wrong(name, "a list of texts", value)
            return ()
        return tuple(self.clean(item, f"{self._path}{name}") for item in value)

    def flag(self, name: str) -> bool:
        value = self._node.get(name)
        if not isinstance(value, bool):
            self._wrong(name, "true or false", value)
        return value is True

    def one_of(self, name: str, words: Collection[str]) -> str:
        """A word of a closed list."""
        value = self.text(name)
        if value and value not in words:
            self._wrong(name, f"one of {', '.join(sorted(words))}", value)
        return value

    def content_hash(self, name: str) -> str:
        value = self._node.get(name)
        if not isinstance(value, str) or not CONTENT_HASH.fullmatch(value):
            self._wrong(name, "a content hash (sha256: and 64 hexadecimal digits)", value)
            return ""
        return value

    def number(self, name: str) -> Decimal:
        value = self._node.get(name)
        try:
            if not isinstance(value, int | float | str | Decimal):
                raise ValueError
            return exact(value)
        except (ValueError, ArithmeticError):
            self._wrong(name, "a finite number", value)
            return Decimal(0)

    def number_text(self, name: str, *, optional: bool = False) -> str:
        """All digits of a number; empty when an optional one is not given."""
        if optional and self._node.get(name) is None:
            return ""
        return plain(self.number(name))

    def clean(self, text: str, field: str) -> str:
        """`text` in Unicode normal form C with runs of blanks made one.

        Both keep what a reader sees. What a reader cannot see is refused: CER-003.
        """
        tidy, hidden = _tidied(text)
        if not hidden and len(tidy) <= MAX_LENGTH:
            return tidy
        where = Where(self._file, None, field)
        if hidden:
            names = ", ".join(f"U+{ord(c):04X}" for c in hidden[:5])
            self.problems.append(
                TEXT_REFUSED.at(
                    where,
                    f"The text holds characters that cannot be seen ({names}).",
                    "Delete them; they often come from copying out of a web page or a PDF.",
                )
            )
        if len(tidy) > MAX_LENGTH:
            self.problems.append(
                TEXT_TOO_LONG.at(where, f"The text has {len(tidy)} characters, over {MAX_LENGTH}.")
            )
        return tidy

    def _wrong(self, name: str, wanted: str, value: Any) -> None:
        found = "is missing" if value is None else f"is {str(value)[:40]!r}"
        self.problems.append(
            DOCUMENT_BROKEN.at(
                Where(self._file), f"{self._path}{name} {found}; {wanted} is needed."
            )
        )


@lru_cache(maxsize=4096)
def _tidied(text: str) -> tuple[str, tuple[str, ...]]:
    """A text as it is kept, and the characters in it that nobody sees. Cached: certificates of
    one scheme share most of their sentences."""
    tidy = unicodedata.normalize("NFC", _BLANKS.sub(" ", text).strip())
    if tidy.isascii() and tidy.isprintable():
        return tidy, ()
    hidden = {c for c in tidy if unicodedata.category(c) in _REFUSED_CATEGORIES}
    return tidy, tuple(sorted(hidden))
