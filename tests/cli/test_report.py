"""`izzitup report`: a file for people or for programs, of the days that were asked for."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.inside import done, init, refused


@pytest.mark.usefixtures("home")
def test_it_is_written_as_a_page_with_the_board_s_name(tmp_path: Path) -> None:
    init(sample=True)
    file = tmp_path / "uptime.html"
    assert str(file) in done("report", str(file), IZZITUP_BOARD_NAME="Acme <ops>")
    assert "<bdi>Acme &lt;ops&gt;</bdi>" in file.read_text("utf-8")
    assert "E-Mail" in file.read_text("utf-8")
    # It takes the place of the one before, and of nobody else's page.
    done("report", str(file))
    assert "Acme" not in file.read_text("utf-8")


@pytest.mark.usefixtures("home")
def test_it_is_of_the_days_that_were_asked_for() -> None:
    init(sample=True)
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    first, last = today - timedelta(days=3), today - timedelta(days=2)
    days = ("--from", f"{first:%Y-%m-%d}", "--to", f"{last:%Y-%m-%d}")
    rows = list(csv.DictReader(io.StringIO(done("report", "-", "--format", "csv", *days))))
    assert {datetime.fromisoformat(row["begin"]) for row in rows} == {first}
    ends = {datetime.fromisoformat(row["end"]).astimezone() for row in rows}
    assert {end.date() for end in ends} == {today.date() - timedelta(days=1)}
    assert len(rows) > 12


@pytest.mark.usefixtures("home")
def test_the_outages_are_a_file_of_their_own() -> None:
    init(sample=True)
    head = done("report", "-", "--format", "outages").splitlines()[0]
    assert head.startswith("group,service,key,status,begin,end,seconds")
    assert head.endswith("comment,who")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["uptime.pdf"], ".html or .csv"),
        (["uptime.csv", "--from", "2999-01-01"], "in the future"),
        (["uptime.csv", "--from", "2026-01-02", "--to", "2026-01-01"], "before the beginning"),
        (["uptime.html"], "neither a PNG nor a JPEG"),
    ],
)
def test_what_can_not_be_reported_is_refused(
    tmp_path: Path, arguments: list[str], reason: str
) -> None:
    init(sample=True)
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg/>")
    file, *options = arguments
    said = refused("report", str(tmp_path / file), *options, IZZITUP_BOARD_LOGO=str(logo))
    assert reason in said
    assert not (tmp_path / file).exists()
