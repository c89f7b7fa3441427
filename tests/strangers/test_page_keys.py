"""Everything on the page is reached and done by keys, and what has the focus shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from tests.strangers.chromium import Chromium, chromium
from tests.strangers.made_site import made_site

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(300)]

PAGES = (
    "/", "/services/MAIL", "/events", "/events/1180", "/days/2026-11-27", "/subscribe",
    "/embed/overall", "/services/NOTHING",
)  # fmt: skip

NAMED = """
  const named = (one) => `${one.localName} ${(one.getAttribute("aria-label") || one.id || one.name ||
    one.textContent).trim().slice(0, 40)} ${one.getAttribute("href") || ""}`.trim();
"""

STOPS = f"""(() => {{ {NAMED}
  const all = document.querySelectorAll("a[href], button, summary, input, textarea, [tabindex='0']");
  return [...all].filter((one) => one.checkVisibility() && (one.type !== "radio" || one.checked)).map(named);
}})()"""
"""What a Tab key has to come by: all that can be seen and used, and of each radio group one."""

FOCUSED = f"""(() => {{ {NAMED}
  const one = document.activeElement, box = one.getBoundingClientRect();
  if (one === document.body) return null;
  const ring = getComputedStyle(one);
  const isSeen = box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0 &&
    box.left < innerWidth && box.right > 0;
  const isRinged = ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2;
  return [named(one), isSeen, isRinged];
}})()"""
"""What has the focus, whether it is on the screen, and whether it shows."""


@pytest.fixture(scope="module")
def sites() -> Iterator[Mapping[str, str]]:
    with made_site() as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with chromium() as opened:
        yield opened


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", PAGES)
def test_the_tab_key_comes_by_everything_and_shows_where_it_is(
    sites: Mapping[str, str], browser: Chromium, path: str, width: int
) -> None:
    browser.open(sites["outage"] + path, viewport={"width": width, "height": 700})
    stops = browser.reveal(STOPS)
    seen = []
    for _ in range(len(stops) + 5):
        browser.press("Tab")
        if (found := browser.reveal(FOCUSED)) is None:
            break
        seen.append(found[0])
        assert found[1:] == [True, True], found
    # A text that scrolls is a stop, too, where it is too long for its place.
    assert sorted(seen) == sorted(stops)
    assert len(set(seen)) > 1 or path.startswith("/embed")


def test_the_skip_link_is_first_and_leads_past_the_head(
    sites: Mapping[str, str], browser: Chromium
) -> None:
    browser.open(sites["outage"])
    browser.press("Tab")
    assert browser.reveal("document.activeElement.getAttribute('href')") == "#main"
    browser.press("Enter", "Tab")
    assert browser.reveal("document.querySelector('main').contains(document.activeElement)")


def test_groups_open_and_close_by_keys(sites: Mapping[str, str], browser: Chromium) -> None:
    browser.open(sites["fine"])
    group = "document.querySelector('#g1')"
    browser.reveal(f"{group}.firstElementChild.focus()")
    before = browser.reveal(f"{group}.open")
    browser.press("Enter")
    assert browser.reveal(f"{group}.open") is not before
    browser.press("Space")
    assert browser.reveal(f"{group}.open") is before


def test_the_theme_is_one_stop_and_chosen_by_arrows(
    sites: Mapping[str, str], browser: Chromium
) -> None:
    browser.open(sites["fine"])
    browser.reveal("document.querySelector('#look :checked').focus()")
    chosen = []
    for _ in range(3):
        browser.press("ArrowRight")
        chosen.append(browser.reveal("document.documentElement.dataset.theme || 'system'"))
    assert chosen == ["light", "dark", "system"]
    browser.press("Tab")
    assert browser.reveal("document.activeElement.name || ''") != "theme"


def test_a_strip_is_one_stop_whose_days_are_gone_through_by_keys(
    sites: Mapping[str, str], browser: Chromium
) -> None:
    browser.open(sites["outage"])
    strip = "document.querySelector('#s1 .t')"
    browser.reveal(f"{strip}.focus()")
    assert browser.reveal(f"{strip}.querySelectorAll('[tabindex], a, button').length") == 0
    places = []
    for key in ("End", "ArrowLeft", "ArrowRight", "PageDown", "PageUp", "Home", "ArrowRight"):
        browser.press(key)
        places.append(int(browser.reveal(f"{strip}.getAttribute('aria-valuenow')")))
    assert places == [89, 88, 89, 82, 89, 0, 1]
    browser.press("End", "Escape", "Tab")
    assert browser.reveal(f"{strip} !== document.activeElement")
    assert browser.reveal("document.querySelector('.tip')") is None
