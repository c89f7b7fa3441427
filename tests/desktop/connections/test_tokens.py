"""Tokens in the window: made, shown once, revoked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.connections.page import ConnectionsPage
from izzitup_desktop.desktop.connections.token_dialog import TokenDialog
from izzitup_desktop.desktop.connections.token_rows import TokenState, state_of
from izzitup_desktop.desktop.connections.tokens import TokensSection
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.window.window_drafts import open_draft
from izzitup_desktop.desktop.words.times import clock
from izzitup_desktop.domain.accounts import Principal, Role
from izzitup_desktop.domain.errors import RevokedToken
from izzitup_desktop.domain.scopes import Limits, Scope
from izzitup_desktop.domain.tokens import WARNED_AHEAD, Token, TokenDraft, TokenKind
from tests.builders import ALICE, add_service
from tests.desktop.pages import Desk, answer, desk_at, other_principal, page_at, window_at
from tests.desktop.sessions import wait


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        group = desk.board.groups.add(ALICE, "Servers").value
        add_service(desk.board, "E-Mail", key="MAIL", group_id=group.id)
        add_service(desk.board, "Chat", key="CHAT")
        yield desk


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> Iterator[TokensSection]:
    yield from shown_to(desk, qtbot, None)


def shown_to(desk: Desk, qtbot: QtBot, principal: Principal | None) -> Iterator[TokensSection]:
    if principal is not None:
        desk.commands.attach(desk.board, principal)
    with page_at(desk, qtbot, "connections", principal) as shown:
        page = cast("ConnectionsPage", shown)
        page.show_section(page.tokens)
        with qtbot.waitSignal(page.tokens.known):
            page.tokens.reload()
        yield page.tokens


def lines(section: TokensSection) -> list[list[str]]:
    return [line.split("\t") for line in section.table.as_tsv().splitlines()[1:]]


def dialog_of(section: TokensSection) -> TokenDialog:
    assert section.dialog is not None
    return section.dialog


def made(desk: Desk, draft: TokenDraft) -> Token:
    return desk.board.tokens.add(ALICE, draft).value.token


def of_alice(desk: Desk, name: str, **fields: object) -> TokenDraft:
    return TokenDraft(name, account_id=desk.principal.account_id, **fields)  # type: ignore[arg-type]


def test_a_token_is_made_shown_once_and_signs_in(
    desk: Desk, section: TokensSection, qtbot: QtBot
) -> None:
    section.add_button.click()
    dialog = dialog_of(section)
    qtbot.keyClicks(dialog.name, "deploy")
    dialog.scopes[Scope.SET].click()
    dialog.do.click()
    wait(qtbot, lambda: bool(dialog.secret.line.text()))
    secret = dialog.secret.line.text()
    assert "shown here once" in dialog.secret.warning.text
    assert not dialog.foot.isVisible()
    dialog.secret.copy.click()
    assert QGuiApplication.clipboard().text() == secret
    dialog.secret.close_button.click()
    wait(qtbot, lambda: section.dialog is None)
    wait(qtbot, lambda: len(section.model.items) == 1)
    (line,) = lines(section)
    assert line[0] == f"deploy …{secret[-4:]}"
    assert line[1] == "alice"
    assert line[3:] == ["read, set statuses", "everything", "never"]
    principal = desk.board.tokens.found(secret, address="10.0.0.1", route="test")
    assert principal.name == "alice"
    assert principal.token is not None
    assert principal.token.scopes == {Scope.READ, Scope.SET}
    (token,) = desk.board.tokens.list(ALICE)
    assert token.expires is not None
    assert timedelta(days=89) < token.expires - datetime.now(UTC) < timedelta(days=91)


def test_closing_without_a_copy_is_asked_about(section: TokensSection, qtbot: QtBot) -> None:
    section.add()
    dialog = dialog_of(section)
    dialog.name.setText("deploy")
    dialog.submit()
    wait(qtbot, lambda: bool(dialog.secret.line.text()))
    dialog.reject()
    assert dialog.isVisible()
    answer(qtbot, dialog, "Close without it")
    wait(qtbot, lambda: section.dialog is None)


def test_the_secret_is_in_no_draft_and_no_representation(
    section: TokensSection, qtbot: QtBot
) -> None:
    section.add()
    dialog = dialog_of(section)
    dialog.name.setText("deploy")
    draft = dialog.kept_draft()
    assert draft is not None
    assert draft.get("name", "") == "deploy"
    dialog.submit()
    wait(qtbot, lambda: bool(dialog.secret.line.text()))
    assert dialog.kept_draft() is None
    dialog.secret.copy.click()
    dialog.reject()


def test_an_automation_of_a_group_is_limited_to_what_was_ticked(
    desk: Desk, section: TokensSection, qtbot: QtBot
) -> None:
    section.add()
    dialog = dialog_of(section)
    dialog.name.setText("monitoring")
    dialog.owner.setCurrentIndex(dialog.owner.findText("Automation of Servers"))
    dialog.limited.setChecked(True)
    dialog.submit()
    assert "at least one service or group" in dialog.bar.text
    dialog.limits.search.setText("mail")
    shown = [item for item in items(dialog) if not item.isHidden()]
    assert [item.text() for item in shown] == ["E-Mail (MAIL)"]
    shown[0].setCheckState(Qt.CheckState.Checked)
    dialog.limits.search.clear()
    dialog.expiry.setCurrentIndex(dialog.expiry.findText("never"))
    dialog.submit()
    wait(qtbot, lambda: bool(dialog.secret.line.text()))
    (token,) = desk.board.tokens.list(ALICE)
    assert (token.kind, token.expires) == (TokenKind.AUTOMATION, None)
    assert token.limits == Limits(frozenset({1}), frozenset())
    dialog.secret.copy.click()
    dialog.reject()
    wait(qtbot, lambda: bool(section.model.items))
    assert lines(section)[0][1:5] == [
        "automation of Servers", "valid, never expires", "read", "E-Mail",
    ]  # fmt: skip


def items(dialog: TokenDialog) -> list:  # type: ignore[type-arg]
    return [dialog.limits.list.item(place) for place in range(dialog.limits.list.count())]


def test_what_can_not_be_taken_stays_with_its_reason(section: TokensSection, qtbot: QtBot) -> None:
    section.add()
    dialog = dialog_of(section)
    dialog.scopes[Scope.READ].click()
    assert not dialog.do.isEnabled()
    dialog.scopes[Scope.READ].click()
    dialog.do.click()
    wait(qtbot, lambda: bool(dialog.rows["name"].reason))
    assert dialog.do.isEnabled()
    # The journal tells who acted by the name alone.
    dialog.name.setText("alice")
    dialog.owner.setCurrentIndex(dialog.owner.findText("Automation of Servers"))
    dialog.submit()
    wait(qtbot, lambda: "alice" in dialog.rows["owner"].reason)
    assert dialog.name.text() == "alice"
    dialog.done(0)


def test_a_token_is_revoked_after_a_question_that_says_it_can_t_be_undone(
    desk: Desk, section: TokensSection, qtbot: QtBot
) -> None:
    secret = desk.board.tokens.add(ALICE, of_alice(desk, "deploy")).value.secret
    wait(qtbot, lambda: len(section.model.items) == 1)
    assert not section.revoke_button.isEnabled()
    section.table.selectRow(0)
    section.revoke_button.click()
    answer(qtbot, section, "Revoke the token")
    wait(qtbot, lambda: desk.told == ["The token deploy is revoked"])
    wait(qtbot, lambda: not section.model.items)
    assert "No token is valid" in section.shelf.empty.text
    with pytest.raises(RevokedToken):
        desk.board.tokens.found(secret, address="", route="")
    section.all.setChecked(True)
    assert lines(section)[0][2] == "revoked"
    section.table.selectRow(0)
    assert not section.revoke_button.isEnabled()


def test_one_that_ends_soon_is_told_ahead(desk: Desk, section: TokensSection, qtbot: QtBot) -> None:
    soon = datetime.now(UTC) + timedelta(days=3)
    made(desk, of_alice(desk, "deploy", expires=soon))
    made(desk, of_alice(desk, "later", expires=soon + WARNED_AHEAD))
    wait(qtbot, lambda: len(section.model.items) == 2)
    assert section.warning.text == (
        "The token deploy ends within two weeks: make another one in time."
    )


def test_one_that_ends_today_says_at_what_time(
    desk: Desk, section: TokensSection, qtbot: QtBot
) -> None:
    tonight = datetime.now().astimezone().replace(hour=23, minute=59, second=59)
    made(desk, of_alice(desk, "deploy", expires=tonight.astimezone(UTC)))
    wait(qtbot, lambda: bool(section.model.items))
    assert lines(section)[0][2] == f"until {clock(tonight)}"


def test_when_and_from_where_a_token_was_used_is_shown(
    desk: Desk, section: TokensSection, qtbot: QtBot
) -> None:
    secret = desk.board.tokens.add(ALICE, of_alice(desk, "deploy")).value.secret
    desk.board.tokens.found(secret, address="192.168.1.5", route="set_status")
    desk.board.tokens.close()
    section.reload()
    wait(qtbot, lambda: bool(lines(section)) and lines(section)[0][5] == "192.168.1.5, just now")


def test_who_is_no_administrator_makes_and_sees_own_tokens_alone(desk: Desk, qtbot: QtBot) -> None:
    made(desk, of_alice(desk, "of alice"))
    bert = other_principal(desk.board, "bert", Role.VIEWER)
    for section in shown_to(desk, qtbot, bert):
        assert not section.model.items
        section.add()
        dialog = dialog_of(section)
        assert [dialog.owner.itemText(place) for place in range(dialog.owner.count())] == ["bert"]
        dialog.name.setText("own")
        dialog.submit()
        wait_for_secret(dialog, qtbot)
        dialog.secret.copy.click()
        dialog.reject()
        wait_for_one(section, qtbot)
        assert lines(section)[0][1] == "bert"


def wait_for_secret(dialog: TokenDialog, qtbot: QtBot) -> None:
    wait(qtbot, lambda: bool(dialog.secret.line.text()))


def wait_for_one(section: TokensSection, qtbot: QtBot) -> None:
    wait(qtbot, lambda: len(section.model.items) == 1)


def test_a_draft_goes_on_with_all_that_was_chosen(section: TokensSection, qtbot: QtBot) -> None:
    section.add()
    dialog = dialog_of(section)
    dialog.name.setText("deploy")
    dialog.owner.setCurrentIndex(dialog.owner.findText("Automation of Servers"))
    dialog.scopes[Scope.MANAGE].click()
    dialog.limited.setChecked(True)
    dialog.limits.tick([1], [2])
    dialog.expiry.setCurrentIndex(dialog.expiry.findText("after a day …"))
    draft = dialog.kept_draft()
    assert draft is not None
    wanted = dialog.draft()
    dialog.done(0)
    opened: list[object] = []
    section.continue_draft(draft, opened.append)
    wait(qtbot, lambda: bool(opened))
    assert dialog_of(section).draft() == wanted
    dialog_of(section).done(0)


NOW = datetime(2026, 11, 27, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("expires", "revoked", "lives", "state"),
    [
        (None, None, True, TokenState.VALID),
        (NOW + WARNED_AHEAD + DAY, None, True, TokenState.VALID),
        (NOW + WARNED_AHEAD, None, True, TokenState.ENDS_SOON),
        (NOW, None, True, TokenState.EXPIRED),
        (NOW + DAY, None, False, TokenState.OWNERLESS),
        (NOW - DAY, NOW - DAY, False, TokenState.REVOKED),
    ],
)
def test_how_a_token_stands(
    expires: datetime | None, revoked: datetime | None, lives: bool, state: TokenState
) -> None:
    token = Token(
        1, "x", TokenKind.ACCOUNT, "abcd", frozenset({Scope.READ}), None, 1, None, NOW, "alice",
        expires, None, revoked,
    )  # fmt: skip
    assert state_of(token, NOW, lives=lives) is state


def test_the_next_start_goes_on_with_a_token_on_its_tab(desk: Desk, qtbot: QtBot) -> None:
    draft = Draft("token", "New token", {"name": "deploy", "scopes": ["set"], "days": 30})
    opened: list[QWidget | None] = []
    with window_at(desk, qtbot) as window:
        open_draft(window, draft, opened.append)
        wait(qtbot, lambda: bool(opened))
        (dialog,) = opened
        assert isinstance(dialog, TokenDialog)
        assert dialog.draft().name == "deploy"
        assert dialog.draft().scopes == {Scope.SET}
        page = window.pages.page("connections")
        assert isinstance(page, ConnectionsPage)
        assert page.stack.currentWidget() is page.tokens
        dialog.done(0)
