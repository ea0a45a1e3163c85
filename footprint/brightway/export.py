"""Export the inventory, and a product, as a project of Brightway and Activity Browser."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from footprint.brightway import faults
from footprint.brightway.project_data import project_data
from footprint.brightway.run import run_engine_module
from footprint.extras import not_installed
from footprint.faults import Where
from footprint.inventory.compiled import CompiledInventory
from footprint.late_pattern import late_pattern
from footprint.values.result import Footprint

_NAME = late_pattern(r"[^\W_][\w .-]{0,79}")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: folder of the project (None for a backup only), and how much."""

    directory: Path | None
    backup: Path | None
    activities: int
    methods: int


def export_project(
    inventory: CompiledInventory,
    footprint: Footprint | None,
    project: str,
    *,
    directory: Path | None = None,
    backup: Path | None = None,
    replace: bool = False,
) -> Exported:
    """Write a bw2data project named `project`, with the product of `footprint` if given.

    directory : folder of Brightway's projects; None: Brightway's own, where Activity Browser looks
    backup : a file for a bw2data backup (.tar.gz) instead; nothing else is written then
    Raises `InputRefused`: BRW-004, BRW-006 for a name that cannot be, or that is taken; EXT-001 if
    a backup needs bw2io, which is not installed.
    """
    if not _NAME.fullmatch(project):
        hint = "Letters, digits, blanks, dots and hyphens; at most 80."
        raise faults.NO_EXPORT.refuse(f"{project!r} cannot be the name of a project", hint=hint)
    with tempfile.TemporaryDirectory(prefix="footprint-brightway-") as private:
        if backup is not None:
            if find_spec("bw2io") is None:
                raise not_installed("import", "bw2io")
            folder = private
            backup = backup.absolute()
            if backup.exists() and not replace:
                raise faults.NO_EXPORT.refuse("the file exists", Where(str(backup)), _HINT)
        else:
            folder = ""
            if directory is not None:
                directory.mkdir(parents=True, exist_ok=True)
                folder = str(directory.absolute())
        request = {
            "data": project_data(inventory, footprint),
            "project": project,
            "directory": folder,
            "replace": replace,
            "backup": str(backup or ""),
        }
        answer = run_engine_module("project_process", request)
    if "exists" in answer:
        message = f"there is a project {project!r} already"
        raise faults.NO_EXPORT.refuse(message, Where(answer["exists"]), _HINT)
    written = None if backup else Path(answer["directory"])
    return Exported(written, backup, answer["activities"], answer["methods"])


_HINT = "Choose another name, or give --replace."
