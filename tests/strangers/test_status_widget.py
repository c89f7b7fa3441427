"""Atlassian's widget for Statuspage shows our board on another site, where that is listed."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from izzitup_desktop.domain.public_board import PageChoices
from tests.builders import ALICE
from tests.strangers.conftest import Host
from tests.strangers.environments import RUN_SECONDS, node_with

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(600)]

PAGE = """<!DOCTYPE html><title>Wiki</title>
<script src="/index.js"></script>
<statuspage-widget src="{url}"></statuspage-widget>
<statuspage-widget src="{url}" appearance="badge" title="our board"></statuspage-widget>
<script>
const root = document.documentElement;
addEventListener("unhandledrejection", (event) => {{ root.dataset.failed = event.reason; }});
setInterval(() => {{
  document.querySelectorAll("statuspage-widget").forEach((widget) => {{
    const style = widget.shadowRoot?.querySelector(".status-indicator")?.className;
    const texts = [...(widget.shadowRoot?.querySelectorAll("a div div") ?? [])];
    widget.dataset.shown = [style, ...texts.map((one) => one.textContent.trim())].join("|");
  }});
}}, 20);
</script>
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def site(host: Host, tmp_path: Path) -> Iterator[str]:
    """The origin of another site, whose page has the widget."""
    modules = node_with("@statuspage/status-widget@1.0.5").parent
    folder = tmp_path / "site"
    folder.mkdir()
    shutil.copy(modules / "@statuspage" / "status-widget" / "dist" / "index.js", folder)
    (folder / "index.html").write_text(PAGE.format(url=host.url), "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    serving = threading.Thread(target=server.serve_forever, args=(0.05,))
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def seen(site: str, folder: Path) -> tuple[list[str], bool]:
    """What both widgets show to somebody in Chromium, and whether reading the board failed."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("there is no chromium here")
    ended = subprocess.run(
        [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-proxy-server",
            f"--user-data-dir={folder}/profile", "--virtual-time-budget=5000", "--dump-dom",
            f"{site}/index.html",
        ],
        capture_output=True, text=True, check=True, timeout=RUN_SECONDS,
    )  # fmt: skip
    shown = re.findall(r'<statuspage-widget [^>]*data-shown="([^"]*)"', ended.stdout)
    return [unescape(one) for one in shown], "data-failed" in ended.stdout


def test_the_widget_shows_the_board_on_a_site_that_is_listed(
    host: Host, site: str, tmp_path: Path
) -> None:
    host.world.server.show(PageChoices(origins=(site,)))
    assert seen(site, tmp_path) == (
        [
            "status-indicator none||All Systems Operational",
            "status-indicator none|our board|All Systems Operational",
        ],
        False,
    )
    host.world.board.statuses.set(ALICE, [host.world.mail.id], 7)
    (basic, badge), failed = seen(site, tmp_path)
    assert not failed
    assert basic == "status-indicator major||Partial System Outage"
    assert badge == "status-indicator major|our board|Partial System Outage"


def test_the_widget_shows_nothing_on_a_site_that_is_not_listed(
    host: Host, site: str, tmp_path: Path
) -> None:
    host.world.server.show(PageChoices(origins=("http://wiki.example",)))
    assert seen(site, tmp_path) == (["", ""], True)
