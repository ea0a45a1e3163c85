#!/usr/bin/env bash
# ixbrlparse 0.12.0: tonnes of CO2 per tonne of product are given as tonnes of CO2, and a value not stated as 0.
#
# Expected: a fact of an inline XBRL report comes with its unit. A unit may be a quotient (XBRL 2.1, 4.8.4), as
# for an emission intensity; a fact with xsi:nil is one without a value.
# Happens: of a quotient only the numerator is kept: 1,500 tCO2e and 1.5 tCO2e per tonne both have the unit
# utr:tCO2e. The nil fact has the value 0. An ix:fraction is left out. The list of errors is empty.
# Matters: sustainability reports state gross emissions and their intensity (ESRS E1-6) in this form, side by
# side. Read so, an intensity passes for a total, and scope 3 that nobody reported is 0.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check ixbrlparse==0.12.0
cat > "$work/report.html" <<'HTML'
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:utr="http://www.xbrl.org/2009/utr" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:demo="urn:example:demo"><head><title>Report</title></head><body>
<div style="display:none"><ix:header><ix:resources>
<xbrli:context id="year">
<xbrli:entity><xbrli:identifier scheme="urn:example:companies">1</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2025-01-01</xbrli:startDate><xbrli:endDate>2025-12-31</xbrli:endDate></xbrli:period>
</xbrli:context>
<xbrli:unit id="total"><xbrli:measure>utr:tCO2e</xbrli:measure></xbrli:unit>
<xbrli:unit id="intensity"><xbrli:divide>
<xbrli:unitNumerator><xbrli:measure>utr:tCO2e</xbrli:measure></xbrli:unitNumerator>
<xbrli:unitDenominator><xbrli:measure>utr:t</xbrli:measure></xbrli:unitDenominator></xbrli:divide></xbrli:unit>
</ix:resources></ix:header></div>
<p>Scope 1: <ix:nonFraction name="demo:Gross" contextRef="year" unitRef="total" decimals="0"
 format="ixt:num-dot-decimal">1,500</ix:nonFraction>, per tonne of product <ix:nonFraction name="demo:Intensity"
 contextRef="year" unitRef="intensity" decimals="1" format="ixt:num-dot-decimal">1.5</ix:nonFraction>; scope 3 not
 reported <ix:nonFraction name="demo:Scope3" contextRef="year" unitRef="total" xsi:nil="true"></ix:nonFraction>; a
 third <ix:fraction name="demo:Share" contextRef="year" unitRef="intensity"><ix:numerator
 format="ixt:num-dot-decimal">1</ix:numerator>/<ix:denominator format="ixt:num-dot-decimal">3</ix:denominator>
 </ix:fraction></p></body></html>
HTML
"$work/venv/bin/python" -W ignore - "$work/report.html" <<'PY'
import sys
from importlib.metadata import version
from pathlib import Path

from ixbrlparse import IXBRL

print("ixbrlparse", version("ixbrlparse"))
report = IXBRL(Path(sys.argv[1]).open(encoding="utf-8"), raise_on_error=False)
seen = {fact.name: (fact.value, fact.unit) for fact in report.numeric}
for name, (value, unit) in seen.items():
    print(f"  {name}: {value} {unit}")
print("  errors:", report.errors)
as_seen = {"Gross": (1500.0, "utr:tCO2e"), "Intensity": (1.5, "utr:tCO2e"), "Scope3": (0, "utr:tCO2e")}
sys.exit(0 if seen == as_seen and not report.errors else 1)
PY
