import itertools
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given, settings, strategies as st

from izzitup_desktop.board.buckets import Allowance
from izzitup_desktop.board.signing_in.throttle import (
    CONSOLE,
    KEYS_MOST,
    UNKNOWN_ALLOWANCE,
    Throttle,
)
from izzitup_desktop.domain.errors import Throttled
from izzitup_desktop.domain.text import fold
from tests.builders import HandClock
from tests.examples import share_of
from tests.weighing import weight

DAY = 86_400.0
PLENTY = Allowance(10**9, 1e-6)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def throttle(clock: HandClock) -> Throttle:
    """One whose unknown sources are not bound together: that has tests of its own."""
    return Throttle(clock, PLENTY)


def wait(throttle: Throttle, source: str, name: str) -> int:
    """Seconds to wait, 0 when the attempt was taken."""
    try:
        throttle.attempt(source, name)
    except Throttled as error:
        return error.retry_after_seconds
    return 0


def test_five_failures_of_a_name_from_one_address_wait_a_minute_then_twice_as_long(
    throttle: Throttle, clock: HandClock
) -> None:
    assert [wait(throttle, "10.0.0.1", "eve") for _ in range(6)] == [0, 0, 0, 0, 0, 60]
    for seconds in (120, 240, 480, 960, 1_920, 3_600, 3_600):
        clock.seconds += wait(throttle, "10.0.0.1", "eve")
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
    throttle.succeeded(throttle.attempt("10.0.0.1", "eve"))
    assert [wait(throttle, "10.0.0.1", "eve") for _ in range(6)] == [0, 0, 0, 0, 0, 60]


def test_failures_are_forgotten_after_a_quarter_of_an_hour(
    throttle: Throttle, clock: HandClock
) -> None:
    for _ in range(4):
        wait(throttle, "10.0.0.1", "eve")
    clock.seconds += 15 * 60 + 1
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
        throttle.withdrawn(throttle.attempt("10.0.0.1", "eve"))


def test_the_right_password_of_many_scripts_holds_up_nobody(throttle: Throttle) -> None:
    for number in range(200):
        throttle.succeeded(throttle.attempt("10.0.0.1", f"user{number % 50}"))


def test_names_are_the_same_in_any_case(throttle: Throttle) -> None:
    for name in ("Müller", "MÜLLER", "mu\u0308ller", "müller", "mÜller"):
        assert wait(throttle, "10.0.0.1", name) == 0
    assert wait(throttle, "10.0.0.1", "müller") == 60


@pytest.mark.soak
def test_memory_is_bounded(throttle: Throttle) -> None:
    def ask(numbers: range) -> int:
        for number in numbers:
            wait(throttle, f"10.{number >> 16}.{(number >> 8) & 255}.{number & 255}", f"u{number}")
        return weight(throttle)

    empty, full = weight(throttle), ask(range(KEYS_MOST))
    assert full > 2 * empty
    assert ask(range(KEYS_MOST, 3 * KEYS_MOST)) < 1.2 * full


@settings(max_examples=share_of(30), deadline=None)
@given(
    pauses=st.lists(
        st.sampled_from([0.0, 1.0, 30.0, 61.0, 600.0, 3_601.0]), min_size=1, max_size=5
    ),
    sources=st.integers(1, 300),
)
def test_nobody_guesses_at_one_account_more_than_a_hundred_times_a_day(
    pauses: list[float], sources: int
) -> None:
    clock = HandClock()
    throttle = Throttle(clock, PLENTY)
    end, guesses = clock.seconds + DAY, 0
    steps = itertools.cycle(pauses)
    for number in itertools.count():
        waited = wait(throttle, f"10.0.{number % sources >> 8}.{number % sources & 255}", "eve")
        guesses += waited == 0
        clock.seconds += max(next(steps), waited / sources)
        if clock.seconds >= end or number > 20_000:
            break
    assert guesses <= 100


def refused(throttle: Throttle, source: str, name: str = "eve") -> bool:
    """Whether a wrong guess is not even taken."""
    return wait(throttle, source, name) > 0


def sign_in(throttle: Throttle, source: str, name: str = "eve") -> None:
    throttle.succeeded(throttle.attempt(source, name))


def attack(throttle: Throttle, addresses: int = 40, name: str = "eve") -> int:
    """Guess five times from each of many addresses; how many guesses were taken."""
    return sum(
        not refused(throttle, f"192.0.2.{number}", name)
        for number in range(addresses)
        for _ in range(5)
    )


def test_a_source_that_signed_in_lately_is_locked_out_by_nobody_else(
    throttle: Throttle, clock: HandClock
) -> None:
    sign_in(throttle, "10.0.0.1")
    assert attack(throttle) == 75
    assert refused(throttle, "10.0.0.2")
    for _ in range(200):
        sign_in(throttle, "10.0.0.1")
    clock.seconds += 29 * DAY
    attack(throttle)
    sign_in(throttle, "10.0.0.1")
    clock.seconds += 30 * DAY + 1
    attack(throttle)
    assert refused(throttle, "10.0.0.1")


def test_a_known_source_is_bound_by_its_own_failures_with_that_name(throttle: Throttle) -> None:
    sign_in(throttle, "10.0.0.1")
    for number in range(30):
        wait(throttle, "10.0.0.1", f"user{number}")
    sign_in(throttle, "10.0.0.1")
    assert [wait(throttle, "10.0.0.1", "eve") for _ in range(6)] == [0, 0, 0, 0, 0, 60]


def test_a_source_is_known_for_the_names_it_signed_in_to_alone(throttle: Throttle) -> None:
    sign_in(throttle, "10.0.0.1", "bob")
    attack(throttle)
    assert refused(throttle, "10.0.0.1", "eve")


def test_this_computers_own_addresses_are_one_source(throttle: Throttle) -> None:
    addresses = ("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.3", "::1%lo")
    assert [wait(throttle, address, "eve") for address in addresses] == [0] * 5
    assert refused(throttle, "127.0.0.200")
    assert not refused(throttle, "10.0.0.1")


def test_an_address_is_the_same_source_however_it_is_written(throttle: Throttle) -> None:
    for address in (
        "::ffff:10.0.0.1",
        "10.0.0.1",
        "::ffff:a00:1",
        "::FFFF:10.0.0.1%eth0",
        "10.0.0.1",
    ):
        assert not refused(throttle, address)
    assert refused(throttle, "10.0.0.1")


def test_successes_give_nobody_who_shares_the_address_more_guesses(
    throttle: Throttle, clock: HandClock
) -> None:
    sign_in(throttle, "10.0.0.1")
    taken = 0
    for _ in range(60):
        taken += sum(not refused(throttle, "10.0.0.1") for _ in range(4))
        with suppress(Throttled):
            sign_in(throttle, "10.0.0.1")
        clock.seconds += 10
    assert taken <= 10


def test_all_unknown_sources_together_have_so_many_a_second(clock: HandClock) -> None:
    throttle = Throttle(clock)
    sign_in(throttle, "10.0.0.1")
    taken = [not refused(throttle, f"10.1.{n >> 8}.{n & 255}", f"u{n}") for n in range(1_000)]
    assert sum(taken) == UNKNOWN_ALLOWANCE.most
    assert refused(throttle, "10.2.0.1", "bob")
    sign_in(throttle, "10.0.0.1")
    assert not refused(throttle, "127.0.0.1")
    clock.seconds += 10.0
    assert sum(not refused(throttle, f"10.3.0.{n}", f"u{n}") for n in range(100)) == 10


def test_those_who_sign_in_use_up_nothing_that_others_need(clock: HandClock) -> None:
    throttle = Throttle(clock)
    for number in range(1_000):
        sign_in(throttle, f"10.1.{number >> 8}.{number & 255}", f"u{number}")
    assert not refused(throttle, "10.2.0.1")


def test_asking_for_many_other_names_makes_no_name_forgotten(throttle: Throttle) -> None:
    assert attack(throttle) == 75
    for number in range(KEYS_MOST + 50):
        wait(throttle, f"10.{number >> 16}.{(number >> 8) & 255}.{number & 255}", f"u{number}")
    assert refused(throttle, "198.51.100.1")


def test_one_account_pushes_no_other_accounts_known_sources_out(throttle: Throttle) -> None:
    sign_in(throttle, "10.0.0.1")
    for number in range(5_000):
        sign_in(throttle, f"2001:db8:{number:x}::1", "mallory")
    attack(throttle)
    sign_in(throttle, "10.0.0.1")
    _, known = throttle.known()
    assert Counter(name for name, _, _ in known) == {fold("eve"): 1, fold("mallory"): 32}


def test_what_is_nobodys_name_is_counted_as_any_other(throttle: Throttle) -> None:
    for name in ("eve\0", "\ud800", "x" * 60_000):
        assert [wait(throttle, "10.0.0.1", name) for _ in range(5)] == [0] * 5
        assert wait(throttle, "10.0.0.1", name) == 60


guesses = st.tuples(
    st.integers(0, 60),  # the source: 0 is the known one, most of them unknown
    st.sampled_from(["eve", "EVE", "e\u0301ve", "\u00e9ve", "\u00c9VE"]),
    st.sampled_from([0.0, 0.0, 0.0, 1.0, 61.0, 900.0, 3_601.0]),
    st.booleans(),  # whether the known source signs in meanwhile
    st.integers(1, 40),  # how many times
)


@settings(max_examples=share_of(25), deadline=None)
@given(st.lists(guesses, min_size=1, max_size=40), st.booleans())
def test_whatever_the_pattern_an_account_is_guessed_at_a_hundred_times_a_day_at_most(
    pattern: list[tuple[int, str, float, bool, int]], bounded: bool
) -> None:
    clock = HandClock()
    throttle = Throttle(clock) if bounded else Throttle(clock, PLENTY)
    for name in ("eve", "\u00e9ve"):
        sign_in(throttle, "10.0.0.1", name)
    end = clock.seconds + DAY
    taken = {"eve": 0, "\u00e9ve": 0}
    for number, (source, name, pause, signs_in, times) in enumerate(itertools.cycle(pattern)):
        if clock.seconds >= end or number > 600:
            break
        for time in range(times):
            address = f"10.{1 + (number % 50)}.{source}.{time}" if source else "127.0.0.1"
            if not refused(throttle, address, name):
                taken[fold(name)] += 1
        if signs_in:
            # The known source signs in at any time, whatever the others do.
            sign_in(throttle, "10.0.0.1", name)
        clock.seconds += pause
    assert max(taken.values()) <= 100


def test_who_is_only_checked_is_held_up_alike_and_counts_for_nothing(throttle: Throttle) -> None:
    for _ in range(100):
        assert throttle.check("::ffff:10.0.0.1", "EVE") == ("10.0.0.1", "eve")
    assert [wait(throttle, "10.0.0.1", "eve") for _ in range(5)] == [0] * 5
    for _ in range(3):
        with pytest.raises(Throttled) as raised:
            throttle.check("10.0.0.1", "eve")
        assert raised.value.retry_after_seconds == 60
    assert wait(throttle, "10.0.0.1", "eve") == 60
    assert throttle.check("10.0.0.2", "eve") == ("10.0.0.2", "eve")


@pytest.mark.parametrize("source", ["10.0.0.1", "127.0.0.1", CONSOLE])
def test_a_verified_pair_leaves_what_an_attempt_that_succeeded_leaves(source: str) -> None:
    """Both ways, over what one source may have done before."""
    for failures, is_known in itertools.product((0, 3), (False, True)):
        found = []
        for is_verified in (False, True):
            clock = HandClock()
            throttle = Throttle(clock, PLENTY)
            if is_known:
                throttle.succeeded(throttle.attempt(source, "eve"))
            for _ in range(failures):
                throttle.attempt(source, "eve")
            if is_verified:
                throttle.verified(*throttle.check(source, "eve"))
            else:
                throttle.succeeded(throttle.attempt(source, "eve"))
            waits = [wait(throttle, source, "eve") for _ in range(8)]
            others = [wait(throttle, source, f"other {number}") for number in range(30)]
            found.append((waits, others, throttle.known()))
        assert found[0] == found[1]
