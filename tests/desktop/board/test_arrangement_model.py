"""What views are told when what is shown changes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.board.arrangement_model import runs
from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.order import OWN_ORDER
from izzitup_desktop.desktop.board.rows import Column
from tests.desktop.board.made_rows import row
from tests.desktop.item_models import checked


class Heard:
    """The signals of a model, one after another."""

    def __init__(self, model: ServiceModel) -> None:
        self.all: list[tuple[str, int, int]] = []
        model.rowsInserted.connect(lambda _parent, a, b: self.all.append(("in", a, b)))
        model.rowsRemoved.connect(lambda _parent, a, b: self.all.append(("out", a, b)))
        model.dataChanged.connect(lambda a, b: self.all.append(("data", a.row(), b.row())))
        model.layoutChanged.connect(lambda: self.all.append(("moved", 0, 0)))
        model.modelReset.connect(lambda: self.all.append(("reset", 0, 0)))


@pytest.fixture
def model(qapp: QApplication) -> ServiceModel:
    model = checked(ServiceModel())
    model.sort(OWN_ORDER)
    model.replace([row(id_, f"service {id_:03}") for id_ in range(1, 201)])
    return model


def test_a_status_is_told_of_its_own_row_alone(model: ServiceModel) -> None:
    heard = Heard(model)
    model.change([row(7, "service 007", status=7)], ())
    assert heard.all == [("data", 6, 6)]


def test_a_row_that_moves_takes_its_indexes_along_and_nothing_is_reset(
    model: ServiceModel,
) -> None:
    model.sort(Column.STATUS)
    heard = Heard(model)
    kept = QPersistentModelIndex(model.index(model.place_of(50), Column.NAME))
    model.change([row(50, "service 050", status=7)], ())
    assert (kept.row(), kept.column()) == (0, Column.NAME)
    assert heard.all == [("moved", 0, 0), ("data", 0, 0)]


def test_rows_that_come_and_go_are_told_run_by_run(model: ServiceModel) -> None:
    heard = Heard(model)
    model.change([row(201), row(202)], [1, 2, 100])
    assert heard.all == [("out", 99, 99), ("out", 0, 1), ("in", 197, 198), ("data", 197, 198)]


def test_rows_that_go_in_too_many_places_reset_the_model(model: ServiceModel) -> None:
    heard = Heard(model)
    model.change([], range(1, 201, 2))
    assert heard.all == [("reset", 0, 0)]
    assert model.shown_ids(3) == [2, 4, 6]


def test_a_row_can_move_while_others_come_and_go(model: ServiceModel) -> None:
    kept = [QPersistentModelIndex(model.index(place, 0)) for place in range(200)]
    model.change([row(3, position=150), row(300, position=4)], [150, 5])
    assert [index.row() for index in kept] == [model.place_of(id_) for id_ in range(1, 201)]
    assert model.shown_ids(4) == [1, 2, 4, 300]


def test_searching_again_for_the_same_tells_nothing(model: ServiceModel) -> None:
    model.search("service")
    heard = Heard(model)
    model.search(" service ")
    model.search("")
    assert heard.all == []


@pytest.mark.soak
def test_places_are_the_same_for_few_and_for_many(model: ServiceModel) -> None:
    model.search("1")
    shown = model.shown_ids()
    assert model.places_of(range(200, 0, -1)) == list(range(len(shown)))
    assert model.places_of([*reversed(shown[:5]), 999]) == [0, 1, 2, 3, 4]


def test_while_it_is_told_what_leaves_places_are_those_that_are_shown(
    model: ServiceModel,
) -> None:
    found: list[list[int]] = []
    model.rowsRemoved.connect(lambda: found.append([model.place_of(id_) for id_ in (1, 9, 12)]))
    model.change([row(201)], [1, 10, 11])
    assert found == [[0, 8, 9], [-1, 7, 8]]


def test_so_they_are_while_all_rows_are_exchanged_for_others_in_another_order(
    model: ServiceModel,
) -> None:
    found: list[list[int]] = []
    model.rowsRemoved.connect(lambda: found.append([model.place_of(id_) for id_ in (1, 2, 3)]))
    model.replace([row(id_, position=-id_) for id_ in range(1, 200)])
    assert found == [[0, 1, 2]]
    assert model.shown_ids(3) == [199, 198, 197]


def test_places_are_parted_into_unbroken_runs() -> None:
    assert runs([]) == []
    assert runs([4]) == [(4, 4)]
    assert runs([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]
