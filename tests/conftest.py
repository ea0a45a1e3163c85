"""Fixtures that all rooms share, and the switch that accepts new golden files."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import forked
import new_stores
import pytest
from hypothesis import settings

import api.workers.worker
import footprint.brightway.run
import footprint.importers.install
import footprint.inventory.build
from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory

if TYPE_CHECKING:
    from console_kit import Console
    from playwright.sync_api import Browser, Page

#: What is slow on a busy machine is no fault: no test of properties has a deadline.
settings.register_profile("without-deadline", deadline=None)
settings.load_profile("without-deadline")

if "BRIGHTWAY2_DIR" not in os.environ:
    # Tests that compare with bw2calc import bw2data, which would write into the home directory.
    _brightway = tempfile.mkdtemp(prefix="footprint-tests-brightway-")
    os.environ["BRIGHTWAY2_DIR"] = _brightway
    atexit.register(shutil.rmtree, _brightway, ignore_errors=True)
if _worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # bw2data makes its folders as it is imported, and fails where another process is faster.
    _brightway = str(Path(os.environ["BRIGHTWAY2_DIR"], _worker))
    Path(_brightway).mkdir(exist_ok=True)
    os.environ["BRIGHTWAY2_DIR"] = _brightway

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Write golden files and snapshots anew instead of comparing with them.",
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays to the end: it is not gone through for garbage, a sixth of the time
    of collecting, nor again and again as the tests run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session", autouse=True)
def _forked_processes() -> Iterator[None]:
    """Processes of Brightway and of jobs start in a fraction of their time (see `forked`)."""
    starting = (
        api.workers.worker,
        footprint.brightway.run,
        footprint.importers.install,
        footprint.inventory.build,
    )
    with pytest.MonkeyPatch.context() as patch:
        for module in starting:
            patch.setattr(module, "subprocess", forked)
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_new_stores() -> Iterator[None]:
    with new_stores.quick():
        yield


@pytest.fixture(scope="session")
def cache() -> Path:
    """The folder of compiled inventories: the one that `make` uses, or one inside the checkout."""
    return Path(os.environ.get("FOOTPRINT_CACHE", ROOT / ".cache" / "footprint"))


@pytest.fixture(scope="session")
def inventory(cache: Path) -> CompiledInventory:
    return ensure_compiled(cache)


@pytest.fixture(scope="session")
def chained(tmp_path_factory: pytest.TempPathFactory) -> CompiledInventory:
    """The toy inventory that the analysis of results is tested with."""
    from analysis_samples import chained_inventory

    return chained_inventory(tmp_path_factory.mktemp("chained"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser; what needs one is skipped where there is none."""
    from console_kit import launched

    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A served console on a fresh store."""
    from console_kit import console

    with console(tmp_path_factory.mktemp("console")) as opened:
        yield opened


@pytest.fixture
def person(chromium: Browser, served: Console) -> Iterator[Page]:
    """A page of somebody who is signed in, wide, in English."""
    from console_kit import entered

    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en")
    page = context.new_page()
    entered(page, served)
    yield page
    context.close()


@pytest.fixture(scope="session")
def list_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The list of a speaker as an ERP exports it."""
    from console_kit import speaker

    return speaker(tmp_path_factory.mktemp("lists") / "speaker.xlsx")


#: Set where everything must run: a skipped test then fails the run, and its reason is printed.
NO_SKIPS = os.environ.get("FOOTPRINT_NO_SKIPS") == "1"
_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(f"{report.nodeid}: {report.longrepr}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if NO_SKIPS and _skipped:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if NO_SKIPS and _skipped:
        terminalreporter.section("skipped, where nothing may be skipped")
        terminalreporter.write_line("\n".join(_skipped))
