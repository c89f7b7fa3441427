"""docs/tls.md says what is so: its examples run, its reasons and limits are ours."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from izzitup_desktop.cli.serve import serve
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.tls.own_certificate import LIFETIME, RENEWED_BEFORE
from tests.builders import add_service, opened_board
from tests.cli.izzitup import ROOT
from tests.server.tls.secure import serving_securely

TEXT = (ROOT / "docs" / "tls.md").read_text("utf-8")
EXAMPLES = re.findall(r"```(sh|python)\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_examples_run(home: Path, tmp_path: Path, number: int) -> None:
    (tmp_path / "izzitup").write_text(f'#!/bin/sh\nexec {sys.executable} -m izzitup_desktop "$@"\n')
    (tmp_path / "izzitup").chmod(0o700)
    kind, example = EXAMPLES[number]
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        add_service(board, "Service Desk")
        with serving_securely(board, home / "tls") as server:
            example = example.replace("8476", str(server.state.secure_port))
            example = example.replace("certificate.pem", str(home / "tls" / "certificate.pem"))
            done = subprocess.run(
                [sys.executable, "-c", example] if kind == "python" else ["sh", "-ec", example],
                capture_output=True, check=True, timeout=60, cwd=ROOT,
                env={**os.environ, "no_proxy": "*", "PATH": f"{tmp_path}:{os.environ['PATH']}"},
            )  # fmt: skip
    assert b"Service Desk" in done.stdout


def test_its_numbers_are_ours() -> None:
    limits = Limits()
    assert f"holds for {LIFETIME.days} days. When {RENEWED_BEFORE.days} are left" in TEXT
    assert (
        f"| a handshake | {limits.handshake_seconds:.0f} s, {limits.handshake_bytes // 1024} KiB |"
        in TEXT
    )
    assert f"has lasted for {limits.evictable_handshake_seconds} s" in TEXT


def test_every_option_of_https_is_told() -> None:
    options = [option for parameter in serve.params for option in parameter.opts]
    for option in options:
        if option not in ("--host", "--port"):
            assert f"`{option}`" in TEXT, option
