"""Put the vectors to an engine: a command that reads a question and prints its numbers, as JSON."""

from __future__ import annotations

import json
import math
import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from footprint.vectors.document import TOLERANCE, expected_values, question
from footprint.vectors.read import Vector

#: met: every number. part: those that were given, and some were not. unsupported: the engine said
#: so. differs, failed: not met.
Verdict = Literal["met", "part", "unsupported", "differs", "failed"]
#: What an engine answers to a question; raises `EngineError` if it has no answer.
Engine = Callable[[Vector], dict[str, Any]]


class EngineMissing(Exception):
    """There is no such engine: a command that cannot be started, or whose file is not there."""


class EngineError(Exception):
    """The engine ended with an error, printed no JSON, or took too long; the message says which."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a vector: expected by its closed form, and found; None if not given."""

    name: str
    closed_form: str
    expected: float
    found: float | None
    met: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What an engine made of a vector. `reason` is its own word, or what went wrong."""

    id: str
    title: str
    verdict: Verdict
    numbers: tuple[Number, ...]
    reason: str = ""


def command_engine(command: Sequence[str], timeout_s: float) -> Engine:
    """An engine that is a command: started once per vector, question on stdin, JSON on stdout."""

    def ask(case: Vector) -> dict[str, Any]:
        text = json.dumps(question(case), ensure_ascii=False)
        try:
            done = subprocess.run(  # noqa: S603
                command,
                input=text.encode(),
                capture_output=True,
                timeout=timeout_s,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise EngineError(f"no answer within {timeout_s:g} s") from None
        except OSError as error:
            raise EngineMissing(f"{command[0]} cannot be started: {error.strerror}") from None
        if done.returncode:
            if lacking := [part for part in command[1:] if _names_no_file(part)]:
                raise EngineMissing(f"{lacking[0]} is not there")
            words = done.stderr.decode(errors="replace").strip().splitlines()
            raise EngineError(
                f"exit status {done.returncode}" + (f": {words[-1]}" if words else "")
            )
        try:
            answer = json.loads(done.stdout)
        except ValueError:
            raise EngineError("what it printed is not JSON") from None
        if not isinstance(answer, dict):
            raise EngineError("what it printed is no JSON object")
        return answer

    return ask


def _names_no_file(part: str) -> bool:
    """Whether a part of a command looks like a file and is none: of a command that failed, that is
    the reason. Options and plain words are no files."""
    looks = not part.startswith("-") and (os.sep in part or part.endswith((".py", ".js", ".jar")))
    return looks and not Path(part).exists()


def run_vector(case: Vector, engine: Engine, tolerance: float = TOLERANCE) -> Result:
    """Ask an engine one vector, and judge its answer. Raises EngineMissing: no vector can be put to
    an engine that is not there."""
    try:
        answer = engine(case)
    except EngineError as error:
        return Result(case.id, case.title, "failed", (), str(error))
    if "unsupported" in answer:
        return Result(case.id, case.title, "unsupported", (), str(answer["unsupported"]))
    numbers = tuple(
        _number(name, expected, answer.get(name), tolerance)
        for name, expected in expected_values(case).items()
    )
    return Result(case.id, case.title, _verdict(numbers), numbers)


def _number(name: str, expected: dict[str, Any], found: object, tolerance: float) -> Number:
    closed_form, value = expected["closed_form"], expected["value"]
    if found is None:
        return Number(name, closed_form, value, None, met=False)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return Number(name, closed_form, value, math.nan, met=False)
    met = math.isclose(found, value, rel_tol=tolerance, abs_tol=1e-15)
    return Number(name, closed_form, value, float(found), met)


def _verdict(numbers: Sequence[Number]) -> Verdict:
    given = [number for number in numbers if number.found is not None]
    if any(not number.met for number in given):
        return "differs"
    if not given:
        return "failed"
    return "met" if len(given) == len(numbers) else "part"
