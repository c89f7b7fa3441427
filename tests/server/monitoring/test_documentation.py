"""docs/monitoring.md names every metric and everything that may be missing."""

from __future__ import annotations

import re
from pathlib import Path

from izzitup_desktop.board.condition import Need

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "monitoring.md").read_text("utf-8")
FAMILIES = ROOT / "izzitup_desktop" / "server" / "monitoring" / "families.py"


def test_every_metric_is_documented_and_no_other() -> None:
    named = set(re.findall(r"^\| `(izzitup_\w+)`", TEXT, re.MULTILINE))
    made = re.findall(r'(Info|Gauge|Counter)MetricFamily\(\s*"(\w+)"', FAMILIES.read_text("utf-8"))
    endings = {"Info": "_info", "Gauge": "", "Counter": "_total"}
    assert named == {name + endings[kind] for kind, name in made}


def test_everything_that_may_be_missing_is_documented() -> None:
    table = TEXT[TEXT.index("| `database` |") : TEXT.index("The `code` of each")]
    assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == [need.value for need in Need]
