#!/usr/bin/env bash
# nzh 1.0.14 (npm), cn2an 0.5.24: 两千, two thousand, is 0, 一百二 is 102, and 两三吨, two or three tonnes, are 23.
#
# Expected: a decoder of Chinese numerals gives the number or an error. 两 is the word for two before a measure or a
# thousand, so that 两千 is 2,000 and 两百零五 is 205; 一百二 is 120 and 一万二 12,000 in every shop. 两三吨 and
# 三五吨 are estimates, "two or three", "three to five".
# Happens: nzh passes over what it does not know: 两千 is 0, 两百零五 is 5, 1万2千 is 0, 廿五 (25) is 5, and 一百二 is
# 102, 一万二 10,002. cn2an reads these, but in the mode that is the default of its `transform` 两三吨 becomes 23吨,
# 三五吨 35吨 and 一两吨 12吨, though it refuses 两三百; mixed with units of weight, 一斤二两 is 1斤22.
# Matters: quantities on Chinese delivery notes and in speech are written so. A zero or a tenth of an amount has the right
# unit beside it, and no error is raised. Check that each character was understood before a number is taken.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund nzh@1.0.14 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cn2an==0.5.24
cat > probe.js <<'JS'
const decode = require("nzh").cn.decodeS;
const { version } = JSON.parse(require("fs").readFileSync("node_modules/nzh/package.json"));
const texts = ["一百二十", "两千", "两百零五", "1万2千", "廿五", "一百二", "一万二"];
const seen = texts.map((text) => decode(text));
console.log("nzh", version, texts.map((text, at) => `${text} ${seen[at]}`).join(", "));
process.exit(JSON.stringify(seen) === "[120,0,5,0,5,102,10002]" ? 0 : 1);
JS
node probe.js
PYTHONUTF8=1 venv/bin/python -W ignore - <<'PY'
import sys
from importlib.metadata import version

import cn2an

numbers = [cn2an.cn2an(text, "smart") for text in ("两千", "两百零五", "一百二", "一万二")]
texts = ["用钢两三吨", "三五吨", "一两吨", "一斤二两", "两三百公斤"]
seen = [cn2an.transform(text, "cn2an") for text in texts]
print("cn2an", version("cn2an"), numbers, ", ".join(f"{text} {got}" for text, got in zip(texts, seen)))
sys.exit(0 if numbers == [2000, 205, 120, 12000]
         and seen == ["用钢23吨", "35吨", "12吨", "1斤22", "两三百公斤"] else 1)
PY
