#!/usr/bin/env bash
# Babel 2.19.0: 2 `mass-ton`, 1,814 kg, are printed in Chinese as 2吨, the word for the tonne.
#
# Expected: `mass-ton` of CLDR is the US short ton (UTS 35, part 6: units), `mass-tonne` that of 1,000 kg. A text in
# any language names the one unit so that it is not taken for the other, as German, French and Spanish do.
# Happens: in German, French and Japanese it is a short or an American ton. In simplified Chinese it is 吨, by law the
# tonne of 1,000 kg (GB 3100: 吨 t), in Korean 톤, in Thai ตัน, in Vietnamese tấn, in Italian tonnellate: the words for
# the tonne. Chinese for `mass-tonne` is 公吨. In English both are tons, "metric" before one of them.
# Matters: a report that is made in English for an American supplier, and in Chinese from the same data, overstates
# each mass by 10 %, and no number in it differs. Convert to tonnes before a unit is put into words.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0
"$work/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from babel.units import format_unit

print("Babel", version("babel"))
languages = ("de", "fr", "ja", "en", "zh", "ko", "it", "th", "vi")
seen = {language: [format_unit(2, unit, locale=language).replace("\xa0", " ")
                   for unit in ("mass-ton", "mass-tonne")] for language in languages}
for language, (short, metric) in seen.items():
    print(f"  {language}: 2 short tons = {short!r}, 2 tonnes = {metric!r}")
sys.exit(0 if seen["de"][0] == "2 Short Tons" and seen["zh"] == ["2吨", "2公吨"]
         and seen["ko"][0] == "2톤" and seen["it"][0] == "2 tonnellate" else 1)
PY
