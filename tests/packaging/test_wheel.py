"""The wheel alone does the main job: in an empty environment, without the source tree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "power-bank.csv"


@dataclass(frozen=True)
class Installed:
    """An environment that holds the wheel without any extra."""

    bin: Path
    cache: Path

    def footprint(self, *words: str, home: Path) -> subprocess.CompletedProcess[str]:
        """Run the command outside the source tree, where nothing else can be imported."""
        variables = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
        return subprocess.run(
            [str(self.bin / "footprint"), *words],
            cwd=home,
            env=variables | {"FOOTPRINT_CACHE": str(self.cache)},
            capture_output=True,
            text=True,
            check=False,
        )


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def uv(*words: str) -> subprocess.CompletedProcess[str]:
    """uv as `make install` runs it, with the packages that it has kept."""
    variables = {"UV_CACHE_DIR": str(ROOT / ".cache" / "uv")} | os.environ
    variables["PYTHONPATH"] = str(ROOT / ".tools")
    command = [sys.executable, "-m", "uv", *words]
    return subprocess.run(
        command, env=variables, capture_output=True, text=True, check=False, cwd=ROOT
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("environment") / "venv"
    run_uv = uv("venv", "--quiet", "--python", sys.executable, str(folder))
    assert run_uv.returncode == 0, run_uv.stderr
    asked = ["pip", "install", "--quiet", "--python", str(folder), str(wheel)]
    asked += ["--constraint", str(ROOT / "requirements" / "lock.txt")]
    # The packages are kept since `make install`; only where they were thrown away, ask the index.
    done = uv(*asked, "--offline")
    if done.returncode:
        done = uv(*asked)
    assert done.returncode == 0, done.stderr
    return Installed(folder / "bin", cache)


def test_the_wheel_holds_data_templates_and_type_marks(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for package in ("footprint", "api", "label_templates", "lci_data"):
        assert f"{package}/py.typed" in names
        kept = [
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / package).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        ]
        assert kept
        assert set(kept) <= names
    assert "footprint/cli/examples/power-bank.csv" in names
    assert not [name for name in names if name.startswith(("tests/", "bench/"))]


def test_the_main_job_runs_from_the_wheel_alone(installed: Installed, tmp_path: Path) -> None:
    words = ["calculate", str(EXAMPLE), "--format", "json"]
    done = installed.footprint(*words, home=tmp_path)
    assert done.returncode == 0, done.stderr
    here = subprocess.run(
        [
            str(Path(sys.executable).parent / "footprint"),
            "calculate",
            str(EXAMPLE),
            "--format",
            "json",
        ],
        cwd=ROOT,
        env=os.environ | {"FOOTPRINT_CACHE": str(installed.cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["totals"]["excluding_biogenic_uptake_kg_co2e"] > 0
    assert done.stdout == here.stdout


def test_it_builds_its_inventory_with_brightway(installed: Installed, tmp_path: Path) -> None:
    own = Installed(installed.bin, tmp_path / "cache")
    done = own.footprint("data", "build", "--format", "json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    (manifest,) = (tmp_path / "cache").rglob("manifest.json")
    assert json.loads(manifest.read_text("utf-8"))["brightway"]["datasets"]


@pytest.mark.parametrize(
    "words",
    [
        ["check", str(EXAMPLE)],
        ["read", str(EXAMPLE)],
        ["match", str(EXAMPLE)],
        ["calculate", str(EXAMPLE), "--format", "pact"],
        ["explain", str(EXAMPLE)],
        ["decide", str(EXAMPLE)],
        ["new", "--industry", "food", "--out", "bom.xlsx"],
        ["schemes", "list"],
        ["data", "list"],
        ["vectors", "run"],
        ["--help"],
    ],
    ids=lambda words: " ".join(words[:1] + words[2:4]),
)
def test_what_a_number_needs_runs_without_extras(
    installed: Installed, tmp_path: Path, words: list[str]
) -> None:
    done = installed.footprint(*words, home=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("words", "extra"),
    [
        (["serve"], "serve"),
        (["demo", "--out", "demo"], "serve"),
        (["verify", "certificate.json", "--keys", "did.json"], "label"),
        (["calculate", str(EXAMPLE), "--format", "pdf", "--out", "a.pdf"], "label"),
        (["data", "export", "--brightway", "p", "--backup", "b.tar.gz"], "import"),
    ],
    ids=lambda words: " ".join(words[:2]) if isinstance(words, list) else words,
)
def test_a_missing_extra_is_named_in_one_line(
    installed: Installed, tmp_path: Path, words: list[str], extra: str
) -> None:
    done = installed.footprint(*words, home=tmp_path)
    assert done.returncode == 1
    (line,) = [text for text in done.stderr.splitlines() if "EXT-001" in text]
    assert f"pip install 'footprint-pcf[{extra}]'" in line
    assert "Traceback" not in done.stderr
