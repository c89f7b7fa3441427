"""Where changes come from, in words."""

from __future__ import annotations

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.messages import msg

_WORDS = {
    Origin.DESKTOP: msg("window"),
    Origin.API: msg("API"),
    Origin.CLI: msg("command line"),
    Origin.SCHEDULE: msg("schedule"),
}


def origin_word(origin: Origin) -> str:
    """Where a change came from; one without a word by its name."""
    return _WORDS.get(origin, origin.value)
