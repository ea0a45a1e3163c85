#!/usr/bin/env bash
# calamine drops line breaks and tabs inside an ODS paragraph: a cell of 5 and, below it, 6 reads 56.
#
# Expected: `<text:line-break/>` and `<text:tab/>` are white space (OpenDocument 1.3, part 3, 6.1),
# as `<text:s/>` is, which calamine does expand. What happens: both vanish and the texts around
# them join, while two paragraphs are kept apart by a newline. The reading aid of a ruby (furigana)
# is joined to the text as well.
# Why it matters: cells of a bill of materials hold lists, one below the other ("5", "6" pieces of two
# kinds; "M4", "12"). Joined, they are other numbers, and nothing shows that they were two.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1
"$dir/venv/bin/python" - <<'PY'
import importlib.metadata
import io
import zipfile

import python_calamine

print("python-calamine", importlib.metadata.version("python-calamine"))
NAMES = " ".join(
    f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text")
)
CELLS = {
    "line break": "<text:p>5<text:line-break/>6</text:p>",
    "tab": "<text:p>5<text:tab/>6</text:p>",
    "two blanks": '<text:p>5<text:s text:c="2"/>6</text:p>',
    "two paragraphs": "<text:p>5</text:p><text:p>6</text:p>",
    "ruby": "<text:p><text:ruby><text:ruby-base>部品</text:ruby-base>"
    "<text:ruby-text>ぶひん</text:ruby-text></text:ruby></text:p>",
}
rows = "".join(
    '<table:table-row><table:table-cell office:value-type="string">'
    f"{cell}</table:table-cell></table:table-row>"
    for cell in CELLS.values()
)
content = (
    f"<office:document-content {NAMES}><office:body><office:spreadsheet>"
    f'<table:table table:name="a">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
kind = "application/vnd.oasis.opendocument.spreadsheet"
urn = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
book = io.BytesIO()
with zipfile.ZipFile(book, "w") as archive:
    archive.writestr("mimetype", kind)
    archive.writestr("content.xml", content)
    archive.writestr(
        "META-INF/manifest.xml",
        f'<manifest:manifest xmlns:manifest="{urn}"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
    )
book.seek(0)
read = [row[0] for row in python_calamine.load_workbook(book).get_sheet_by_index(0).to_python()]
for name, value in zip(CELLS, read):
    print(f"{name}: {value!r}")
assert read == ["56", "56", "5  6", "5\n6", "部品ぶひん"], read
PY
