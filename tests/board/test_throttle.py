import itertools

import pytest
from hypothesis import given, settings, strategies as st

from izzitup_desktop.board.throttle import CONSOLE, KEYS_MOST, Throttle
from izzitup_desktop.domain.errors import Throttled

DAY = 86_400.0


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def throttle(clock: Clock) -> Throttle:
    return Throttle(clock)


def wait(throttle: Throttle, source: str, name: str) -> int:
    """Seconds to wait, 0 when the attempt was taken."""
    try:
        throttle.attempt(source, name)
    except Throttled as error:
        return error.retry_after_seconds
    return 0


def test_five_failures_of_a_name_from_one_address_wait_a_minute_then_twice_as_long(
    throttle: Throttle, clock: Clock
) -> None:
    assert [wait(throttle, "10.0.0.1", "eve") for _ in range(6)] == [0, 0, 0, 0, 0, 60]
    for seconds in (120, 240, 480, 960, 1_920, 3_600, 3_600):
        clock.now += wait(throttle, "10.0.0.1", "eve")
        assert wait(throttle, "10.0.0.1", "eve") == 0
        assert wait(throttle, "10.0.0.1", "eve") == seconds


def test_other_addresses_other_names_and_the_console_are_not_held_up(throttle: Throttle) -> None:
    for _ in range(6):
        wait(throttle, "10.0.0.1", "eve")
    assert wait(throttle, "10.0.0.2", "eve") == 0
    assert wait(throttle, "10.0.0.1", "bob") == 0
    assert wait(throttle, CONSOLE, "eve") == 0


def test_a_success_lets_the_name_start_anew(throttle: Throttle) -> None:
    for _ in range(4):
        wait(throttle, "10.0.0.1", "eve")
    throttle.attempt("10.0.0.1", "eve")
    throttle.succeeded("10.0.0.1", "eve")
    assert [wait(throttle, "10.0.0.1", "eve") for _ in range(6)] == [0, 0, 0, 0, 0, 60]


def test_failures_are_forgotten_after_a_quarter_of_an_hour(
    throttle: Throttle, clock: Clock
) -> None:
    for _ in range(4):
        wait(throttle, "10.0.0.1", "eve")
    clock.now += 15 * 60 + 1
    assert [wait(throttle, "10.0.0.1", "eve") for _ in range(5)] == [0] * 5


def test_a_spray_over_names_is_held_up_by_its_address(throttle: Throttle) -> None:
    taken = [wait(throttle, "10.0.0.1", f"user{number}") for number in range(21)]
    assert taken == [0] * 20 + [60]


def test_an_ipv6_network_is_one_source(throttle: Throttle) -> None:
    for number in range(20):
        assert wait(throttle, f"2001:db8::{number:x}", f"user{number}") == 0
    assert wait(throttle, "2001:db8::ffff:1%eth0", "eve") == 60
    assert wait(throttle, "2001:db8:0:1::1", "eve") == 0
    assert wait(throttle, "::ffff:10.0.0.1", "eve") == 0


def test_an_attempt_that_came_to_nothing_is_not_held_against_anybody(throttle: Throttle) -> None:
    for _ in range(100):
        throttle.attempt("10.0.0.1", "eve")
        throttle.withdrawn("10.0.0.1", "eve")


def test_the_right_password_of_many_scripts_holds_up_nobody(throttle: Throttle) -> None:
    for number in range(200):
        throttle.attempt("10.0.0.1", f"user{number % 50}")
        throttle.succeeded("10.0.0.1", f"user{number % 50}")


def test_names_are_the_same_in_any_case(throttle: Throttle) -> None:
    for name in ("Müller", "MÜLLER", "mu\u0308ller", "müller", "mÜller"):
        assert wait(throttle, "10.0.0.1", name) == 0
    assert wait(throttle, "10.0.0.1", "müller") == 60


def test_memory_is_bounded(throttle: Throttle) -> None:
    for number in range(KEYS_MOST + 50):
        wait(throttle, f"10.{number >> 16}.{(number >> 8) & 255}.{number & 255}", f"u{number}")
    for counts in (throttle._pairs, throttle._sources, throttle._names):
        assert len(counts._counts) == KEYS_MOST


@settings(max_examples=30, deadline=None)
@given(
    pauses=st.lists(
        st.sampled_from([0.0, 1.0, 30.0, 61.0, 600.0, 3_601.0]), min_size=1, max_size=5
    ),
    sources=st.integers(1, 300),
)
def test_nobody_guesses_at_one_account_more_than_a_hundred_times_a_day(
    pauses: list[float], sources: int
) -> None:
    clock = Clock()
    throttle = Throttle(clock)
    end, guesses = clock.now + DAY, 0
    steps = itertools.cycle(pauses)
    for number in itertools.count():
        waited = wait(throttle, f"10.0.{number % sources >> 8}.{number % sources & 255}", "eve")
        guesses += waited == 0
        clock.now += max(next(steps), waited / sources)
        if clock.now >= end or number > 20_000:
            break
    assert guesses <= 100
