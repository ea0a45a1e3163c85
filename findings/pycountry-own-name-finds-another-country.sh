#!/usr/bin/env bash
# pycountry 26.2.16: the fuzzy search for "Niger", a country's own name, gives Nigeria first.
#
# One would expect: of 249 countries each is the first answer to the search for its own ISO 3166 name,
# as an exact match is the best that there can be; others may follow.
# What happens: it is so for 247. `Niger` finds Nigeria before Niger and `Curaçao` the Netherlands before
# Curaçao: subdivisions of those names (a state of Nigeria) add to the score of their country. A bare
# `Korea` gives North Korea first, though hardly a parts list means it. Names that were in use for
# decades (Turkey, Ivory Coast, Swaziland) are not found at all, by `lookup` neither.
# Why it matters here: whoever takes the first answer for the place of making calculates a part from
# Niger with the electricity of Nigeria, without a warning. We look names up whole, in a list of names
# of our own (Unicode CLDR), and what two countries are called is no answer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pycountry==26.2.16
cat > "$folder/probe.py" <<'PY'
from importlib.metadata import version

from pycountry import countries

print("pycountry", version("pycountry"), len(countries), "countries")
other = {}
for country in countries:
    found = [one.alpha_2 for one in countries.search_fuzzy(country.name)]
    if found[0] != country.alpha_2:
        other[country.name] = found[:2]
print("own name, another country first:", other)
assert other == {"Niger": ["NG", "NE"], "Curaçao": ["NL", "CW"]}
korea = [one.alpha_2 for one in countries.search_fuzzy("Korea")]
print("Korea:", korea)
assert korea == ["KP", "KR"]
for name in ("Turkey", "Ivory Coast", "Swaziland"):
    for how in ("search_fuzzy", "lookup"):
        try:
            getattr(countries, how)(name)
        except LookupError:
            print(f"{name}: not found by {how}")
        else:
            raise SystemExit(f"{name} is found now")
PY
"$folder/venv/bin/python" "$folder/probe.py"
