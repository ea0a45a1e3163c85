#!/usr/bin/env bash
# mypy 2.4.1: behind `assert pair == (850, "g")` nothing is checked where the pair holds a float.
#
# One would expect: 850 and 850.0 are equal, and an int may stand wherever a float may (PEP 484), so
# that code behind the assertion is reached: so it is for a single float, and for (850.0, "g").
# What happens: with --warn-unreachable the comparison of a tuple[float, str] with (850, "g") counts
# as never true. All that follows is "unreachable", and its errors are not reported; without the flag
# the same file is checked as one would expect.
# Why it matters here: masses are read as pairs of a float and a unit, and tests write them as people
# do. A sound test fails the check of types, and whoever silences that line loses the check of the rest.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mypy==2.4.1
cat > "$folder/one.py" <<'PY'
def mass() -> tuple[float, str]:
    return 850.0, "g"


def whole_number() -> None:
    found = mass()
    assert found == (850, "g")
    wrong: int = "behind a whole number"


def decimal() -> None:
    found = mass()
    assert found == (850.0, "g")
    wrong: int = "behind a decimal"


def single(found: float) -> None:
    assert found == 850
    wrong: int = "behind a single float"


whole_number_is_equal = mass() == (850, "g")
print("at run time equal:", whole_number_is_equal)
PY
cd "$folder"
venv/bin/mypy --version
venv/bin/python one.py
venv/bin/mypy --strict one.py > plain || true
venv/bin/mypy --strict --warn-unreachable one.py > asked || true
echo "without the flag:"; cat plain
echo "with --warn-unreachable:"; cat asked
[ "$(venv/bin/python one.py)" = "at run time equal: True" ]
[ "$(grep -c 'Incompatible types' plain)" -eq 3 ]
[ "$(grep -c 'Incompatible types' asked)" -eq 2 ]
grep -q '^one.py:8: error: Statement is unreachable' asked
