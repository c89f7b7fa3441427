"""Who changed something, and from where, in words."""

from __future__ import annotations

from izzitup_desktop.domain.accounts import SCHEDULE, Origin
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


def actor_word(actor: str) -> str:
    """Who changed something: a name, or the word for what happens by itself."""
    return origin_word(Origin.SCHEDULE) if actor == SCHEDULE.name else actor


def whence(actor: str, origin: Origin) -> str:
    """Who, and from where: "erin (window)"; what happens by itself is said once."""
    if (actor, origin) == (SCHEDULE.name, Origin.SCHEDULE):
        return msg("by schedule")
    return msg("%1 (%2)", actor, origin_word(origin))
