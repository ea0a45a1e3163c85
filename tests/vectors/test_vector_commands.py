"""The vectors for everyone: installed, exported, and put to engines that are not ours."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

from footprint.cli.main import main
from footprint.vectors.document import FORM, expected_values, question
from footprint.vectors.read import cases

ROOT = Path(__file__).parents[2]
EXAMPLE = shlex.join([sys.executable, str(ROOT / "examples" / "vector_engine.py")])


def footprint(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["footprint", "vectors", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def put_to(
    engine: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *more: str,
) -> tuple[int, dict[str, Any]]:
    status, out, _ = footprint(
        monkeypatch, capsys, "run", "--engine", engine, "--format", "json", *more
    )
    return status, json.loads(out)


def engine(folder: Path, body: str) -> str:
    """A command that runs Python code; `vector` holds the question."""
    file = folder / "engine.py"
    file.write_text(f"import json, sys\nvector = json.load(sys.stdin)\n{body}\n")
    return shlex.join([sys.executable, str(file)])


def test_an_outside_engine_meets_the_vectors_that_it_takes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example solves with numpy and shares no line with this engine."""
    status, document = put_to(EXAMPLE, monkeypatch, capsys, "--only", "loop")
    assert status == 0
    counts = document["counts"]
    assert (counts["met"], counts["unsupported"]) == (7, 1)
    assert not counts["part"] + counts["differs"] + counts["failed"]


def test_our_own_engine_meets_them_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], cache: Path
) -> None:
    status, out, err = footprint(monkeypatch, capsys, "run", "--cache", str(cache))
    assert status == 0
    assert f"{len(cases())} met, 0 part, 0 unsupported, 0 differs, 0 failed" in err
    assert "met          loop-2" in out


@pytest.mark.parametrize(
    ("body", "verdict", "status", "reason"),
    [
        ('print(json.dumps({"total": 1.0}))', "differs", 1, ""),
        ('print(json.dumps({"total": "5"}))', "differs", 1, ""),
        ('print(json.dumps({"total": True}))', "differs", 1, ""),
        ('print(json.dumps({"fossil": 1.0}))', "failed", 1, ""),
        ('print(json.dumps({"unsupported": "loops"}))', "unsupported", 0, "loops"),
        ("raise SystemExit('no idea')", "failed", 1, "exit status 1: no idea"),
        ("print('hello')", "failed", 1, "not JSON"),
        ("print([1])", "failed", 1, "no JSON object"),
        ("import time; time.sleep(30)", "failed", 1, "no answer within 0.5 s"),
    ],
)
def test_an_engine_that_is_wrong_or_cannot_is_told_apart(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    body: str,
    verdict: str,
    status: int,
    reason: str,
) -> None:
    only = ("--only", "loop-2", "--timeout", "0.5" if "sleep" in body else "60")
    found, document = put_to(engine(tmp_path, body), monkeypatch, capsys, *only)
    assert found == status
    (result,) = document["results"]
    assert result["verdict"] == verdict
    assert reason in result["reason"]


def test_numbers_that_are_not_given_are_counted_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = next(case for case in cases() if len(case.expect) > 1)
    total = expected_values(case)["total"]["value"]
    body = f'print(json.dumps({{"total": {total!r}, "more": 1}}))'
    status, document = put_to(
        engine(tmp_path, body), monkeypatch, capsys, "--only", f"{case.id} {case.title}"
    )
    assert (status, document["counts"]["part"]) == (0, 1)


@pytest.mark.parametrize(("share", "verdict"), [(1 + 5e-10, "met"), (1 + 2e-9, "differs")])
def test_the_tolerance_is_a_billionth(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    share: float,
    verdict: str,
) -> None:
    total = 3 * (1.8 + 0.6 * 0.5) / (1 - 0.6 * 0.01) * share
    body = f'print(json.dumps({{"total": {total!r}}}))'
    _, document = put_to(engine(tmp_path, body), monkeypatch, capsys, "--only", "loop-2")
    assert document["counts"][verdict] == 1


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/no/such/engine", "/no/such/engine cannot be started: No such file or directory"),
        (f"{shlex.quote(sys.executable)} no_such_engine.py", "no_such_engine.py is not there"),
    ],
)
def test_an_engine_that_is_not_there_is_said_once(
    command: str,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Not once for each of all the vectors."""
    status, out, err = footprint(monkeypatch, capsys, "run", "--engine", command)
    assert (status, out, err) == (2, "", f"--engine: {says}\n")


def test_an_export_holds_questions_answers_and_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "vectors"
    status, _, err = footprint(monkeypatch, capsys, "export", str(folder))
    assert status == 0
    assert f"{len(cases())} vectors" in err
    assert "footprint-vector/1" in (folder / "README.md").read_text("utf-8")
    for case in cases():
        document = json.loads((folder / f"{case.id}.json").read_text("utf-8"))
        assert document["form"] == FORM
        assert document["expect"] == expected_values(case)
        assert {key: document[key] for key in question(case)} == question(case)
    assert {path.name for path in (folder / "cases").iterdir()} >= {"common.yaml", "loop.yaml"}
    again, _, _ = footprint(monkeypatch, capsys, "export", str(folder))
    assert again == 1  # nothing is written into a folder that exists


def test_the_list_names_every_vector(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = footprint(monkeypatch, capsys, "list", "--format", "json")
    assert status == 0
    assert [row["id"] for row in json.loads(out)["vectors"]] == [case.id for case in cases()]
