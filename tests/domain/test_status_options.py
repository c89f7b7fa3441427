"""Options of a status: what is chosen, and what can't be met."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.expiries import UNTIL_MOST, Expiry
from izzitup_desktop.domain.status_options import StatusOptions

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_what_follows_a_status_without_an_end_does_not_count() -> None:
    options = StatusOptions(then=7, hold=True).checked(NOW)
    assert options == StatusOptions(hold=True)
    assert options.expiry is None


def test_an_expiry_is_told_in_utc_and_nobody_was_asked_yet() -> None:
    there = datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    expiry = StatusOptions(there, 6).checked(NOW).expiry
    assert expiry == Expiry(datetime(2026, 1, 1, 10, tzinfo=UTC), 6, asked=False)
    assert expiry is not None
    assert expiry.until.tzinfo is UTC


@pytest.mark.parametrize(
    ("options", "field"),
    [
        (StatusOptions(NOW), "until"),
        (StatusOptions(NOW + UNTIL_MOST + timedelta(seconds=1)), "until"),
        (StatusOptions(NOW + timedelta(hours=1), 8), "status"),
    ],
)
def test_what_can_not_be_met_is_refused(options: StatusOptions, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        options.checked(NOW)
    assert caught.value.field == field
