"""The model of the live log."""

from __future__ import annotations

import random

import pytest
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.connections.request_model import RequestModel
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListTable
from izzitup_desktop.server.request_log import KEPT, HeardRequest
from tests.desktop.item_models import checked


def heard(number: int, path: str = "/api/services", *, failed: bool = False) -> HeardRequest:
    return HeardRequest(number, 0.0, 0.001, "GET", path, "10.0.0.1", False, 200, failed)


def model() -> RequestModel:
    columns = [
        ListColumn[HeardRequest]("Number", lambda one: str(one.number)),
        ListColumn[HeardRequest]("Path", lambda one: one.path),
    ]
    return checked(RequestModel(columns))


def numbers(found: RequestModel) -> list[int]:
    return [one.number for one in found.shown()]


def test_the_newest_stands_at_the_top() -> None:
    found = model()
    found.add([heard(1), heard(2)])
    found.add([heard(3)])
    found.add([])
    assert numbers(found) == [3, 2, 1]


def test_no_more_are_kept_than_the_server_keeps() -> None:
    found = model()
    found.add(heard(number) for number in range(1, KEPT + 1))
    found.add([heard(KEPT + 1), heard(KEPT + 2)])
    assert len(found.items) == found.rowCount() == KEPT
    assert (numbers(found)[0], numbers(found)[-1]) == (KEPT + 2, 3)
    found.add(heard(KEPT + 2 + number) for number in range(1, 2 * KEPT + 1))
    assert (numbers(found)[0], numbers(found)[-1]) == (3 * KEPT + 2, 2 * KEPT + 3)


def test_what_comes_in_is_narrowed_as_what_was_there() -> None:
    found = model()
    found.add([heard(1), heard(2, failed=True)])
    found.want(lambda one: one.is_failure)
    assert numbers(found) == [2]
    found.add([heard(3), heard(4, "/x", failed=True)])
    assert numbers(found) == [4, 2]
    found.search("/X")
    assert numbers(found) == [4]
    found.search("")
    found.want(lambda _one: True)
    assert numbers(found) == [4, 3, 2, 1]


@pytest.mark.soak
def test_batches_at_random_show_what_all_at_once_would() -> None:
    rng = random.Random(7)
    found, all_of_them = model(), list[HeardRequest]()
    for _ in range(60):
        batch = [
            heard(len(all_of_them) + place, failed=rng.random() < 0.3)
            for place in range(1, rng.randrange(120))
        ]
        all_of_them += batch
        found.want((lambda one: one.is_failure) if rng.random() < 0.5 else (lambda _one: True))
        found.add(batch)
    found.want(lambda one: one.is_failure)
    kept = all_of_them[-KEPT:]
    assert numbers(found) == [one.number for one in reversed(kept) if one.is_failure]


def test_a_selection_goes_down_with_its_row(qtbot: QtBot) -> None:
    found = model()
    table = ListTable(found, "Requests")
    qtbot.addWidget(table)
    found.add([heard(1), heard(2)])
    table.selectRow(1)
    found.add([heard(3)])
    assert [one.number for one in table.selected()] == [1]
