"""Others' programs read our document, and find nothing wrong with it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.strangers.conftest import Host
from tests.strangers.environments import RUN_SECONDS, node_with, python_with

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(600)]


def test_redocly_has_no_error_and_no_warning(host: Host, tmp_path: Path) -> None:
    programs = node_with("@redocly/cli@2.77.0")
    ended = subprocess.run(
        [str(programs / "redocly"), "lint", str(host.document(tmp_path)), "--format", "stylish"],
        cwd=tmp_path, env={**host.environment, "REDOCLY_TELEMETRY": "off"},
        capture_output=True, text=True, check=False, timeout=RUN_SECONDS,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "Your API description is valid" in ended.stderr
    assert "warning" not in ended.stderr.partition("openapi.json: validated")[2]


def test_openapi_spec_validator_takes_it(host: Host, tmp_path: Path) -> None:
    programs = python_with("openapi-spec-validator", "openapi-spec-validator==0.9.0")
    ended = subprocess.run(
        [str(programs / "openapi-spec-validator"), str(host.document(tmp_path))],
        capture_output=True, text=True, check=False, timeout=RUN_SECONDS,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout.strip()[-4:]) == (0, ": OK"), ended.stdout
