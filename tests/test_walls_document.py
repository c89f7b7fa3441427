"""docs/walls-and-badges.md: its commands are run, and it names what addresses know."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from izzitup_desktop.server.page.badges import STYLES
from izzitup_desktop.server.page.wall import CLOCKS, COLUMNS_MOST
from izzitup_desktop.server.page_routes import PAGE_ROUTES
from tests.builders import add_service, opened_board
from tests.server.wire import serving

TEXT = (Path(__file__).parents[1] / "docs" / "walls-and-badges.md").read_text("utf-8")
COMMANDS = re.findall(r"^curl .*$", TEXT, re.MULTILINE)


def test_each_command_is_answered_by_what_it_asks_for(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        add_service(board, "Mail", key="MAIL")
        with serving(board) as server:
            script = "\n".join(f"{one}\necho" for one in COMMANDS)
            script = script.replace("8475", str(server.state.port))
            ended = subprocess.run(
                ["/bin/sh", "-ec", script.replace("curl ", "curl --fail --silent ")],
                cwd=tmp_path, env={"PATH": "/usr/bin:/bin", "no_proxy": "*"}, text=True,
                capture_output=True, check=True, timeout=60,
            )  # fmt: skip
    mail, whole = (json.loads(line) for line in ended.stdout.splitlines() if line)
    assert (mail["label"], mail["message"]) == ("Mail", "Operational")
    assert (whole["label"], whole["message"]) == ("Board", "In Betrieb")
    assert (tmp_path / "mail.svg").read_bytes().startswith(b"<svg ")


def test_everything_that_an_address_knows_stands_in_the_page() -> None:
    queries = {row.name: set(row.query) for row in PAGE_ROUTES}
    wall, frame, badge = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
    assert set(re.findall(r"^\| `(\w+)=", wall, re.MULTILINE)) == queries["wall"]
    assert set(re.findall(r"^\| `(\w+)=", badge, re.MULTILINE)) == queries["badge"]
    assert all(f"`{name}`" in frame for name in queries["embed"])
    for known in (*STYLES, *CLOCKS):
        assert f"`{known}`" in TEXT
    assert f"up to {COLUMNS_MOST};" in TEXT
