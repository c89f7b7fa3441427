"""The journal's fields of layers tell what the layers are."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, strategies as st

from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal_fields import layer_fields, layers_in
from izzitup_desktop.domain.kinds import VOCABULARY
from izzitup_desktop.domain.kinds.layers import SERVICE_OPTIONS, SERVICE_PROPOSED

ZONES = st.sampled_from((UTC, timezone(timedelta(hours=5, minutes=45))))
EXPIRIES = st.none() | st.builds(
    Expiry, st.datetimes(timezones=ZONES), st.none() | st.sampled_from((5, 6, 7))
)
HOLDS = st.none() | st.builds(Hold, st.text(min_size=1))


@given(EXPIRIES, HOLDS)
def test_layers_come_back_from_their_fields(expiry: Expiry | None, hold: Hold | None) -> None:
    fields = layer_fields(expiry, hold)
    assert layers_in(fields) == (expiry, hold)
    VOCABULARY.check(SERVICE_OPTIONS, fields, fields)


def test_the_names_of_the_fields_are_those_that_journals_have() -> None:
    until = datetime(2026, 1, 1, tzinfo=UTC)
    assert layer_fields(Expiry(until, 5, asked=True), Hold("alice")) == {
        "until": "2026-01-01T00:00:00+00:00", "until_status": 5, "held_by": "alice",
    }  # fmt: skip
    assert layer_fields(None, None) == {"until": None, "until_status": None, "held_by": ""}
    assert [SERVICE_OPTIONS.value, SERVICE_PROPOSED.value] == [
        "service.terms", "service.wished",
    ]  # fmt: skip
