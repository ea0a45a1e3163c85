"""What a running service does by itself, again and again."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import SQLAlchemyError

from api.services.service import Service
from api.store.register_seal import settle_register


async def tidy_daily(service: Service) -> None:
    """Forget what is older than the settings say, now and every day."""
    while True:
        with suppress(SQLAlchemyError):  # a database that is busy now is not so tomorrow
            await run_in_threadpool(service.personal.tidy)
        await asyncio.sleep(86_400)


async def settle_often(service: Service) -> None:
    """Make blocks of the register of what waits, every minute."""
    while True:
        await asyncio.sleep(60)
        with suppress(SQLAlchemyError):  # what waits is found too, only slower
            await run_in_threadpool(settle_register, service.database)
