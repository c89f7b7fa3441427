"""The goals: of each figure, what it must reach, and what it is compared with.

A figure is named once, here; `docs/performance.md` explains each. A goal bounds the
ratio to the reference where there is one, so that it holds on any machine, and the
figure itself where a person would notice it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Bound(Enum):
    """On which side of the limit a figure must be."""

    AT_LEAST = "≥"
    AT_MOST = "≤"


@dataclass(frozen=True)
class Goal:
    """What the figure `name` must reach; `unit` is × for a ratio."""

    name: str
    bound: Bound
    limit: float
    unit: str
    reference: str = ""
    """What is measured in turn with it, "" where it stands for itself."""
    needs: str = ""
    """A variable of the environment that says where what it needs is. Where that is not
    set the goal may be left out; "" where there is always all it needs."""

    def is_met(self, value: float, ratio: float | None) -> bool:
        """Whether this figure is good enough."""
        measured = ratio if self.unit == "×" else value
        if measured is None:
            return False
        if self.bound is Bound.AT_LEAST:
            return measured >= self.limit
        return measured <= self.limit

    def __str__(self) -> str:
        return f"{self.bound.value} {self.limit:g} {self.unit}"


def _ratio(name: str, bound: Bound, limit: float, reference: str) -> Goal:
    return Goal(name, bound, limit, "×", reference)


def _value(name: str, limit: float, unit: str, reference: str = "") -> Goal:
    return Goal(name, Bound.AT_MOST, limit, unit, reference)


_FLOOR = "uvicorn and raw sqlite3, one commit a request, same journal mode"
_BARE = "a bare window with a table of as many rows"
_NAIVE = "a bare window on a list of tuples that does the same naively"
_SQLALCHEMY = "`python -c 'import sqlalchemy'`"
_IDLE = "the same window, idle"
KUMA = "KUMA"
KUMA_RATE, KUMA_P99 = "setstatus beside Kuma's push", "setstatus p99 beside Kuma's push"
CHROMIUM = "CHROMIUM"
PAINT, ON_PAGE = "first paint of the page without script", "change to the open page, p99"
_LIST = "the list of the services API"
_LIST_UNCHANGED = "the list of the services API, unchanged"
PAGES = ("history", "journal", "handover")

BY_BENCHMARK = {
    "setstatus": (
        _ratio("setstatus", Bound.AT_LEAST, 3.0, _FLOOR),
        _ratio("setstatus in WAL", Bound.AT_LEAST, 0.6, _FLOOR),
        _value("CPU of the server for a setstatus", 0.7, "ms"),
        _ratio("setstatus p99 at half load", Bound.AT_MOST, 2.5, "its p50"),
        _ratio("list of 1,000 services", Bound.AT_LEAST, 0.9, "the same floor, prebuilt bytes"),
    ),
    "api_v1": (
        _ratio("CPU of reading one service by v1", Bound.AT_MOST, 1.25, "the services API's list"),
        _ratio("status set by v1", Bound.AT_LEAST, 0.8, "setstatus"),
    ),
    "streaming": (
        _value("change to the last of 500 listeners, p99", 250, "ms"),
        _value("events that a listener missed or heard twice", 0, "events"),
        _value("listeners with a gap or a double after a cut", 0, "listeners"),
        _ratio("CPU of a setstatus with 500 listeners", Bound.AT_MOST, 12.0, "without any"),
    ),
    "sign_in": (_value("cached sign-in", 0.1, "ms"),),
    "commands": (
        _ratio("izzitup services list", Bound.AT_MOST, 1.5, _SQLALCHEMY),
        _ratio("izzitup services set", Bound.AT_MOST, 1.5, _SQLALCHEMY),
        _ratio("CPU of izzitup services list by --server", Bound.AT_MOST, 0.7, "the local one's"),
    ),
    "desks": (_value("change on one desk to the other's list, p99", 50, "ms"),),
    "history": (
        _ratio("history of 90 days among 1,000,000 entries", Bound.AT_MOST, 2.0, "raw sqlite3"),
    ),
    "growth": (
        _ratio("setstatus at 1,000,000 entries", Bound.AT_MOST, 1.1, "at 1,000 entries"),
        _ratio(
            "1,024 setstatus at once at 1,000,000 entries", Bound.AT_MOST, 1.1, "at 1,000 entries"
        ),
    ),
    "startup": (
        _ratio("start to first paint", Bound.AT_MOST, 2.0, _BARE),
        _ratio("start to 1,000 rows and the API", Bound.AT_MOST, 4.5, _BARE),
        _ratio("memory of an idle window", Bound.AT_MOST, 2.5, _BARE),
    ),
    "desk": (
        _value("turns of the event loop from a click to its own status", 0, "turns"),
        _value("SELECTs of the window for a click", 0, "statements"),
        _value("16 ms timer at 200 changes/s, p99", 8, "ms late", _IDLE),
        _value("16 ms timer at 200 changes/s, longest", 30, "ms late", _IDLE),
        _value("16 ms timer at full load, p99", 16, "ms late", _IDLE),
        _value("16 ms timer at full load, longest", 50, "ms late", _IDLE),
        _value("last of 10,000 changes painted after", 150, "ms", "one change alone"),
        _value("repaints during 10,000 changes", 20, "/s"),
    ),
    "pages": (
        *(_value(f"readings with {page} open, 20 entries/s", 1, "/s") for page in PAGES),
        *(_value(f"click after {page}, 20 entries/s", 50, "ms") for page in PAGES),
    ),
    "page": (
        _value("page of 100 services, before it is packed", 60, "KB"),
        _value("CPU of making the page of 100 services", 15, "ms"),
        _value("CPU of the page after a change, 1,000,000 periods", 15, "ms"),
        _ratio("page of 100 services", Bound.AT_LEAST, 0.5, _LIST),
        _ratio("page of 100 services, unchanged", Bound.AT_LEAST, 0.5, _LIST_UNCHANGED),
    ),
    "page_in_chromium": (
        Goal(PAINT, Bound.AT_MOST, 2.0, "×", "a page of one line, styled by as much", CHROMIUM),
        Goal(ON_PAGE, Bound.AT_MOST, 250, "ms", "", CHROMIUM),
    ),
    "size": (
        _ratio("100,000 services, opened", Bound.AT_MOST, 1.5, _NAIVE),
        _ratio("100,000 services, filtered", Bound.AT_MOST, 0.5, _NAIVE),
        _ratio("100,000 services, sorted", Bound.AT_MOST, 1.5, _NAIVE),
        _value("100,000 services, longest block while typing", 50, "ms", _NAIVE),
        _ratio("CPU of one change among 100,000", Bound.AT_MOST, 1.5, "among 100"),
    ),
    "kuma": (
        Goal(KUMA_RATE, Bound.AT_LEAST, 15.0, "×", "a push to Uptime Kuma 2", KUMA),
        Goal(KUMA_P99, Bound.AT_MOST, 0.1, "×", "a push to Uptime Kuma 2", KUMA),
    ),
    # These have no goal: they say what happens.
    "hostile": (),
    "large": (),
}

GOALS = {goal.name: goal for goals in BY_BENCHMARK.values() for goal in goals}
