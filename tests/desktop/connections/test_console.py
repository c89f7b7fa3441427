"""The console: every action is answered, and no secret stays."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.connections.api_actions import CONTRACT, V1, Wanted, actions
from izzitup_desktop.desktop.connections.console import ConsoleSection
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.kinds.layers import SERVICE_OPTIONS
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED
from izzitup_desktop.domain.scopes import Scope
from izzitup_desktop.domain.tokens import TokenDraft
from izzitup_desktop.server import routes
from izzitup_desktop.text.script_lines import SignInBy
from tests.builders import ALICE, GOOD_PASSWORD, add_service
from tests.desktop.connections.world import Place, place_at
from tests.desktop.sessions import wait


@pytest.fixture
def place(qapp: QApplication, home: Path, qtbot: QtBot) -> Iterator[Place]:
    with place_at(qapp, home, qtbot) as place:
        place.page.show_section(place.page.console)
        wait(qtbot, lambda: place.page.console.service.count() == 1)
        yield place


@pytest.fixture
def console(place: Place) -> ConsoleSection:
    return place.page.console


def choose(console: ConsoleSection, api: str, title: str) -> None:
    console.api.setCurrentIndex(console.api.findData(api))
    place = console.action.findText(title)
    assert place >= 0, title
    console.action.setCurrentIndex(place)


def sign_in(console: ConsoleSection, by: SignInBy, secret: str) -> None:
    console.sign_in.setCurrentIndex(console.sign_in.findData(by))
    console.secret.setText(secret)


def answered(console: ConsoleSection, qtbot: QtBot) -> str:
    """Press the button, and wait for what is answered."""
    assert console.send_button.isEnabled()
    console.send_button.click()
    wait(qtbot, lambda: console.send_button.isEnabled())
    return f"{console.answer.line.text()}\n{console.answer.text.toPlainText()}"


def test_every_action_is_answered_as_it_should_be(
    place: Place, console: ConsoleSection, qtbot: QtBot
) -> None:
    for api in (CONTRACT, V1):
        console.api.setCurrentIndex(console.api.findData(api))
        for number in range(console.action.count()):
            console.action.setCurrentIndex(number)
            sign_in(console, SignInBy.PASSWORD, GOOD_PASSWORD)
            found = answered(console, qtbot)
            assert found.startswith("200 "), (console.action.currentText(), found)
            assert '"result": "Error"' not in found
    entries = place.desk.board.journal.latest(ALICE, limit=10)
    done = [entry.kind for entry in reversed(entries) if entry.origin is Origin.API]
    # Held, and let go again.
    assert done[-3:] == [SERVICE_CONFIRMED, SERVICE_OPTIONS, SERVICE_OPTIONS]


def test_a_comment_goes_with_every_action_that_takes_one(
    place: Place, console: ConsoleSection, qtbot: QtBot
) -> None:
    choose(console, V1, "Hold a status")
    console.comment.setText("the vendor works on it")
    sign_in(console, SignInBy.PASSWORD, GOOD_PASSWORD)
    assert answered(console, qtbot).startswith("200 ")
    now = place.desk.board.services.find(ALICE, "MAIL")
    assert (now.hold is not None, now.comment) == (True, "the vendor works on it")
    choose(console, V1, "Read a service")
    assert console.comment.isHidden()


def test_every_action_is_a_route_of_the_server() -> None:
    wanted = Wanted(7, "MAIL", sign_in=SignInBy.TOKEN)
    for one in actions(V1):
        call = one.call(wanted)
        row = routes.found(routes.API_ROOT, call.method, call.path.partition("?")[0])
        assert isinstance(row, routes.RouteRow), one.title
        assert row.takes_body == (call.body is not None)
        assert (row.method != "GET") == one.is_write
    contract = routes.of_name("contract")
    assert {one.call(wanted).path for one in actions(CONTRACT)} == {contract.path}


def test_every_action_has_a_title_of_its_own() -> None:
    for api in (V1, CONTRACT):
        titles = [str(one.title) for one in actions(api)]
        assert len(titles) == len(set(titles)) >= 2


def test_a_trial_changes_nothing(place: Place, console: ConsoleSection, qtbot: QtBot) -> None:
    choose(console, V1, "Set a status")
    console.trial.setChecked(True)
    sign_in(console, SignInBy.PASSWORD, GOOD_PASSWORD)
    assert "nothing does" in console.effect.text()
    assert '"dry_run": true' in answered(console, qtbot)
    choose(console, V1, "Read a service")
    assert console.answer.text.toPlainText() == ""
    assert place.desk.board.services.find(ALICE, "MAIL").status_id == 5


def test_a_token_sets_a_status(place: Place, console: ConsoleSection, qtbot: QtBot) -> None:
    draft = TokenDraft(
        "deploy", place.desk.principal.account_id, scopes=frozenset({Scope.READ, Scope.SET})
    )
    secret = place.off_thread(qtbot, lambda: place.desk.board.tokens.add(ALICE, draft).value.secret)
    choose(console, V1, "Set a status")
    sign_in(console, SignInBy.TOKEN, secret)
    found = answered(console, qtbot)
    assert "200 OK" in found
    assert "x-izzitup-operation" in found.lower()


def test_what_is_copied_holds_no_secret(console: ConsoleSection) -> None:
    for api, title in ((V1, "Set a status"), (CONTRACT, "Set a status")):
        choose(console, api, title)
        for by in (SignInBy.TOKEN, SignInBy.PASSWORD):
            sign_in(console, by, "hunter2hunter2")
            for form in range(3):
                console.forms.setCurrentIndex(form)
                console.copy_button.click()
                copied = QGuiApplication.clipboard().text()
                assert copied == console.code.toPlainText()
                assert "hunter2" not in copied
                assert place_of(api) in copied


def place_of(api: str) -> str:
    return "/api/v1/services/MAIL/status" if api == V1 else "/api/services"


def test_the_command_follows_what_is_chosen(console: ConsoleSection) -> None:
    choose(console, V1, "Read a service")
    console.sign_in.setCurrentIndex(console.sign_in.findData(SignInBy.NOTHING))
    console.forms.setCurrentIndex(0)
    assert console.code.toPlainText().startswith("curl http://127.0.0.1:")
    assert console.code.toPlainText().endswith("/api/v1/services/MAIL")
    assert not console.secret.isVisibleTo(console)
    choose(console, CONTRACT, "Set a status")
    assert '"pwd": "PASSWORD"' in console.code.toPlainText()
    assert console.secret.isVisibleTo(console)


def test_a_secret_is_in_no_log_and_gone_with_the_page(
    place: Place, console: ConsoleSection, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    choose(console, V1, "Set a status")
    for secret in ("hunter2hunter2", "hunter2 with blanks", "hünter2\u2028"):
        for by in (SignInBy.TOKEN, SignInBy.PASSWORD):
            sign_in(console, by, secret)
            found = answered(console, qtbot)
            assert secret not in found
    assert "hunter2" not in caplog.text
    assert "hünter2" not in caplog.text
    console.secret.setText("hunter2hunter2")
    place.page.show_section(place.page.requests)
    assert console.secret.text() == ""


def test_without_a_server_nothing_is_sent_and_the_reason_is_told(
    place: Place, console: ConsoleSection
) -> None:
    place.page.show_server(None)
    assert not console.send_button.isEnabled()
    assert "Nothing is served" in console.effect.text()
    assert "http://127.0.0.1:8475" in console.code.toPlainText()


def test_a_server_that_stops_is_noticed_while_the_console_is_on_screen(
    place: Place, console: ConsoleSection, qtbot: QtBot
) -> None:
    choose(console, V1, "List all services")
    sign_in(console, SignInBy.NOTHING, "")
    assert console.send_button.isEnabled()
    place.off_thread(qtbot, place.server.stop)
    wait(qtbot, lambda: "Nothing is served" in console.effect.text())
    assert not console.send_button.isEnabled()


def test_a_service_is_asked_about_as_soon_as_it_is_known(
    place: Place, console: ConsoleSection
) -> None:
    other = add_service(place.desk.board, "Chat", key="CHAT")
    place.page.ask_about(other.id)
    console.show_services([place.mail, other])
    assert console.action.currentText() == "Read a service"
    assert console.code.toPlainText().endswith("/api/v1/services/CHAT")


def test_who_comes_next_finds_neither_secret_nor_answer(
    console: ConsoleSection, qtbot: QtBot
) -> None:
    choose(console, V1, "List all services")
    sign_in(console, SignInBy.PASSWORD, GOOD_PASSWORD)
    assert "E-Mail" in answered(console, qtbot)
    console.send_button.click()
    console.attach("bert")
    assert (console.user.text(), console.secret.text()) == ("bert", "")
    assert not console.answer.line.isVisible()
    sign_in(console, SignInBy.NOTHING, "")
    # The answer to the one before comes meanwhile, and is nobody's.
    assert answered(console, qtbot).startswith("200 ")
    assert console.answer.text.toPlainText().count('"items"') == 1
