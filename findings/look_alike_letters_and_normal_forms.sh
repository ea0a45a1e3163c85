#!/usr/bin/env bash
# Folding look-alike letters in names: normalise first, or look letters up first?
#
# Expected: Unicode's compatibility normal form (NFKC) is the first step of every comparison of names,
#   and a table of confusables (UTS 39) then folds what still looks alike. So one order is enough.
# Happens: neither order is. NFKC turns U+03F9, which looks like a Latin C, into a sigma, which the
#   table does not take for a C any more; and the table lacks some full-width letters, V among them,
#   which only NFKC makes plain. The table also maps the digits 0 and 1 to letters, which in a serial number makes
#   two numbers one.
# Why it matters: registries of carbon credits and certificates are told apart by names and serial
#   numbers that people type. A name that passes as another one lets a retired credit count twice.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check confusable-homoglyphs==3.3.1

"$folder/venv/bin/python" - <<'PY'
import sys
import unicodedata
from importlib.metadata import version

from confusable_homoglyphs.confusables import confusables_data as table


def folded(text):
    """Each letter as the one of A to Z, a to z that the table takes it for."""
    def one(letter):
        twins = [t["c"] for t in table.get(letter, []) if len(t["c"]) == 1 and t["c"].isascii()]
        return twins[0] if twins and not letter.isascii() else letter
    return "".join(one(letter) for letter in text)


def nfkc(text):
    return unicodedata.normalize("NFKC", text)


lunate = "V\u03f9S"          # GREEK CAPITAL LUNATE SIGMA SYMBOL for the C
wide = "\uff36\uff23\uff33"  # full-width letters
print("confusable-homoglyphs", version("confusable-homoglyphs"), "Unicode", unicodedata.unidata_version)
results = {
    "normalise, then fold, lunate": folded(nfkc(lunate)),
    "fold, then nothing, lunate": folded(lunate),
    "fold alone, full width": folded(wide),
    "normalise, then fold, full width": folded(nfkc(wide)),
    "fold, normalise, fold, both": [folded(nfkc(folded(text))) for text in (lunate, wide)],
    "what the table takes 0 and 1 for": [table[digit][0]["c"] for digit in "01"],
}
for name, value in results.items():
    print(f"{name}: {ascii(value)}")
expected = {
    "normalise, then fold, lunate": False,
    "fold, then nothing, lunate": True,
    "fold alone, full width": False,
    "normalise, then fold, full width": True,
}
same = all((results[name] == "VCS") == right for name, right in expected.items())
same = same and results["fold, normalise, fold, both"] == ["VCS", "VCS"]
same = same and results["what the table takes 0 and 1 for"] == ["O", "l"]
sys.exit(0 if same else "the behaviour changed")
PY
