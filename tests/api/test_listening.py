"""Answers on a connection that stays open leave at once."""

from __future__ import annotations

import asyncio
import socket

from api.serve import _listening


def test_accepted_connections_send_at_once() -> None:
    found: list[int] = []

    async def serve() -> None:
        done = asyncio.Event()

        async def met(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            own = writer.get_extra_info("socket")
            found.append(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()
            done.set()

        with _listening("127.0.0.1", 0) as listener:
            server = await asyncio.start_server(met, sock=listener)
            _, writer = await asyncio.open_connection(*listener.getsockname())
            await done.wait()
            writer.close()
            server.close()

    asyncio.run(serve())
    assert found
    assert all(found)
