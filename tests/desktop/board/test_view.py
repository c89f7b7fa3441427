"""The Board view: what stands above the table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.view import BoardView
from izzitup_desktop.domain.statuses import SETTABLE, StatusId
from tests.desktop.item_models import checked
from tests.desktop.pages import theme_of
from tests.desktop.sessions import wait


@pytest.mark.parametrize("closed", [0, 1234])
def test_chips_lose_their_words_before_any_is_cut(
    qtbot: QtBot, qapp: QApplication, closed: int
) -> None:
    view = BoardView(checked(ServiceModel()), theme_of(qapp))
    qtbot.addWidget(view)
    view.chips.set_counts({5: 1234, 6: 12, 7: 1, 8: closed})
    view.show()
    chips = [view.chips.chip(id_) for id_ in (*SETTABLE, StatusId.CLOSED)]
    texts = set()

    def none_is_cut() -> bool:
        return all(chip.isHidden() or chip.width() >= chip.sizeHint().width() for chip in chips)

    for width in range(view.minimumSizeHint().width(), 1_000, 5):
        view.resize(width, 400)
        wait(qtbot, none_is_cut)
        texts.add(chips[0].text())
    assert texts == {"1234", "Operational 1234"}


def test_it_can_be_made_so_narrow_that_chips_lose_their_words(
    qtbot: QtBot, qapp: QApplication
) -> None:
    view = BoardView(checked(ServiceModel()), theme_of(qapp))
    qtbot.addWidget(view)
    view.chips.set_counts({5: 1234, 6: 12, 7: 1})
    view.resize(1_000, 400)
    view.show()
    assert view.chips.chip(7).text() == "Outage 1"
    least = view.minimumSizeHint().width()
    view.resize(least, 400)
    assert view.chips.chip(7).text() == "1"
    wait(qtbot, lambda: view.minimumSizeHint().width() == least)


def test_what_can_be_done_with_many_loses_its_words_before_any_is_cut(
    qtbot: QtBot, qapp: QApplication
) -> None:
    view = BoardView(checked(ServiceModel()), theme_of(qapp))
    qtbot.addWidget(view)
    actions = [QAction(theme_of(qapp).icon("lock"), f"Do &thing {place}") for place in range(7)]
    view.bulk.offer(actions)
    view.bulk.show_count(12)
    view.show()
    buttons = view.bulk.buttons
    words: set[int] = set()

    def none_is_cut() -> bool:
        return all(button.width() >= button.sizeHint().width() for button in buttons)

    for width in range(view.minimumSizeHint().width(), 1_200, 20):
        view.resize(width, 400)
        wait(qtbot, none_is_cut)
        have = [b.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon for b in buttons]
        assert have == sorted(have, reverse=True), "the last ones lose theirs first"
        words.add(sum(have))
    assert min(words) < len(buttons) == max(words)
    assert [button.accessibleName() for button in buttons[:2]] == ["Do thing 0", "Do thing 1"]
