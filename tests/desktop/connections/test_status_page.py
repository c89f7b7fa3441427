"""The status page's part of Connections: what it is set to, where it is, what strangers see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.connections.status_page import StatusPageSection
from izzitup_desktop.desktop.words.page import PagePlace
from izzitup_desktop.domain.comments import Comment
from izzitup_desktop.domain.errors import Invalid, NotAllowed
from izzitup_desktop.platform.settings import Settings
from tests.builders import ALICE, BOB, add_service
from tests.desktop.pages import Desk, desk_at
from tests.desktop.sessions import wait

SETTINGS = Settings(board_name="Example Ltd.")


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        group = desk.board.groups.add(ALICE, "Office").value
        mail = add_service(desk.board, "Mail", key="MAIL", group_id=group.id)
        chat = add_service(desk.board, "Chat", group_id=group.id)
        add_service(desk.board, "Build farm", hidden=True)
        desk.board.statuses.set(BOB, [mail.id], 7, "the disk of ops-3")
        desk.board.statuses.set(BOB, [chat.id], 6, Comment("We know", is_public=True))
        yield desk


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> StatusPageSection:
    section = StatusPageSection(desk.context)
    qtbot.addWidget(section)
    section.attach(desk.board, desk.principal)
    section.show()
    section.show_settings(SETTINGS)
    section.restrict("")
    wait(qtbot, lambda: bool(section.preview.model.items))
    return section


def changes(heard: QSignalSpy) -> list[tuple[str, object]]:
    return [(heard.at(place)[0], heard.at(place)[1]) for place in range(heard.count())]


def test_the_preview_is_what_strangers_see_and_says_how_much_of_the_board(
    desk: Desk, section: StatusPageSection, qtbot: QtBot
) -> None:
    preview = section.preview
    assert preview.sentence.text() == "Mail is down"
    assert preview.count.text() == "2 of 3 services are shown."
    assert [(one.name, one.comment) for one in preview.model.items] == [
        ("Mail", ""), ("Chat", "We know"),
    ]  # fmt: skip
    chat = next(one for one in desk.board.services.list(ALICE) if one.name == "Chat")
    section.saved(replace(SETTINGS, page_without_services=(chat.id,), page_comments=False))
    wait(qtbot, lambda: preview.count.text() == "1 of 3 services are shown.")
    desk.board.statuses.set(BOB, [preview.model.items[0].id], 5)
    section.reload()
    wait(qtbot, lambda: preview.sentence.text() == "All services are operational")
    section.saved(replace(SETTINGS, page_without_groups=(chat.group_id or 0,)))
    wait(qtbot, lambda: preview.shelf.empty.text.startswith("Nothing is shown"))


def test_each_editor_tells_its_setting(section: StatusPageSection) -> None:
    heard, editors = QSignalSpy(section.changed), section.editors
    editors.title.setText(" Status ")
    editors.title.editingFinished.emit()
    editors.text.setPlainText("Call 4711\nor come")
    editors.text.finished.emit()
    editors.logo.choose("/srv/logo.png")
    editors.days.setValue(30)
    editors.days.editingFinished.emit()
    editors.past_days.setValue(7)
    editors.past_days.editingFinished.emit()
    editors.comments.click()
    editors.people.click()
    editors.address.setText("https://status.example")
    editors.address.editingFinished.emit()
    editors.origins.setPlainText("https://wiki.example\nHTTPS://Wiki.example/\n")
    editors.origins.finished.emit()
    section.card.is_on.click()
    assert changes(heard) == [
        ("page_title", "Status"), ("page_text", "Call 4711\nor come"),
        ("page_logo", "/srv/logo.png"), ("page_days", 30), ("page_past_days", 7),
        ("page_comments", False), ("page_people", True),
        ("page_address", "https://status.example"), ("page_origins", ("https://wiki.example",)),
        ("page", False),
    ]  # fmt: skip


def test_sites_and_address_are_checked_while_they_are_typed(section: StatusPageSection) -> None:
    heard, editors = QSignalSpy(section.changed), section.editors
    editors.origins.setPlainText("https://wiki.example\nwiki")
    assert editors.reason("page_origins").startswith("wiki: must be a site")
    editors.origins.finished.emit()
    assert heard.count() == 0
    editors.origins.setPlainText("https://wiki.example")
    assert editors.reason("page_origins") == ""
    editors.address.setText("status")
    assert "must be an address" in editors.reason("page_address")
    editors.address.setText("https://status.example")
    assert editors.reason("page_address") == ""


def test_what_holds_is_shown_and_told_to_nobody_again(section: StatusPageSection) -> None:
    heard = QSignalSpy(section.changed)
    section.show_settings(
        replace(
            SETTINGS, page=False, page_title="Up?", page_text="Call us", page_logo="/l.png",
            page_days=60, page_past_days=0, page_comments=False, page_people=True,
            page_origins=("https://wiki.example", "http://10.0.0.5:8080"),
            page_address="https://status.example",
        )
    )  # fmt: skip
    editors = section.editors
    assert not section.card.is_on.isChecked()
    assert (editors.title.text(), editors.text.toPlainText()) == ("Up?", "Call us")
    assert (editors.days.value(), editors.past_days.value()) == (60, 0)
    assert (editors.comments.isChecked(), editors.people.isChecked()) == (False, True)
    assert editors.origins.lines() == ("https://wiki.example", "http://10.0.0.5:8080")
    assert editors.address.text() == "https://status.example"
    assert heard.count() == 0


def test_what_is_refused_stays_with_its_reason(section: StatusPageSection) -> None:
    section.editors.title.setText("x")
    section.refused("page_title", Invalid("page_title", "is too long"))
    assert section.editors.reason("page_title") == "is too long"
    assert section.editors.title.text() == "x"
    failed = QSignalSpy(section.failed)
    section.card.is_on.setChecked(False)
    section.refused("page", NotAllowed("board.serve", "bob"))
    assert section.card.is_on.isChecked()
    assert failed.count() == 1


def test_who_may_not_change_it_looks_at_it_with_the_reason(section: StatusPageSection) -> None:
    section.restrict("Your role does not permit this.")
    for editor in (section.card.is_on, section.editors.title, section.editors.tree):
        assert not editor.isEnabled()
        assert editor.accessibleDescription() == "Your role does not permit this."
    assert section.preview.isEnabled()
    section.restrict("")
    assert section.editors.title.isEnabled()


def test_the_address_is_copied_opened_and_a_code_for_a_camera(
    desk: Desk, section: StatusPageSection
) -> None:
    opened: list[str] = []
    object.__setattr__(
        desk.context, "open_url", lambda url: opened.append(QUrl(url).toString())
    )  # fmt: skip
    card = section.card
    section.show_place(PagePlace(reason="The status page is off."))
    assert card.about.text() == "The status page is off."
    assert not card.open.isEnabled()
    assert card.code.isHidden()
    assert section.shares.chosen() is None
    section.show_place(PagePlace("http://192.0.2.7:8475"))
    assert card.address.text() == "http://192.0.2.7:8475/"
    assert not card.code.pixmap().isNull()
    card.open.click()
    assert opened == ["http://192.0.2.7:8475/"]
    card.copy.click()
    assert QGuiApplication.clipboard().text() == "http://192.0.2.7:8475/"


def test_code_for_other_pages_is_of_what_is_chosen_and_on_the_page(
    section: StatusPageSection,
) -> None:
    section.show_place(PagePlace("https://status.example"))
    shares = section.shares
    offered = [shares.of.itemText(place) for place in range(shares.of.count())]
    assert offered == ["Everything", "Group Office", "Mail", "Chat"]
    shares.of.setCurrentIndex(2)
    shares.copy_button.click()
    assert QGuiApplication.clipboard().text() == (
        "[![Mail](https://status.example/badge/MAIL.svg)](https://status.example/services/MAIL)"
    )


def test_tab_reaches_all_of_it_and_is_held_up_by_nothing(
    section: StatusPageSection, qtbot: QtBot
) -> None:
    section.show_place(PagePlace("https://status.example"))
    section.activateWindow()
    editors, shares = section.editors, section.shares
    section.card.is_on.setFocus()
    seen = []
    while (here := section.focusWidget()) not in seen:
        assert here is not None
        seen.append(here)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    stops = [
        section.card.is_on, section.card.copy, section.card.open, section.card.preferences,
        editors.title, editors.text, editors.logo.line, editors.logo.button, editors.tree.search,
        editors.tree.tree, editors.days, editors.past_days, editors.comments, editors.people,
        editors.address, editors.origins, section.preview.table, shares.of, shares.copy_button,
        shares.table,
    ]  # fmt: skip
    assert [stops.index(one) for one in seen if one in stops] == list(range(len(stops)))
