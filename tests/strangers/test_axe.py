"""axe-core finds nothing to complain of on any page, in any state, language and theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from izzitup_desktop.text.languages import LANGUAGES
from tests.strangers.chromium import Chromium, chromium
from tests.strangers.conftest import Host
from tests.strangers.environments import node_with
from tests.strangers.made_site import distinct_pages, made_site

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(600)]

OURS = ("/api/docs", "/problems", "/problems/unknown-service.problem")
"""What the server of a board answers, beside the pages that are made of boards."""

COMPLAINTS = """(async (rules) => {
  const chosen = rules.length ? { runOnly: { type: "rule", values: rules } } : {};
  const found = await axe.run(document, { resultTypes: ["violations"], preload: false, ...chosen });
  return found.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${node.target.join(" ")} ${node.failureSummary}`));
})"""

OF_COLOURS = '["color-contrast", "link-in-text-block"]'
"""The rules that a theme is anything to."""

DARK = "document.documentElement.dataset.theme = 'dark'"
LIGHT = "document.documentElement.dataset.theme = 'light'"


class Reader:
    """Somebody who goes through pages with axe in their hand."""

    def __init__(self, browser: Chromium) -> None:
        self.browser = browser
        axe = node_with("axe-core@4.14.1").parent / "axe-core" / "axe.min.js"
        self._axe = f"{axe.read_text('utf-8')};0"

    def take_up(self, address: str) -> None:
        """Go to a page, with axe."""
        self.browser.go(address)
        self.browser.reveal(self._axe)

    def found(self, rules: str = "[]") -> list[str]:
        """What there is to say of the page by these rules (all of them), a line each."""
        found: list[str] = self.browser.reveal(f"{COMPLAINTS}({rules})")
        return found

    def in_both_themes(self, address: str) -> list[str]:
        """What there is to say of a page of the board."""
        self.take_up(address)
        self.browser.reveal(LIGHT)
        found = self.found()
        self.browser.reveal(DARK)
        return [*found, *self.found(OF_COLOURS)]


@pytest.fixture(scope="module")
def sites() -> Iterator[Mapping[str, str]]:
    with made_site() as made:
        yield made


@pytest.fixture(scope="module")
def reader(sites: Mapping[str, str]) -> Iterator[Reader]:
    with chromium() as browser:
        browser.open(sites["fine"], viewport={"width": 1280, "height": 800}, reducedMotion="reduce")
        yield Reader(browser)


def test_axe_has_nothing_to_say_of_any_page(sites: Mapping[str, str], reader: Reader) -> None:
    pages = list(distinct_pages())
    found = {
        f"{made.state} {made.address}": complaints
        for made in pages
        if (complaints := reader.in_both_themes(sites[made.state] + made.address))
    }
    assert found == {}
    assert len(pages) > 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_has_nothing_to_say_of_reference_and_problems(
    host: Host, reader: Reader, language: str
) -> None:
    # These have the theme of the reader's system, and the language of their browser.
    for scheme, rules in (("light", "[]"), ("dark", OF_COLOURS)):
        reader.browser.open("about:blank", colorScheme=scheme, locale=language)
        for path in OURS:
            reader.take_up(host.url + path)
            assert reader.found(rules) == [], path
            assert reader.browser.reveal("document.documentElement.lang") == language


def test_axe_finds_what_is_wrong(sites: Mapping[str, str], reader: Reader) -> None:
    reader.take_up(sites["fine"])
    reader.browser.reveal("document.querySelector('.name').remove()")
    assert [one for one in reader.found() if one.startswith("page-has-heading-one")]
