#!/usr/bin/env bash
# Expected: the one package on the index that models PACT data in Python, pact-methodology, can hold the data
# quality ratings of a footprint: means weighted by contribution, 1 the best, up to 5 in version 3 (sections
# 4.2.3 of the methodology; up to 3 in version 2).
# What happens: it knows version 2 only, whose use ended on 2026-04-01; a rating is a whole number from 1 to 3,
# so that no weighted mean fits (1.5 is a TypeError, 4 a ValueError), and its documentation says that a higher
# rating is better data, the reverse of the framework's scale.
# Why it matters: a rating of 3 that is rated by its words is the worst taken for the best, and whoever
# rounds means to whole numbers to please the class loses what they say. Neither the class nor the published
# schema can notice a reversed scale.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pact-methodology==0.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import pact_methodology.data_quality_indicators.data_quality_rating as module

print("pact-methodology", version("pact-methodology"))


def verdict(rating):
    try:
        return str(module.DataQualityRating(rating))
    except (TypeError, ValueError) as error:
        return type(error).__name__


found = {rating: verdict(rating) for rating in (1, 3, 1.5, 4, 5)}
for rating, says in found.items():
    print(f"rating {rating}: {says}")
sentence = next(s for s in module.__doc__.replace("\n", " ").split(". ") if "igher DQR" in s)
print("its documentation:", sentence.strip())
same = found == {1: "1", 3: "3", 1.5: "TypeError", 4: "ValueError", 5: "ValueError"}
same = same and "higher data quality" in sentence
sys.exit(0 if same else 1)
PYTHON
