"""Uptime Kuma's public pages, as its widgets read them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from izzitup_desktop.domain.public_board import Maintenance, PageChoices, PublicBoard
from izzitup_desktop.server.page import kuma
from izzitup_desktop.server.page.formats import Document, Format, Wanted
from tests.made_public_boards import NOW, OPERATIONAL, disruptions, public_board, wanted
from tests.server.page import shapes

HOUR = timedelta(hours=1)


def slug(name: str) -> Wanted:
    return wanted(parameters={"slug": name})


def answer(format_: Format, board: PublicBoard | None = None, name: str = "default") -> Any:
    document = format_(board or public_board(), slug(name))
    assert isinstance(document, Document)
    return json.loads(document.content)


@pytest.mark.parametrize("board", [public_board(), public_board(())])
def test_answers_have_kumas_shapes(board: PublicBoard) -> None:
    for format_, shape in ((kuma.page, shapes.KumaPage), (kuma.heartbeat, shapes.Heartbeats)):
        document = format_(board, slug("default"))
        assert document is not None
        shape.model_validate_json(document.content)


@pytest.mark.parametrize("name", ["default", "status", "Default"])
def test_the_whole_page_has_every_group(name: str) -> None:
    found = answer(kuma.page, name=name)
    assert found["config"]["title"] == "Example Ltd."
    assert [one["name"] for one in found["publicGroupList"]] == ["Office", "Network", "Services"]
    assert set(answer(kuma.heartbeat, name=name)["heartbeatList"]) == set("123456")


def test_a_group_is_a_page_of_its_own_by_its_name_in_any_case() -> None:
    found = answer(kuma.page, name="network")
    assert found["config"]["title"] == "Example Ltd.: Network"
    (group,) = found["publicGroupList"]
    assert [one["name"] for one in group["monitorList"]] == ["Phones", "Printer", "VPN"]
    assert found["incidents"] == []
    assert set(answer(kuma.heartbeat, name="NETWORK")["heartbeatList"]) == set("345")


@pytest.mark.parametrize("name", ["secret", "0", ""])
def test_there_is_no_other_page(name: str) -> None:
    assert kuma.page(public_board(), slug(name)) is None
    assert kuma.heartbeat(public_board(), slug(name)) is None


def test_the_last_beat_is_what_holds_now() -> None:
    beats = answer(kuma.heartbeat)["heartbeatList"]
    now = {id_: found[-1] for id_, found in beats.items()}
    assert now["1"]["status"] == kuma.DOWN
    assert now["2"]["status"] == kuma.UP  # impaired: people can work
    assert now["3"] == {
        "status": kuma.UP,
        "time": "2026-11-27 21:30:00.000",
        "msg": "",
        "ping": None,
    }


def test_days_are_beats_and_those_of_which_nothing_is_known_are_none() -> None:
    beats = answer(kuma.heartbeat)["heartbeatList"]
    assert (len(beats["1"]), len(beats["2"])) == (90, 89)
    assert [one["time"][:10] for one in beats["1"] if one["status"] == kuma.DOWN] == [
        "2026-11-03", "2026-11-27",
    ]  # fmt: skip


def test_maintenance_is_a_beat_of_its_own_but_never_hides_an_outage() -> None:
    work = Maintenance(1, "w", "Switches", "", NOW - HOUR, NOW + HOUR, (1, 3), NOW - HOUR)
    board = public_board(maintenance=(work,))
    beats = answer(kuma.heartbeat, board)["heartbeatList"]
    assert beats["1"][-1]["status"] == kuma.DOWN
    assert beats["3"][-1]["status"] == kuma.MAINTENANCE
    (found,) = answer(kuma.page, board)["maintenanceList"]
    assert (found["status"], found["durationMinutes"]) == ("under-maintenance", 120)
    over = replace(work, begin=NOW - 3 * HOUR, end=NOW - HOUR)
    assert answer(kuma.page, public_board(maintenance=(over,)))["maintenanceList"] == []


def test_uptime_is_of_the_last_24_hours() -> None:
    uptimes = answer(kuma.heartbeat)["uptimeList"]
    assert uptimes["1_24"] == pytest.approx(1 - 48 / (24 * 60), abs=1e-6)
    assert uptimes["2_24"] == uptimes["3_24"] == 1


def test_uptime_is_of_today_where_the_page_shows_nothing_that_is_over() -> None:
    board = public_board(choices=PageChoices(past_days=0), disruptions=())
    uptimes = answer(kuma.heartbeat, board)["uptimeList"]
    assert uptimes["1_24"] == pytest.approx(1 - 48 / (24 * 60), abs=1e-6)
    assert uptimes["2_24"] == 1


def test_an_outage_that_ended_within_24_hours_counts_for_as_long_as_it_was_one() -> None:
    began = NOW - 25 * HOUR
    over = disruptions()[2]
    first, last = over.changes
    ended = replace(
        over, begin=began, end=NOW - 12 * HOUR,
        changes=(
            replace(first, time=began),
            replace(last, time=NOW - 23 * HOUR, status_id=6),
            replace(last, time=NOW - 12 * HOUR, status_id=int(OPERATIONAL)),
        ),
    )  # fmt: skip
    uptimes = answer(kuma.heartbeat, public_board(disruptions=(ended,)))["uptimeList"]
    assert uptimes["3_24"] == pytest.approx(1 - 1 / 24, abs=1e-6)


def test_what_was_said_of_an_open_disruption_is_an_incident() -> None:
    found = answer(kuma.page)
    (incident,) = found["incidents"]
    assert incident == found["incident"]
    assert (incident["title"], incident["style"]) == ("Mail: Outage", "danger")
    assert incident["content"] == "The disk is full; we are adding another."
    assert incident["createdDate"] == "2026-11-27 20:42:00.000"
    assert answer(kuma.page, public_board(disruptions=()))["incident"] is None
