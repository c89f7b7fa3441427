"""Where changes come from, in words."""

from __future__ import annotations

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.messages import say

_WORDS = {
    Origin.DESKTOP: say("window"),
    Origin.API: say("API"),
    Origin.CLI: say("command line"),
    Origin.SCHEDULE: say("schedule"),
}


def origin_word(origin: Origin) -> str:
    """Where a change came from; one without a word by its name."""
    return _WORDS.get(origin, origin.value)
