"""Every environment variable that the project reads, in one list: a misspelt one is an error.

`FOOTPRINT_FOUREYES=true` would otherwise be a service that one person can issue with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from footprint.nearest import nearest

PREFIX = "FOOTPRINT_"

#: Read by `api.settings`, whose fields explain them; a test holds both lists together.
SETTINGS = (
    "FOOTPRINT_BASE_URL",
    "FOOTPRINT_CACHE",
    "FOOTPRINT_CATALOGUE_MAX_BYTES",
    "FOOTPRINT_DATABASE_URL",
    "FOOTPRINT_FOUR_EYES",
    "FOOTPRINT_ISSUER_NAME",
    "FOOTPRINT_ISSUER_NAME_ZH",
    "FOOTPRINT_JOB_LEASE_SECONDS",
    "FOOTPRINT_JOB_LINES",
    "FOOTPRINT_JOB_WORKERS",
    "FOOTPRINT_KEEP_INVITATIONS_DAYS",
    "FOOTPRINT_KEEP_SIGN_INS_DAYS",
    "FOOTPRINT_KEYS_DIR",
    "FOOTPRINT_LOCK_FAILURES",
    "FOOTPRINT_LOCK_MINUTES",
    "FOOTPRINT_LOG",
    "FOOTPRINT_MAX_BODY_BYTES",
    "FOOTPRINT_METRICS_TOKEN",
    "FOOTPRINT_PACT_VERSION_TWO",
    "FOOTPRINT_PARTNER_AUTHORITIES",
    "FOOTPRINT_PARTNER_PRIVATE_HOSTS",
    "FOOTPRINT_PRIVATE_ADDRESS",
    "FOOTPRINT_RATE_OBJECTIONS_PER_ADDRESS",
    "FOOTPRINT_RATE_OBJECTIONS_PER_CERTIFICATE",
    "FOOTPRINT_RATE_PER_ADDRESS",
    "FOOTPRINT_RATE_PER_TOKEN",
    "FOOTPRINT_READY_DISK_MB",
    "FOOTPRINT_REMINDER_DAYS",
    "FOOTPRINT_SEAL_FILE",
    "FOOTPRINT_SEAL_PASSWORD",
    "FOOTPRINT_SEAL_PASSWORD_FILE",
    "FOOTPRINT_STORE_DIR",
    "FOOTPRINT_SURVEILLANCE_MONTHS",
    "FOOTPRINT_WORKERS",
)

#: Read by tests and benchmarks, and what they do there.
OTHERS: Mapping[str, str] = MappingProxyType(
    {
        "FOOTPRINT_BENCH_PROCESSES": "Processes of the background that benchmarks make.",
        "FOOTPRINT_CERTIFICATES": "Certificates that the benchmark of issuing registers.",
        "FOOTPRINT_BENCH_PRODUCTS": "Products of the largest catalogue that the benchmark makes.",
        "FOOTPRINT_BENCH_CERTIFICATES": "Certificates in the register that the benchmark searches.",
        "FOOTPRINT_BENCH_DATABASE": "Address of the database of that benchmark; else SQLite.",
        "FOOTPRINT_PUBLISHED": "Footprints that the benchmark of partners stores.",
        "FOOTPRINT_KILLS": "How often the benchmark of kills kills.",
        "FOOTPRINT_SOAK": "How long the soak of stores is: runs of each kind.",
        "FOOTPRINT_NO_SKIPS": "1: a skipped test fails the run.",
        "FOOTPRINT_TEST_POSTGRES": "Address of the PostgreSQL server that tests may use.",
    }
)

KNOWN = frozenset((*SETTINGS, *OTHERS))


def unknown_variables(names: Iterable[str]) -> list[str]:
    """One line for each name that begins as ours do and is none, with the nearest that there is.

    Case does not matter, as it does not where the settings are read.
    """
    ours = sorted(name for name in names if name.upper().startswith(PREFIX))
    return [f"{name} is no setting.{_nearest(name)}" for name in ours if name.upper() not in KNOWN]


def _nearest(name: str) -> str:
    names = [known.removeprefix(PREFIX) for known in KNOWN]
    found = nearest(name.upper().removeprefix(PREFIX), names)
    return f" Did you mean {PREFIX}{found}?" if found else " docs/service.md lists them all."
