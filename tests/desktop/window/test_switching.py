"""Theme and language switched while every page and dialog is open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTableView,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.desktop.theme import DARK, LIGHT, Colours
from izzitup_desktop.desktop.theme.colours import contrast
from izzitup_desktop.text.catalogue import Catalogue
from tests.desktop.sessions import attached_session, board_of, wait
from tests.desktop.windows import select

_COLOUR = re.compile(r"#[0-9a-f]{6}\b")


@pytest.fixture
def session(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Session]:
    """A session in which every page was gone to and every dialog is open."""
    board_of(home, "Chat", "Mail")
    with attached_session(qtbot, qapp) as session:
        session.keeper.save("theme", "light")
        wait(qtbot, lambda: session.theme.choice == "light")
        wait(qtbot, lambda: session.window.model.rowCount() == 2)
        yield session


def open_everything(session: Session, qtbot: QtBot) -> None:
    window, tools = session.window, session.tools
    for action in window.actions_.views:
        window.pages.go(action.data())
    window.pages.go("board")
    select(window, "Chat")
    wait(qtbot, lambda: window.inspector.service is not None)
    opens: list[Callable[[], object]] = [
        window.editing.add, tools.show_palette, tools.show_shortcuts, tools.show_guide,
        tools.show_import, tools.show_backups, tools.show_wall, session.sign_on.switch,
        window.actions_.set_with_options.trigger, session.preferences.open,
    ]  # fmt: skip
    for open_one in opens:
        open_one()
    for name in ("groups", "accounts"):
        window.pages.page(name).add()  # type: ignore[attr-defined]


def widgets() -> list[QWidget]:
    return [w for w in QApplication.allWidgets() if not w.objectName().startswith("qt_")]


def all_colours(colours: Colours) -> set[str]:
    plain = {v for f in fields(colours) if isinstance(v := getattr(colours, f.name), str)}
    for status in colours.statuses.values():
        plain |= {status.tint, status.ink, status.solid, status.on_solid}
    return plain


def words_of(widget: QWidget) -> list[str]:
    """What a widget says, wherever."""
    found = [widget.toolTip(), widget.windowTitle(), widget.accessibleName()]
    if isinstance(widget, (QLabel, QAbstractButton)):
        found.append(widget.text())
    if isinstance(widget, QLineEdit):
        found.append(widget.placeholderText())
    if isinstance(widget, QGroupBox):
        found.append(widget.title())
    if isinstance(widget, QTableView) and (model := widget.model()) is not None:
        across = widget.horizontalHeader().orientation()
        columns = range(model.columnCount())
        found += [str(model.headerData(column, across)) for column in columns]
    found += [action.text() for action in widget.actions()]
    return [text for text in found if text and text != "None"]


@pytest.mark.soak
def test_no_label_keeps_a_colour_of_the_theme_before(session: Session, qtbot: QtBot) -> None:
    open_everything(session, qtbot)
    for colours, before in ((DARK, LIGHT), (LIGHT, DARK)):
        session.theme.choose("dark" if colours.dark else "light")
        foreign = all_colours(before) - all_colours(colours)
        left = [
            f"{type(w).__name__} {words_of(w)[:2]} {w.styleSheet()}"
            for w in widgets()
            if foreign & set(_COLOUR.findall(w.styleSheet()))
        ]
        assert not left, left


@pytest.mark.soak
def test_no_text_stays_in_the_language_before(session: Session, qtbot: QtBot) -> None:
    open_everything(session, qtbot)
    before = session.window
    session.keeper.save("language", "de")
    wait(qtbot, lambda: session.window is not before)
    assert session.tools.wall is not None and session.preferences.is_open
    wait(qtbot, lambda: before not in QApplication.topLevelWidgets())
    session.tools.wall.close()
    open_everything(session, qtbot)
    german = Catalogue("de")
    left = {
        text
        for widget in widgets()
        if widget.isVisible()
        for text in words_of(widget)
        if (found := german.found(text, "")) is not None and found != text
    }
    tray = [action.text() for action in session.tray.menu.actions() if action.text()]
    left |= {text for text in tray if german.found(text, "") not in (None, text)}
    assert not left, left


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_tooltip_of_the_status_bar_can_be_read(
    theme: str, session: Session, qtbot: QtBot
) -> None:
    session.theme.choose(theme)
    label = session.window.status_line.database
    assert label.toolTip()
    QToolTip.showText(QPoint(0, 0), label.toolTip(), label)
    try:
        (tip,) = [w for w in QApplication.topLevelWidgets() if w.inherits("QTipLabel")]
        picture = tip.grab().toImage()
        shades = [
            picture.pixelColor(x, y).name()
            for x in range(3, picture.width() - 3)
            for y in range(3, picture.height() - 3)
        ]
        ground = max(set(shades), key=shades.count)
        assert max(contrast(shade, ground) for shade in set(shades)) >= 4.5
    finally:
        QToolTip.hideText()
