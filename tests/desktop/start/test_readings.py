"""What the window reads: one at a time, not too often, and nothing in a click's way."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, event

from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.notifications.page import NoticesPage
from izzitup_desktop.desktop.start.readings import Readings
from izzitup_desktop.desktop.start.runner import Lane, Runner
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.domain.accounts import Role
from tests.builders import BOB, add_service
from tests.desktop.pages import Desk, desk_at, other_principal, page_at, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import service_in


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home, between_readings_ms=1_000, reading_seconds=0.25) as desk:
        add_service(desk.board, "Chat")
        add_service(desk.board, "Mail")
        yield desk


def counted(page: Page) -> list[int]:
    """Grows by one with each reading that the page of notices shows."""
    assert isinstance(page, NoticesPage)
    shown: list[int] = []
    page.model.modelReset.connect(lambda: shown.append(1))
    return shown


def during(qtbot: QtBot, milliseconds: int, every: int, step: Callable[[], object]) -> None:
    """Do `step` now and then, for so long."""
    timer, since = QTimer(), QElapsedTimer()
    timer.timeout.connect(step)
    since.start()
    timer.start(every)
    wait(qtbot, lambda: since.hasExpired(milliseconds))
    timer.stop()


def finish_readings(desk: Desk, qtbot: QtBot) -> None:
    """Let all readings that were asked for so far come to their end."""
    ended: list[int] = []
    all_threads = threading.Barrier(Lane.READING.value)
    for _ in range(Lane.READING.value):
        desk.context.runner.run(all_threads.wait, then=ended.append, lane=Lane.READING)
    wait(qtbot, lambda: len(ended) == Lane.READING.value)


def test_an_own_click_shows_at_once_and_needs_no_statement_of_the_window(
    desk: Desk, qtbot: QtBot
) -> None:
    statements: list[tuple[str, str]] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append((threading.current_thread().name, statement))

    with window_at(desk, qtbot) as window:
        window.actions_.inspector.setChecked(True)
        window.view.table.select([1])
        wait(qtbot, lambda: bool(window.inspector.details.changes.texts))
        finish_readings(desk, qtbot)
        event.listen(Engine, "before_cursor_execute", note)
        try:
            window.commands.set_status([1], 7)
            place = window.model.place_of(1)
            assert window.model.index(place, Column.STATUS).data() == "Outage"
            assert window.model.pending_of(1) == 7
            wait(qtbot, lambda: window.model.pending_of(1) == 0)
            assert service_in(window, "Chat").status_id == 7
            wait(qtbot, lambda: "Outage" in window.inspector.details.changes.texts[0])
        finally:
            event.remove(Engine, "before_cursor_execute", note)
    assert {thread for thread, _ in statements} <= {"izzitup-writer"}


def test_a_status_that_is_refused_is_taken_back_from_the_row(desk: Desk, qtbot: QtBot) -> None:
    viewer = other_principal(desk.board, "charlie", Role.VIEWER)
    with window_at(desk, qtbot) as window:
        window.commands.attach(desk.board, viewer)
        window.commands.set_status([1], 7)
        status = window.model.index(window.model.place_of(1), Column.STATUS)
        assert status.data() == "Outage"
        wait(qtbot, lambda: window.bar.isVisible())
        assert status.data() == "Operational"


def test_a_status_button_is_free_again_while_others_hold_the_file(
    desk: Desk, home: Path, qtbot: QtBot
) -> None:
    with window_at(desk, qtbot) as window, closing(_other(home)) as other:
        # Durable, and nobody can read the file from then on.
        window.commands.wrote.connect(lambda _ids: other.execute("BEGIN EXCLUSIVE"))
        window.commands.set_status([1], 7)
        wait(qtbot, lambda: window.model.pending_of(1) == 0)
        assert service_in(window, "Chat").status_id == 7
        assert not window.bar.isVisible()
        other.execute("COMMIT")


def test_a_reading_that_failed_is_tried_again_by_itself(
    desk: Desk, home: Path, qtbot: QtBot
) -> None:
    with window_at(desk, qtbot) as window, closing(_other(home)) as other:
        problems: list[Exception] = []
        window.reader.failed.connect(problems.append)
        other.execute("BEGIN EXCLUSIVE")
        window.reader.read_all()
        wait(qtbot, lambda: bool(problems))
        assert window.bar.isVisible()
        other.execute("UPDATE services SET name = 'Mail and more' WHERE id = 2")
        other.execute("COMMIT")
        wait(qtbot, lambda: not window.bar.isVisible())
        assert service_in(window, "Mail and more").id == 2


def _other(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(home / "izzitup.db", isolation_level=None, timeout=10)


@pytest.mark.soak
def test_a_burst_of_entries_makes_a_page_read_about_once_a_second(desk: Desk, qtbot: QtBot) -> None:
    with page_at(desk, qtbot, "notices") as page:
        wait(qtbot, lambda: not page.is_stale and not page.readings.is_busy)
        calls = counted(page)
        statuses = iter(range(10_000))
        during(
            qtbot, 3_000, 50,
            lambda: desk.board.statuses.submit(BOB, 1, 5 + next(statuses) % 3),
        )  # fmt: skip
        assert 1 <= len(calls) <= 4


def test_the_bars_of_a_board_that_is_not_on_screen_are_read_once_it_is(
    desk: Desk, qtbot: QtBot
) -> None:
    with window_at(desk, qtbot) as window:
        finish_readings(desk, qtbot)
        window.pages.go("trash")
        finish_readings(desk, qtbot)
        with qtbot.waitSignal(window.rows_changed):
            desk.board.statuses.set(BOB, [1], 7)
        wait(qtbot, lambda: window.uptime_bars.is_waiting)
        during(qtbot, 1_200, 100, lambda: None)
        assert window.uptime_bars.is_waiting
        window.pages.go("board")
        wait(qtbot, lambda: not window.uptime_bars.is_waiting)


def test_a_page_that_is_not_on_screen_reads_nothing_until_it_is(desk: Desk, qtbot: QtBot) -> None:
    with page_at(desk, qtbot, "notices") as page:
        wait(qtbot, lambda: not page.is_stale and not page.readings.is_busy)
        page.hide()
        calls = counted(page)
        desk.board.statuses.set(BOB, [1], 7)
        wait(qtbot, lambda: page.is_stale)
        during(qtbot, 400, 50, lambda: None)
        assert not calls
        page.show()
        wait(qtbot, lambda: len(calls) == 1)


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


def test_of_readings_that_wait_the_newest_is_shown_last_and_those_between_never(
    runner: Runner, qtbot: QtBot
) -> None:
    readings, go, shown = Readings(runner, runner), Event(), list[int]()
    running: list[int] = []

    def work(number: int) -> int:
        running.append(number)
        assert go.wait(20)
        return number

    for number in range(5):
        readings.run(partial(work, number), shown.append, _unexpected)
    wait(qtbot, lambda: running == [0])
    go.set()
    wait(qtbot, lambda: shown == [0, 4])
    assert running == [0, 4]
    assert not readings.is_busy


def test_a_reading_that_fails_keeps_none_back(runner: Runner, qtbot: QtBot) -> None:
    readings, shown, failed = Readings(runner, runner), list[int](), list[Exception]()
    readings.run(lambda: int("x"), shown.append, failed.append)
    readings.run(lambda: 2, shown.append, _unexpected)
    wait(qtbot, lambda: shown == [2])
    assert len(failed) == 1


def _unexpected(error: Exception) -> None:
    raise AssertionError(error)


def test_a_click_waits_behind_no_reading_and_no_long_work(runner: Runner, qtbot: QtBot) -> None:
    go, ended = Event(), list[str]()
    for lane in (Lane.READING, Lane.WORK):
        for _ in range(20):
            runner.run(lambda: go.wait(20), then=lambda _: ended.append("slow"), lane=lane)
    runner.run(lambda: None, then=lambda _: ended.append("click"), lane=Lane.COMMAND)
    wait(qtbot, lambda: ended == ["click"])
    go.set()


def test_a_click_is_done_while_every_reading_hangs(desk: Desk, qtbot: QtBot) -> None:
    go = Event()
    for _ in range(10):
        desk.context.runner.run(lambda: go.wait(20), lane=Lane.READING)
    with qtbot.waitSignal(desk.commands.wrote, timeout=20_000):
        desk.commands.set_status([1], 7)
    assert not go.is_set()
    go.set()
