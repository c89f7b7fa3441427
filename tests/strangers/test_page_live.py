"""The page in a real browser: new text comes into the nodes that are there, and keys do all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.comments import Comment
from izzitup_desktop.domain.public_board import PageChoices
from izzitup_desktop.server.embedded import EmbeddedServer
from tests.builders import ALICE, add_service, opened_board
from tests.server.wire import serving
from tests.strangers.chromium import Chromium, chromium

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(300)]

HEADLINE = "document.getElementById('headline').textContent"
SAID = "document.getElementById('said').textContent"
CONTACT = "document.getElementById('contact').textContent"


BARE = """{page}.then((page) => {{
  const main = page.getElementById("main").cloneNode(true);
  const own = ["open", "role", "tabindex", "data-at", "aria-label", "aria-valuemin",
    "aria-valuemax", "aria-valuenow", "aria-valuetext"];
  for (const one of main.querySelectorAll(".t, details")) {{
    for (const name of own) one.removeAttribute(name);
  }}
  // Times are told in the reader's zone, and lengths by the minute.
  for (const one of main.querySelectorAll("time")) one.textContent = "";
  return main.innerHTML.replace(/\\s+/g, " ").replace(/> </g, "><");
}})"""
"""All of a page but what the script adds."""


class Reader:
    """Somebody who reads the page of a board with two groups, the first with two services."""

    def __init__(self, board: Board, server: EmbeddedServer, browser: Chromium) -> None:
        self.board, self.server, self.browser = board, server, browser
        self.url = server.state.url
        office = board.groups.add(ALICE, "Office").value
        network = board.groups.add(ALICE, "Network").value
        self.mail = add_service(board, "Mail", key="MAIL", group_id=office.id)
        self.wiki = add_service(board, "Wiki", key="WIKI", group_id=office.id)
        self.vpn = add_service(board, "VPN", key="VPN", group_id=network.id)
        self.network = network.id
        board.jobs.heartbeat()  # from now on somebody watches
        server.show(PageChoices(title="Example Ltd."))

    def set(self, service_id: int, status_id: int, comment: str = "") -> None:
        said = Comment(comment, is_public=True)
        self.board.statuses.set(ALICE, [service_id], status_id, said)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with (
        opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board,
        serving(board) as server,
        chromium() as browser,
    ):
        yield Reader(board, server, browser)


def test_a_change_comes_into_the_page_that_is_open_and_is_read_out(reader: Reader) -> None:
    browser = reader.browser
    browser.open(reader.url)
    browser.wait(f"{HEADLINE} === 'All services are operational'")
    browser.reveal("window.known = [...document.querySelectorAll('#headline, details, #said')]")
    browser.click(f"#g{reader.network} summary")
    reader.set(reader.mail.id, 7, "The disk is full")
    browser.wait(f"{HEADLINE} === 'Mail is down'")
    assert browser.reveal("document.title") == "Mail is down · Example Ltd."
    assert "outage" in browser.reveal("document.getElementById('icon').href")
    assert "The disk is full" in browser.reveal("document.getElementById('going-on').innerText")
    browser.wait(f"{SAID} === 'Mail: Outage'")
    assert browser.reveal("known.every((one) => one.isConnected)")
    network = f"#g{reader.network}"
    assert browser.reveal(f"document.querySelector('{network}').open")
    assert browser.reveal(f"document.activeElement.closest('details').matches('{network}')")
    assert browser.complaints() == []


def test_what_came_into_the_page_is_what_the_page_is_when_asked_for_anew(reader: Reader) -> None:
    browser = reader.browser
    browser.open(reader.url)
    browser.wait(f"{HEADLINE} === 'All services are operational'")
    for service_id, status_id, sentence in (
        (reader.mail.id, 7, "Mail is down"), (reader.vpn.id, 7, "2 services are down"),
        (reader.mail.id, 5, "VPN is down"), (reader.vpn.id, 6, "VPN is impaired"),
    ):  # fmt: skip
        reader.set(service_id, status_id, f"It is {status_id}")
        browser.wait(f"{HEADLINE} === '{sentence}'")
    changed = browser.reveal(BARE.format(page="Promise.resolve(document)"))
    anew = browser.reveal(
        BARE.format(
            page="fetch('/').then((answer) => answer.text()).then((text) => "
            "new DOMParser().parseFromString(text, 'text/html'))"
        )
    )
    assert changed == anew
    assert "It is 6" in anew


def test_several_changes_are_read_out_at_once_and_not_at_once_again(reader: Reader) -> None:
    browser = reader.browser
    browser.open(reader.url)
    browser.wait(f"{HEADLINE} === 'All services are operational'")
    browser.reveal(
        "window.heard = [], new MutationObserver(() => heard.push("
        f"[performance.now(), {SAID}])).observe(document.getElementById('said'), "
        "{childList: true, characterData: true, subtree: true}), 0"
    )
    reader.set(reader.mail.id, 7)
    browser.wait("heard.length === 1")
    reader.set(reader.wiki.id, 6)
    reader.set(reader.vpn.id, 6)
    browser.wait("heard.length === 2")
    (first, one), (second, two) = browser.reveal("heard")
    assert (one, two) == ("Mail: Outage", "Wiki: Impaired. VPN: Impaired")
    assert second - first >= 9_900


def test_a_group_opens_by_itself_when_something_in_it_is_not_fine(reader: Reader) -> None:
    browser = reader.browser
    browser.open(reader.url)
    group = f"document.querySelector('#g{reader.network}').open"
    assert browser.reveal(group) is False
    reader.set(reader.vpn.id, 7)
    browser.wait(f"{group} === true")


def test_keys_go_through_the_days_of_a_strip_and_each_is_spoken(reader: Reader) -> None:
    reader.set(reader.mail.id, 7)
    browser = reader.browser
    browser.open(reader.url)
    strip = f"document.querySelector('#s{reader.mail.id} .t')"
    browser.wait(f"{strip}.getAttribute('role') === 'slider'")
    browser.reveal(f"{strip}.focus()")

    def spoken() -> str:
        found = browser.reveal(f"{strip}.getAttribute('aria-valuetext')")
        assert isinstance(found, str)
        return found

    def place() -> int:
        return int(browser.reveal(f"{strip}.getAttribute('aria-valuenow')"))

    browser.press("End")
    assert "Outage" in spoken()
    assert place() == 89
    browser.press("ArrowLeft")
    assert place() == 88
    assert spoken().endswith("Unknown")
    browser.press("PageDown", "ArrowRight")
    assert place() == 82
    browser.press("Home")
    assert place() == 0
    browser.press("End", "Enter")
    browser.wait("location.pathname.startsWith('/days/')")


def test_a_lost_stream_is_told_and_a_new_one_too(reader: Reader) -> None:
    browser = reader.browser
    browser.open(reader.url)
    browser.wait(f"{HEADLINE} === 'All services are operational'")
    reader.server.stop()
    browser.wait(f"{CONTACT}.startsWith('No contact since ')")
    assert browser.reveal("getComputedStyle(document.querySelector('.banner')).filter") != "none"


def test_a_board_that_is_there_again_is_shown_as_it_is_by_then(reader: Reader) -> None:
    browser, port = reader.browser, reader.server.state.port
    browser.open(reader.url)
    browser.wait(f"{HEADLINE} === 'All services are operational'")
    reader.server.stop()
    browser.wait(f"{CONTACT} !== ''")
    reader.set(reader.mail.id, 7)
    reader.server.start("127.0.0.1", port)
    browser.wait(f"{HEADLINE} === 'Mail is down' && {CONTACT} === ''")


def test_a_tab_that_nobody_sees_hears_nothing_and_has_all_when_it_is_seen(reader: Reader) -> None:
    browser = reader.browser
    browser.open(reader.url)
    browser.wait(f"{HEADLINE} === 'All services are operational'")
    browser.reveal(
        "{const close = EventSource.prototype.close; window.hushed = 0;"
        "EventSource.prototype.close = function () { hushed += 1; close.call(this); };"
        "window.see = (hidden) => { Object.defineProperty(document, 'hidden', "
        "{configurable: true, get: () => hidden}); "
        "document.dispatchEvent(new Event('visibilitychange')); }; see(true); 0}"
    )
    assert browser.reveal("hushed") == 1
    reader.set(reader.mail.id, 7)
    browser.reveal("see(false)")
    browser.wait(f"{HEADLINE} === 'Mail is down'")
    reader.set(reader.mail.id, 6)
    browser.wait(f"{HEADLINE} === 'Mail is impaired'")


def test_an_open_page_follows_what_the_page_is_set_to_show(reader: Reader) -> None:
    browser = reader.browser
    browser.open(reader.url)
    browser.wait(f"{HEADLINE} === 'All services are operational'")
    reader.server.show(
        PageChoices(
            title="Another Ltd.", text="Call 300", without_groups=frozenset({reader.network})
        )
    )
    browser.wait("document.querySelector('h1').textContent === 'Another Ltd.'")
    assert browser.reveal("document.querySelector('.text').textContent") == "Call 300"
    assert not browser.reveal("document.body.innerText.includes('VPN')")
    reader.server.show(PageChoices(is_on=False))
    browser.wait(f"{CONTACT}.startsWith('No contact since')")
    reader.server.show(PageChoices(title="Example Ltd."))
    # Whoever comes back to the tab need not wait until it asks again by itself.
    browser.reveal(
        "{for (const hidden of [true, false]) { Object.defineProperty(document, 'hidden', "
        "{configurable: true, get: () => hidden}); "
        "document.dispatchEvent(new Event('visibilitychange')); } 0}"
    )
    browser.wait(f"{CONTACT} === ''")
    browser.wait("document.querySelector('h1').textContent === 'Example Ltd.'")


def test_a_theme_that_was_chosen_holds_on_every_page(reader: Reader) -> None:
    browser = reader.browser
    browser.open(f"{reader.url}/?theme=light")
    theme = "document.documentElement.dataset.theme"
    assert browser.reveal(theme) == "light"
    browser.click("input[value=dark]")
    assert browser.reveal(theme) == "dark"
    assert "theme" not in browser.reveal("location.href")
    browser.go(f"{reader.url}/events")
    assert browser.reveal(theme) == "dark"
    assert browser.reveal("document.querySelector('#look :checked').value") == "dark"


def test_times_are_those_of_the_readers_zone(reader: Reader) -> None:
    reader.set(reader.mail.id, 7)
    browser = reader.browser
    browser.open(reader.url, timezoneId="Asia/Kolkata", locale="en-GB")
    browser.wait(f"{HEADLINE} === 'Mail is down'")
    shown = "document.querySelector('.asof time').textContent"
    browser.wait(f"{shown}.includes('5:30')")


def test_a_day_s_page_names_the_reader_s_day_where_that_is_another_one(reader: Reader) -> None:
    reader.set(reader.mail.id, 7)
    here = datetime.now().astimezone()
    zones = ("Pacific/Kiritimati", "Etc/GMT+12")
    zone = next(one for one in zones if here.astimezone(ZoneInfo(one)).date() != here.date())
    browser = reader.browser
    browser.open(f"{reader.url}/days/{here.date()}", timezoneId=zone, locale="en-GB")
    there = here.astimezone(ZoneInfo(zone))
    shown = "document.querySelector('.event time').textContent"
    browser.wait(f"{shown}.startsWith('{there.day} {there:%b %Y}')")


def test_without_script_all_is_there(reader: Reader) -> None:
    reader.set(reader.mail.id, 7, "The disk is full")
    browser = reader.browser
    browser.open(f"{reader.url}/?theme=dark", javaScriptEnabled=False)
    assert browser.reveal(HEADLINE) == "Mail is down"
    assert "The disk is full" in browser.reveal("document.body.innerText")
    browser.click("input[value=light]")
    browser.click("#look button")
    browser.wait("location.search === '?theme=light'")
    assert browser.reveal("document.documentElement.dataset.theme") == "light"
