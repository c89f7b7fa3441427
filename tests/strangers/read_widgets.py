"""What gethomepage's widgets make of an answer, as their components do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the dashboard: `uptime` in percent, with one digit."""

    up: int
    down: int
    uptime: str


def uptime_kuma(heartbeat: Any) -> Shown:
    """The widget `uptimekuma`."""
    last = [beats[-1]["status"] for beats in heartbeat["heartbeatList"].values()]
    uptimes = list(heartbeat["uptimeList"].values())
    return _shown([status == 1 for status in last], sum(uptimes) / len(uptimes))


def gatus(statuses: Any) -> Shown:
    """The widget `gatus`."""
    results = [result["success"] is True for site in statuses for result in site["results"]]
    last = [site["results"][-1]["success"] is True for site in statuses]
    return _shown(last, sum(results) / len(results))


def _shown(are_up: list[bool], share: float) -> Shown:
    return Shown(are_up.count(True), are_up.count(False), f"{share * 100:.1f}")
