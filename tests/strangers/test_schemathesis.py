"""schemathesis makes requests from our document, good and bad ones, and checks every answer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from izzitup_desktop.server.routes import STREAM
from tests.builders import GOOD_PASSWORD
from tests.server.v1.world import ADMINISTRATOR
from tests.strangers.conftest import Host

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(3_600)]

HERE = Path(__file__).parent
PROGRAM = Path(sys.executable).with_name("schemathesis")
EXAMPLES = int(os.environ.get("IZZITUP_STRANGERS_EXAMPLES", "20"))
"""Of each operation in each phase; 200 find more, and take as much longer."""
SEED = os.environ.get("IZZITUP_STRANGERS_SEED", "1")


def test_schemathesis_finds_no_answer_that_the_document_does_not_tell(
    host: Host, tmp_path: Path
) -> None:
    environment = {
        **host.environment,
        "IZZITUP_URL": host.url,
        "IZZITUP_USER": ADMINISTRATOR,
        "IZZITUP_PASSWORD": GOOD_PASSWORD,
        "PYTHONPATH": str(HERE.parents[1]),
        "SCHEMATHESIS_HOOKS": "tests.strangers.schemathesis_hooks",
    }
    command = [
        str(PROGRAM), "--config-file", str(HERE / "schemathesis.toml"),
        "run", f"{host.url}/api/v1/openapi.json", "--checks", "all", "--max-examples", str(EXAMPLES),
        "--phases", "examples,coverage,fuzzing,stateful", "--continue-on-failure", "--seed", SEED,
        "--auth", f"{ADMINISTRATOR}:{GOOD_PASSWORD}",
        # It has no end that a client of whole answers could wait for.
        "--exclude-path", STREAM.path,
    ]  # fmt: skip
    ended = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        timeout=3_500,
    )  # fmt: skip
    told = "\n".join(line[:300] for line in ended.stdout.splitlines())
    assert ended.returncode == 0, told + ended.stderr[-2_000:]
    operations = re.search(r"Selected: (\d+)/(\d+)\s+Tested: \1\s", ended.stdout)
    assert operations is not None, told
    assert int(operations[2]) - int(operations[1]) == 1
    made = re.search(r"([\d,]+) generated, [\d,]+ passed", ended.stdout)
    assert made is not None, told
    assert int(made[1].replace(",", "")) > int(operations[1]) * EXAMPLES
