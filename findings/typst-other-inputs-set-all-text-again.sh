#!/usr/bin/env bash
# typst 0.15.0 for Python: with other `sys_inputs` a compiler that is kept sets every line again.
#
# Expected: a compiler that is kept knows the lines that it set before, whatever else of a page is another
# one; `sys_inputs` are the documented way to pass values.
# Happens: inputs are part of the library, which every step of the layout asks, so that a page with one other
# input takes as long as the first. The same values in a file (`input` is a dictionary of files) are read
# where they stand, and the other lines are found again. A number in a style, for example in a footer that
# `set page` holds, has the same effect as an input: styles are part of what each line is known by.
# Matters: a page of a certificate took 35 ms of a processor and takes 18; the bytes are the same.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.0
"$work/venv/bin/python" - <<'PY'
import sys
import time
import typst

BODY = "".join(f"#block[Line {at} {'of a long text that never changes ' * 6}]\n" for at in range(150))
compiler = typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False))

def by_input(number):
    page = f"#sys.inputs.number\n{BODY}".encode()
    return compiler.compile(input=page, sys_inputs={"number": number}, timestamp=0)

def by_file(number):
    page = f'#read("number.txt")\n{BODY}'.encode()
    return compiler.compile(input={"main.typ": page, "number.txt": number.encode()}, sys_inputs={}, timestamp=0)

def took(way):
    way("0")
    found = []
    for at in range(1, 9):
        start = time.process_time()
        way(str(at))
        found.append(time.process_time() - start)
    return min(found) * 1e3

inputs, files = took(by_input), took(by_file)
same = by_input("7") == by_file("7")
print(f"another page by sys_inputs {inputs:.1f} ms, by a file {files:.1f} ms; same bytes: {same}")
if files > 0.7 * inputs or not same:
    sys.exit("inputs cost no more than files now")
PY
