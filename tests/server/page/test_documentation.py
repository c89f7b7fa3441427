"""docs/works-with.md names what is there."""

from __future__ import annotations

import re
from pathlib import Path

from izzitup_desktop.server.page_routes import GATUS, KUMA, PAGE_ROUTES, STATUSPAGE

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "works-with.md").read_text("utf-8")


def test_it_names_every_address_for_programs_and_no_other() -> None:
    programs = (STATUSPAGE, KUMA, GATUS)
    named = {path for path in re.findall(r"`(/[^`]+)`", TEXT) if path.startswith(programs)}
    assert named == {row.path for row in PAGE_ROUTES if row.path.startswith(programs)}


def test_it_names_tests_that_are_there_and_versions_that_they_run() -> None:
    strangers = ROOT / "tests" / "strangers"
    for name in re.findall(r"`(test_\w+\.py)`", TEXT):
        assert (strangers / name).is_file()
    tests = "".join(file.read_text("utf-8") for file in strangers.glob("test_*.py"))
    for pinned in ("statuspage-prometheus-exporter", "@statuspage/status-widget", "gatus-api"):
        (row,) = (line for line in TEXT.splitlines() if line.startswith("| [") and pinned in line)
        version = row.split("|")[2].strip()
        assert re.search(rf"(EXPORTER}}|{re.escape(pinned)})(==|@){re.escape(version)}\"", tests)
