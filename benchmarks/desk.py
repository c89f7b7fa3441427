"""The window under load: 1,000 services, a real session, scripts at their maximum.

The window is a process of its own, the scripts are this one. Beside the same window
idle, and one change alone. Run it as `python -m benchmarks.desk`; it paints offscreen.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import compare, medians, percentile, say
from benchmarks.scale import lasting, sized
from benchmarks.serving import make_board, prepare_window, setstatus_requests
from benchmarks.window import Window, opened
from benchmarks.wire_clients import MakeRequest, Measured, load

SERVICES = sized(1_000, 30)
ROUNDS = sized(3, 1)
SECONDS = lasting(5.0)
RATE = 200.0
BURST = sized(10_000, 40)
ALONE = sized(20, 1)
CLICKS = sized(21, 1)
CLICKED_ROW = 2
_KEYS = ("6", "7", "5")
_FOREVER = 600.0


def asked(
    port: int, make: MakeRequest, *, seconds: float = _FOREVER, most: int = 0, rate: float = 0.0
) -> Measured:
    """Set statuses for `seconds`, or `most` of them, `rate` a second or at full load."""
    connections = min(most, 16) or 16
    measured = load(
        port, make, seconds=seconds, proof=b'"Success"', connections=connections, most=most,
        rate=rate,
    )  # fmt: skip
    assert not measured.refused, f"{measured.refused} answers were refusals"
    return measured


def ticks(window: Window, port: int, make: MakeRequest | None, rate: float) -> dict[str, float]:
    """How late a timer is while scripts ask (None: while nothing happens), in ms."""
    window.ask("begin")
    if make is None:
        time.sleep(SECONDS)
    else:
        asked(port, make, seconds=SECONDS, rate=rate)
    late = [seconds * 1_000 for seconds in window.ask("end")["late"]]
    return {"p99": percentile(late, 99), "longest": max(late)}


def measure_ticks(window: Window, port: int, make: MakeRequest) -> None:
    """How smooth the window stays while scripts set statuses."""
    for load_name, rate in ((f"{RATE:.0f} changes/s", RATE), ("full load", 0.0)):
        idle, busy = [], []
        for _ in range(ROUNDS):
            idle.append(ticks(window, port, None, rate))
            busy.append(ticks(window, port, make, rate))
        for what, value in medians(busy).items():
            reference = medians(idle)[what]
            compare(f"16 ms timer at {load_name}, {what}", value, "ms late", "idle's", reference)


def painted_after(
    window: Window, port: int, others: MakeRequest, watched: MakeRequest, count: int
) -> dict[str, float]:
    """Milliseconds from the last of `count` answers to its paint; repaints a second.

    The last is about the watched row, the others are not.
    """
    window.ask("begin")
    window.ask(f"expect {CLICKED_ROW}")
    begin = time.time()
    if count > 1:
        asked(port, others, most=count - 1)
    asked(port, watched, most=1)
    answered = time.time()
    shown = window.shown(CLICKED_ROW)
    paints = window.ask("end")["paints"]
    window.wait_quiet()
    return {
        "after": max(0.0, shown.at - answered) * 1_000,
        "repaints": paints / max(shown.at - begin, 1.0),
    }


def measure_burst(window: Window, port: int) -> None:
    """When the last of many changes is on the screen."""
    watched = window.service_in(CLICKED_ROW, port)
    others = setstatus_requests([n for n in range(1, SERVICES + 1) if n != watched])
    last = set_as_at_first(port, watched)
    window.wait_quiet()

    def measured(count: int) -> dict[str, float]:
        return painted_after(window, port, others, last, count)

    alone = medians([measured(1) for _ in range(ALONE)])
    burst = medians([measured(BURST) for _ in range(ROUNDS)])
    compare(
        "last of 10,000 changes painted after", burst["after"], "ms",
        "one alone,", alone["after"],
    )  # fmt: skip
    say("repaints during 10,000 changes", burst["repaints"], "/s")


def set_as_at_first(port: int, service: int) -> MakeRequest:
    """Have a service operational; requests that give it another status each time."""
    make = setstatus_requests([service])
    for _ in range(3):
        asked(port, make, most=1)
    return make


def measure_clicks(window: Window, port: int) -> None:
    """What a click costs until its row shows the status, and what the window reads for it."""
    found, selects = [], []
    service = window.service_in(CLICKED_ROW, port)
    set_as_at_first(port, service)
    window.wait_quiet()
    for number in range(CLICKS):
        window.ask("count")
        found.append(window.click(CLICKED_ROW, _KEYS[number % 3]))
        window.wait_confirmed(service)
        selects.append(window.ask("counted")[1])
        window.wait_quiet()
    say("click to its own status painted", median([s.seconds for s in found]) * 1_000, "ms")
    name = "turns of the event loop from a click to its own status"
    say(name, median([shown.turns for shown in found]), "turns")
    say("SELECTs of the window for a click", median(selects), "statements")


def median(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "board"
        environ = make_board(folder, SERVICES)
        port = prepare_window(folder)
        with opened("ours", environ) as window:
            window.wait_rows(SERVICES)
            window.wait_serving(port)
            window.wait_quiet()
            make = setstatus_requests(range(1, SERVICES + 1))
            asked(port, make, most=1)
            before = window.memory_mebibytes()
            measure_ticks(window, port, make)
            window.keep_in_place()
            measure_clicks(window, port)
            measure_burst(window, port)
            after = window.memory_mebibytes()
    compare("memory after all these changes", after, "MiB PSS", "before,", before)


if __name__ == "__main__":
    main()
