#!/usr/bin/env bash
# charset-normalizer takes short western parts lists for Japanese or Polish, without a doubt shown.
#
# Expected: of a CSV in Windows-1252 with one Ø, m² or è, a detector either names a western encoding
# or says that it is unsure. What happens: `Ø12` is decoded as half-width katakana (cp932), and a
# French list of three lines comes back in cp1250, `Matière` as `Matičre`. `best()` gives one answer
# each time, with a chaos of 0.0, and leaving only cp1252 and cp1250 to choose from (`cp_isolation`)
# still picks the wrong one.
# Why it matters: bills of materials are short and mostly ASCII; the few other characters are units
# (m², µm) and diameters. A unit that turns into a kana is a quantity without a unit.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check charset-normalizer==3.5.2
"$dir/venv/bin/python" - <<'PY'
from charset_normalizer import __version__, from_bytes

print("charset-normalizer", __version__)
lists = {
    "diameter": "Part,Size\nPipe,Ø12\n",
    "area": "Part,Area m²\nFilm,2\n",
    "french": "Repère;Désignation;Quantité;Matière\n1;Boîtier supérieur;1;Polycarbonate\n2;Écrou;4;Acier\n",
}
wrong = {}
for name, text in lists.items():
    best = from_bytes(text.encode("cp1252")).best()
    two = from_bytes(text.encode("cp1252"), cp_isolation=["cp1252", "cp1250"]).best()
    print(f"{name}: {best.encoding} chaos={best.chaos} coherence={best.coherence} {str(best)[:40]!r}")
    print(f"   of cp1252 and cp1250 only: {two.encoding} {str(two)[:40]!r}")
    wrong[name] = str(best) != text and str(two) != text and best.chaos == 0.0
assert wrong == {"diameter": True, "area": True, "french": True}, wrong
assert str(from_bytes(lists["french"].encode("cp1252")).best()).startswith("Repčre")
PY
