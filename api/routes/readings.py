"""How a file of parts is understood, before anything is calculated from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import UploadFile

from api.faults import INVALID, WRONG_MEDIA, ServiceRefused
from api.openapi import problems
from api.routes.upload import base_name
from api.wiring import ActorNeeded, LanguageAsked
from footprint.faults import Where
from footprint.reading.document import reading_document
from footprint.reading.mapping import column_answer, options_from, options_of, with_answers
from footprint.reading.options import ReadingOptions
from footprint.reading.read import read_table
from footprint.reading.sentences import blocking_problems, notes

router = APIRouter(prefix="/v1/readings", tags=["Readings"])

#: What a person can say about a file, and how it is described. `map` may stand many times.
_PICKS = {
    "map": "What a heading means: `Menge=quantity`, `Gewicht=unit_mass:g`. May stand many times.",
    "unit": "Unit of the lines that have none, such as pcs or kg.",
    "sheet": "The sheet to read.",
    "header_row": "Row of the headings, from 1; 0: there are none, columns are `#1`, `#2` ...",
    "variant": "The column of quantities to take, of several.",
    "product": "The product to take, of several in one file.",
    "decimal": "Decimal mark of the file: point or comma.",
    "base": "For how many products the quantities are.",
    "mass_unit": "Unit of masses that have none.",
    "length_unit": "Unit of lengths that have none.",
    "loss": "What losses are: percent or share.",
    "name": "Name of the product.",
}
_NUMBERS = {"header_row", "base"}
#: What the fields hold that are no free texts. An empty field says nothing.
_FORMS: dict[str, dict[str, Any]] = {
    "header_row": {"pattern": "^(0|[1-9][0-9]{0,6})?$"},
    "base": {"pattern": r"^([0-9]{1,9}(\.[0-9]{1,9})?)?$"},
    "decimal": {"enum": ["", "point", "comma", ".", ","]},
    "loss": {"enum": ["", "percent", "share"]},
}
_MOST_COLUMNS = 200

_BODY: dict[str, Any] = {
    "required": True,
    "description": "The file, and what a person says about it.",
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "additionalProperties": False,
                "properties": {
                    "file": {
                        "type": "string",
                        "contentMediaType": "application/octet-stream",
                        "description": "CSV, TSV, TXT, XLSX, XLSM, XLS or ODS, told by content.",
                    },
                    "mapping": {
                        "type": "string",
                        "contentMediaType": "application/octet-stream",
                        "description": "Answers kept as YAML (`footprint read --save`).",
                    },
                    **{
                        field: {"type": "array", "items": {"type": "string"}, "description": says}
                        if field == "map"
                        else {"type": "string", "description": says, **_FORMS.get(field, {})}
                        for field, says in _PICKS.items()
                    },
                },
            },
            "example": {
                "file": "Pos;Bezeichnung;Menge;Gewicht\n1;Grundplatte;2;85,5\n",
                "map": ["Gewicht=unit_mass:g"],
                "unit": "pcs",
            },
        }
    },
}
_EXAMPLE: dict[str, Any] = {
    "file": "lamp.csv",
    "sheet": None,
    "header_row": 1,
    "columns": [{"index": 4, "header": "Gewicht", "means": "unit_mass", "unit": "g"}],
    "facts": {},
    "lines": [
        {
            "row": 2,
            "skip": False,
            "name": "Grundplatte",
            "quantity": 2,
            "unit": "piece",
            "parent_row": None,
            "assembly": False,
            "match": "Grundplatte",
            "unit_mass_kg": 0.0855,
            "mass_kg": 0.171,
        }
    ],
    "assumed": [],
    "asks": [],
    "total_mass_kg": 0.171,
    "problems": [],
    "notes": [],
}


@dataclass(frozen=True, slots=True)
class ReadingOrder:
    """A file with its name, and what is said about it."""

    data: bytes
    name: str
    options: ReadingOptions


async def asked(request: Request) -> ReadingOrder:
    """The form of a request. Raises ServiceRefused API-302 for another media type, API-002 for a
    form that is malformed, InputRefused (BOM-046) for an answer that is none."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        hint = "Send multipart/form-data with the field `file`: curl -F file=@bom.xlsx."
        raise WRONG_MEDIA.refuse("A file is read from a form.", hint)
    async with request.form(max_files=2, max_fields=_MOST_COLUMNS + len(_PICKS)) as form:
        files: dict[str, tuple[str, bytes]] = {}
        texts: list[tuple[str, str]] = []
        for field, value in form.multi_items():
            if isinstance(value, UploadFile) and field in {"file", "mapping"}:
                if field in files:
                    raise _refused(field, "it stands twice")
                files[field] = (base_name(value.filename or field), await value.read())
            elif isinstance(value, str) and field in _PICKS:
                if value:  # a form that people fill in sends what they left empty
                    texts.append((field, value))
            else:
                raise _refused(field, "it is no field of a reading")
    if "file" not in files:
        raise _refused("file", "there is no file in it")
    name, data = files["file"]
    options = _options(texts)
    if "mapping" in files:
        where, content = files["mapping"]
        options = with_answers(options_from(content, where), options)
    return ReadingOrder(data, name, options)


def _options(texts: list[tuple[str, str]]) -> ReadingOptions:
    document: dict[str, Any] = {}
    columns: dict[str, str] = {}
    for field, value in texts:
        if field == "map":
            heading, (means, unit) = column_answer(value, Where(column="map"))
            columns[heading] = means if unit is None else f"{means}:{unit}"
        elif field in document:
            raise _refused(field, "it stands twice")
        else:
            document[field] = _number(field, value) if field in _NUMBERS else value
    return options_of({**document, "columns": columns}, Where())


def _number(field: str, text: str) -> float:
    if not re.fullmatch(_FORMS[field]["pattern"], text, re.ASCII):
        raise _refused(field, f"{text[:40]!r} is not a number")
    return int(text) if field == "header_row" else float(text)


def _refused(field: str, says: str) -> ServiceRefused:
    return INVALID.refuse(
        f"The form cannot be used: {field[:40]!r}: {says}.",
        "Send multipart/form-data, for example: curl -F file=@bom.xlsx -F 'map=Menge=quantity'",
        where=Where(column=f"body.{field[:40]}"),
    )


@router.post(
    "",
    summary="Read a file of parts",
    response_class=JSONResponse,
    responses={
        200: {
            "description": "How the file is understood.",
            "content": {"application/json": {"schema": {"type": "object"}, "example": _EXAMPLE}},
        },
        **problems(400, 401, 413, 415, 422),
    },
    openapi_extra={"requestBody": _BODY},
)
def read_file(
    _actor: ActorNeeded, wanted: Annotated[ReadingOrder, Depends(asked)], language: LanguageAsked
) -> Response:
    """Show how any list of parts is understood: table, columns, lines, what is skipped, assumed and
    asked. Nothing is calculated and nothing is stored.

    `problems` are the questions whose answers a number hangs on, `notes` what is said aloud, both
    in the language asked for. Answer with the fields of the form, and read again.
    """
    reading = read_table(wanted.data, wanted.name, wanted.options)
    document = reading_document(reading)
    document["problems"] = [one.as_json() for one in blocking_problems(reading, language)]
    document["notes"] = [one.as_json() for one in notes(reading, language)]
    headers = {"Cache-Control": "no-store", "Content-Language": language}
    return JSONResponse(document, headers=headers)
