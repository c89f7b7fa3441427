"""openapi-python-client makes a client from our document, and the client sets a status."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.builders import ALICE
from tests.strangers.conftest import Host
from tests.strangers.environments import RUN_SECONDS, python_with

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(600)]

USE = """
import os, sys
from client import AuthenticatedClient
from client.api.services import list_services, read_service, set_status
from client.models import ProblemShown, ServiceShown, StatusBody

board = AuthenticatedClient(base_url=sys.argv[1], token=os.environ["IZZITUP_TOKEN"])
with board:
    before = read_service.sync("MAIL", client=board)
    assert isinstance(before, ServiceShown), before
    body = StatusBody(status="Outage", comment="The disk is full")
    after = set_status.sync("MAIL", client=board, body=body)
    assert isinstance(after, ServiceShown), after
    assert (after.id, after.status.name) == (before.id, "Outage")
    assert after.since >= before.since
    tried = set_status.sync("MAIL", client=board, body=StatusBody(status=5), dry_run=True)
    assert tried.dry_run and tried.items[0].status.id == 5
    listed = list_services.sync(client=board, status=["outage"])
    assert [one.key for one in listed.items] == ["MAIL"]
    missing = read_service.sync("MIAL", client=board)
    assert isinstance(missing, ProblemShown) and missing.code == "not-found.service", missing
    print("done")
"""


def test_a_generated_client_sets_a_status(host: Host, tmp_path: Path) -> None:
    programs = python_with("openapi-python-client", "openapi-python-client==0.29.1")
    made = subprocess.run(
        [
            str(programs / "openapi-python-client"), "generate", "--meta", "none", "--path",
            str(host.document(tmp_path)), "--output-path", str(tmp_path / "client"),
        ],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=RUN_SECONDS,
        env={**host.environment, "PATH": f"{programs}:{host.environment['PATH']}"},
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    assert "WARNING" not in made.stdout, made.stdout
    used = subprocess.run(
        [str(programs / "python"), "-c", USE, host.url],
        cwd=tmp_path, env=host.environment, capture_output=True, text=True, check=False,
        timeout=RUN_SECONDS,
    )  # fmt: skip
    assert (used.returncode, used.stdout) == (0, "done\n"), used.stderr
    service = host.world.service(host.world.mail.id)
    assert (service.status_id, service.comment) == (7, "The disk is full")
    assert host.world.board.journal.latest(ALICE, limit=1)[0].actor == "alice"
