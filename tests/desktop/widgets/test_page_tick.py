"""The tick that says that a comment is for the status page."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.widgets.comment_line import Comments
from izzitup_desktop.desktop.widgets.page_tick import PageTick
from izzitup_desktop.domain.comments import is_for_the_page


def tick_of(qtbot: QtBot, comments: Comments, *, wordy: bool = False) -> PageTick:
    tick = PageTick(comments, wordy=wordy)
    qtbot.addWidget(tick)
    return tick


def test_nothing_is_for_the_page_unless_it_is_ticked(qtbot: QtBot) -> None:
    tick = tick_of(qtbot, Comments())
    assert not is_for_the_page(tick.said("the disk"))
    tick.click()
    assert is_for_the_page(tick.said("the disk"))
    assert not is_for_the_page(tick.said(""))


def test_it_is_off_with_the_reason_while_the_page_shows_no_comment(qtbot: QtBot) -> None:
    comments = Comments()
    tick, wordy = tick_of(qtbot, comments), tick_of(qtbot, comments, wordy=True)
    tick.click()
    for is_on, reason in ((False, "The status page is off."), (True, "shows no comments")):
        comments.follow_page(is_on=is_on, shows_comments=False)
        assert not tick.isEnabled()
        assert not is_for_the_page(tick.said("the disk"))
        assert reason in tick.accessibleDescription()
        assert reason in tick.toolTip()
        assert reason.rstrip(".") in wordy.text()
    comments.follow_page(is_on=True, shows_comments=True)
    assert tick.isEnabled()
    assert not tick.isChecked()


def test_who_may_say_nothing_ticks_nothing_whatever_the_page_does(qtbot: QtBot) -> None:
    comments = Comments()
    tick = tick_of(qtbot, comments)
    tick.permit(may=False)
    comments.follow_page(is_on=False, shows_comments=True)
    comments.follow_page(is_on=True, shows_comments=True)
    assert not tick.isEnabled()
