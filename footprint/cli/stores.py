"""Open a local store for a command; what is wrong with it is one line, never a traceback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from footprint.cli.output import WrongSettings, say

if TYPE_CHECKING:
    from api.services.service import Service
    from api.services.verdicts import Verdicts
    from api.settings import Settings


def service_settings(store: Path | None, cache: Path | None = None) -> Settings:
    """Settings from the environment, with the folders given on the command line.

    Raises WrongSettings with a line for each setting that cannot be used.
    """
    from pydantic import ValidationError

    from api.settings import Settings, refused_settings

    try:
        given = Settings()
    except ValidationError as error:
        raise WrongSettings(refused_settings(error)) from None
    folders = {"cache": cache, "store_dir": store}
    return given.model_copy(update={name: path for name, path in folders.items() if path})


def is_writable(settings: Settings) -> bool:
    """Whether the files of the store may be written; a database server says so itself."""
    if settings.database_url is not None:
        return True
    file = Path(settings.database.partition(":///")[2])
    return os.access(file if file.exists() else file.parent, os.W_OK) and os.access(
        file.parent, os.W_OK
    )


@contextmanager
def store_for_writing(settings: Settings) -> Iterator[Service]:
    """The store, made where it is new. Raises InputRefused (STO-...) for what cannot be used."""
    from api.opening import opened

    with in_one_line(settings), opened(settings, progress=say) as service:
        yield service


def opened_for_cli(store: Path | None, cache: Path) -> AbstractContextManager[Service]:
    """The store that a keeper's command changes."""
    return store_for_writing(service_settings(store, cache))


@contextmanager
def store_for_reading(store: Path | None, cache: Path) -> Iterator[Service]:
    """An existing store, in which nothing is written; a read-only copy will do.

    Raises InputRefused (STO-...) for what cannot be used.
    """
    from api.opening import opened_read_only

    settings = service_settings(store, cache)
    with in_one_line(settings), opened_read_only(settings, progress=say) as service:
        yield service


def opened_as_it_may_be(store: Path | None, cache: Path) -> AbstractContextManager[Service]:
    """The store for a command that keeps what it makes where it can, and needs not to."""
    writable = is_writable(service_settings(store, cache))
    return (opened_for_cli if writable else store_for_reading)(store, cache)


@contextmanager
def register_of(store: Path) -> Iterator[Verdicts]:
    """The verdicts of an existing store, without the inventory and the private keys.

    Raises InputRefused (STO-...) for what cannot be used, WrongSettings.
    """
    from api.opening import system_clock
    from api.services.verdicts import Verdicts
    from api.store.database import open_read_only
    from api.store.migrate import require_current

    settings = service_settings(store)
    with in_one_line(settings):
        database = open_read_only(settings.database)
        try:
            require_current(database)
            yield Verdicts(database, system_clock)
        finally:
            database.close()


@contextmanager
def in_one_line(settings: Settings) -> Iterator[None]:
    """Turn what a database or a disk complains about into a refusal."""
    from sqlalchemy.exc import SQLAlchemyError

    from api.store.trouble import trouble_of

    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        refused = trouble_of(error, str(settings.store_dir))
        if refused is None:
            raise
        raise refused from None
