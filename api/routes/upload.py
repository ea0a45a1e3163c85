"""Read an uploaded bill of materials: as a form's file, or as the body itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile

from api.faults import INVALID, WRONG_MEDIA
from footprint.faults import Where

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Media types of bodies that are the file itself, and the name such a file gets.
RAW_TYPES = {"text/csv": "bom.csv", XLSX: "bom.xlsx"}
MAX_NAME_LENGTH = 200

_EXAMPLE = """\
# name: Wall bracket
# declared_unit: 1 piece
# mass: 0.5 kg
id,name,quantity,unit,dataset,stage
1,Cold-rolled steel,0.55,kg,steel-cold-rolled-cn,material
2,Electricity,0.8,kWh,electricity-grid-cn,production
"""

#: The request body for OpenAPI, which cannot be derived from a function that reads two forms.
OPENAPI_BODY: dict[str, Any] = {
    "required": True,
    "description": "The bill of materials: a form with the field `file`, or the file as the body.",
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {
                    "file": {
                        "type": "string",
                        "contentMediaType": "application/octet-stream",
                        "description": "CSV or XLSX; its name tells which.",
                    }
                },
            }
        },
        "text/csv": {
            "schema": {"type": "string"},
            "example": _EXAMPLE,
        },
        XLSX: {"schema": {"type": "string", "contentMediaType": XLSX}},
    },
}


@dataclass(frozen=True, slots=True)
class Upload:
    """The bytes of a file and the name it came with, without any folder."""

    data: bytes
    name: str


async def uploaded(request: Request) -> Upload:
    """The uploaded file. Raises ServiceRefused API-302 for another media type, API-002 for a form
    without exactly one file in the field `file`."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type in RAW_TYPES:
        return Upload(await request.body(), RAW_TYPES[media_type])
    if media_type != "multipart/form-data":
        raise WRONG_MEDIA.refuse(
            f"A bill of materials cannot be sent as {media_type[:60] or 'a body without a type'}.",
            f"Send multipart/form-data with the field `file`, or one of: {', '.join(RAW_TYPES)}.",
        )
    async with request.form(max_files=1, max_fields=1) as form:
        entries = form.multi_items()
        if len(entries) == 1 and entries[0][0] == "file":
            file = entries[0][1]
            if isinstance(file, UploadFile):
                return Upload(await file.read(), _base_name(file.filename or "bom"))
    raise INVALID.refuse(
        "The form does not consist of exactly one file in the field `file`.",
        "Send the file as multipart/form-data, for example: curl -F file=@bom.csv ...",
        where=Where(column="body.file"),
    )


def _base_name(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in base if char.isprintable())[-MAX_NAME_LENGTH:] or "bom"
