"""How many examples a property test has: a quarter of them where tests are to be fast."""

from __future__ import annotations

from hypothesis import settings

ALL = 100
"""Of a test that does not say how many."""


def share_of(count: int) -> int:
    """Of so many examples, those that the profile takes which tests run by."""
    profile = settings.default
    assert profile is not None
    return max(5, count * profile.max_examples // ALL)
