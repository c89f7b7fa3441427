from __future__ import annotations

import logging

import pytest

from izzitup_desktop.server.sparing import LINES_MOST, Faults, SparingLog
from tests.builders import HandClock
from tests.weighing import weight

log = logging.getLogger("izzitup_desktop.tests.sparing")


def test_a_source_writes_one_line_a_minute_which_counts_the_rest(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = HandClock()
    sparing = SparingLog(log, clock)
    for _ in range(1_000):
        sparing.warning("10.0.0.1", "from %s", "10.0.0.1")
    sparing.warning("10.0.0.2", "from %s", "10.0.0.2")
    clock.seconds += 60
    sparing.warning("10.0.0.1", "from %s", "10.0.0.1")
    assert [record.getMessage() for record in caplog.records] == [
        "from 10.0.0.1",
        "from 10.0.0.2",
        "from 10.0.0.1 (999 more were not written)",
    ]


def test_many_sources_together_write_no_more_than_the_log_can_take(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = HandClock()
    sparing = SparingLog(log, clock)
    for number in range(1_000):
        sparing.warning(str(number), "from %d", number)
    full = weight(sparing)
    for number in range(1_000, 5_000):
        sparing.warning(str(number), "from %d", number)
    assert len(caplog.records) == LINES_MOST
    assert weight(sparing) < 1.5 * full
    clock.seconds += 60
    sparing.warning("new", "from %s", "new")
    assert "more were not written" in caplog.records[-1].getMessage()


def test_the_same_fault_again_has_the_id_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = HandClock()
    faults = Faults(log, clock)

    def fault(error: Exception) -> str:
        try:
            raise error
        except Exception as caught:
            return faults.logged(caught)

    first = fault(KeyError("a"))
    assert {fault(KeyError("b")) for _ in range(500)} == {first}
    assert fault(ValueError()) != first
    assert len(caplog.records) == 2
    assert first in caplog.text
    clock.seconds += 60
    assert fault(KeyError("a")) != first
