"""Patterns of strangers: what fits what, and that none takes long."""

from __future__ import annotations

import re

import pytest

from izzitup_desktop.server.page.patterns import NotAPattern, Pattern

SAME_AS_PYTHON = (
    "Mail", "Mail|Wiki", "M.*", ".*", ".+", "", "a?b*c+", "(ab)+", "(?:a|b){2,3}", "a{2}", "a{2,}",
    "[a-c]+", "[^a-c]+", "[]a]", "[a-]", "[\\]a]", r"\d+\.\d", r"\w+", r"\W", r"\s", r"[\d_]+",
    r"a\|b", "^Mail$", "(a|)b", "x{,2}", "{", "a{x}", "(?P<name>a)b", "(?i)mAiL", "a+?", "((a*)*)*",
    "(a|b|ab)*c", "[+-.]", "é+", "a|b|", "(a{2}){2}", "[.]",
)  # fmt: skip
TEXTS = (
    "", "Mail", "mail", "Wiki", "MailWiki", "a", "b", "ab", "abc", "aab", "aaaa", "abab", "ababc",
    "c", "]", "-", "+", ",", "1.5", "12", "_", " ", "a|b", "b|", "x", "xx", "{", "a{x}", "é", "éé",
    "a\n", "\n", ".", "M", "bb", "bca", "xyz", "aa", "ac",
)  # fmt: skip


@pytest.mark.parametrize("source", SAME_AS_PYTHON)
def test_it_fits_what_pythons_own_fits(source: str) -> None:
    if source == "x{,2}":  # RE2 takes this as written, Python as a repeat
        assert Pattern(source).fits("x{,2}")
        return
    python = re.compile(source, re.ASCII)
    pattern = Pattern(source)
    for text in TEXTS:
        assert pattern.fits(text) is (python.fullmatch(text) is not None), text


@pytest.mark.parametrize(
    "source",
    [
        "(", ")", "a)", "(a", "[a", "*", "a**", "+a", "a{3,2}", "\\", r"\b", r"\pN", r"\Qa\E", r"\1",
        "(?=a)", "(?<!a)", "(?s).", "[z-a]", "[[:alpha:]]", "a{999}", "((((a{9}){9}){9}){9})",
        "(" * 100 + ")" * 100, "[a\\", "(?P<a", "a|(",
    ],
)  # fmt: skip
def test_what_is_no_pattern_or_too_large_is_refused(source: str) -> None:
    with pytest.raises(NotAPattern):
        Pattern(source)


@pytest.mark.parametrize(
    "source", ["(a+)+$", "(a|aa)+", "(.*){9}b", ".*.*.*.*.*.*.*.*x", "(a?){30}"]
)
def test_no_pattern_takes_time_that_explodes(source: str) -> None:
    # One that goes back and forth would not come to an end in anybody's life.
    assert not Pattern(source).fits("a" * 5_000 + "!")
