from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from izzitup_desktop.domain.clock import SYSTEM_CLOCK


def test_the_computers_clock_tells_the_time_in_utc_and_is_set_by_nobody() -> None:
    before = datetime.now(UTC)
    found = SYSTEM_CLOCK.now()
    assert before <= found <= datetime.now(UTC)
    assert found.utcoffset() == timedelta(0)
    assert not SYSTEM_CLOCK.is_set


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="this system has no such clock")
def test_what_has_passed_counts_the_time_that_the_computer_slept() -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    found = SYSTEM_CLOCK.elapsed()
    assert before <= found <= time.clock_gettime(time.CLOCK_BOOTTIME)
