"""A page open while scripts change something twenty times a second.

How often the window reads the board meanwhile, and how long a click takes that comes
right then. Run it as `python -m benchmarks.pages`; it paints offscreen.
"""

from __future__ import annotations

import itertools
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import say
from benchmarks.goals import PAGES
from benchmarks.scale import lasting, sized
from benchmarks.serving import make_board, prepare_window, setstatus_requests
from benchmarks.window import Window, opened
from benchmarks.wire_clients import load

SERVICES = sized(1_000, 30)
SECONDS = lasting(10.0, 1.0)
CLICKS = sized(7, 1)
RATE = 20.0
CLICKED_ROW = 2
_BETWEEN_SECONDS = lasting(1.0)


@contextmanager
def entries(port: int, services: Sequence[int]) -> Iterator[None]:
    """Twenty entries a second meanwhile, none about the row that is clicked."""
    make, ended = setstatus_requests(services), threading.Event()

    def ask() -> None:
        while not ended.is_set():
            load(port, make, seconds=0.5, proof=b'"Success"', connections=2, rate=RATE)

    worker = threading.Thread(target=ask)
    worker.start()
    try:
        yield
    finally:
        ended.set()
        worker.join()


def measure(window: Window, page: str, port: int, keys: Iterator[str]) -> None:
    """One page; each click takes the next of `keys`."""
    window.ask(f"go view_{page}")
    window.wait_quiet()
    clicked = window.service_in(CLICKED_ROW, port)
    with entries(port, [n for n in range(1, SERVICES + 1) if n != clicked]):
        time.sleep(_BETWEEN_SECONDS)
        window.ask("count")
        time.sleep(SECONDS)
        readings, _ = window.ask("counted")
        found = []
        for key in itertools.islice(keys, CLICKS):
            window.ask(f"go view_{page}")
            time.sleep(_BETWEEN_SECONDS)
            window.ask("go view_board")
            found.append(window.click(CLICKED_ROW, key).seconds)
    say(f"readings with {page} open, 20 entries/s", readings / SECONDS, "/s")
    say(f"click after {page}, 20 entries/s", statistics.median(found) * 1_000, "ms")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "board"
        environ = make_board(folder, SERVICES)
        port = prepare_window(folder)
        with opened("ours", environ) as window:
            window.wait_rows(SERVICES)
            window.wait_serving(port)
            window.keep_in_place()
            keys = itertools.cycle("675")
            for page in PAGES:
                measure(window, page, port, keys)


if __name__ == "__main__":
    main()
