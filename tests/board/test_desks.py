"""Which programs have the board open, by their heartbeats."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.builders import HandClock, opened_board


def test_programs_count_as_long_as_they_say_that_they_are_there(
    database_url: str, tmp_path: Path
) -> None:
    clock = HandClock()
    with opened_board(database_url, tmp_path, clock=clock) as board:
        assert board.desks.count() == 0
        board.jobs.heartbeat()
        others = [board.new_run(), board.new_run()]
        for other in others:
            other.heartbeat()
        # We have no window, and tell nobody ourselves.
        assert board.desks.count() == 2
        board.desks.has_window = True
        assert board.desks.count() == 3
        clock.go_on(timedelta(seconds=59))
        assert board.desks.count() == 3
        others[0].heartbeat()
        clock.go_on(timedelta(seconds=2))
        assert board.desks.count() == 1
