"""Matchers as Alertmanager parses them; examples are of its own tests."""

from __future__ import annotations

import pytest

from izzitup_desktop.server.page.matchers import NotAMatcher, parsed


@pytest.mark.parametrize(
    ("text", "name", "value", "is_equal"),
    [
        ("foo=bar", "foo", "bar", True),
        ("foo!=bar", "foo", "bar", False),
        ('foo="bar"', "foo", "bar", True),
        (' foo = "bar" ', "foo", "bar", True),
        ("foo=", "foo", "", True),
        ('foo=""', "foo", "", True),
        ('foo="bar,baz"', "foo", "bar,baz", True),
        ("foo=bar baz", "foo", "bar baz", True),
        (r'foo="a\"b\\c\nd"', "foo", 'a"b\\c\nd', True),
        (r'foo="\x"', "foo", "\\x", True),
        ('foo="bar\\', "foo", "", None),
        ("foo=bar\\", "foo", "bar\\", True),
        ('foo=b"ar', "foo", "", None),
        ('foo="bar', "foo", "", None),
        ("foo", "foo", "", None),
        ("=bar", "foo", "", None),
        ("1foo=bar!", "foo", "", None),
        ("{foo=bar}", "foo", "", None),
        ("foo=bar,", "foo", "bar,", True),
        # Only the newer grammar takes these.
        ('foo="bar",', "foo", "bar", True),
        ('"foo bar"=baz', "foo bar", "baz", True),
        ("föö=bar", "föö", "bar", True),
        (r'"f\u00f6\303"=bar', "föÃ", "bar", True),
        (r'"f\q"=bar', "foo", "", None),
        (r'"f\ud800"=bar', "foo", "", None),
        ("foo=bar,baz=qux", "foo", "bar,baz=qux", True),
        ("", "foo", "", None),
    ],
)
def test_a_matcher_is_read_as_alertmanager_does(
    text: str, name: str, value: str, is_equal: bool | None
) -> None:
    if is_equal is None:
        with pytest.raises(NotAMatcher):
            parsed(text)
        return
    found = parsed(text)
    assert (found.name, found.value, found.is_equal) == (name, value, is_equal)


def test_patterns_fit_the_whole_value() -> None:
    labels = {"service": "Mail", "group": ""}
    assert parsed("service=~Ma.*").fits(labels)
    assert not parsed("service=~Ma").fits(labels)
    assert parsed("service!~Ma").fits(labels)
    assert not parsed('service!~"Mail|Wiki"').fits(labels)


def test_a_label_that_is_not_there_counts_as_empty() -> None:
    assert parsed("key=").fits({})
    assert not parsed("key!=").fits({})
    assert parsed("key!=x").fits({})
    assert parsed("key=~.*").fits({})
    assert not parsed("key=~.+").fits({})


@pytest.mark.parametrize("text", ["service=~(", "service!~*", r"service=~\bx"])
def test_what_is_no_pattern_is_no_matcher(text: str) -> None:
    with pytest.raises(NotAMatcher):
        parsed(text)
