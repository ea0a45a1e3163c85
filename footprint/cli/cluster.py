"""Parts of a catalogue on the workers of a Dask cluster (`footprint catalogue run --cluster`).

Read of distributed 2026.8: a plugin of a worker is set up on each worker that there is, and on each
that comes later, so an inventory goes to a worker once; a part whose worker is lost is given to
another one, and after three lost workers the scheduler gives it up (KilledWorker).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from distributed import Client, KilledWorker, WorkerPlugin, as_completed, get_worker

from footprint.catalogue import faults
from footprint.catalogue.keys import Keys
from footprint.catalogue.question import CatalogueQuestion
from footprint.catalogue.shipment import (
    PartShipment,
    Shipment,
    arrived,
    keys_of_shipment,
    part_shipment,
    run_shipped,
    shipment_for,
    versions_here,
)
from footprint.catalogue.source import PartOf
from footprint.catalogue.unfinished import keep_part
from footprint.faults import Where
from footprint.inventory.compiled import CompiledInventory

#: The library is typed in part; these are not.
_CLIENT: Any = Client
_COMPLETED: Any = as_completed
#: Seconds for the scheduler to answer, and for its first worker to come.
_PATIENCE = 30
#: Parts on their way for each thread of the workers: the next is there when one is done, and no
#: more of the catalogue is in memory than that.
_AHEAD = 2


class ShippedInventory(WorkerPlugin):
    """An inventory on a worker: written into its folder when it comes, read when first asked."""

    def __init__(self, shipment: Shipment) -> None:
        self.shipment = shipment
        self.name = f"footprint-{shipment.hash.removeprefix('sha256:')[:16]}"

    def setup(self, worker: Any) -> None:
        """On each worker, those that come later too. Raises what is not the same there."""
        here = versions_here()
        if here != self.shipment.made_by:
            raise OtherVersions(f"{worker.address}: {here}, not {dict(self.shipment.made_by)}")
        self.folder = Path(worker.local_directory) / self.name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.lock = Lock()
        self.keys: Keys | None = None

    def teardown(self, worker: Any) -> None:  # noqa: ARG002 - as the library calls it
        """Leave nothing on the worker."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, part: PartShipment) -> tuple[bytes, bytes]:
        """Calculate a part. One at a time: what is known of keys grows with each."""
        with self.lock:
            if self.keys is None:
                self.keys = keys_of_shipment(self.shipment, self.folder)
            return run_shipped(part, self.keys)


class OtherVersions(Exception):
    """A worker has other versions of what results depend on."""


def _on_worker(plugin: str, part: PartShipment) -> tuple[bytes, bytes]:
    shipped = get_worker().plugins[plugin]
    assert isinstance(shipped, ShippedInventory)  # noqa: S101 - registered under this name
    return shipped.run(part)


@dataclass(slots=True)
class OnCluster:
    """Works through parts on the workers of a scheduler (`tcp://HOST:8786`, or tls)."""

    address: str
    inventory: CompiledInventory

    def __call__(
        self, question: CatalogueQuestion, parts: Sequence[PartOf], open_parts: Sequence[int]
    ) -> Iterator[int]:
        """Calculate the open parts and keep each; yields its lines. Raises `InputRefused` CAT-006:
        no scheduler or worker answers, a worker has other versions, or workers keep dying."""
        with self._client() as client:
            plugin = ShippedInventory(shipment_for(question, self.inventory))
            self._ship(client, plugin)
            try:
                yield from self._all(client, plugin.name, question, parts, open_parts)
            except KilledWorker as error:
                raise self._refuse(
                    f"workers died while they calculated a part: {error}",
                    "Give them more memory, and run the same command again: it goes on.",
                ) from None
            finally:
                client.unregister_worker_plugin(plugin.name)

    @contextmanager
    def _client(self) -> Iterator[Any]:
        try:
            client: Any = _CLIENT(self.address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise self._refuse(f"no scheduler answers: {error}") from None
        with client:
            try:
                client.wait_for_workers(1, timeout=_PATIENCE)
            except TimeoutError:
                raise self._refuse(
                    "the scheduler has no worker",
                    "Start one where footprint-pcf[cluster] is installed: dask worker ADDRESS",
                ) from None
            yield client

    def _ship(self, client: Any, plugin: ShippedInventory) -> None:
        try:
            client.register_plugin(plugin, name=plugin.name)
        except OtherVersions as error:
            raise self._refuse(
                f"a worker has other versions, so its digits may differ: {error}",
                "Install the same versions everywhere: requirements/lock.txt names them.",
            ) from None
        except (ImportError, AttributeError) as error:
            raise self._refuse(f"a worker cannot load footprint-pcf[cluster]: {error}") from None

    def _all(
        self,
        client: Any,
        plugin: str,
        question: CatalogueQuestion,
        parts: Sequence[PartOf],
        open_parts: Sequence[int],
    ) -> Iterator[int]:
        left = iter(open_parts)
        running: dict[Any, int] = {}

        def send() -> Any:
            at = next(left, None)
            if at is None:
                return None
            sent = client.submit(_on_worker, plugin, part_shipment(question, parts[at]), pure=False)
            running[sent] = at
            return sent

        ahead = max(_AHEAD * sum(client.nthreads().values()), _AHEAD)
        first = [sent for _ in range(ahead) if (sent := send()) is not None]
        queue = _COMPLETED(first, loop=client.loop)
        for ready in queue:
            at = running.pop(ready)
            keep_part(question, at, arrived(*ready.result()))
            if (sent := send()) is not None:
                queue.add(sent)
            yield parts[at].lines

    def _refuse(self, message: str, hint: str = "Start one: dask scheduler") -> Exception:
        return faults.CLUSTER.refuse(message, Where(self.address), hint)
