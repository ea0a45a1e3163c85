"""Numbers about the service in the form of Prometheus. No tenant, name or secret is in a label."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from api.store.counts import StoreCounts, store_counts
from api.store.database import Database

#: Limits of the classes of durations, in seconds.
_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(frozen=True, slots=True)
class Metrics:
    """What this server counts. Several servers count each for itself: each is asked alone. With a
    `folder` it is one of several processes of a server, which keep their numbers there."""

    folder: Path | None = None
    registry: CollectorRegistry = field(
        default_factory=lambda: CollectorRegistry(auto_describe=True)
    )
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    _gauges: list[StoreGauges] = field(default_factory=list)

    def __post_init__(self) -> None:
        registry = self.registry
        object.__setattr__(
            self,
            "requests",
            Counter(
                "footprint_http_requests",
                "Requests answered by this server.",
                ("method", "route", "status"),
                registry=registry,
            ),
        )
        object.__setattr__(
            self,
            "seconds",
            Histogram(
                "footprint_http_request_seconds",
                "How long answers of this server took.",
                ("method", "route"),
                buckets=_SECONDS,
                registry=registry,
            ),
        )

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer. `route` is the template of an address, so there are few."""
        self.requests.labels(method, route or "none", str(status)).inc()
        self.seconds.labels(method, route or "none").observe(seconds)

    def watch(self, database: Database) -> None:
        """Also say what the database holds, looked up whenever somebody asks."""
        gauges = StoreGauges(database)
        self.registry.register(gauges)
        self._gauges.append(gauges)

    def text(self) -> bytes:
        """Everything, in the text form of Prometheus. Raises `sqlalchemy.exc.SQLAlchemyError`."""
        if self.folder is None:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        MultiProcessCollector(together, str(self.folder))  # type: ignore[no-untyped-call]
        for gauges in self._gauges:
            together.register(gauges)
        return generate_latest(together)


@dataclass(frozen=True, slots=True, eq=False)
class StoreGauges(Collector):
    """Numbers of rows: the same from every process that serves one database."""

    database: Database
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def describe(self) -> Iterator[Metric]:
        """The names, without a look into the database."""
        return self._families(StoreCounts())

    def collect(self) -> Iterator[Metric]:
        """The numbers as they are now."""
        with self.database.reading() as uow:
            counts = store_counts(uow, self.now())
        return self._families(counts)

    @staticmethod
    def _families(counts: StoreCounts) -> Iterator[Metric]:
        for name, says, label, numbers in (
            ("footprint_jobs", "Jobs by state.", "state", counts.jobs),
            ("footprint_certificates", "Certificates by status.", "status", counts.certificates),
            ("footprint_events", "Events to partners by state.", "state", counts.events),
        ):
            family = GaugeMetricFamily(name, says, labels=[label])
            for value, count in sorted(numbers.items()):
                family.add_metric([value], count)
            yield family
        for name, says, number in (
            (
                "footprint_event_oldest_seconds",
                "Age of the oldest event that waits to be sent.",
                counts.oldest_event_seconds,
            ),
            (
                "footprint_job_oldest_seconds",
                "Age of the oldest job that waits.",
                counts.oldest_job_seconds,
            ),
            ("footprint_locks", "Addresses and clients that are locked out.", counts.locks),
        ):
            yield GaugeMetricFamily(name, says, value=number)
