"""Statuspage's API of a page: complete shapes, and what it says of which board."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter

from izzitup_desktop.domain.days import midnight
from izzitup_desktop.domain.public_board import (
    NO_GROUP,
    Maintenance,
    PageChoices,
    PublicBoard,
)
from izzitup_desktop.server.page import statuspage
from izzitup_desktop.server.page.formats import Format
from izzitup_desktop.server.page.registry import FORMATS
from tests.made_public_boards import (
    IMPAIRED,
    NOW,
    OPERATIONAL,
    OUTAGE,
    disruptions,
    grouped,
    public_board,
    service,
    wanted,
)
from tests.server.page import shapes

HOUR = timedelta(hours=1)

SHAPES: dict[str, type[shapes.Shape]] = {
    "statuspage_summary": shapes.SummaryAnswer,
    "statuspage_status": shapes.StatusAnswer,
    "statuspage_components": shapes.ComponentsAnswer,
    "statuspage_incidents": shapes.IncidentsAnswer,
    "statuspage_unresolved": shapes.IncidentsAnswer,
    "statuspage_maintenances": shapes.MaintenancesAnswer,
    "statuspage_upcoming": shapes.MaintenancesAnswer,
    "statuspage_active": shapes.MaintenancesAnswer,
}


def work(id_: int, begins_in: timedelta, service_ids: tuple[int, ...] = (3,)) -> Maintenance:
    """Work of two hours on some services."""
    begin = NOW + begins_in
    return Maintenance(
        id_, f"work-{id_}", f"Work {id_}", "New switches.", begin, begin + 2 * HOUR, service_ids,
        NOW - timedelta(days=2),
    )  # fmt: skip


def asked(format_: Format, board: PublicBoard) -> Any:
    document = format_(board, wanted())
    assert document is not None
    assert document.media_type == "application/json; charset=utf-8"
    return json.loads(document.content)


def indicator(*statuses: int, **further: Any) -> tuple[str, str]:
    """What is said of a board whose services have these statuses."""
    services = [service(id_, f"S{id_}", status) for id_, status in enumerate(statuses, 1)]
    groups = grouped((NO_GROUP, "", services)) if services else ()
    board = public_board(groups, disruptions=(), **further)
    status = asked(statuspage.status, board)["status"]
    return status["indicator"], status["description"]


BOARDS = {
    "a story": public_board(),
    "nothing": public_board(()),
    "everything": public_board(
        maintenance=(work(1, -HOUR), work(2, HOUR, (1, 2)), work(3, -3 * HOUR), work(4, HOUR, ()))
    ),
    "no title": public_board(choices=PageChoices()),
}


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
@pytest.mark.parametrize("name", SHAPES)
def test_every_answer_has_the_complete_shape_on_any_board(name: str, board: PublicBoard) -> None:
    document = FORMATS[name](board, wanted())
    assert document is not None
    TypeAdapter(SHAPES[name]).validate_json(document.content)


def test_the_indicator_is_the_worst_of_all() -> None:
    assert indicator() == ("none", "All Systems Operational")
    assert indicator(OPERATIONAL, OPERATIONAL) == ("none", "All Systems Operational")
    assert indicator(OPERATIONAL, IMPAIRED) == ("minor", "Partially Degraded Service")
    assert indicator(IMPAIRED, IMPAIRED) == ("minor", "Partially Degraded Service")
    assert indicator(OPERATIONAL, OUTAGE) == ("major", "Partial System Outage")
    assert indicator(IMPAIRED, OUTAGE) == ("major", "Partial System Outage")
    assert indicator(OUTAGE, OUTAGE) == ("critical", "Major Service Outage")


def test_maintenance_is_said_only_where_nothing_worse_is() -> None:
    going = (work(1, -HOUR, (1,)),)
    assert indicator(OPERATIONAL, OPERATIONAL, maintenance=going) == (
        "maintenance", "Service Under Maintenance",
    )  # fmt: skip
    assert indicator(IMPAIRED, OPERATIONAL, maintenance=going)[0] == "minor"
    assert indicator(OUTAGE, OPERATIONAL, maintenance=going)[0] == "major"
    assert indicator(OPERATIONAL, maintenance=(work(1, HOUR, (1,)),))[0] == "none"
    cancelled = (replace(going[0], is_cancelled=True),)
    assert indicator(OPERATIONAL, maintenance=cancelled)[0] == "none"


def test_maintenance_never_masks_an_outage_of_a_component() -> None:
    board = public_board(maintenance=(work(1, -HOUR, (1, 2, 3)),))
    found = {
        one["name"]: one["status"] for one in asked(statuspage.components, board)["components"]
    }
    assert found["Mail"] == "major_outage"
    assert found["Wiki"] == "degraded_performance"
    assert found["Phones"] == "under_maintenance"
    assert found["Office"] == "major_outage"
    assert found["Network"] == "under_maintenance"
    assert found["Printer"] == "operational"


def test_groups_are_components_that_name_theirs() -> None:
    found = asked(statuspage.components, public_board())["components"]
    assert [(one["name"], one["position"], one["group"]) for one in found] == [
        ("Office", 1, True), ("Mail", 1, False), ("Wiki", 2, False),
        ("Network", 2, True), ("Phones", 1, False), ("Printer", 2, False), ("VPN", 3, False),
        ("Door & <gate>", 3, False),
    ]  # fmt: skip
    by_name = {one["name"]: one for one in found}
    office = by_name["Office"]
    assert office["components"] == [by_name["Mail"]["id"], by_name["Wiki"]["id"]]
    assert by_name["Mail"]["group_id"] == office["id"]
    assert by_name["Door & <gate>"]["group_id"] is None


def test_a_group_and_a_service_of_the_same_number_have_ids_of_their_own() -> None:
    found = asked(statuspage.components, public_board())["components"]
    assert len({one["id"] for one in found}) == len(found)
    assert statuspage.public_id("s", 35 + 36 * 36) == "s0000000010z"


def test_an_incident_is_a_disruption_of_which_something_was_said() -> None:
    found = asked(statuspage.summary, public_board())["incidents"]
    (mail,) = found
    assert (mail["name"], mail["status"], mail["impact"]) == (
        "Mail: Outage", "investigating", "major",
    )  # fmt: skip
    assert mail["shortlink"] == "http://board.example:8475/events/1180"
    assert mail["resolved_at"] is None
    assert [one["body"] for one in mail["incident_updates"]] == [
        "The disk is full; we are adding another.", "Mail: Outage",
    ]  # fmt: skip
    assert mail["incident_updates"][1]["affected_components"] == [
        {
            "code": mail["components"][0]["id"], "name": "Mail",
            "old_status": "operational", "new_status": "major_outage",
        }
    ]  # fmt: skip


def test_the_history_has_what_is_over_as_resolved() -> None:
    mail, phones = asked(statuspage.incidents, public_board())["incidents"]
    assert mail["status"] == "investigating"
    assert (phones["name"], phones["status"], phones["impact"]) == (
        "Phones: Outage", "resolved", "major",
    )  # fmt: skip
    assert phones["resolved_at"] == "2026-11-24T21:44:00.000Z"
    assert [one["status"] for one in phones["incident_updates"]] == ["resolved", "investigating"]


def test_the_history_reaches_as_far_as_the_strips_and_has_at_most_fifty() -> None:
    told = replace(disruptions()[2], service_name="Old")
    older = [replace(told, id=id_) for id_ in range(1, 80)]
    asked_for = []

    def past(begin: Any, end: Any, ids: Any) -> Any:
        asked_for.append((begin, end, ids))
        return older

    board = public_board()
    document = statuspage.incidents(board, wanted(past=past))
    found = json.loads(document.content)["incidents"]
    assert asked_for == [(midnight(board.dates[0]), board.made, ())]
    assert len(found) == 50
    assert [one["name"] for one in found[:3]] == ["Mail: Outage", "Phones: Outage", "Old: Outage"]
    assert found[2]["id"] == statuspage.public_id("i", 79)


def test_an_open_incident_says_no_more_than_its_component() -> None:
    mail, *_ = disruptions()
    better = replace(mail.changes[-1], id=1_186, status_id=int(IMPAIRED), comment="Reading works.")
    open_ = replace(mail, changes=(*mail.changes, better))
    groups = grouped((1, "Office", [service(1, "Mail", IMPAIRED)]))
    found = asked(statuspage.summary, public_board(groups, disruptions=(open_,)))
    assert found["incidents"][0]["impact"] == found["status"]["indicator"] == "minor"


def test_planned_work_is_listed_by_where_it_is() -> None:
    planned = (
        work(1, HOUR), work(2, -HOUR), work(3, -3 * HOUR), replace(work(4, HOUR), is_cancelled=True)
    )  # fmt: skip
    board = public_board(maintenance=planned)

    def names(format_: Format) -> list[tuple[str, str]]:
        found = asked(format_, board)["scheduled_maintenances"]
        return [(one["name"], one["status"]) for one in found]

    coming, going, done = (
        ("Work 1", "scheduled"), ("Work 2", "in_progress"), ("Work 3", "completed"),
    )  # fmt: skip
    assert names(statuspage.maintenances) == [coming, going, done]
    assert names(statuspage.upcoming) == [coming]
    assert names(statuspage.active) == [going]
    assert names(statuspage.summary) == [coming, going]
    (found,) = asked(statuspage.active, board)["scheduled_maintenances"]
    assert (found["scheduled_for"], found["scheduled_until"]) == (
        "2026-11-27T20:30:00.000Z", "2026-11-27T22:30:00.000Z",
    )  # fmt: skip
    assert [one["name"] for one in found["components"]] == ["Phones"]
    assert found["shortlink"] == "http://board.example:8475/events/2"


def test_work_on_what_nobody_may_see_names_nothing() -> None:
    board = public_board(maintenance=(work(1, -HOUR, (3, 999)),))
    (found,) = asked(statuspage.active, board)["scheduled_maintenances"]
    assert [one["name"] for one in found["components"]] == ["Phones"]
    assert len(found["incident_updates"][0]["affected_components"]) == 1


def test_pages_at_other_addresses_are_other_pages() -> None:
    here = asked(statuspage.status, public_board())["page"]
    there_document = statuspage.status(
        public_board(), replace(wanted(), base="https://status.example")
    )
    there = json.loads(there_document.content)["page"]
    assert here["id"] != there["id"]
    assert there["url"] == "https://status.example"
    assert here["updated_at"] == there["updated_at"] == "2026-11-27T21:02:00.000Z"
