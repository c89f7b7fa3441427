"""The live log of requests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.connections.requests import RequestsSection
from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.domain.tokens import TokenDraft
from tests.builders import ALICE, GOOD_PASSWORD
from tests.desktop.connections.world import Place, place_at
from tests.desktop.pages import other_principal
from tests.desktop.sessions import wait
from tests.server.test_request_log import bearer
from tests.server.v1.world import basic
from tests.server.wire import ask


@pytest.fixture
def place(qapp: QApplication, home: Path, qtbot: QtBot) -> Iterator[Place]:
    with place_at(qapp, home, qtbot) as place:
        place.page.show_section(place.page.requests)
        yield place


def shown(section: RequestsSection) -> list[list[str]]:
    """Who, method, path, answer and what was set, from top to bottom."""
    lines = [line.split("\t") for line in section.table.as_tsv().splitlines()[1:]]
    return [line[1:6] for line in lines]


def ask_all(place: Place, qtbot: QtBot, *requests: tuple[str, str, bytes | None, str]) -> None:
    """Send requests one by one, and wait until all of them are shown or held back."""
    log, before = place.server.requests, place.server.requests.last_number

    def send() -> None:
        for method, path, body, header in requests:
            headers = (header,) if header else ()
            ask(place.server, body, method=method, path=path, headers=headers)

    place.off_thread(qtbot, send)
    wait(qtbot, lambda: log.last_number == before + len(requests))
    place.page.requests.look()


STATUS = b'{"status": "outage"}'


def test_each_request_says_who_asked_what_and_what_was_answered(place: Place, qtbot: QtBot) -> None:
    ask_all(
        place,
        qtbot,
        ("GET", "/api/services", None, ""),
        ("PUT", "/api/v1/services/MAIL/status", STATUS, basic("alice", GOOD_PASSWORD)),
        ("GET", "/api/v1/journal", None, ""),
        ("GET", "/nowhere?pwd=hunter2", None, ""),
    )
    assert shown(place.page.requests) == [
        ["nobody", "GET", "/nowhere?•••", "404 · There is no such address", ""],
        ["nobody", "GET", "/api/v1/journal", "401 · Sign in first", ""],
        ["alice", "PUT", "/api/v1/services/MAIL/status", "200", "E-Mail → Outage"],
        ["nobody", "GET", "/api/services", "200", ""],
    ]


def test_why_a_token_was_refused_is_told_to_its_owner(place: Place, qtbot: QtBot) -> None:
    def make() -> str:
        board = place.desk.board
        draft = TokenDraft("deploy", account_id=place.desk.principal.account_id)
        made = board.tokens.add(ALICE, draft).value
        board.tokens.revoke(ALICE, made.token.id)
        return made.secret

    secret = place.off_thread(qtbot, make)
    page = place.page
    wait(qtbot, lambda: "deploy" in page.requests.token_names.values())
    other = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    ask_all(
        place,
        qtbot,
        ("GET", "/api/v1/journal", None, bearer(secret)),
        ("GET", "/api/v1/journal", None, bearer(other)),
    )
    assert [(line[0], line[3]) for line in shown(page.requests)] == [
        ("nobody", "401 · The token is mistyped, or was cut"),
        ("deploy", "401 · The token was revoked"),
    ]


def test_failures_changes_and_words_narrow_the_list(place: Place, qtbot: QtBot) -> None:
    section = place.page.requests
    ask_all(
        place,
        qtbot,
        ("GET", "/api/services", None, ""),
        ("GET", "/nowhere", None, ""),
        ("PUT", "/api/v1/services/MAIL/status", STATUS, ""),
    )
    section.failures.setChecked(True)
    assert [line[1] for line in shown(section)] == ["PUT", "GET"]
    section.writes.setChecked(True)
    assert [line[1] for line in shown(section)] == ["PUT"]
    section.failures.setChecked(False)
    section.writes.setChecked(False)
    qtbot.keyClicks(section.search, "nowhere")
    wait(qtbot, lambda: len(shown(section)) == 1)
    qtbot.keyClicks(section.search, " nothing")
    wait(qtbot, lambda: not section.model.rowCount())
    assert "Nothing matches" in section.shelf.empty.text


def test_a_pause_holds_back_what_comes_and_shows_it_after(place: Place, qtbot: QtBot) -> None:
    section = place.page.requests
    section.paused.click()
    ask_all(place, qtbot, ("GET", "/api/services", None, ""), ("GET", "/nowhere", None, ""))
    assert not section.model.rowCount()
    assert "paused, 2 more came" in section.count.text()
    section.paused.click()
    assert section.model.rowCount() == 2


def test_what_was_cleared_does_not_come_back(place: Place, qtbot: QtBot) -> None:
    section = place.page.requests
    ask_all(place, qtbot, ("GET", "/nowhere", None, ""))
    section.clear_button.click()
    assert "No requests yet" in section.shelf.empty.text
    ask_all(place, qtbot, ("GET", "/api/services", None, ""))
    assert [line[2] for line in shown(section)] == ["/api/services"]


def test_all_is_kept_only_while_the_log_is_on_screen(place: Place, qtbot: QtBot) -> None:

    def is_watched() -> bool:
        return place.server.requests.is_watched

    assert is_watched()
    place.page.show_section(place.page.tokens)
    assert not is_watched()
    ask_all(place, qtbot, ("GET", "/nowhere", None, ""))
    place.page.show_section(place.page.requests)
    assert is_watched()
    assert [line[2] for line in shown(place.page.requests)] == ["/nowhere"]
    place.page.hide()
    assert not is_watched()


def test_rows_that_come_in_leave_those_in_sight_where_they_are(place: Place, qtbot: QtBot) -> None:
    section = place.page.requests
    place.page.resize(1_000, 300)
    ask_all(place, qtbot, *[("GET", "/api/services", None, "")] * 20)
    bar = section.table.verticalScrollBar()
    wait(qtbot, lambda: bar.maximum() > 0)
    bar.setValue(90)
    top = section.table.indexAt(section.table.viewport().rect().topLeft()).data()
    row = section.model.item_at(section.table.rowAt(1)).number
    ask_all(place, qtbot, ("GET", "/nowhere", None, ""), ("GET", "/nowhere", None, ""))
    assert section.model.item_at(section.table.rowAt(1)).number == row
    assert top


def test_a_double_click_goes_to_the_service_on_the_board(place: Place, qtbot: QtBot) -> None:
    section = place.page.requests
    status = ("PUT", "/api/v1/services/MAIL/status", STATUS, basic("alice", GOOD_PASSWORD))
    ask_all(place, qtbot, status)
    section.table.selectRow(0)
    with qtbot.waitSignal(place.page.service_wanted) as found:
        section.go.trigger()
    assert found.args == [place.mail.id]


def test_who_is_no_administrator_sees_own_requests_alone(
    qapp: QApplication, home: Path, qtbot: QtBot
) -> None:
    with place_at(
        qapp, home, qtbot, lambda desk: other_principal(desk.board, "bert", Role.EDITOR)
    ) as place:
        place.page.show_section(place.page.requests)
        ask_all(
            place,
            qtbot,
            ("GET", "/api/v1/journal", None, basic("alice", GOOD_PASSWORD)),
            ("GET", "/api/v1/journal", None, basic("bert", GOOD_PASSWORD)),
            ("GET", "/api/v1/journal", None, basic("bert", "wrong password")),
        )
        assert [line[0] for line in shown(place.page.requests)] == ["bert"]


def test_without_a_server_the_log_says_so(place: Place) -> None:
    place.page.show_server(None)
    assert "Nothing is served" in place.page.requests.shelf.empty.text


def test_in_a_small_window_something_else_gives_way_than_the_path(place: Place) -> None:
    columns = place.page.requests.model.columns
    assert [column.title for column in columns if column.elastic] == ["Answer"]
