from __future__ import annotations

import pytest

from izzitup_desktop.platform import setting_values as values


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://wiki.example:443", "https://wiki.example"),
        ("HTTP://Wiki.example:80/", "http://wiki.example"),
        ("http://[::1]:80", "http://[::1]"),
        ("https://wiki.example:80", "https://wiki.example:80"),
        ("http://wiki.example:8080", "http://wiki.example:8080"),
    ],
)
def test_a_site_is_named_as_browsers_name_it(written: str, meant: str) -> None:
    assert values.origin(written) == meant


def test_the_text_of_the_page_says_nothing_to_a_terminal() -> None:
    said = values.lines("Call 4711\r\n\x1b]0;owned\x07or\tcome\x9b31m\x00")
    assert said == "Call 4711\n]0;ownedor\tcome31m"
    with pytest.raises(values.Refused):
        values.line("Status\x9b31m")
