"""A process that keeps a board: it does what is due, until its standard input ends.

`python -m tests.board.keeper NAME URL FOLDER LEASE_SECONDS`. It notes in the file `log` of
the folder what it does; its file job waits there for a file `go-NAME`.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from izzitup_desktop.board import due
from izzitup_desktop.board.jobs import FileJob, Jobs, Lease, LeaseLost
from tests.builders import opened_board

PAUSE_SECONDS = 0.05


def main(name: str, url: str, folder: Path, lease_seconds: float) -> None:
    ended, moment = threading.Event(), threading.Event()

    def end_with_input() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=end_with_input, daemon=True).start()

    def note(what: str) -> None:
        with (folder / "log").open("a", encoding="utf-8") as log:
            log.write(f"{name} {what}\n")

    def work(lease: Lease) -> bool:
        note("began")
        while not (folder / f"go-{name}").exists() and not ended.is_set():
            moment.wait(PAUSE_SECONDS)
        try:
            lease.assert_held()
        except LeaseLost:
            note("lost")
            raise
        note("made")
        return True

    file_job = FileJob("file", work, lambda: 3_600.0)
    with opened_board(url, folder, create=False) as board:
        jobs = Jobs(board.core, lease_seconds)
        while not ended.is_set():
            jobs.heartbeat()
            for job in due.JOBS:
                jobs.run(job)
            note("looked")
            jobs.run_file_job(file_job)
            ended.wait(PAUSE_SECONDS)
        jobs.give_back()
    note("closed")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), float(sys.argv[4]))
