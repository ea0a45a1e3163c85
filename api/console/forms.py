"""What a form of the console sends: texts and files by field."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from api.faults import INVALID, UNAUTHORIZED, ServiceRefused
from api.routes.upload import base_name
from footprint.faults import InputRefused
from footprint.printable import unprintable

_MOST_FIELDS = 800
#: How a form without files is sent.
_PLAIN_FORM = "application/x-www-form-urlencoded"
#: Fields of words of one's own, of all forms.
_WRITTEN = ("note", "words", "answer", "reason", "about", "text", "limits", "how")


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields of a form: texts in one line each, and files with their names."""

    texts: Mapping[str, str]
    files: Mapping[str, tuple[str, bytes]]

    def text(self, name: str, default: str = "") -> str:
        """The text of a field, without blanks around it."""
        return self.texts.get(name, default).strip()

    def line(self, name: str) -> str:
        """The text of a field as one line: words of several lines are kept as one paragraph."""
        return " ".join(self.text(name).split())

    def number(self, name: str) -> int:
        """The whole number of a field of ours. Raises ServiceRefused API-002."""
        number = whole_number(self.text(name))
        if number is None:
            raise INVALID.refuse(f"The form cannot be used: {name} is no number.")
        return number


def whole_number(text: str) -> int | None:
    """The whole number that somebody typed; None for what is none: the caller refuses it."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


async def posted(request: Request) -> Posted:
    """The form of a request. Raises ServiceRefused API-002 for texts that cannot be shown."""
    texts: dict[str, str] = {}
    request.state.typed = texts
    files: dict[str, tuple[str, bytes]] = {}
    async with request.form(max_files=20, max_fields=_MOST_FIELDS) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                content = await value.read()
                if value.filename or content:
                    files[name] = (base_name(value.filename or "bom"), content)
            elif unprintable(value.replace("\r", "").replace("\n", "")):
                raise INVALID.refuse("A text of this form holds a character that cannot be shown.")
            else:
                texts[name] = value
    return Posted(texts, files)


async def keep_written(request: Request, refused: InputRefused) -> None:
    """Read the words of a form that was not read yet, since whoever sent it is signed in no more:
    the page that says so gives them back."""
    over = isinstance(refused, ServiceRefused) and refused.fault is UNAUTHORIZED
    plain = request.headers.get("content-type", "").startswith(_PLAIN_FORM)
    if over and plain and request.method == "POST" and not hasattr(request.state, "typed"):
        with suppress(InputRefused, HTTPException):
            await posted(request)


def written_in(request: Request) -> list[str]:
    """Words that somebody wrote in the form of a request: what a page of refusal has to give back,
    where the form itself is over. Names, choices and secrets are none."""
    typed: Mapping[str, str] = getattr(request.state, "typed", {})
    found = [typed.get(name, "").strip() for name in _WRITTEN]
    return [one for one in found if one]


FormSent = Annotated[Posted, Depends(posted)]
