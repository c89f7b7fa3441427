"""What it costs to sign in with a name and password that were verified lately.

Run it as `python -m benchmarks.sign_in`.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.figures import say
from benchmarks.scale import sized
from benchmarks.serving import PASSWORD, USER, make_board
from izzitup_desktop import application
from izzitup_desktop.platform.paths import Paths
from izzitup_desktop.platform.settings import Settings

ROUNDS = sized(11, 1)
TIMES = sized(2_000, 10)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "board"
        make_board(folder, 1)
        with application.start(Paths(folder, folder, folder / "logs"), Settings()) as running:
            accounts = running.board.accounts

            def sign_in() -> None:
                accounts.submit_sign_in(USER, PASSWORD, source="127.0.0.1").result()

            begin = time.perf_counter()
            sign_in()
            hashed = time.perf_counter() - begin
            found = []
            for _ in range(ROUNDS):
                begin = time.perf_counter()
                for _ in range(TIMES):
                    sign_in()
                found.append((time.perf_counter() - begin) / TIMES)
    value = statistics.median(found) * 1_000
    beside = f"one that is hashed, {hashed * 1_000:.0f}"
    say("cached sign-in", value, "ms", ratio=value / (hashed * 1_000), beside=beside)


if __name__ == "__main__":
    main()
