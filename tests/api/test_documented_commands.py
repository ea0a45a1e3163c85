"""The commands of docs/service.md are run as they stand, against a served installation."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

from served import running, settings_for

SERVICE = Path(__file__).parents[2] / "docs" / "service.md"
BLOCK = re.compile(r"```sh\n(.*?)```", re.S)


def test_every_command_of_the_service_page_answers(tmp_path: Path) -> None:
    blocks = BLOCK.findall(SERVICE.read_text("utf-8"))
    assert [sum(line.startswith("curl") for line in block.split("\n")) for block in blocks] == [
        1,
        2,
        1,
    ]
    with running(settings_for(tmp_path)) as site:
        environment = {
            "PATH": os.environ["PATH"],
            "SERVICE": str(site.client.base_url).rstrip("/"),
            "TOKEN": site.client.headers["Authorization"].removeprefix("Bearer "),
            "OLD_INVENTORY": site.service.inventory.hash,
            "NEW_INVENTORY": site.service.inventory.hash,
        }
        printed = [
            subprocess.run(
                ["/bin/sh", "-ec", block],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
                timeout=60,
            ).stdout
            for block in blocks
        ]
    found = json.loads(printed[0])["candidates"]
    assert found[0]["dataset"] == "pp-resin-cn"
    assert found[0]["kg_co2e_per_line_unit"] > 0
    kept, listed = (json.loads(text) for text in re.split(r"(?<=\})(?=\{)", printed[1]))
    assert kept["dataset"] == "pp-resin-cn"
    assert listed == {"matches": [kept]}
    report = json.loads(printed[2])
    assert (report["type"], report["applied"], report["impacts"]) == ("recall", False, [])
