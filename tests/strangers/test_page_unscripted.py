"""Without script pages say the same as with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from tests.strangers.chromium import Chromium, chromium
from tests.strangers.made_site import distinct_pages, made_site

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(300)]

SAID = """(() => {
  // What a script alone can do is its own: buttons that copy, days that are pointed at, a wall's clock.
  const ours = "button, .tip, .at, .contact, #contact, #said, .clock, .day[aria-hidden], .pages, noscript, script";
  const page = document.body.cloneNode(true);
  for (const one of page.querySelectorAll(ours)) one.remove();
  // Times are of one zone here, and written as each does.
  for (const one of page.querySelectorAll("time")) one.textContent = one.dateTime;
  return page.textContent.replace(/\\s+/g, " ").trim();
})()"""


@pytest.fixture(scope="module")
def sites() -> Iterator[Mapping[str, str]]:
    with made_site() as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with chromium() as opened:
        yield opened


def test_pages_say_the_same_without_script(sites: Mapping[str, str], browser: Chromium) -> None:
    found: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for scripted, said in found.items():
        browser.open("about:blank", javaScriptEnabled=scripted)
        for made in distinct_pages(["de"]):
            address = sites[made.state] + made.address
            browser.go(address)
            said[address] = browser.reveal(SAID)
    for address, text in found[True].items():
        assert text == found[False][address], address
        assert len(text) > 20
