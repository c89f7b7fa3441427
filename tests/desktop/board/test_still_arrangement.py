"""While it is still nothing that is shown moves; applied, it is as if it had never been."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.board.arranged import arrange
from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.order import OWN_ORDER, Order
from izzitup_desktop.desktop.board.rows import Column, Row
from tests.desktop.board.made_rows import MANY, STATUSES, WORDS, row
from tests.desktop.item_models import checked
from tests.examples import share_of

CHANGES = st.lists(
    st.tuples(MANY, st.sets(st.integers(1, 14), max_size=3), st.booleans()), max_size=6
)


def shown(model: ServiceModel) -> list[int]:
    return [model.id_at(place) for place in range(model.rowCount())]


@settings(max_examples=share_of(80), deadline=None)
@given(
    rows=MANY,
    order=st.builds(
        Order,
        column=st.sampled_from([OWN_ORDER, Column.STATUS, Column.NAME, Column.NOTE]),
        descending=st.booleans(),
        sectioned=st.booleans(),
    ),
    words=st.sampled_from(WORDS),
    statuses=STATUSES,
    changes=CHANGES,
)
def test_nothing_moves_while_it_is_still_and_applied_all_stand_where_they_belong(
    qapp: QApplication,
    rows: list[Row],
    order: Order,
    words: str,
    statuses: frozenset[int],
    changes: list[tuple[list[Row], set[int], bool]],
) -> None:
    model, other = checked(ServiceModel()), ServiceModel()
    for each in (model, other):
        each.arrangement.wanted = order
        each.replace(rows)
        each.search(words)
        each.only(statuses)
    model.set_still(True)
    before = shown(model)
    now = {each.service.id: each for each in rows}
    for changed, gone, whole in changes:
        now |= {each.service.id: each for each in changed}
        now = {id_: each for id_, each in now.items() if id_ not in gone or each in changed}
        if whole:
            model.take(arrange(now.values(), order, model.arrangement.rows))
        else:
            model.change(changed, gone - {each.service.id for each in changed})
        assert shown(model) == (before or shown(model))
        before = shown(model)
        assert model.arrangement.rows == now
        for place, number in enumerate(before):
            item = model.shown_at(place)
            if number > 0:
                assert item == now.get(number, item)
    other.replace(now.values())
    model.set_still(False)
    assert shown(model) == shown(other)
    assert not model.arrangement.held
    assert model.arrangement.counts() == other.arrangement.counts()
    for place, number in enumerate(shown(model)):
        assert model.place_of(number) == place
        assert model.shown_at(place) == other.shown_at(place)


@pytest.fixture
def model(qapp: QApplication) -> ServiceModel:
    """Three services, the worst first, and nothing moves."""
    model = checked(ServiceModel())
    model.replace([row(1, "a"), row(2, "b"), row(3, "c")])
    model.set_still(True)
    return model


def test_a_row_that_is_worse_by_now_shows_it_in_its_place(model: ServiceModel) -> None:
    kept = QPersistentModelIndex(model.index(2, Column.NAME))
    told: list[int] = []
    model.held_changed.connect(told.append)
    model.change([row(3, "c", status=7)], ())
    assert shown(model) == [1, 2, 3]
    assert model.index(2, Column.STATUS).data() == "Outage"
    assert model.arrangement.counts() == {5: 2, 7: 1}
    model.apply_order()
    assert (shown(model), kept.row()) == ([3, 1, 2], 0)
    assert told == [1, 0]


def test_a_row_that_is_as_it_was_again_leaves_nothing_to_apply(model: ServiceModel) -> None:
    model.change([row(3, "c", status=7)], ())
    model.change([row(3, "c")], ())
    assert not model.arrangement.held
    model.set_still(False)
    model.change([row(2, "b", status=7)], ())
    assert shown(model) == [2, 1, 3]


def test_a_deleted_row_stands_there_muted_and_can_not_be_changed(model: ServiceModel) -> None:
    model.may_edit = lambda _row: True
    model.change((), [2])
    assert shown(model) == [1, 2, 3]
    assert model.arrangement.is_leaving(2)
    assert model.is_gone(2)
    assert model.shown_ids() == [1, 3]
    assert (
        not model.flags(model.index(1, Column.NAME))
        & model.flags(model.index(0, Column.NAME)).ItemIsEditable
    )
    model.apply_order()
    assert shown(model) == [1, 3]


def test_a_row_that_the_filter_would_leave_out_stands_there_muted(qapp: QApplication) -> None:
    model = checked(ServiceModel())
    model.replace([row(1, status=7), row(2, status=7), row(3)])
    model.only([7])
    model.set_still(True)
    model.change([row(1), row(3, status=7)], ())
    assert shown(model) == [1, 2]
    assert model.arrangement.is_leaving(1)
    assert not model.is_gone(1)
    model.apply_order()
    assert shown(model) == [2, 3]


def test_a_new_row_waits_and_what_somebody_chooses_applies_the_order(model: ServiceModel) -> None:
    model.change([row(4, "d", status=7)], ())
    assert shown(model) == [1, 2, 3]
    model.search("d")
    model.search("")
    assert shown(model) == [4, 1, 2, 3]


def test_thousands_that_were_held_back_are_arranged_on_another_thread(
    model: ServiceModel,
) -> None:
    asked: list[Any] = []
    model.arrange_all = lambda: asked.append(None)
    many = [row(id_, f"s{id_:04}", status=7) for id_ in range(1, 700)]
    model.change(many, ())
    model.set_still(False)
    assert shown(model) == [1, 2, 3]
    assert len(asked) == 1
    # What comes until then is held back, too.
    model.change([row(2, "b", status=6)], ())
    rows = list(model.arrangement.rows.values())
    model.take(arrange(rows, model.arrangement.wanted, model.arrangement.rows))
    assert model.rowCount() == 699
    assert shown(model)[-1] == 2
    model.change((), [1])
    assert model.rowCount() == 698
