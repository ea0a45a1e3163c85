#!/usr/bin/env bash
# lca_algebraic_bw25 1.4.1: a lognormal parameter of 5 with a deviation of 0.3 has the median 1.3, the mean 268,000.
#
# Expected, from the docstring of DistributionType.LOGNORMAL: "centered on default value (mean), with deviation of
# std, not truncated". NORMAL, described in the same words, draws around 5.
# Happens: default and deviation are passed to scipy.stats.lognorm by place, where the first is the shape and the
# second the location. The deviation becomes what is added, the value becomes the width of the logarithm:
# 0.3 + exp(5 z). A parameter of 0.1 is drawn around 1.3 as well, so that its value hardly counts.
# Matters: the result without uncertainty is right, and the triangle and the normal distribution are too. Medians,
# intervals and Sobol indices of a model with one lognormal parameter are meaningless, and only a mean shows it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    lca-algebraic-bw25==1.4.1 bw2data==4.8 bw2calc==3.1.0 bw2io==0.9.17
"$work/venv/bin/python" -W ignore - 2>/dev/null <<'PY'
import statistics
import sys
from importlib.metadata import version

import bw2data
import lca_algebraic

print("lca_algebraic_bw25", version("lca_algebraic_bw25"))
bw2data.projects.set_current("parameters")
lca_algebraic.resetDb("foreground")
lca_algebraic.setForeground("foreground")
shares = [(step + 0.5) / 1001 for step in range(1001)]
seen = {}
for kind in ("normal", "lognormal"):
    for value, deviation in ((5.0, 0.3), (0.1, 0.3)):
        parameter = lca_algebraic.newFloatParam(
            f"{kind}_{value:g}".replace(".", "_"), default=value, min=None, max=None, std=deviation,
            distrib=getattr(lca_algebraic.DistributionType, kind.upper()), group="all", dbname="foreground")
        drawn = [float(parameter.rand(share)) for share in shares]
        seen[kind, value] = statistics.median(drawn), statistics.fmean(drawn)
for (kind, value), (median, mean) in seen.items():
    print(f"  {kind}, {value:g} with a deviation of 0.3: median {median:.4g}, mean of 1,001 even draws {mean:.4g}")
sys.exit(0 if abs(seen["normal", 5.0][0] - 5) < 0.01 and seen["lognormal", 5.0][1] > 1000
         and all(abs(seen["lognormal", value][0] - 1.3) < 0.01 for value in (5.0, 0.1)) else 1)
PY
