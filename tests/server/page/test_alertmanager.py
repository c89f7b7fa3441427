"""Alertmanager's API for those who read: one alert a service in trouble."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from pydantic import TypeAdapter

from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.server.page import alertmanager
from tests.made_public_boards import IMPAIRED, grouped, public_board, service, wanted
from tests.server.page import shapes


def alerts(board: PublicBoard | None = None, **query: str) -> Any:
    return json.loads(alertmanager.alerts(board or public_board(), wanted(query=query)).content)


def services(board: PublicBoard | None = None, **query: str) -> list[str]:
    return sorted(one["labels"]["service"] for one in alerts(board, **query))


def test_answers_have_the_shapes_of_alertmanagers_document() -> None:
    found = alertmanager.alerts(public_board(), wanted())
    TypeAdapter(list[shapes.Alert]).validate_json(found.content)
    shapes.AlertmanagerStatus.model_validate_json(
        alertmanager.status(public_board(), wanted()).content
    )
    shapes.AlertmanagerStatus.model_validate_json(
        alertmanager.status(public_board(()), wanted()).content
    )
    (receiver,) = json.loads(alertmanager.receivers(public_board(), wanted()).content)
    assert {"name": receiver["name"]} == receiver == alerts()[0]["receivers"][0]
    assert alertmanager.silences(public_board(), wanted()).content == b"[]"


def test_each_service_in_trouble_has_an_alert_and_no_other() -> None:
    assert services() == ["Mail", "Wiki"]
    assert alerts(public_board(())) == []
    fine = public_board(grouped((1, "Office", [service(1, "Mail")])))
    assert alerts(fine) == []


def test_an_alert_says_what_is_wrong_since_when_and_what_was_said() -> None:
    mail = next(one for one in alerts() if one["labels"]["service"] == "Mail")
    assert mail["labels"] == {
        "alertname": "Mail", "service": "Mail", "key": "MAIL", "group": "Office",
        "instance": "board.example:8475", "severity": "critical", "status": "outage",
    }  # fmt: skip
    assert mail["annotations"] == {
        "summary": "Mail: Outage",
        "description": "The disk is full; we are adding another.",
        "message": "The disk is full; we are adding another.",
        "until": "2026-11-27T23:30:00.000Z",
    }
    assert mail["startsAt"] == "2026-11-27T20:42:00.000Z"
    assert mail["endsAt"] == "2026-11-27T21:35:00.000Z"
    assert mail["updatedAt"] == mail["startsAt"]
    assert mail["generatorURL"] == "http://board.example:8475/services/MAIL"
    assert mail["status"]["state"] == "active"


def test_an_impaired_service_is_a_warning_and_no_label_is_empty() -> None:
    board = public_board(grouped((0, "", [service(6, "Door", IMPAIRED, key="")])))
    (door,) = alerts(board)
    assert (door["labels"]["severity"], door["labels"]["status"]) == ("warning", "impaired")
    assert not {"key", "group"} & set(door["labels"])
    assert door["generatorURL"].endswith("/services/6")


def test_an_alert_keeps_its_fingerprint_when_it_gets_worse() -> None:
    def fingerprint(board: PublicBoard) -> str:
        (found,) = alerts(board)
        assert isinstance(found["fingerprint"], str)
        return found["fingerprint"]

    hurt = service(1, "Mail", IMPAIRED)
    out = replace(hurt, status_id=7, name="E-mail")
    assert fingerprint(public_board(grouped((1, "Office", [hurt])))) == fingerprint(
        public_board(grouped((2, "Other", [out])))
    )
    assert len({one["fingerprint"] for one in alerts()}) == 2


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        ('severity="critical"', ["Mail"]),
        ("severity!=critical", ["Wiki"]),
        ('service=~"Mail|Wiki"', ["Mail", "Wiki"]),
        ("service!~W.*", ["Mail"]),
        ('severity=~".+"\ngroup="Office"', ["Mail", "Wiki"]),
        ("severity=warning\nservice=Mail", []),
        ("team=", ["Mail", "Wiki"]),
        ("team=x", []),
    ],
)
def test_filters_choose_by_labels(filter_: str, expected: list[str]) -> None:
    assert services(filter=filter_) == expected


@pytest.mark.parametrize(
    "query",
    [
        {"filter": "{"},
        {"filter": "service=~("},
        {"receiver": "("},
        {"filter": "a!=b\n"},
        {"filter": "\n".join(["a!=b"] * 11)},
    ],
)
def test_what_is_no_filter_is_refused_without_an_echo(query: dict[str, str]) -> None:
    answer = alertmanager.alerts(public_board(), wanted(query=query))
    assert (answer.status, answer.content) == (400, b'"bad matcher format"')


def test_only_active_alerts_are_there() -> None:
    assert services(active="true", silenced="false", inhibited="false", unprocessed="false") == [
        "Mail", "Wiki",
    ]  # fmt: skip
    assert services(active="false", silenced="true", inhibited="true", unprocessed="true") == []
    assert services(active="") == ["Mail", "Wiki"]


def test_a_receiver_is_chosen_by_a_pattern() -> None:
    assert services(receiver="pa.*") == ["Mail", "Wiki"]
    assert services(receiver="") == ["Mail", "Wiki"]
    assert services(receiver="team") == []
