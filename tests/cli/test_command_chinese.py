"""With `--lang zh` no English sentence is left, whatever there is to say about a file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

#: Several words in a row; commands and options are typed as they are.
_ENGLISH = re.compile(r"(?<![\w-])[A-Za-z]{2,}(?: [A-Za-z]{2,})+(?![\w-])")
_COMMANDS = re.compile(
    r"footprint (?:data (?:show|search|list)|match|verify|read)(?: [A-Z][A-Za-z]*)*|--\S+"
    r"|\"[^\"]*\""
)
#: Each has something else to say: parts and materials found, losses, masses that do not agree.
SOUND = {
    "fan.csv": """产品名称,桌面风扇
产品重量,0.35 kg
国家,CN-GD
序号,物料名称,规格,材质,单位,用量,单重(g),损耗率(%)
1,ABS树脂,,ABS,千克,0.185,,2
2,自攻螺丝,M3x8,碳钢,个,8,0.62,
3,直流电机,DC 5V,,个,1,46,
4,彩盒,,白板纸,个,1,82,1
5,外箱,5层,瓦楞纸板,个,1/12,960,
6,用电,,,度,0.4,,
7,润滑脂,,,克,0.5,,
8,不锈钢板,,304,千克,0.2,,
""",
    "variants.csv": "名称,用量,单位,备注\n铝合金外壳,0.4,千克,约\n锂电池,1,个,\n"
    "聚丙烯,100,克,回收\n合计,,,\n",
    "screened.csv": "名称,材质,用量,单位,单重(g)\n量子支架,不锈钢,2,个,12\n钢板,,1,kg,\n",
    "energy.csv": "名称,数量,单位,运输,国家\n不锈钢板,2,kg,公路 300 km,CN\n电力,500,kWh,,CN\n"
    "不锈钢板,2,kg,公路 300 km,CN\n",
}
ASKING = {
    "questions.csv": "名称,规格,用量,单位,单重,损耗\n外壳,,1,个,85,0.5\n"
    "某某零件,,2,卷,12,\n线,,1.234,,5,\n",
    "no-unit.csv": "名称,用量,单位\n钢板,1.5,\n某物,2,斤两\n气体,1,kg\n",
    "several.csv": "产品,名称,用量,单位\nA-1,钢板,1,kg\nA-2,钢板,2,kg\n",
    "wide.csv": "名称,型号A 用量,型号B 用量,单位\n钢板,1,2,kg\n铜线,3,4,kg\n",
    "nothing.csv": "甲,乙,丙\n子,1,2\n丑,2,3\n",
    "unknown.csv": "名称,用量,单位\n量子通量电容器,2,个\n氧化铪靶材,1,kg\n",
}


_COMMANDS_OF = {
    "read": (),
    "check": (),
    "calculate": ("--screening", "--draws", "200"),
    "match": (),
    "explain": (),
}
#: All in one process: each of its own would take a second to start.
_SCRIPT = """
import sys
from footprint.cli.main import application
from footprint.cli.output import run
for words in map(str.split, sys.stdin.read().splitlines()):
    sys.argv = ["footprint", *words]
    sys.stdout.write(f"\\n=== {words[0]} {words[1].rsplit('/', 1)[-1]}\\n")
    run(application())
"""


def _english(text: str) -> list[str]:
    return _ENGLISH.findall(_COMMANDS.sub(" ", text))


@pytest.fixture(scope="module")
def spoken(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each command says of each file, by both."""
    folder = tmp_path_factory.mktemp("lists")
    calls = []
    for name, text in (SOUND | ASKING).items():
        (folder / name).write_text(text, "utf-8")
        for command, options in _COMMANDS_OF.items():
            calls.append(" ".join((command, str(folder / name), "--lang", "zh", *options)))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _SCRIPT],
        input="\n".join(calls), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        encoding="utf-8", check=True,
        env={**os.environ, "FOOTPRINT_CACHE": str(cache), "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    parts = [part.partition("\n") for part in done.stdout.split("\n=== ")[1:]]
    return {title: text for title, _, text in parts}


@pytest.mark.parametrize("command", list(_COMMANDS_OF))
@pytest.mark.parametrize("name", [*SOUND, *ASKING])
def test_no_english_sentence_is_left(command: str, name: str, spoken: dict[str, str]) -> None:
    text = spoken[f"{command} {name}"]
    assert "Traceback" not in text
    assert _english(text) == []
    assert re.search("[\u4e00-\u9fff]", text)
