"""docs/feeds.md: its commands are run, and its addresses are those that there are."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from izzitup_desktop.server.page.registry import FORMATS
from izzitup_desktop.server.page_routes import PAGE_ROUTES, page_row
from tests.builders import ALICE, add_service, opened_board
from tests.server.wire import serving

TEXT = (Path(__file__).parents[1] / "docs" / "feeds.md").read_text("utf-8")
COMMANDS = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]


def test_each_command_is_answered_by_what_it_asks_for(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        core = board.groups.add(ALICE, "Core").value
        add_service(board, "Mail", key="MAIL", group_id=core.id)
        with serving(board) as server:
            script = "\n".join(COMMANDS).replace("8475", str(server.state.port))
            ended = subprocess.run(
                ["/bin/sh", "-ec", script.replace("curl ", "curl --fail --silent ")],
                cwd=tmp_path, env={"PATH": "/usr/bin:/bin", "no_proxy": "*"}, text=True,
                capture_output=True, check=True, timeout=60,
            )  # fmt: skip
    assert re.findall(r"^<(feed|rss)|^(BEGIN:VCALENDAR|304)", ended.stdout, re.MULTILINE) == [
        ("feed", ""), ("feed", ""), ("rss", ""), ("", "BEGIN:VCALENDAR"), ("", "304"),
    ]  # fmt: skip
    assert 'xml:lang="de"' in ended.stdout
    assert (tmp_path / "calendar.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_all_feeds_and_calendars_stand_in_the_page() -> None:
    rows = re.findall(r"^\| (`/.*?`) \| .*? \| (.*?) \|$", TEXT, re.MULTILINE)
    documented = {
        (found[0].name, "lang" if "`en`" in languages else "")
        for paths, languages in rows
        for path in re.findall(r"`(.*?)`", paths)
        if (found := page_row(re.sub(r"\{.*?\}", "1", path))) is not None
    }
    feeds = re.compile("atom|calendar|history")
    there = {(row.name, "".join(row.query)) for row in PAGE_ROUTES if feeds.match(row.name)}
    assert documented == there
    assert FORMATS.keys() >= {name for name, _ in there}
