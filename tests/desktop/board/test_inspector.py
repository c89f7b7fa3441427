"""The inspector beside the board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QSplitter
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.service_details import ServiceDetails
from izzitup_desktop.desktop.widgets.labels import BrokenText
from izzitup_desktop.desktop.widgets.link_text import LinkText, may_open
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.errors import Held
from izzitup_desktop.domain.status_options import StatusOptions
from tests.builders import ALICE, BOB, add_service
from tests.desktop.pages import Desk, desk_at, other_principal, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import select, service_in

SCRIPT = Principal("monitor", Role.EDITOR, Origin.API)


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        group = desk.board.groups.add(ALICE, "Office").value
        add_service(
            desk.board,
            "Chat",
            key="CHAT",
            description="<b>Where</b> we talk",
            url="https://chat.example.org",
            note="Ask Eve",
            group_id=group.id,
            hidden=True,
            stale_minutes=30,
        )
        add_service(desk.board, "Mail")
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    with window_at(desk, qtbot) as window:
        window.actions_.inspector.setChecked(True)
        yield window


def fields(window: MainWindow) -> dict[str, str]:
    labels = [
        *window.inspector.findChildren(QLabel),
        *window.inspector.findChildren(BrokenText),
    ]
    texts = [label.accessibleName() for label in labels if ": " in label.accessibleName()]
    return dict(text.split(": ", 1) for text in texts)


def test_it_shows_every_field_of_the_selected_service_as_plain_text(
    window: MainWindow, qtbot: QtBot
) -> None:
    inspector = window.inspector
    assert inspector.service is None
    select(window, "Chat")
    assert inspector.details.name.text() == "Chat"
    shown = fields(window)
    assert shown["Key"] == "CHAT"
    assert shown["Group"] == "Office"
    assert shown["Description"] == "<b>Where</b> we talk"
    assert shown["Address"] == "https://chat.example.org"
    assert shown["Note"] == "Ask Eve"
    assert shown["Stale after"] == "30 min without confirmation"
    assert shown["Public"] == "no, hidden"
    select(window, "Mail")
    wait(qtbot, lambda: "Key" not in fields(window))
    select(window, "Chat", "Mail")
    assert inspector.service is None


def test_it_follows_what_somebody_else_does_with_their_comment(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Chat")
    wait(qtbot, lambda: len(window.inspector.details.changes.texts) == 1)
    desk.board.statuses.set(BOB, [1], 7, "cable cut")
    wait(qtbot, lambda: len(window.inspector.details.changes.texts) == 2)
    newest = window.inspector.details.changes.texts[0]
    assert newest.startswith("Operational → Outage\ncable cut\nbob (")
    assert window.inspector.details.statuses[7].isChecked()
    assert window.inspector.details.state.text().startswith("Outage since ")


def test_the_comment_goes_with_the_next_status_and_is_gone_afterwards(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Mail")
    qtbot.keyClicks(window.inspector.details.comment, "slow since noon")
    window.inspector.details.statuses[6].click()
    wait(qtbot, lambda: window.inspector.details.comment.text() == "")
    wait(qtbot, lambda: service_in(window, "Mail").status_id == 6)
    assert desk.board.journal.latest(ALICE, limit=1)[0].comment == "slow since noon"
    assert [id_ for id_, b in window.inspector.details.statuses.items() if b.isChecked()] == [6]


def test_a_comment_is_not_carried_over_to_another_service(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "Mail")
    qtbot.keyClicks(window.inspector.details.comment, "half a tho")
    with qtbot.waitSignal(window.rows_changed):
        window.reader.read_all()
    assert window.inspector.details.comment.text() == "half a tho"
    select(window, "Chat")
    assert window.inspector.details.comment.text() == ""


def test_a_held_status_is_released(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    select(window, "Mail")
    assert window.inspector.details.release.isHidden()
    desk.board.statuses.hold(BOB, [2], hold=True)
    wait(qtbot, lambda: not window.inspector.details.release.isHidden())
    assert "Held against scripts by bob" in window.inspector.details.memory.text()
    window.inspector.details.release.click()
    wait(qtbot, lambda: service_in(window, "Mail").hold is None)
    wait(qtbot, window.inspector.details.release.isHidden)


def propose_outage_of_mail(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    """A script does, while it is held, selected and shown."""
    select(window, "Mail")
    desk.board.statuses.hold(BOB, [2], hold=True)
    with pytest.raises(Held):
        desk.board.statuses.set(SCRIPT, [2], 7)
    wait(qtbot, lambda: not window.inspector.details.accept.isHidden())


def test_what_a_script_proposed_meanwhile_is_accepted_by_one_click(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    propose_outage_of_mail(desk, window, qtbot)
    assert window.inspector.details.accept.text() == "Set Outage as proposed"
    assert "monitor proposed Outage" in window.inspector.details.memory.text()
    window.inspector.details.accept.click()
    wait(qtbot, lambda: service_in(window, "Mail").status_id == 7)
    wait(qtbot, window.inspector.details.accept.isHidden)
    assert service_in(window, "Mail").proposal is None


def test_accepting_a_proposal_leaves_the_keys_with_the_row(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    propose_outage_of_mail(desk, window, qtbot)
    qtbot.mouseClick(window.inspector.details.accept, Qt.MouseButton.LeftButton)
    wait(qtbot, lambda: service_in(window, "Mail").status_id == 7)
    assert window.focusWidget() is window.view.table
    wait(qtbot, window.actions_.undo.isEnabled)
    qtbot.keyClick(window.view.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: service_in(window, "Mail").status_id == 5)


def test_a_status_set_for_a_time_says_until_when_and_what_then(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Mail")
    until = datetime.now(UTC) + timedelta(hours=1)
    desk.board.statuses.set(desk.principal, [2], 6, "", StatusOptions(until, 5))
    wait(qtbot, lambda: "Until " in window.inspector.details.memory.text())
    assert window.inspector.details.memory.text().endswith("then Operational")


def test_the_history_of_the_selected_service_is_read(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "Mail")
    history = window.inspector.details.history
    wait(qtbot, lambda: bool(history.summary.text()))
    assert history.model.rowCount()
    begin, end = history.window_shown()
    assert end - begin == timedelta(days=30)


def test_all_changes_open_the_journal_of_this_service(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "Mail")
    window.inspector.journal_wanted.emit(2)
    assert window.pages.current == "journal"
    table = window.pages.page("journal").tables()[0]
    wait(qtbot, lambda: table.model().rowCount() == 1)
    assert "Mail" in table.model().index(0, 1).data()


def test_who_may_only_look_finds_every_button_off(desk: Desk, qtbot: QtBot) -> None:
    desk.board.statuses.hold(BOB, [2], hold=True)
    charlie = other_principal(desk.board, "charlie", Role.VIEWER)
    with window_at(desk, qtbot, charlie) as window:
        window.actions_.inspector.setChecked(True)
        select(window, "Mail")
        inspector = window.inspector
        assert inspector.details.name.text() == "Mail"
        assert not any(button.isEnabled() for button in inspector.details.statuses.values())
        assert not inspector.details.more.isEnabled()
        assert not inspector.details.comment.isEnabled()
        assert inspector.details.release.isHidden()


LONG = "https://help.example.org/" + 12 * "0123456789"


def fits(window: MainWindow) -> bool:
    """Whether nothing of the inspector is beyond its right edge."""
    page = window.inspector.widget()
    return page is not None and page.width() <= window.inspector.viewport().width()


def test_a_long_address_breaks_and_pushes_nothing_out_of_sight(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    add_service(desk.board, 40 * "Ab", key="LONG", url=LONG, note=LONG)
    desk.board.statuses.set(BOB, [3], 7, LONG)
    wait(qtbot, lambda: len(window.model.shown_ids()) == 3)
    select(window, 40 * "Ab")
    inspector = window.inspector
    wait(qtbot, lambda: any(LONG in text for text in inspector.details.changes.texts))
    broken = [text for text in inspector.findChildren(BrokenText) if LONG in text.text()]
    assert len(broken) == 4
    wait(qtbot, lambda: fits(window))
    wait(qtbot, lambda: all(text.height() > 2 * text.fontMetrics().height() for text in broken))
    assert all(text.document().size().height() <= text.height() for text in broken)


def test_as_narrow_as_it_can_be_made_all_its_buttons_are_in_sight(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Chat")
    # An old projector's, where somebody opens it: it is folded there.
    window.resize(800, 600)
    window.actions_.inspector.setChecked(True)
    inspector = window.inspector
    splitter = inspector.parentWidget()
    assert isinstance(splitter, QSplitter)
    splitter.setSizes([10_000, 1])
    buttons = (
        *inspector.details.statuses.values(),
        inspector.details.more,
        inspector.details.history.as_table,
    )
    wait(qtbot, lambda: all(button.width() >= button.sizeHint().width() for button in buttons))
    wait(qtbot, lambda: fits(window))


def test_a_change_leaves_what_it_does_not_touch_as_it_is(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Chat")
    inspector = window.inspector
    wait(qtbot, lambda: len(inspector.details.changes.texts) == 1)
    before = {label.accessibleName(): label for label in inspector.findChildren(QLabel)}
    oldest = inspector.details.changes.findChildren(QFrame, "change")[0]
    desk.board.statuses.set(BOB, [1], 7, "no answer")
    desk.board.statuses.set(BOB, [1], 6, "slow")
    wait(qtbot, lambda: len(inspector.details.changes.texts) == 3)
    assert "slow" in inspector.details.changes.texts[0]
    assert "no answer" in inspector.details.changes.texts[1]
    assert "added" in inspector.details.changes.texts[2]
    assert oldest in inspector.details.changes.findChildren(QFrame, "change")
    after = {label.accessibleName(): label for label in inspector.findChildren(QLabel)}
    assert after["Note: Ask Eve"] is before["Note: Ask Eve"]
    changed = {name.split(": ")[0] for name in before.keys() - after.keys()}
    assert changed <= {"Last changed", "Last confirmed"}


def test_its_fields_wear_the_theme_that_is_chosen_while_they_are_shown(
    desk: Desk, window: MainWindow
) -> None:
    select(window, "Chat")
    theme = desk.context.theme
    choice = theme.choice
    for wanted in ("dark", "light"):
        theme.choose(wanted)
        (title,) = [
            label for label in window.inspector.findChildren(QLabel) if label.text() == "Key"
        ]
        assert theme.colours.muted in title.styleSheet()
    theme.choose(choice)


def test_where_all_of_it_fits_nothing_scrolls(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    for status_id in (7, 6, 5):
        desk.board.statuses.set(BOB, [2], status_id)
    select(window, "Mail")
    window.resize(1280, 900)
    inspector = window.inspector
    wait(qtbot, lambda: len(inspector.details.changes.texts) == 4)
    last = inspector.details.findChildren(QPushButton)[-1]
    wait(qtbot, lambda: fits(window))
    assert last.mapTo(inspector, last.rect().bottomLeft()).y() < inspector.height()
    wait(qtbot, lambda: inspector.verticalScrollBar().maximum() == 0)
    window.resize(1280, 480)
    wait(qtbot, lambda: inspector.verticalScrollBar().maximum() > 0)
    inspector.ensureWidgetVisible(last)
    wait(
        qtbot, lambda: 0 < last.mapTo(inspector, last.rect().bottomLeft()).y() < inspector.height()
    )


def test_the_history_goes_on_with_each_minute_though_nothing_changes(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Mail")
    details = window.inspector.details
    wait(qtbot, lambda: bool(details.history.summary.text()))
    details.history.show_totals(None)
    assert details.beat.isActive()
    details.beat.timeout.emit()
    wait(qtbot, lambda: details.history.model.rowCount() > 0)


def test_after_midnight_the_bars_are_those_of_another_day(window: MainWindow, qtbot: QtBot) -> None:
    bars = window.uptime_bars
    wait(qtbot, lambda: not bars.is_busy)
    now = datetime.now(UTC)
    begun = []
    for passed in (timedelta(), timedelta(days=1)):
        bars.pass_time(now + passed)
        begun.append(bars.is_busy)
    assert begun == [False, True]
    wait(qtbot, lambda: not bars.is_busy)


def test_an_address_opens_by_mouse_and_keyboard_and_only_one_of_the_web(
    desk: Desk, qtbot: QtBot
) -> None:
    opened: list[str] = []
    context = replace(desk.context, open_url=lambda url: opened.append(url.toString()))
    with window_at(replace(desk, context=context), qtbot) as window:
        window.actions_.inspector.setChecked(True)
        select(window, "Chat")
        (link,) = window.inspector.findChildren(LinkText)
        qtbot.mouseClick(link.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        # The focus is on the table still, where Return means something else.
        link.setFocus()
        wait(qtbot, link.hasFocus)
        qtbot.keyClick(link, Qt.Key.Key_Return)
    assert opened == ["https://chat.example.org"] * 2


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:alert(1)", "", "x y", "ssh://h"]
)
def test_nothing_but_web_and_mail_is_handed_to_the_system(address: str) -> None:
    assert not may_open(address)


def test_why_a_service_has_its_status_stands_below_the_buttons(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    details = window.inspector.details
    select(window, "Mail")
    wait(qtbot, lambda: len(details.changes.texts) == 1)
    before = details.statuses[5].mapTo(window, QPoint(0, 0))
    mail = service_in(window, "Mail").id
    why = "the queue is long, mails are late " * 6
    desk.board.statuses.set(BOB, [mail], 7, why)
    desk.board.statuses.hold(BOB, [mail])
    with pytest.raises(Held):
        desk.board.statuses.set(SCRIPT, [mail], 5)
    wait(qtbot, lambda: details.accept.isVisible())
    assert details.why.text() == f"“{why.strip()}”"
    assert details.memory.text()
    # What appeared did not move what somebody is about to press.
    wait(qtbot, lambda: details.statuses[5].isEnabled())
    assert details.statuses[5].mapTo(window, QPoint(0, 0)) == before


def test_several_selected_services_are_told_with_their_statuses(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.board.statuses.set(BOB, [service_in(window, "Mail").id], 7)
    wait(qtbot, lambda: service_in(window, "Mail").status_id == 7)
    select(window, "Chat", "Mail")
    many = window.inspector.many
    assert many.isVisible()
    assert many.title.text() == "2 selected"
    assert many.counts.text() == "Outage 1 · Operational 1"
    assert many.names.text() == "Mail: Outage\nChat: Operational"
    desk.board.statuses.set(BOB, [service_in(window, "Mail").id], 6)
    wait(qtbot, lambda: many.counts.text() == "Impaired 1 · Operational 1")
    select(window, "Chat")
    assert not many.isVisible()
    assert window.inspector.details.name.text() == "Chat"


def test_the_comment_of_a_confirmation_is_not_said_again_with_the_next_status(
    window: MainWindow, qtbot: QtBot
) -> None:
    details = window.inspector.details
    select(window, "Mail")
    qtbot.keyClicks(details.comment, "looked at it")
    details.confirm.click()
    wait(qtbot, lambda: details.comment.text() == "")
    wait(qtbot, lambda: service_in(window, "Mail").comment == "looked at it")


def test_a_comment_is_on_the_page_where_it_is_ticked_and_the_next_is_not(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    details = window.inspector.details
    select(window, "Mail")
    for text in ("we know", "the disk of ops-3"):
        qtbot.keyClicks(details.comment, text)
        is_public = text == "we know"
        if is_public:
            details.on_page.click()
        assert details.on_page.isChecked() is is_public
        details.statuses[7 if is_public else 6].click()
        wait(qtbot, lambda: details.comment.text() == "")
        entry = desk.board.journal.latest(ALICE, limit=1)[0]
        assert (entry.comment, entry.after.get("public", False)) == (text, is_public)
        mark = " (on the page)" if is_public else ""
        why, said = f"“{text}”{mark}", f"\n{text}{mark}\n"
        wait(qtbot, partial(_are_told, details, why, said))


def _are_told(details: ServiceDetails, why: str, said: str) -> bool:
    return details.why.text() == why and said in details.changes.texts[0]


def test_for_whom_a_comment_is_waits_with_it(window: MainWindow) -> None:
    details = window.inspector.details
    select(window, "Mail")
    details.comment.setText("we look at it")
    details.on_page.click()
    select(window, "Chat")
    assert not details.on_page.isChecked()
    select(window, "Mail")
    assert details.on_page.isChecked()


def test_a_comment_that_was_begun_waits_until_its_service_is_looked_at_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    details = window.inspector.details
    select(window, "Mail")
    qtbot.keyClicks(details.comment, "we look at it")
    select(window, "Chat")
    assert details.comment.text() == ""
    select(window, "Chat", "Mail")
    select(window, "Mail")
    assert details.comment.text() == "we look at it"
    details.statuses[7].click()
    wait(qtbot, lambda: details.comment.text() == "")
    select(window, "Chat")
    select(window, "Mail")
    assert details.comment.text() == ""
