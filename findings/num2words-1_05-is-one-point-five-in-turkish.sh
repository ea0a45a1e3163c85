#!/usr/bin/env bash
# num2words 0.5.14: in Turkish and Vietnamese 1.05 is said as "one point five", and 12.005 as 12 or as 12.1.
#
# Expected: digits behind the point are said one by one or with their zeros, as in English (one point zero five), German,
# French, Spanish, Japanese, Korean and Thai: no other number has the same words.
# Happens: in Vietnamese 1.05 is "một phẩy năm", one point five, 12.005 "mười hai phẩy một", twelve point one. In Turkish
# 1.05 is "birvirgülbeş", one point five, and 12.005 "onikivirgül", twelve point and nothing. Both say 1.5 as "one point
# fifty". In Arabic 1.05 is "one, five" and 12.005 is twelve.
# Matters: totals on certificates and contracts are written in figures and in words so that neither can be altered, and
# where they differ the words are often what counts (for bills of exchange: Geneva Uniform Law, article 6). A certificate
# in these languages states 1.05 kg CO2e in figures and 1.5 in words.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check num2words==0.5.14
PYTHONUTF8=1 "$work/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from num2words import num2words

print("num2words", version("num2words"))
said = {}
for language in ("en", "de", "th", "vi", "tr", "ar"):
    said[language] = [num2words(number, lang=language) for number in (1.5, 1.05, 12.005)]
    print(f"  {language}: {' | '.join(said[language])}")
sys.exit(0 if said["en"][1:] == ["one point zero five", "twelve point zero zero five"]
         and said["vi"][1:] == ["một phẩy năm", "mười hai phẩy một"]
         and said["tr"][1:] == ["birvirgülbeş", "onikivirgül"]
         and said["ar"][2] == num2words(12, lang="ar") else 1)
PY
