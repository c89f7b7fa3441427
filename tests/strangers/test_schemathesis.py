"""schemathesis makes requests from our document, good and bad ones, and checks every answer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from izzitup_desktop.server.routes import ROUTES, RouteClass
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
    ]  # fmt: skip
    for row in ROUTES:
        if row.kind is RouteClass.STREAM:
            # It waits for ends, and a stream has none.
            command += ["--exclude-path", row.path]
    ended = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        timeout=3_500,
    )  # fmt: skip
    told = "\n".join(line[:300] for line in ended.stdout.splitlines())
    assert ended.returncode == 0, told + ended.stderr[-2_000:]
    # The document itself it has read already.
    operations = sum(row.kind is RouteClass.API for row in ROUTES) - 1
    assert re.search(rf"Selected: {operations}/\d+\s+Tested: {operations}\s", ended.stdout), told
    made = re.search(r"([\d,]+) generated, [\d,]+ passed", ended.stdout)
    assert made is not None, told
    assert int(made[1].replace(",", "")) > operations * EXAMPLES
