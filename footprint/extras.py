"""Which extra brings a library that is not installed, and how that is said.

`footprint-pcf` alone calculates; labels, the service, the exchange of Brightway projects, tables of
many products, several machines, asset administration shells and openEPD need libraries that come
with `footprint-pcf[label]`, `[serve]`, `[import]`, `[catalogue]`, `[cluster]`, `[aas]` and `[epd]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType

from footprint.faults import NOT_INSTALLED, InputRefused

#: The modules that each extra brings. The service renders too: `serve` includes `label`.
EXTRAS = {
    "label": (
        "asn1crypto",
        "cryptography",
        "fontpkg_noto_sans",
        "fontpkg_noto_sans_thai",
        "jinja2",
        "joserfc",
        "markupsafe",
        "noto_cjk_sans_otc",
        "pyhanko",
        "pypdf",
        "segno",
        "typst",
    ),
    "serve": (
        "alembic",
        "fastapi",
        "httpx",
        "limits",
        "prometheus_client",
        "psycopg",
        "pydantic_settings",
        "python_multipart",
        "sqlalchemy",
        "starlette",
        "structlog",
        "uvicorn",
    ),
    "import": ("bw2io",),
    "catalogue": ("pyarrow",),
    "cluster": ("distributed",),
    "aas": ("basyx",),
    "epd": ("openepd",),
}


def missing_extra(error: ModuleNotFoundError) -> InputRefused | None:
    """The refusal (EXT-001) that says what to install; None if no extra brings the module.

    A command that was on its way into the service needs all of the service's libraries, not only
    the one that happened to be imported first.
    """
    module = (error.name or "").partition(".")[0]
    extra = next((name for name, modules in EXTRAS.items() if module in modules), None)
    if extra is None:
        return None
    if any(name.partition(".")[0] == "api" for name in _modules(error.__traceback__)):
        extra = "serve"
    return not_installed(extra, module)


def not_installed(extra: str, module: str) -> InputRefused:
    """The refusal (EXT-001) that names an extra."""
    return NOT_INSTALLED.refuse(
        f"{module} is not installed; it comes with the extra {extra}: "
        f"pip install 'footprint-pcf[{extra}]'"
    )


def _modules(traceback: TracebackType | None) -> Iterator[str]:
    """The names of the modules that an exception came through."""
    while traceback is not None:
        yield str(traceback.tb_frame.f_globals.get("__name__", ""))
        traceback = traceback.tb_next
