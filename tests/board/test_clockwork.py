import threading
from pathlib import Path

import pytest

from izzitup_desktop.board.backups import BackupPlan
from izzitup_desktop.board.clockwork import Clockwork
from tests.builders import DEADLINE_SECONDS, opened_board


def test_a_fault_in_its_work_does_not_end_the_clockwork(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    asked, twice = [0], threading.Event()

    def plan() -> BackupPlan:
        asked[0] += 1
        if asked[0] == 1:
            raise RuntimeError("a fault of ours")
        twice.set()
        return BackupPlan(every_hours=0)

    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        clockwork = Clockwork(board.schedule, board.backups, plan, beat_seconds=0.01)
        try:
            assert twice.wait(DEADLINE_SECONDS)
        finally:
            clockwork.close()
    assert "a fault of ours" in caplog.text
