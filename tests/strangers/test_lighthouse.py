"""Lighthouse finds the page good, as a phone sees it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from izzitup_desktop.domain.comments import Comment
from izzitup_desktop.domain.public_board import PageChoices
from tests.builders import ALICE
from tests.strangers.conftest import Host
from tests.strangers.environments import node_with

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(600)]

LEAST = 0.95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def test_lighthouse_gives_the_page_95_of_100_in_everything(host: Host, tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("there is no chromium here")
    host.world.server.show(PageChoices(title="Example Ltd."))
    said = Comment("The disk is full", is_public=True)
    host.world.board.statuses.set(ALICE, [host.world.mail.id], 7, said)
    report = tmp_path / "report.json"
    lighthouse = node_with("lighthouse@12.2.3") / "lighthouse"
    subprocess.run(
        [
            str(lighthouse), host.url, "--quiet", "--output=json", f"--output-path={report}",
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox --no-proxy-server --disable-gpu",
        ],
        env={**host.environment, "CHROME_PATH": chromium, "HOME": str(tmp_path)},
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    found = json.loads(report.read_text("utf-8"))
    scores = {name: found["categories"][name]["score"] for name in CATEGORIES}
    short = {
        name: one["title"]
        for name, one in found["audits"].items()
        if one["score"] is not None and one["score"] < LEAST
    }
    assert min(scores.values()) >= LEAST, (scores, short)
